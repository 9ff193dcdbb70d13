"""A run that is alone in a world takes its columns; the world is as before, and so is whoever comes later."""

import numpy as np

from jamsos_sim.model.kernel import Kernel, run_kernel
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import World
from jamsos_sim.population.workers import Records, Workers
from jamsos_sim.scenario import load_scenario
from tests.model.worlds import world

LAST = "2025-06"


def columns_of(where: World) -> list[np.ndarray]:
    """Copies of what the world knows of its people."""
    nouns: tuple[Workers | Records, ...] = (where.workers, where.records)
    return [column.copy() for noun in nouns for column in noun]


def test_a_run_alone_changes_nothing_of_its_world() -> None:
    where, scenario = world(3, 1_500, LAST), load_scenario("program_berjalan")
    before, expected = columns_of(where), run_kernel(scenario, where)
    alone = Kernel(where, is_alone=True)
    for rules in rules_of(scenario, where):
        alone.run_month(rules)
    assert np.array_equal(alone.city.ledger, expected)
    assert all(np.array_equal(ours, was) for ours, was in zip(columns_of(where), before, strict=True))
    assert np.array_equal(run_kernel(scenario, where), expected)
