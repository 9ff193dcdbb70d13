"""Wards and desks: deliberation, capacities, hand-over, and how long people wait."""

from functools import cache

import numpy as np
import pytest

from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_DECILE
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.status import (
    DEAD,
    FILED,
    INFORMAL,
    LEFT,
    NO_PERSON,
    REFUSED_DUPLICATE,
    REFUSED_NOT_FOUND,
    REFUSED_NOT_WORKING,
    RETIRED,
    WAITING,
)
from jamsos_sim.model.steps.deliberate import Neighbour, decile_in_deliberation, deliberation_reason
from jamsos_sim.model.steps.queue_up import BOUNDS, bounds_exceeded
from jamsos_sim.model.terms import rules_of
from tests.model.worlds import clause, draft, draft_ledger, months_of, row, world, world_under

HELD = "kelurahan.deliberation: held"
SURE = {"deliberation.miss_gone": 0, "deliberation.miss_means": 0, "deliberation.cost": 5_000}


def fixed(values: dict[str, float]) -> str:
    lines = (f"  {key}: {{low: {value}, central: {value}, high: {value}}}\n" for key, value in values.items())
    return "assumptions:\n" + "".join(lines)


@cache
def run_under(body: str) -> Totals:
    scenario = draft(body)
    return run_kernel(scenario, world_under(scenario, 0, 4_000, "2026-12"))


def months_to_a_place(totals: Totals) -> float:
    return float(row(totals, "months_waited").sum() / row(totals, "admitted").sum())


@pytest.mark.parametrize("desk", ["verification", "registration"])
def test_a_desk_handles_no_more_than_its_capacity_and_the_rest_stands_in_its_queue(desk: str) -> None:
    scarce = draft_ledger(clause(f"{desk}.capacity_per_month: 1_000"))
    ample = draft_ledger(clause(f"{desk}.capacity_per_month: 10_000_000"))
    handled = world().scale.of(1_000) * np.arange(1, scarce.shape[1] + 1)
    assert np.all(row(scarce, "admitted").cumsum() <= handled)
    assert row(scarce, f"{desk}_backlog").max() > 0 == row(ample, f"{desk}_backlog").max()
    assert months_to_a_place(scarce) > months_to_a_place(ample)
    assert row(scarce, "queue_over_6_months").sum() > row(ample, "queue_over_6_months").sum()


def test_without_capacity_to_register_nobody_gets_a_place_and_the_queue_grows() -> None:
    totals = draft_ledger(clause("registration.capacity_per_month: 0"))
    assert row(totals, "admitted").sum() == 0 == row(totals, "waiting").max()
    queue = row(totals, "in_registration")
    assert np.all(np.diff(queue) >= 0) and queue[-1] > 0


@pytest.mark.parametrize("months", [0, 1, 3])
def test_a_hand_over_takes_its_months_and_one_shared_desk_takes_none(months: int) -> None:
    held = fixed({"coordination.handover_months": months, "coordination.handover_loss": 0})
    plenty = "places: 10_000_000, budget.appropriation: 10_000_000_000_000, budget.months_paid: 12"
    plenty += ", budget.first_paid_month: 1, verification.capacity_per_month: 10_000_000"
    plenty += ", registration.capacity_per_month: 10_000_000, coordination.desks"
    two, one = (run_under(clause(f"{plenty}: {desks}") + held) for desks in ("sequential", "shared"))
    assert months_to_a_place(two) == months_to_a_place(one) + months
    assert (row(two, "in_registration").sum() > 0) == (months > 0)
    assert row(one, "in_registration").sum() == 0


def test_a_hand_over_loses_files_and_one_shared_desk_loses_none() -> None:
    held = fixed({"coordination.handover_loss": 0.3})
    two, one = (
        run_under(clause(f"coordination.desks: {desks}") + held) for desks in ("sequential", "shared")
    )
    assert row(two, "lost_in_handover").sum() > 0 == row(one, "lost_in_handover").sum()


