"""People whose luck can matter, found ahead: for every month those whose own draw lies where something may
happen.

Every draw has an address, so a whole run's draws of a decision can be made before the run: a step then looks
only at the few people whose draw lies below a bound that no threshold of the step exceeds (or above one), and
decides on each of them by its own rule. The draws are a world's, so all scenarios of a world share the work.
Walking a person's months in the innermost loop keeps key and bounds in registers
(`benchmarks/kernel.py` measures it against drawing month by month).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.compiled import compiled
from jamsos_sim.compiled_addresses import addressed
from jamsos_sim.units import CHANCE_SCALE

Column = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

SPARE_SHARE = 1.05
SPARE_ROWS = 4096


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
        Key of each person, and the month from which the person's draws count.
    months:
        First month of the run, and the month after its last.
    """
    first, stop = months
    chances = (bounds.below + (CHANCE_SCALE - bounds.above)) / CHANCE_SCALE
    expected = float(np.sum(chances)) * (stop - first)
    room = int(expected * SPARE_SHARE) + SPARE_ROWS
    while True:
        at, persons = np.empty(room, dtype=np.int16), np.empty(room, dtype=np.int32)
        drawn = np.empty(room, dtype=np.uint32)
        columns, table = (keys, arrivals, bounds.below, bounds.above), (at, persons, drawn)
        found = int(draw_ahead(columns, months, decision, table))
        if found <= room:
            return _by_month(at[:found], persons[:found], drawn[:found], stop - first)
        room = found


@compiled
def draw_ahead(
    columns: tuple[Keys, Column, Long, Long],
    months: tuple[int, int],
    decision: int,
    found: tuple[npt.NDArray[np.int16], Column, Words],
) -> int:
    """Draw for everybody in every month; months, people and draws found, as far as there is room, and how
    many they are.
    """
    keys, arrivals, below, above = columns
    at, persons, draws = found
    first, stop = months
    count, room = 0, at.size
    for person in range(keys.size):
        key, low, high = keys[person], below[person], above[person]
        for month in range(max(first, arrivals[person]), stop):
            drawn = chance.draw(key, month, decision)
            if drawn < low or drawn >= high:
                if count < room:
                    at[count] = month - first
                    persons[count] = person
                    draws[count] = drawn
                count += 1
    return count


@compiled
def _by_month(at: npt.NDArray[np.int16], persons: Column, drawn: Words, months: int) -> Drawn:
    """Sort by month, the order of rows kept."""
    start = np.zeros(months + 1, dtype=np.int64)
    for place in range(at.size):
        start[at[place] + 1] += 1
    for month in range(months):
        start[month + 1] += start[month]
    following = start.copy()
    ordered, draws = np.empty(at.size, dtype=np.int32), np.empty(at.size, dtype=np.uint32)
    for place in range(at.size):
        ordered[following[at[place]]] = persons[place]
        draws[following[at[place]]] = drawn[place]
        following[at[place]] += 1
    return Drawn(start, ordered, draws)


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
