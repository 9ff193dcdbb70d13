"""Money is conserved: what every payer pays out in a month on a line is what its receiver receives, and the
ledger's payments say the same as the list of events, in which each rupiah has its two parties.
"""

from collections import Counter

import pytest
from hypothesis import given, settings

from jamsos_sim.model.events import (
    KINDS,
    LATE_MEMBER,
    PARTIES,
    PARTY,
    PROGRAMMES,
    PROVISIONS,
    SELF_PAYING_MEMBER,
    Events,
)
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.payments import PAYMENTS, Payment
from jamsos_sim.scenario import read_scenario
from jamsos_sim.units import month_label
from tests.model.random_scenarios import MONTHS, scenario_texts
from tests.model.test_engines_agree import EVENTFUL_MONEY
from tests.model.worlds import SHIPPED, START, draft, recorded_run, world_under

Moved = Counter[tuple[Payment, int]]
"""Rupiah by payment and month of the run."""

ON_LINE = {
    "contribution": "contributions",
    "own_part": "contributions",
    "meeting": "outreach",
    "administration": "administration",
    "registry_refresh": "data",
    "insurer_check": "data",
    "civil_check": "data",
    "ground_check": "data",
    "claim_assistance": "claim_assistance",
    "deliberation": "deliberation",
    "course": "training",
    "parcel": "parcels",
    "death_grant": "death_grant",
}
"""Budget line of each kind of event but benefits, whose line depends on whose cover it is."""

WHO_RECEIVES = {
    "insurer": "insurer",
    "family": "families",
    "worker": "families",
    "clinic": "families",
    "registry_office": "offices",
    "civil_registry": "offices",
    "ward": "offices",
    "office": "offices",
    "trainer": "trainers",
    "supplier": "suppliers",
}


def line_of(kind: str, reason: int, member: int) -> str:
    """The budget line on which an event is paid."""
    if kind not in ("benefit", "scholarship"):
        return ON_LINE[kind]
    if member in (SELF_PAYING_MEMBER, LATE_MEMBER):
        return "self_payers" if member == SELF_PAYING_MEMBER else "liability"
    return PROVISIONS[reason].split("_")[0] if kind == "benefit" else PROGRAMMES[reason]


def payer_of(kind: str, payer: int) -> str:
    """Who pays, as the payments of the ledger name it."""
    if PARTIES[payer] != "worker":
        return PARTIES[payer]
    return "recipients" if kind == "own_part" else "self_payers"


def moved_by_events(events: Events, months: int) -> Moved:
    """What moves by the events; contributions in the month that they cover, all else when it is paid."""
    moved: Moved = Counter()
    names = ("kind", "month", "amount", "payer", "receiver", "payment_month", "reason", "member")
    for kind, month, amount, payer, receiver, paid, reason, member in zip(
        *(getattr(events, name).tolist() for name in names), strict=True
    ):
        if payer == PARTY["nobody"] or amount == 0:
            continue
        named, line = KINDS[kind], line_of(KINDS[kind], reason, member)
        at = (month if line == "contributions" else paid) - START
        if at < months:
            moved[Payment(payer_of(named, payer), WHO_RECEIVES[PARTIES[receiver]], line), at] += amount
    return moved


def moved_by_ledger(totals: Totals) -> Moved:
    """What moves by the ledger."""
    moved: Moved = Counter()
    for name, payment in PAYMENTS.items():
        for at, amount in enumerate(totals[getattr(ROW, name)].tolist()):
            moved[payment, at] += amount
    return +moved


@pytest.mark.parametrize("name", SHIPPED)
def test_every_payer_pays_out_what_the_receivers_receive_by_line_and_month(name: str) -> None:
    totals, events = recorded_run(name)
    found = moved_by_events(events, totals.shape[1])
    assert found == moved_by_ledger(totals) and found.total() > 0


def test_so_it_is_where_every_payer_pays_on_every_line() -> None:
    scenario = draft(EVENTFUL_MONEY)
    totals, events = run_recorded(scenario, world_under(scenario, 0, 1_000, "2027-12"))
    found = moved_by_events(events, totals.shape[1])
    assert found == moved_by_ledger(totals)
    assert {payment.payer for payment, _ in found} >= {"city", "csr", "baznas", "insurer", "recipients"}


@settings(deadline=None, derandomize=True, max_examples=8)
@given(scenario_texts())
def test_so_it_is_in_random_scenarios(text: str) -> None:
    scenario = read_scenario(text, "draf")
    where = world_under(scenario, 0, 300, month_label(START + MONTHS - 1))
    totals, events = run_recorded(scenario, where)
    assert moved_by_events(events, MONTHS) == moved_by_ledger(totals)
