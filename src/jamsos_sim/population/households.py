"""Age of a worker and birth months of up to two children.

Most workers become a parent once in their life; the age at the first birth has a triangular spread around
its mean, and a second child follows after an evenly spread gap. Children are born before or during the
simulation; one who would be born after it is left out. Only whole numbers of months are used.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.population.workers import NO_CHILD, Int64
from jamsos_sim.units import MONTHS_PER_YEAR, threshold_of

YEARS_OF_GROUP = 5
MONTHS_OF_GROUP = YEARS_OF_GROUP * MONTHS_PER_YEAR
MONTHS_OF_OPEN_GROUP = 2 * MONTHS_OF_GROUP
HALF = 16
ADDRESS_OF_CHANCE = 0
ADDRESS_OF_TIME = 1

Keys = npt.NDArray[np.uint64]


class Family(NamedTuple):
    """Numbers of a world behind children: thresholds of chances, and times in months.

    Attributes
    ----------
    parent, second_child:
        Chance to become a parent, and of a parent to have a second child.
    earliest:
        Lowest age at the first birth, of men and of women.
    spread:
        Half the width of the ages at the first birth.
    shortest_gap, gaps:
        Shortest gap to the second child, and how many gaps there are.
    stop:
        Month after the last birth that is kept.
    """

    parent: int
    second_child: int
    earliest: Int64
    spread: int
    shortest_gap: int
    gaps: int
    stop: int


def family_of(draws: Mapping[str, float], stop: int) -> Family:
    """Numbers of a world."""

    def months(name: str) -> int:
        return int(draws[f"population.{name}"] * MONTHS_PER_YEAR)

    spread, shortest = months("first_birth_age_spread"), months("birth_gap_shortest")
    means = [months("first_birth_age_men"), months("first_birth_age_women")]
    return Family(
        parent=threshold_of(draws["population.parent_share"]),
        second_child=threshold_of(draws["population.second_child_share"]),
        earliest=np.array(means, dtype=np.int64) - spread,
        spread=spread,
        shortest_gap=shortest,
        gaps=2 * (months("birth_gap") - shortest),
        stop=stop,
    )


def ages_in_months(keys: Keys, age_group: Int64, age_starts: Int64) -> Int64:
    """Age of each person in months: even inside a five-year group, thinning out in the open group."""
    drawn = chance.draws(keys, 0, chance.DECISION_BIRTH_MONTH)
    closed = (drawn * MONTHS_OF_GROUP) >> 32
    opened = (np.minimum(drawn >> HALF, drawn & (2**HALF - 1)) * MONTHS_OF_OPEN_GROUP) >> HALF
    is_open = age_group == age_starts.size - 1
    return age_starts[age_group] * MONTHS_PER_YEAR + np.where(is_open, opened, closed)


def children_of(keys: Keys, birth_month: Int64, sex: Int64, family: Family) -> tuple[Int64, Int64]:
    """Birth months of the first and the second child, `NO_CHILD` where there is none before the end."""
    first = birth_month + _ages_at_first_birth(keys, sex, family)
    is_parent = _yes(keys, chance.DECISION_FIRST_CHILD, family.parent)
    drawn = chance.draws(keys, ADDRESS_OF_TIME, chance.DECISION_SECOND_CHILD)
    second = first + family.shortest_gap + ((drawn * family.gaps) >> 32)
    has_second = is_parent & _yes(keys, chance.DECISION_SECOND_CHILD, family.second_child)
    return (
        np.where(is_parent & (first < family.stop), first, NO_CHILD),
        np.where(has_second & (second < family.stop), second, NO_CHILD),
    )


def _yes(keys: Keys, decision: int, threshold: int) -> npt.NDArray[np.bool_]:
    return chance.draws(keys, ADDRESS_OF_CHANCE, decision) < threshold


def _ages_at_first_birth(keys: Keys, sex: Int64, family: Family) -> Int64:
    drawn = chance.draws(keys, ADDRESS_OF_TIME, chance.DECISION_FIRST_CHILD)
    both_halves = (drawn >> HALF) + (drawn & (2**HALF - 1))
    ages: Int64 = family.earliest[sex] + ((both_halves * family.spread) >> HALF)
    return ages
