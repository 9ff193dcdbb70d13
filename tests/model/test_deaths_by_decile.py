"""The poor die earlier: mortality falls with the welfare decile, and nothing else of a death."""

import numpy as np

from jamsos_sim.model.context import Hazards
from jamsos_sim.model.status import DEAD
from tests.model.worlds import draft, months_of, world_under


def run_with(ratio: float) -> tuple[np.ndarray, np.ndarray, Hazards]:
    """Who has died, everybody's first decile, and the hazards."""
    ranges = "".join(
        f"  {key}: {{low: {value}, central: {value}, high: {value}}}\n"
        for key, value in {"risk.mortality_poorest": ratio, "risk.mortality_scalar": 5.0}.items()
    )
    scenario = draft(f"assumptions:\n{ranges}")
    where = world_under(scenario, 0, 12_000, "2025-12")
    *_, (_, kernel) = months_of(scenario, where)
    people = kernel.everybody.people
    return people.presence == DEAD, where.workers.decile.copy(), where.hazards


def died(dead: np.ndarray, decile: np.ndarray, lowest: int, highest: int) -> float:
    among = (decile >= lowest) & (decile <= highest)
    return float(dead[among].mean())


def test_more_of_the_poorest_die_and_fewer_of_the_better_off() -> None:
    alike, decile, _ = run_with(1.0)
    steep, steep_decile, hazards = run_with(2.0)
    assert hazards.by_decile[1] > 1_000_000 > hazards.by_decile[10]
    assert died(steep, steep_decile, 1, 2) > 1.02 * died(alike, decile, 1, 2)
    assert died(steep, steep_decile, 7, 10) < 0.85 * died(alike, decile, 7, 10)
