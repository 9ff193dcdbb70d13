"""People whose luck can matter, found ahead: for every month those whose own draw lies where something may
happen.

Every draw has an address, so a whole run's draws of a decision can be made before the run: a step then looks
only at the few people whose draw lies below a bound that no threshold of the step exceeds (or above one), and
decides on each of them by its own rule. The draws are a world's, so all scenarios of a world share the work.
Drawing for a block of people month by month lets the processor hash several people at once
(`benchmarks/kernel.py` measures it against deciding on each person at once).
"""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
from numba.cpython.unsafe.numbers import trailing_zeros as _trailing_zeros

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, compiled, is_plain
from jamsos_sim.compiled_addresses import addressed
from jamsos_sim.units import CHANCE_SCALE

Column = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

BLOCK = 4096
"""People drawn for at once: their keys, bounds and draws stay in the nearest memory of one core for a run."""
ROOM_SHARE = 0.05
"""People found, of all and in all months, for whom there is room at first; it decides on memory alone."""
BYTES_PER_WORD = BITS_PER_BYTE = 8

trailing_zeros = cast(Callable[[Any], int], _trailing_zeros)  # numba declares no types here


class Foreseen(NamedTuple):
    """People by month: those of the run's month ``elapsed`` stand from ``start[elapsed]`` to before
    ``start[elapsed + 1]``, in the order of their rows.
    """

    start: Long
    persons: Column

    def of(self, elapsed: int) -> Column:
        """The people of one month of the run."""
        return self.persons[self.start[elapsed] : self.start[elapsed + 1]]


class Drawn(NamedTuple):
    """People by month as in `Foreseen`, each with the draw by which they were found."""

    start: Long
    persons: Column
    drawn: Words

    def of(self, elapsed: int) -> Column:
        """The people of one month of the run."""
        return self.persons[self.start[elapsed] : self.start[elapsed + 1]]


@addressed
class Ahead(NamedTuple):
    """What is known of a world's people before any scenario."""

    move: Drawn
    """Who may move, by month;"""
    risk: Drawn
    """who may die or have an accident;"""
    hear: Drawn
    """who may hear of the programme where nothing unusual happens;"""
    apply: Drawn
    """who may come to the office where there is no meeting."""
    members: Foreseen
    """The members of each community."""
    birthdays: Foreseen
    """The people born in each calendar month, January first."""
    ordinary_hearing: int
    """Highest threshold of hearing for which ``hear`` holds everybody."""


NOBODY = Foreseen(np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int32))
NOTHING_DRAWN = Drawn(*NOBODY, np.empty(0, dtype=np.uint32))
NOTHING_AHEAD = Ahead(NOTHING_DRAWN, NOTHING_DRAWN, NOTHING_DRAWN, NOTHING_DRAWN, NOBODY, NOBODY, 0)
"""For a model that asks everybody."""


class Bounds(NamedTuple):
    """Between which draws nothing can happen to a person: ``below`` the one and from the other on it may.

    One row for each person, on the scale of a draw.
    """

    below: Long
    above: Long


def bounds_below(count: int, below: int) -> Bounds:
    """The same bound for everybody, and nothing at the upper end."""
    return Bounds(np.full(count, below, dtype=np.int64), np.full(count, CHANCE_SCALE, dtype=np.int64))


def foresee(keys: Keys, arrivals: Column, months: tuple[int, int], decision: int, bounds: Bounds) -> Drawn:
    """The people of every month whose draw for a decision lies outside their bounds.

    Parameters
    ----------
    keys, arrivals:
        Key of each person, and the month from which the person's draws count; in the order of arrival.
    months:
        First month of the run, and the month after its last.
    """
    if is_plain():
        return _foresee_by_months(keys, arrivals, months, decision, bounds)
    # Months of another type would have the whole column copied.
    arrived = np.searchsorted(arrivals, np.arange(*months, dtype=arrivals.dtype), side="right")
    in_blocks = np.clip(arrived - np.arange(0, keys.size, BLOCK)[:, np.newaxis], 0, BLOCK)
    found = draw_in_blocks(keys, in_blocks, months[0], decision, _safe_draws(bounds))
    return _by_month(*found)


