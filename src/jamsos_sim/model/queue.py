"""Who comes first: one order for lists, verification, places and money, the same in both models.

Everybody in a queue has one whole number, made of a rank, a place within the rank and the person's own
number, so that no two are equal and the order of rows never matters. The place within a rank is drawn once
for a lifetime.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import called_from_compiled, compiled, rule
from jamsos_sim.model.status import FIRST_COME, LONGEST_WAITING, NEVER, RISKIEST_TRADE_FIRST

NUMBER_BITS = 27
ORDER_BITS = 28
DROPPED_BITS = 32 - ORDER_BITS
DIGIT_BITS = 8
DIGITS = 2**DIGIT_BITS
NOBODY = -1
EVERYBODY = 2**63 - 1
LAST_RANK = 255
"""The highest rank that a key can hold; months of a run are ranks."""


class Standing(NamedTuple):
    """What an order can rank a person by.

    ``arrived`` and ``proposed`` are months of the run: of the arrival in this queue, and of the proposal that
    has not led to a place yet (`NEVER` when there is none).
    """

    decile: int
    risk_rank: int
    arrived: int
    proposed: int


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
def priority_rank(priority: int, standing: Standing) -> int:
    """Rank under a priority order: riskiest trade, month of arrival, month of proposal, or recorded decile.

    The formula by kelurahan ranks within a kelurahan by decile (see `jamsos_sim.model.territory`).
    """
    if priority == RISKIEST_TRADE_FIRST:
        return standing.risk_rank
    if priority == FIRST_COME:
        return standing.arrived
    if priority == LONGEST_WAITING:
        return standing.proposed if standing.proposed != NEVER else LAST_RANK
    return standing.decile


@rule
def open_proposal(proposed_since: int, enrolled_since: int, start: int) -> int:
    """Month of the run in which a person was proposed who has had no place since; `NEVER` when there is none.

    ``start`` is the first month of the run.
    """
    return proposed_since - start if proposed_since > enrolled_since else NEVER


@rule
def key_of_file(since: int, order: int, person: int, start: int) -> int:
    """Place of a person in a queue by a month of theirs, counted from the month ``start``."""
    return queue_key(since - start, order, person)


@compiled
def earliest_first(
    since: npt.NDArray[np.int16], order: npt.NDArray[np.int64], persons: npt.NDArray[np.int64], start: int
) -> npt.NDArray[np.int64]:
    """Keys of people queued by a month of theirs, counted from the month ``start``."""
    keys = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        keys[place] = key_of_file(since[person], order[person], person, start)
    return keys


def last_admitted(keys: npt.NDArray[np.int64], count: int) -> int:
    """The highest key among the first ``count`` of a queue: `NOBODY` for none, `EVERYBODY` when all fit."""
    if count <= 0:
        return NOBODY
    if count >= keys.size:
        return EVERYBODY
    return int(np.partition(keys, count - 1)[count - 1])


@called_from_compiled
def highest_of_first(keys: npt.NDArray[np.int64], count: int) -> int:
    """The highest of the ``count`` lowest keys, of more; no two keys are equal.

    Keys are counted by their highest digit; of the digit on which it depends only those are counted on by the
    next one. A few digits tell all keys apart, as the places within a rank are drawn.
    """
    left, rest, shift = count, keys, ORDER_BITS + NUMBER_BITS
    while True:
        counts, digit = np.zeros(DIGITS, dtype=np.int64), 0
        for key in rest:
            counts[(key >> shift) % DIGITS] += 1
        while left > counts[digit]:
            left -= counts[digit]
            digit += 1
        alike, found, highest = np.empty(counts[digit], dtype=np.int64), 0, 0
        for key in rest:
            if (key >> shift) % DIGITS == digit:
                alike[found] = key
                highest = max(highest, key)
                found += 1
        if left == found or shift == 0:
            return highest
        rest, shift = alike, max(0, shift - DIGIT_BITS)


@called_from_compiled
def first_in(keys: npt.NDArray[np.int64], persons: npt.NDArray[np.int64], count: int) -> Any:
    """The first ``count`` people of a queue, in any order, with these keys; as `Queue.first` for loops."""
    if count >= persons.size:
        return persons
    first, found = np.empty(max(0, count) + 1, dtype=np.int64), 0
    if count <= 0:
        return first[:0]
    last = highest_of_first(keys, count)
    for place in range(persons.size):
        if keys[place] <= last and found < count:
            first[found] = persons[place]
            found += 1
    return first[:found]


class Queue(NamedTuple):
    """People in a queue, in any order, with their keys."""

    keys: npt.NDArray[np.int64]
    persons: npt.NDArray[np.int64]

    def first(self, count: int) -> npt.NDArray[np.int64]:
        """The first ``count`` people."""
        if count >= self.persons.size:
            return self.persons
        return self.persons[self.keys <= last_admitted(self.keys, count)]

    def rest(self, count: int) -> npt.NDArray[np.int64]:
        """Everybody after the first ``count``."""
        return self.persons[self.keys > last_admitted(self.keys, count)]
