"""Age of a worker and birth months of up to two children.

Most workers become a parent once in their life; the age at the first birth has a triangular spread around
its mean, and a second child follows after an evenly spread gap. Children are born before or during the
simulation; one who would be born after it is left out. Only whole numbers of months are used.
"""

from collections.abc import Mapping

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


def ages_in_months(keys: Keys, age_group: Int64, age_starts: tuple[int, ...]) -> Int64:
    """Age of each person in months: even inside a five-year group, thinning out in the open group."""
    drawn = chance.draws(keys, 0, chance.DECISION_BIRTH_MONTH)
    closed = (drawn * MONTHS_OF_GROUP) >> 32
    opened = (np.minimum(drawn >> HALF, drawn & (2**HALF - 1)) * MONTHS_OF_OPEN_GROUP) >> HALF
    years = np.array(age_starts, dtype=np.int64)[age_group]
    return years * MONTHS_PER_YEAR + np.where(age_group == len(age_starts) - 1, opened, closed)


def children_of(
    keys: Keys, birth_month: Int64, sex: Int64, draws: Mapping[str, float], stop: int
) -> tuple[Int64, Int64]:
    """Birth months of the first and the second child, `NO_CHILD` where there is none before ``stop``."""
    first = birth_month + _ages_at_first_birth(keys, sex, draws)
    is_parent = _yes(keys, chance.DECISION_FIRST_CHILD, draws["population.parent_share"])
    second = first + _gaps(keys, draws)
    has_second = is_parent & _yes(keys, chance.DECISION_SECOND_CHILD, draws["population.second_child_share"])
    return (
        np.where(is_parent & (first < stop), first, NO_CHILD),
        np.where(has_second & (second < stop), second, NO_CHILD),
    )


def _yes(keys: Keys, decision: int, share: float) -> npt.NDArray[np.bool_]:
    return chance.draws(keys, ADDRESS_OF_CHANCE, decision) < threshold_of(share)


def _ages_at_first_birth(keys: Keys, sex: Int64, draws: Mapping[str, float]) -> Int64:
    drawn = chance.draws(keys, ADDRESS_OF_TIME, chance.DECISION_FIRST_CHILD)
    spread = int(draws["population.first_birth_age_spread"] * MONTHS_PER_YEAR)
    both_halves = (drawn >> HALF) + (drawn & (2**HALF - 1))
    means = [draws["population.first_birth_age_men"], draws["population.first_birth_age_women"]]
    mean = np.array([int(years * MONTHS_PER_YEAR) for years in means], dtype=np.int64)[sex]
    ages: Int64 = mean - spread + ((both_halves * spread) >> HALF)
    return ages


def _gaps(keys: Keys, draws: Mapping[str, float]) -> Int64:
    drawn = chance.draws(keys, ADDRESS_OF_TIME, chance.DECISION_SECOND_CHILD)
    mean = int(draws["population.birth_gap"] * MONTHS_PER_YEAR)
    shortest = int(draws["population.birth_gap_shortest"] * MONTHS_PER_YEAR)
    return shortest + ((drawn * (2 * (mean - shortest))) >> 32)
