"""The list of events: the same in both engines, and the accounts of city and insurer are its sums."""

from functools import cache

import numpy as np
import pytest

from jamsos_sim.model.accounts import BOOKED, BY_STATE, DERIVED, ledger_of
from jamsos_sim.model.events import (
    CLOSED,
    KIND,
    KINDS,
    NOBODY,
    PARTIES,
    PARTY,
    PROVISIONS,
    REASONS,
    Diary,
    Events,
)
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import STOCKS, Rows
from jamsos_sim.model.reference import run_reference
from jamsos_sim.model.status import NEVER
from tests.model.test_engines_agree import EVENTFUL_MONEY
from tests.model.worlds import (
    COMPARED,
    SHIPPED,
    Counts,
    columns_that_differ,
    draft,
    ledger,
    quantities_that_differ,
    recorded_run,
    row,
    world,
    world_under,
)

UNPAID = ("appropriation", "revision", "unspent", "loss", "gap_loss", "death_grant_avoided", "relief")
"""Kinds of events with an amount that nobody pays."""

ALL = pytest.mark.parametrize("name", SHIPPED)


@cache
def eventful() -> tuple[Events, Events]:
    """Events of a world in which everything happens, by the model to read and by the one that runs."""
    scenario = draft(EVENTFUL_MONEY)
    where, diary = world_under(scenario, 0, 1_000, "2027-12"), Diary(is_open=True)
    run_reference(scenario, where, diary)
    return diary.events(), run_recorded(scenario, where)[1]


def of_kind(events: Events, kind: str) -> Events:
    found = events.kind == KIND[kind]
    return Events(*(column[found] for column in events))


@ALL
def test_writing_events_changes_no_number_of_the_ledger(name: str) -> None:
    assert not quantities_that_differ(recorded_run(name)[0], ledger(name, 0, COMPARED))


@ALL
def test_the_ledger_is_the_sum_of_the_events_month_by_month_and_row_by_row(name: str) -> None:
    totals, events = recorded_run(name)
    assert not quantities_that_differ(ledger_of(events, world().period), totals) & {*BOOKED, *DERIVED}


def test_every_row_of_the_ledger_that_is_no_state_is_a_sum_of_events() -> None:
    assert {*BOOKED, *DERIVED}.isdisjoint({*STOCKS, *BY_STATE})
    assert {*BOOKED, *DERIVED, *STOCKS, *BY_STATE} == set(Rows._fields)


def test_both_engines_write_the_same_events_where_everything_happens() -> None:
    slow, fast = eventful()
    assert not columns_that_differ(slow, fast)


def test_every_kind_of_event_happens_in_some_run() -> None:
    found = set(eventful()[1].kind.tolist())
    for name in SHIPPED:
        found |= set(recorded_run(name)[1].kind.tolist())
    assert [KINDS[code] for code in sorted(set(range(len(KINDS))) - found)] == []


def test_every_provision_is_paid_in_some_run() -> None:
    runs = [eventful()[1], *(recorded_run(name)[1] for name in SHIPPED)]
    found = {code for events in runs for code in of_kind(events, "benefit").reason.tolist()}
    assert [PROVISIONS[code] for code in sorted(set(range(len(PROVISIONS))) - found)] == []


@ALL
def test_every_rupiah_has_a_payer_a_receiver_and_a_month(name: str) -> None:
    events = recorded_run(name)[1]
    is_paid = events.payer != PARTY["nobody"]
    assert np.array_equal(is_paid, events.payment_month != NEVER) or np.all(
        events.kind[(events.payment_month != NEVER) & ~is_paid] == KIND["claim"]
    )
    assert np.all(events.receiver[is_paid] != PARTY["nobody"])
    assert np.all(events.payer[is_paid] != events.receiver[is_paid])
    assert np.all(events.payment_month[is_paid] >= events.month[is_paid])
    unpaid = {KIND[kind] for kind in UNPAID}
    assert set(events.kind[(events.amount != 0) & ~is_paid].tolist()) <= unpaid
    assert events.payer.max() < len(PARTIES)


@ALL
def test_who_is_on_the_list_has_been_admitted_and_not_yet_left(name: str) -> None:
    totals, events = recorded_run(name)
    period = world().period

    def monthly(kind: str) -> Counts:
        return np.bincount(of_kind(events, kind).month - period.start, minlength=period.stop - period.start)

    change = monthly("admission") - monthly("place_lost") - monthly("list_closed")
    assert np.array_equal(change.cumsum(), row(totals, "enrolled"))


def test_the_provisions_of_a_death_benefit_add_up_to_42_10_or_70_million() -> None:
    events = recorded_run("program_berjalan")[1]
    paid, died = of_kind(events, "benefit"), of_kind(events, "death")
    dead = set(zip(died.person.tolist(), died.month.tolist(), strict=True))
    sums: dict[tuple[int, int], int] = {}
    for person, month, amount in zip(
        paid.person.tolist(), paid.month.tolist(), paid.amount.tolist(), strict=True
    ):
        if (person, month) in dead:
            sums[person, month] = sums.get((person, month), 0) + amount
    assert set(sums.values()) <= {42_000_000, 10_000_000, 70_000_000}
    assert 42_000_000 in sums.values()


def test_scholarships_come_once_a_year_from_the_first_payment_on() -> None:
    events = eventful()[1]
    claims, yearly = of_kind(events, "claim"), of_kind(events, "scholarship")
    first = {
        (person, month): paid
        for person, month, paid in zip(claims.person, claims.month, claims.payment_month, strict=True)
    }
    since = [
        paid - first[person, month]
        for person, month, paid in zip(yearly.person, yearly.month, yearly.payment_month, strict=True)
    ]
    assert since
    assert {months % 12 for months in since} == {0}


def test_reasons_have_names() -> None:
    runs = [eventful()[1], *(recorded_run(name)[1] for name in SHIPPED)]
    for events in runs:
        for kind in set(events.kind.tolist()):
            most = int(of_kind(events, KINDS[kind]).reason.max())
            assert most < len(REASONS.get(KINDS[kind], ("",)))


def test_a_closed_diary_takes_nothing() -> None:
    CLOSED.tell("lapse", 0, NOBODY)
    CLOSED.write("lapse", 0, np.arange(3))
    assert CLOSED.events().month.size == 0
