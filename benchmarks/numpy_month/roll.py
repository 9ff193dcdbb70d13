"""Who has come how far in the programme: rows by status, found when asked for, kept until it changes."""

import numpy as np

from jamsos_sim.model.context import Long, Tiny
from jamsos_sim.model.status import NOT_LISTED


class Roll:
    """Rows by status; every change of a status goes through it."""

    def __init__(self, status: Tiny) -> None:
        self.status = status
        self.listed: Long = np.empty(0, dtype=np.int64)
        self.kept: dict[int, Long] = {}

    def of(self, status: int) -> Long:
        """Rows of the people with a status that is not `NOT_LISTED`."""
        if status not in self.kept:
            self.kept[status] = self.listed.compress(self.status.take(self.listed) == status)
        return self.kept[status]

    def turn(self, rows: Long, after: Tiny | int, *touched: int) -> None:
        """Give people a new status, or one each; ``touched`` are all statuses that they leave or get."""
        if rows.size:
            self.status[rows] = after
            for each in touched:
                self.kept.pop(each, None)

    def strike(self, rows: Long, before: int) -> None:
        """Take people off all lists."""
        self.turn(rows, NOT_LISTED, before)

    def enter(self, rows: Long, status: int) -> None:
        """Give a status to people who had none."""
        self.listed = np.concatenate((self.listed, rows))
        self.turn(rows, status, status)

    def tidy(self) -> None:
        """Forget the rows of people who have lost their status: they may come again."""
        self.listed = self.listed.compress(self.status.take(self.listed) != NOT_LISTED)
