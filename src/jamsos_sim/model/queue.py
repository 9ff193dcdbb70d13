"""Who comes first: one order for lists, verification, places and money, the same in both models.

Everybody in a queue has one whole number, made of a rank, a place within the rank and the person's own
number, so that no two are equal and the order of rows never matters. The place within a rank is drawn once
for a lifetime.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import compiled, rule
from jamsos_sim.model.status import POOREST_FIRST, RISKIEST_TRADE_FIRST

NUMBER_BITS = 27
ORDER_BITS = 28
DROPPED_BITS = 32 - ORDER_BITS
NOBODY = -1
EVERYBODY = 2**63 - 1


@rule
def queue_key(rank: int, order: int, number: int) -> int:
    """Place in a queue; the lowest comes first.

    Parameters: ``rank`` 0 to 255; ``order`` the lifelong draw, 0 to 2**32 - 1; ``number`` of the person,
    below 2**27.
    """
    # Without the compiler the columns give small integers, which would lose the bits shifted out of them.
    ranked = int(rank) << (ORDER_BITS + NUMBER_BITS)
    return ranked | ((int(order) >> DROPPED_BITS) << NUMBER_BITS) | int(number)


@rule
def priority_rank(priority: int, decile: int, risk_rank: int, months_in_queue: int) -> int:
    """Rank under a priority order: recorded decile, riskiest trade, or the month of arrival in the queue."""
    if priority == POOREST_FIRST:
        return decile
    if priority == RISKIEST_TRADE_FIRST:
        return risk_rank
    return months_in_queue


@compiled
def earliest_first(
    since: npt.NDArray[np.int32], order: npt.NDArray[np.int64], persons: npt.NDArray[np.int64], start: int
) -> npt.NDArray[np.int64]:
    """Keys of people queued by a month of theirs, counted from the month ``start``."""
    keys = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        keys[place] = queue_key(since[person] - start, order[person], person)
    return keys


def last_admitted(keys: npt.NDArray[np.int64], count: int) -> int:
    """The highest key among the first ``count`` of a queue: `NOBODY` for none, `EVERYBODY` when all fit."""
    if count <= 0:
        return NOBODY
    if count >= keys.size:
        return EVERYBODY
    return int(np.partition(keys, count - 1)[count - 1])


class Queue(NamedTuple):
    """People in a queue, in any order, with their keys."""

    keys: npt.NDArray[np.int64]
    persons: npt.NDArray[np.int64]

    def first(self, count: int) -> npt.NDArray[np.int64]:
        """The first ``count`` people."""
        return self.persons[self.keys <= last_admitted(self.keys, count)]

    def rest(self, count: int) -> npt.NDArray[np.int64]:
        """Everybody after the first ``count``."""
        return self.persons[self.keys > last_admitted(self.keys, count)]
