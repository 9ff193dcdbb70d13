"""Cadres of a kelurahan help as many heirs in a month as they have time for, in the order of a draw; the
others wait.
"""

from functools import cache

import numpy as np
import pytest

from jamsos_sim.law.in_force import law_of
from jamsos_sim.model.accounts import BOOKED, DERIVED, ledger_of
from jamsos_sim.model.events import KIND, LATE_HELP, QUEUED, Diary, Events
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import FAMILIES, Totals
from jamsos_sim.model.policy import Scale
from jamsos_sim.model.reference import run_reference
from jamsos_sim.model.status import DEATH, WORK_DEATH
from jamsos_sim.model.steps.heirs_wait import may_still_file
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import month_of
from tests.model.worlds import (
    Counts,
    clause,
    columns_that_differ,
    draft,
    quantities_that_differ,
    row,
    world_under,
)

DEADLY = "assumptions: {risk.mortality_scalar: {low: 20, central: 20, high: 20}}\n"
WORKERS, LAST = 4_000, "2025-12"


def drafted(capacity: str) -> tuple[Scenario, World]:
    levers = (
        "places: 200_000, budget.appropriation: 100_000_000_000, claims.assistance_share: 1.0, "
        f"kelurahan.cadre_capacity: {capacity}"
    )
    scenario = draft(clause(levers) + DEADLY)
    return scenario, world_under(scenario, 0, WORKERS, LAST)


@cache
def recorded(capacity: str) -> tuple[Totals, Events]:
    return run_recorded(*drafted(capacity))


def helped_by_ward_and_month(events: Events, where: World) -> Counts:
    """How many heirs the cadres of each kelurahan have helped in each month in which they helped any."""
    found = events.kind == KIND["claim_assistance"]
    wards = where.workers.kelurahan[events.person[found]].astype(np.int64)
    return np.unique(wards * 10_000 + events.month[found], return_counts=True)[1]


def test_without_a_bound_everybody_who_asks_is_helped() -> None:
    ledger, events = recorded("null")
    assert row(ledger, "assisted_claims").sum() > 40
    assert row(ledger, "claims_beyond_cadres").sum() == 0
    assert helped_by_ward_and_month(events, drafted("null")[1]).max() > 1


def test_one_claim_a_month_is_helped_in_each_kelurahan_and_the_rest_is_counted() -> None:
    free, (ledger, events) = recorded("null")[0], recorded("1")
    assert helped_by_ward_and_month(events, drafted("1")[1]).max() == 1
    beyond = row(ledger, "claims_beyond_cadres")
    assert beyond.sum() > 0
    first = int(np.flatnonzero(beyond)[0])
    asked = row(ledger, "assisted_claims") + beyond
    assert np.array_equal(asked[: first + 1], row(free, "assisted_claims")[: first + 1])


def test_cadres_without_time_help_nobody_and_fewer_families_claim() -> None:
    free, none = recorded("null")[0], recorded("0")[0]
    assert row(none, "assisted_claims").sum() == row(none, "assistance_cost").sum() == 0
    assert row(none, "claims_beyond_cadres").sum() > 40
    assert row(none, "families_not_claimed").sum() > row(free, "families_not_claimed").sum()


@pytest.mark.parametrize(("city", "simulated"), [(0, 0), (1, 1), (60, 1), (61, 2)])
def test_a_small_part_of_the_city_keeps_the_cadres_of_its_wards(city: int, simulated: int) -> None:
    assert Scale(1_000, 60_000).of_one_ward(city) == simulated


LATER = "{2023-01: 0, 2024-09: 1}"
"""No cadre has time for twenty months; then one claim a month in each kelurahan."""


def families(ledger: Totals) -> Counts:
    return np.sum([row(ledger, name) for name in FAMILIES], axis=0)


@pytest.mark.parametrize("capacity", ["1", LATER])
def test_both_engines_keep_the_same_queue_and_the_events_add_up_to_it(capacity: str) -> None:
    (ledger, events), (scenario, where) = recorded(capacity), drafted(capacity)
    diary = Diary(is_open=True)
    assert not quantities_that_differ(run_reference(scenario, where, diary), ledger)
    assert not columns_that_differ(diary.events(), events)
    assert not quantities_that_differ(ledger_of(events, where.period), ledger) & {*BOOKED, *DERIVED}


@pytest.mark.parametrize("capacity", ["0", "1", LATER, "null"])
def test_who_waits_has_come_and_not_been_helped_yet(capacity: str) -> None:
    ledger, events = recorded(capacity)
    come, helped = (row(ledger, name).cumsum() for name in ("heirs_queued", "assisted_after_waiting"))
    assert np.array_equal(row(ledger, "heirs_waiting"), come - helped)
    assert np.all(row(ledger, "heirs_queued") <= row(ledger, "claims_beyond_cadres"))
    late = events.person[(events.kind == KIND["claim_assistance"]) & (events.reason == LATE_HELP)]
    waits = events.person[(events.kind == KIND["claim_unassisted"]) & (events.reason == QUEUED)]
    assert np.unique(late).size == late.size and set(late.tolist()) <= set(waits.tolist())
    assert (come[-1] > 0) == (capacity != "null")


def test_the_longest_waiting_are_helped_first() -> None:
    events, where = recorded(LATER)[1], drafted(LATER)[1]
    is_death, is_late = events.kind == KIND["death"], events.kind == KIND["claim_assistance"]
    died = dict(zip(events.person[is_death].tolist(), events.month[is_death].tolist(), strict=True))
    for ward in range(len(where.region.kelurahan)):
        own = is_late & (where.workers.kelurahan[events.person] == ward) & (events.reason == LATE_HELP)
        in_turn = np.argsort(events.month[own], kind="stable")
        deaths = [died[person] for person in events.person[own][in_turn].tolist()]
        assert deaths == sorted(deaths)


def test_late_help_takes_longer_and_still_brings_families_their_benefit() -> None:
    none, late, free = (recorded(capacity)[0] for capacity in ("0", LATER, "null"))
    assert row(late, "months_waited_for_help").sum() > row(late, "assisted_after_waiting").sum() > 20
    paid = [row(ledger, "families_full").sum() for ledger in (none, late, free)]
    assert paid[0] < paid[1] <= paid[2]
    for ledger in (none, late):
        assert np.array_equal(families(ledger), families(free))
    months, cases = (
        [row(ledger, f"jkm_{what}").sum() for ledger in (free, late)]
        for what in ("months_to_payment", "cases")
    )
    assert months[0] / cases[0] < months[1] / cases[1]


def test_a_claim_filed_late_is_paid_by_the_law_of_the_death() -> None:
    """Before 24 February 2025 JKM had no waiting months: nobody who died then leaves the grant alone."""
    events = recorded("{2023-01: 0, 2025-06: 5}")[1]
    within = events.month[events.kind == KIND["benefit"]]
    paid = events.payment_month[events.kind == KIND["benefit"]]
    assert np.any((within < month_of("2024-06")) & (paid > month_of("2025-05")))
    early = (events.kind == KIND["death"]) & (events.month < month_of("2025-02"))
    assert not np.any(early & (events.family == FAMILIES.index("families_funeral_only")))


def test_a_right_to_jkk_lapses_and_no_term_of_jkm_is_known() -> None:
    month = month_of("2023-06")
    law = law_of(month, {})
    last = month + 12 * law.claim_years
    assert may_still_file(WORK_DEATH, month, last, law)
    assert not may_still_file(WORK_DEATH, month, last + 1, law)
    assert may_still_file(DEATH, month, last + 100, law)
