"""Cadres of a kelurahan help as many heirs in a month as they have time for, in the order of a draw."""

import numpy as np
import pytest

from jamsos_sim.model.events import KIND, Events
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.policy import Scale
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario
from tests.model.worlds import Counts, clause, draft, row, world_under

DEADLY = "assumptions: {risk.mortality_scalar: {low: 20, central: 20, high: 20}}\n"
WORKERS, LAST = 4_000, "2025-12"


def drafted(capacity: str) -> tuple[Scenario, World]:
    levers = (
        "places: 200_000, budget.appropriation: 100_000_000_000, claims.assistance_share: 1.0, "
        f"kelurahan.cadre_capacity: {capacity}"
    )
    scenario = draft(clause(levers) + DEADLY)
    return scenario, world_under(scenario, 0, WORKERS, LAST)


def run_with(capacity: str) -> tuple[Totals, Events]:
    return run_recorded(*drafted(capacity))


def helped_by_ward_and_month(events: Events, where: World) -> Counts:
    """How many heirs the cadres of each kelurahan have helped in each month in which they helped any."""
    found = events.kind == KIND["claim_assistance"]
    wards = where.workers.kelurahan[events.person[found]].astype(np.int64)
    return np.unique(wards * 10_000 + events.month[found], return_counts=True)[1]


def test_without_a_bound_everybody_who_asks_is_helped() -> None:
    ledger, events = run_with("null")
    assert row(ledger, "assisted_claims").sum() > 40
    assert row(ledger, "claims_beyond_cadres").sum() == 0
    assert helped_by_ward_and_month(events, drafted("null")[1]).max() > 1


def test_one_claim_a_month_is_helped_in_each_kelurahan_and_the_rest_is_counted() -> None:
    free, (ledger, events) = run_with("null")[0], run_with("1")
    assert helped_by_ward_and_month(events, drafted("1")[1]).max() == 1
    beyond = row(ledger, "claims_beyond_cadres")
    assert beyond.sum() > 0
    first = int(np.flatnonzero(beyond)[0])
    asked = row(ledger, "assisted_claims") + beyond
    assert np.array_equal(asked[: first + 1], row(free, "assisted_claims")[: first + 1])


def test_cadres_without_time_help_nobody_and_fewer_families_claim() -> None:
    free, none = run_with("null")[0], run_with("0")[0]
    assert row(none, "assisted_claims").sum() == row(none, "assistance_cost").sum() == 0
    assert row(none, "claims_beyond_cadres").sum() > 40
    assert row(none, "families_not_claimed").sum() > row(free, "families_not_claimed").sum()


@pytest.mark.parametrize(("city", "simulated"), [(0, 0), (1, 1), (60, 1), (61, 2)])
def test_a_small_part_of_the_city_keeps_the_cadres_of_its_wards(city: int, simulated: int) -> None:
    assert Scale(1_000, 60_000).of_one_ward(city) == simulated
