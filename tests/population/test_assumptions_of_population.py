"""Every assumption of the population acts, and every end of its range gives people."""

import numpy as np
import pytest

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.population.hazards import relative_risks
from jamsos_sim.population.registry import with_registry
from jamsos_sim.population.synthesis import city_size, synthesise
from jamsos_sim.population.workers import NO_CHILD

# Refreshes and steps between deciles belong to the model's months.
PREFIXES = ("population.", "registry.", "mobility.", "mix.", "relative_risk.")
KEYS = sorted(
    key
    for key in load_assumptions("tangsel")
    if key.startswith(PREFIXES) and not key.startswith(("registry.refresh_", "mobility.decile_"))
)
SIZE = 1_000


def columns(region, draws, period):
    people = with_registry(synthesise(region, draws, 4, SIZE, period), draws, 4)
    alone = np.array([city_size(draws), *relative_risks(region, draws)])
    return (*people.workers, *people.records, alone)


@pytest.mark.parametrize("key", KEYS)
def test_every_assumption_changes_the_people_or_their_records(region, central, period, key):
    ranged = load_assumptions("tangsel")[key]
    low, high = (columns(region, {**central, key: value}, period) for value in (ranged.low, ranged.high))
    assert not all(np.array_equal(*pair) for pair in zip(low, high, strict=True))


@pytest.mark.parametrize("seed", range(10))
def test_every_drawn_world_has_plausible_people(region, period, seed):
    draws = draw_assumptions(load_assumptions("tangsel"), seed)
    workers = synthesise(region, draws, seed, SIZE, period)
    records = with_registry(workers, draws, seed).records
    assert 220_000 < city_size(draws) < 320_000
    assert workers.income.min() > 100_000 and workers.income.max() < 12_000_000
    assert records.decile.min() >= 0 and records.decile.max() <= 10
    for child in (workers.first_child, workers.second_child):
        age_of_parent = (child - workers.birth_month)[child != NO_CHILD]
        assert age_of_parent.min() >= 15 * 12
