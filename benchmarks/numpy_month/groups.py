"""Who belongs together, found once for a world: members of communities, and people of one month of birth."""

from typing import NamedTuple

import numpy as np

from jamsos_sim.model.context import Column, Long
from jamsos_sim.units import MONTHS_PER_YEAR


class Members(NamedTuple):
    """The members of each community, one community after the other."""

    rows: Long
    start: Long

    def of(self, communities: Long, arrived: int) -> Long:
        """Members of some communities, as far as they have arrived."""
        size = self.start[communities + 1] - self.start[communities]
        shift = np.repeat(self.start[communities] - np.cumsum(size) + size, size)
        rows = self.rows.take(shift + np.arange(shift.size))
        return rows.compress(rows < arrived)


def members_of(community: Column) -> Members:
    """Sort everybody by community."""
    start = np.concatenate(([0], np.cumsum(np.bincount(community))))
    return Members(np.argsort(community, kind="stable"), start)


def by_month_of_birth(birth_month: Column) -> list[Long]:
    """Rows of the people born in each calendar month, January first."""
    born = (birth_month % MONTHS_PER_YEAR).astype(np.int8)
    return [np.flatnonzero(born == month) for month in range(MONTHS_PER_YEAR)]
