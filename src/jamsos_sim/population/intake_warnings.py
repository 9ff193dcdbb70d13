"""What an intake must be told loudly: many rows lost, or amounts that were probably meant in thousands."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.population.register_file import Counts

INCOME = "declared_income"
LARGE_SHARE = 0.05
"""Slips of the pen spoil a few rows in a thousand; more than one row in twenty has a cause in common, which
can be mended for all of them at once."""
IMPLAUSIBLE_INCOME = 15_000
"""Rupiah a month: less than one day's meals cost, and as thousands more than informal workers earn, so that
nearly every amount of a list in thousands lies below."""


class Stated(NamedTuple):
    """Kept people with a declared income above nothing, and how many of them have an implausible one."""

    people: int
    implausible: int

    @property
    def is_doubtful(self) -> bool:
        """Whether so many are implausible that the list may be written in thousands or millions."""
        return self.implausible > LARGE_SHARE * self.people


def loses_many(counts: Counts) -> bool:
    """Whether so many rows are rejected that they must have a cause in common."""
    return counts.rejected > LARGE_SHARE * counts.read


def stated_incomes(numbers: Mapping[str, npt.NDArray[np.int64]], kept: npt.NDArray[np.bool_]) -> Stated:
    """Declared incomes of the kept people; nobody's where the register has no such column."""
    if INCOME not in numbers:
        return Stated(0, 0)
    stated = numbers[INCOME][kept]
    stated = stated[stated > 0]
    return Stated(stated.size, int(np.count_nonzero(stated < IMPLAUSIBLE_INCOME)))
