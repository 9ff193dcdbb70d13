"""The generator holds before tests from outside: SciPy's chi-square and Kolmogorov–Smirnov, in every order of
addresses in which the model asks. `benchmarks/chance.py` puts the same orders before a whole battery.
"""

import itertools
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from jamsos_sim import chance
from jamsos_sim.units import CHANCE_SCALE, month_of

Draws = npt.NDArray[np.int64]

PEOPLE = 12_000
MONTHS = 96
START = month_of("2023-01")
DECISIONS = range(chance.DECISIONS_PER_MONTH)
RECURRING = (chance.DECISION_MOVE, chance.DECISION_RISK, chance.DECISION_HEAR, chance.DECISION_APPLY)
RAREST = 1e-6
"""Probability below which no test of these fixed seeds may find even chance, of a few hundred tests."""
CELLS = 16


def by_person(seed: int) -> Draws:
    """One decision of one month after the other, person by person."""
    keys = chance.keys_of(seed, PEOPLE)
    rounds = [(START + month, chance.DECISION_RISK) for month in range(16)]
    return np.concatenate([chance.draws(keys, *address) for address in rounds])


def by_month(seed: int) -> Draws:
    """One decision of one person after the other, month by month."""
    keys = chance.keys_of(seed, 2_000)
    columns = [chance.draws(keys, START + month, chance.DECISION_RISK) for month in range(MONTHS)]
    return np.stack(columns, axis=1).ravel()


def by_decision(seed: int) -> Draws:
    """One month of one person after the other, decision by decision."""
    keys = chance.keys_of(seed, 3_000)
    return np.stack([chance.draws(keys, START, decision) for decision in DECISIONS], axis=1).ravel()


def by_seed(seed: int) -> Draws:
    """The same person, month and decision in one world after the other."""
    keys = [chance.key_of(seed + world, 5) for world in range(30_000)]
    return chance.draws(np.array(keys, dtype=np.uint64), START, chance.DECISION_RISK)


def recurring_by_person(seed: int) -> Draws:
    """One recurring decision of one month after the other, person by person."""
    keys = chance.keys_of(seed, PEOPLE)
    columns = [chance.recurring_draws(keys, START + month, chance.DECISION_HEAR) for month in range(16)]
    return np.concatenate(columns)


def recurring_by_month(seed: int) -> Draws:
    """One recurring decision of one person after the other, month by month; eight share a word."""
    keys = chance.keys_of(seed, 2_000)
    columns = [chance.recurring_draws(keys, START + month, chance.DECISION_HEAR) for month in range(MONTHS)]
    return np.stack(columns, axis=1).ravel()


ORDERS = (by_person, by_month, by_decision, by_seed, recurring_by_person, recurring_by_month)
orders = pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.__name__)
seeds = pytest.mark.parametrize("seed", [0, 2023, 2**62 + 1])
Order = Callable[[int], Draws]


def chance_of_evenness(cells: Draws, count: int) -> float:
    """How often even chance fills cells at least as unevenly, by chi-square; both tails count."""
    found = stats.chisquare(np.bincount(cells, minlength=count))
    return min(float(found.pvalue), 1 - float(found.pvalue))


@orders
@seeds
def test_draws_are_uniform(order: Order, seed: int) -> None:
    drawn = order(seed)
    assert stats.kstest((drawn + 0.5) / CHANCE_SCALE, "uniform").pvalue > RAREST
    for shift in range(0, 32, 4):
        assert chance_of_evenness((drawn >> shift) % CELLS, CELLS) > RAREST


@orders
@seeds
def test_neighbours_in_any_order_are_independent(order: Order, seed: int) -> None:
    drawn = order(seed) >> 28
    for lag in (1, 2, 12, 64):
        pairs = drawn[:-lag] * CELLS + drawn[lag:]
        assert chance_of_evenness(pairs[:: lag + 1], CELLS**2) > RAREST
    triples = drawn[:-2:3] // 2 * 64 + drawn[1:-1:3] // 2 * 8 + drawn[2::3] // 2
    assert chance_of_evenness(triples, 512) > RAREST


@orders
@seeds
def test_runs_up_and_down_are_as_many_as_even_chance_makes(order: Order, seed: int) -> None:
    rising = np.diff(order(seed)) > 0
    runs = 1 + np.count_nonzero(rising[1:] != rising[:-1])
    count = rising.size + 1
    deviation = (runs - (2 * count - 1) / 3) / np.sqrt((16 * count - 29) / 90)
    assert 2 * stats.norm.sf(abs(deviation)) > RAREST


@orders
@seeds
def test_the_waiting_time_for_a_rare_event_is_geometric(order: Order, seed: int) -> None:
    happened = np.flatnonzero(order(seed) < CHANCE_SCALE // 50)
    waits = np.minimum(np.diff(happened), 200) - 1
    counts = np.bincount(waits // 10, minlength=20)
    expected = stats.geom.cdf(np.arange(10, 201, 10), 0.02) - stats.geom.cdf(np.arange(0, 191, 10), 0.02)
    expected[-1] += stats.geom.sf(200, 0.02)
    assert stats.chisquare(counts, expected * counts.sum()).pvalue > RAREST


def drawn(keys: npt.NDArray[np.uint64], decision: int) -> Draws:
    """The draws of a decision in a month, as the model makes them."""
    is_recurring = decision in RECURRING
    return (chance.recurring_draws if is_recurring else chance.draws)(keys, START, decision)


@seeds
def test_any_two_decisions_of_a_month_are_independent(seed: int) -> None:
    keys = chance.keys_of(seed, PEOPLE)
    parts = [drawn(keys, decision) >> 29 for decision in DECISIONS]
    found = [chance_of_evenness(first * 8 + second, 64) for first, second in itertools.combinations(parts, 2)]
    assert min(found) > RAREST / 100
    # The probabilities themselves are spread as probabilities are: half of the smaller tails below a quarter.
    assert stats.kstest(np.array(found) * 2, "uniform").pvalue > RAREST


@seeds
def test_the_bits_of_a_draw_are_independent_of_each_other(seed: int) -> None:
    drawn = by_person(seed)
    bits = [(drawn >> place) & 1 for place in range(32)]
    found = [chance_of_evenness(first * 2 + second, 4) for first, second in itertools.combinations(bits, 2)]
    assert min(found) > RAREST / 100
