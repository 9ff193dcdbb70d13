"""Age of a worker and birth months of up to two children.

Most workers become a parent once in their life; the age at the first birth has a triangular spread around
its mean, and a second child follows after an evenly spread gap. Children are born before or during the
simulation; one who would be born after it is left out. Only whole numbers of months are used.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.population.alike import alike, chosen, drawn
from jamsos_sim.population.workers import NO_CHILD, Int64
from jamsos_sim.units import MONTHS_PER_YEAR, threshold_of

YEARS_OF_GROUP = 5
MONTHS_OF_GROUP = YEARS_OF_GROUP * MONTHS_PER_YEAR
MONTHS_OF_OPEN_GROUP = 2 * MONTHS_OF_GROUP
HALF = 16
LOW_HALF = 2**HALF - 1
ADDRESS_OF_CHANCE = 0
ADDRESS_OF_TIME = 1

BIRTH_ADDRESSES = (
    (0, chance.DECISION_BIRTH_MONTH),
    (ADDRESS_OF_CHANCE, chance.DECISION_FIRST_CHILD),
    (ADDRESS_OF_TIME, chance.DECISION_FIRST_CHILD),
    (ADDRESS_OF_CHANCE, chance.DECISION_SECOND_CHILD),
    (ADDRESS_OF_TIME, chance.DECISION_SECOND_CHILD),
)
"""Numbers and decisions of the draws behind a worker's age and children."""


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


@alike
def ages_in_months(keys: Any, age_group: Int64, age_starts: Int64) -> Int64:
    """Age of each person in months: even inside a five-year group, thinning out in the open group."""
    luck = drawn(keys, 0, chance.DECISION_BIRTH_MONTH)
    closed = (luck * MONTHS_OF_GROUP) >> 32
    high, low = luck >> HALF, luck & LOW_HALF
    opened = (chosen(high < low, high, low) * MONTHS_OF_OPEN_GROUP) >> HALF
    is_open = age_group == age_starts.size - 1
    ages: Int64 = age_starts[age_group] * MONTHS_PER_YEAR + chosen(is_open, opened, closed)
    return ages


@alike
def children_of(keys: Any, birth_month: Int64, sex: Int64, family: Family) -> tuple[Int64, Int64]:
    """Birth months of the first and the second child, `NO_CHILD` where there is none before the end."""
    first = birth_month + _ages_at_first_birth(keys, sex, family)
    is_parent = _yes(keys, chance.DECISION_FIRST_CHILD, family.parent)
    luck = drawn(keys, ADDRESS_OF_TIME, chance.DECISION_SECOND_CHILD)
    second = first + family.shortest_gap + ((luck * family.gaps) >> 32)
    has_second = is_parent & _yes(keys, chance.DECISION_SECOND_CHILD, family.second_child)
    return (
        chosen(is_parent & (first < family.stop), first, NO_CHILD),
        chosen(has_second & (second < family.stop), second, NO_CHILD),
    )


@alike
def _yes(keys: Any, decision: int, threshold: int) -> npt.NDArray[np.bool_]:
    is_so: npt.NDArray[np.bool_] = drawn(keys, ADDRESS_OF_CHANCE, decision) < threshold
    return is_so


@alike
def _ages_at_first_birth(keys: Any, sex: Int64, family: Family) -> Int64:
    luck = drawn(keys, ADDRESS_OF_TIME, chance.DECISION_FIRST_CHILD)
    both_halves = (luck >> HALF) + (luck & LOW_HALF)
    ages: Int64 = family.earliest[sex] + ((both_halves * family.spread) >> HALF)
    return ages