def _foresee_by_months(
    keys: Keys, arrivals: Column, months: tuple[int, int], decision: int, bounds: Bounds
) -> Drawn:
    """The same over whole columns, without compiled code."""
    persons, draws = [], []
    for month in range(*months):
        arrived = int(np.searchsorted(arrivals, np.int32(month), side="right"))
        drawn = chance.draws(keys[:arrived], month, decision)
        found = np.flatnonzero((drawn < bounds.below[:arrived]) | (drawn >= bounds.above[:arrived]))
        persons.append(found.astype(np.int32))
        draws.append(drawn[found].astype(np.uint32))
    start = np.cumsum([0, *map(len, persons)], dtype=np.int64)
    return Drawn(start, np.concatenate(persons), np.concatenate(draws))


def _safe_draws(bounds: Bounds) -> tuple[Words, Words]:
    """First and last draw with which nothing can happen to each person; the first is the later for none."""
    is_any, highest = bounds.below < bounds.above, CHANCE_SCALE - 1
    first = np.where(is_any, bounds.below, highest).astype(np.uint32)
    return first, np.where(is_any, bounds.above - 1, 0).astype(np.uint32)


@compiled
def draw_in_blocks(
    keys: Keys, arrived: Long, first_month: int, decision: int, safe: tuple[Words, Words]
) -> tuple[Long, Column, Words]:
    """Draw for everybody in every month: how many are found in each block and month, and one after the other
    who they are, with their draws.

    ``arrived`` has how many of a block count in a month: a row for each block, a column for each month.
    """
    first_safe, last_safe = safe
    counts, found = np.zeros(arrived.shape, dtype=np.int64), np.int64(0)
    room = int(keys.size * arrived.shape[1] * ROOM_SHARE) + BLOCK
    persons, draws = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.uint32)
    drawn, flags = np.empty(BLOCK, dtype=np.uint32), np.zeros(BLOCK, dtype=np.uint8)
    words = flags.view(np.uint64)
    for block in range(arrived.shape[0]):
        start = block * BLOCK
        own, first, last = keys[start:], first_safe[start:], last_safe[start:]
        for at in range(arrived.shape[1]):
            count = arrived[block, at]
            # Three loops of one kind each: the processor takes several people at once in the first two, and
            # the third looks at eight people at once, of whom mostly nobody is found.
            for place in range(count):
                drawn[place] = chance.draw(own[place], first_month + at, decision)
            for place in range(count):
                flags[place] = (drawn[place] < first[place]) | (drawn[place] > last[place])
            flags[count : count + BYTES_PER_WORD] = 0
            if found + count > persons.size:
                persons, draws = _longer(persons), _longer(draws)
            before = found
            for word in range((count + BYTES_PER_WORD - 1) // BYTES_PER_WORD):
                flagged = words[word]
                while flagged != 0:
                    one = word * BYTES_PER_WORD + np.int64(trailing_zeros(flagged)) // BITS_PER_BYTE
                    persons[found], draws[found] = start + one, drawn[one]
                    found += 1
                    # The lowest of the flags that are left is done.
                    flagged &= flagged - np.uint64(1)
            counts[block, at] = found - before
    return counts, persons[:found], draws[:found]


@called_from_compiled
def _longer(column: Any) -> Any:
    """A column with as much room again."""
    longer = np.empty(2 * column.size, dtype=column.dtype)
    # A loop compiles in a fraction of the time that a copy of a slice takes, and runs as fast.
    for row in range(column.size):
        longer[row] = column[row]
    return longer


@compiled
def _by_month(counts: Long, persons: Column, draws: Words) -> Drawn:
    """Put the blocks of each month one after the other: so the order of rows is kept."""
    blocks, months = counts.shape
    start = np.zeros(months + 1, dtype=np.int64)
    for at in range(months):
        start[at + 1] = start[at] + counts[:, at].sum()
    following, taken = start.copy(), 0
    ordered, ordered_draws = np.empty(persons.size, dtype=np.int32), np.empty(persons.size, dtype=np.uint32)
    for block in range(blocks):
        for at in range(months):
            place, count = following[at], counts[block, at]
            for one in range(count):
                ordered[place + one] = persons[taken + one]
                ordered_draws[place + one] = draws[taken + one]
            following[at] += count
            taken += count
    return Drawn(start, ordered, ordered_draws)


@compiled
def grouped(groups: npt.NDArray[np.integer], count: int) -> Foreseen:
    """The people of each numbered group, such as a community or a month of birth, in the order of rows."""
    start = np.zeros(count + 1, dtype=np.int64)
    for person in range(groups.size):
        start[groups[person] + 1] += 1
    for group in range(count):
        start[group + 1] += start[group]
    following = start.copy()
    ordered = np.empty(groups.size, dtype=np.int32)
    for person in range(groups.size):
        ordered[following[groups[person]]] = person
        following[groups[person]] += 1
    return Foreseen(start, ordered)