@pytest.mark.parametrize("levers", ["places: 8_000", f"registration.capacity_per_month: 500, {HELD}"])
def test_queues_and_their_delays_are_those_of_the_people_in_them(levers: str) -> None:
    for rules, kernel in months_of(draft(clause(levers)), world(0, 4_000, "2025-06")):
        people, ledger, at = kernel.city.people, kernel.city.ledger, rules.moment.elapsed
        queued = np.isin(people.status, (*FILED, WAITING))
        lying = ("in_deliberation", "in_verification", "in_registration", "waiting")
        assert sum(row(ledger, name)[at] for name in lying) == queued.sum()
        months = rules.moment.month - people.proposed_since[queued]
        new = rules.moment.month - people.proposed_since[people.enrolled_since == rules.moment.month]
        for bound in BOUNDS:
            assert row(ledger, f"queue_over_{bound}_months")[at] == (months > bound).sum()
            assert row(ledger, f"admitted_over_{bound}_months")[at] == (new > bound).sum()
    assert row(ledger, "queue_over_12_months").sum() > 0


def test_a_delay_of_exactly_a_bound_does_not_exceed_it() -> None:
    assert [bounds_exceeded(months) for months in (0, 3, 4, 6, 7, 12, 13)] == [0, 0, 1, 1, 2, 2, 3]


def test_neighbours_strike_off_whom_they_know_to_be_gone_or_better_off() -> None:
    scenario = draft(clause("eligibility.decile_ceiling: 4"))
    terms = rules_of(scenario, world())[0].terms
    sure = terms._replace(
        chances=terms.chances._replace(deliberation_miss_gone=100, deliberation_miss_means=200)
    )
    expected = {
        Neighbour(INFORMAL, 2, 3): ELIGIBLE,
        Neighbour(INFORMAL, 8, 3): REFUSED_DECILE,
        Neighbour(RETIRED, 2, 3): REFUSED_NOT_WORKING,
        Neighbour(NO_PERSON, 2, 3): REFUSED_DUPLICATE,
        Neighbour(DEAD, 2, 3): REFUSED_NOT_FOUND,
        Neighbour(LEFT, 2, 3): REFUSED_NOT_FOUND,
    }
    for neighbour, reason in expected.items():
        assert deliberation_reason(neighbour, 200, sure) == reason
        assert deliberation_reason(neighbour, 99, sure) == ELIGIBLE
    assert decile_in_deliberation(Neighbour(INFORMAL, 8, 3), 200, sure.chances) == 8
    assert decile_in_deliberation(Neighbour(DEAD, 8, 3), 200, sure.chances) == 3


def test_a_deliberation_keeps_the_gone_off_the_list_and_costs_less_than_visits() -> None:
    miss = {"deliberation.miss_gone": 0.2, "deliberation.miss_means": 0.5, "deliberation.cost": 5_000}
    visit = {"verification.ground_cost": 35_000, "verification.ground_miss": 0.1}
    without, held = run_under(""), run_under(clause(HELD) + fixed(miss))
    visited = run_under(clause("verification.ground_check_share: 1.0") + fixed(visit))
    for wrongly in ("paid_for_dead", "paid_for_moved", "paid_for_better_off"):
        assert row(visited, wrongly).sum() < row(held, wrongly).sum() < row(without, wrongly).sum(), wrongly
    assert np.array_equal(row(held, "deliberation_cost"), 5_000 * row(held, "deliberated"))
    assert 0 < row(held, "deliberation_cost").sum() < row(visited, "ground_check_cost").sum()
    assert row(without, "deliberated").sum() == 0 == row(without, "deliberation_cost").sum()
    assert 0 < row(held, "struck_by_kelurahan").sum() < row(held, "deliberated").sum()


def test_whom_the_ward_strikes_off_takes_nobodys_time_at_the_city() -> None:
    without, held = run_under(""), run_under(clause(HELD) + fixed(SURE))
    checked = row(held, "insurer_checks").sum() / row(held, "proposed").sum()
    assert checked < row(without, "insurer_checks").sum() / row(without, "proposed").sum()


def test_a_deliberation_takes_its_months() -> None:
    shares = [
        months_to_a_place(run_under(clause(HELD) + fixed(SURE | {"deliberation.months": months})))
        for months in (0, 2)
    ]
    assert shares[1] > shares[0] + 1
