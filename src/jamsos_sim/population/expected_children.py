"""How many children of school age workers have, and how many they are expected to have.

The expectation follows from age and sex of the workers and from the numbers behind `households`: every age at
the first birth and every gap to the second child with its exact probability.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.population.households import HALF, Family
from jamsos_sim.population.workers import NO_CHILD, Int64, Workers
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR

SCHOOL_STARTS, GROWN_UP = 7 * MONTHS_PER_YEAR, 18 * MONTHS_PER_YEAR
"""Months of age from which, and below which, a child is of school age."""
MOST_CHILDREN = 2

Float64 = npt.NDArray[np.float64]


def children_at_school(workers: Workers) -> list[int]:
    """Workers with no, one and two children of school age in their first month."""
    arrival = workers.arrival_month.astype(np.int64)
    children = np.zeros(arrival.size, dtype=np.int64)
    for birth in (workers.first_child, workers.second_child):
        children += (birth != NO_CHILD) & _is_of_school_age(arrival - birth)
    counts: list[int] = np.bincount(children, minlength=MOST_CHILDREN + 1).tolist()
    return counts


def expected_at_school(workers: Workers, family: Family) -> list[float]:
    """Shares of these workers expected to have no, one and two children of school age at that time."""
    age = workers.arrival_month.astype(np.int64) - workers.birth_month
    one, two = np.zeros(age.size), np.zeros(age.size)
    for sex in range(family.earliest.size):
        own = workers.sex == sex
        by_age = _by_age(int(age.max(initial=0)), int(family.earliest[sex]), family)
        one[own], two[own] = by_age.one[age[own]], by_age.two[age[own]]
    shares = [float(each.sum()) / max(1, age.size) for each in (one, two)]
    return [1.0 - sum(shares), *shares]


def _is_of_school_age(months: Int64) -> npt.NDArray[np.bool_]:
    of_age: npt.NDArray[np.bool_] = (months >= SCHOOL_STARTS) & (months < GROWN_UP)
    return of_age


class _ByAge(NamedTuple):
    """Chance of exactly one, and of two children of school age, by age of the worker in months."""

    one: Float64
    two: Float64


def _by_age(oldest: int, earliest: int, family: Family) -> _ByAge:
    """Chances for workers of one sex, whose lowest age at the first birth is ``earliest`` months."""
    delays = _delays(family.spread)
    youngest_child = 1 - earliest - delays.size
    first_child = np.arange(youngest_child, oldest - earliest + 1, dtype=np.int64)
    first = _is_of_school_age(first_child).astype(np.float64)
    gaps = [family.shortest_gap + gap for gap in range(max(1, family.gaps))]
    second = sum((_is_of_school_age(first_child - gap) for gap in gaps), np.zeros(first.size)) / len(gaps)

    def over_delays(chances: Float64) -> Float64:
        return np.convolve(chances, delays)[delays.size - 1 :][: oldest + 1]

    parent, again = family.parent / CHANCE_SCALE, family.second_child / CHANCE_SCALE
    both = parent * again * over_delays(first * second)
    either = parent * (over_delays(first) + again * over_delays(second))
    return _ByAge(one=either - 2 * both, two=both)


def _delays(spread: int) -> Float64:
    """Chance of each number of months between the lowest and the drawn age at the first birth."""
    halves = 2**HALF
    sums = np.arange(2 * halves - 1, dtype=np.int64)
    ways = np.minimum(sums + 1, 2 * halves - 1 - sums).astype(np.float64)
    chances: Float64 = np.bincount((sums * spread) >> HALF, weights=ways) / halves**2
    return chances
