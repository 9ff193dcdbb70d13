"""What is known of a world's people before any scenario: whom something may happen to, by month, who belongs
where, and whose birthday it is.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import compiled
from jamsos_sim.compiled_addresses import addressed

Tiny = npt.NDArray[np.int8]
Column = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]


class Foreseen(NamedTuple):
    """People by month: those of the run's month ``elapsed`` stand from ``start[elapsed]`` to before
    ``start[elapsed + 1]``, in the order of their rows.
    """

    start: Long
    persons: Column


class Drawn(NamedTuple):
    """People by month as in `Foreseen`, each with the draw by which they were found."""

    start: Long
    persons: Column
    drawn: Words


class Neighbours(NamedTuple):
    """People by month as in `Drawn`, each with the community that the person belongs to."""

    start: Long
    persons: Column
    drawn: Words
    community: Column


class DecileSteps(NamedTuple):
    """Households by month as in `Foreseen`, each by its worker, with the step, one decile down or up, and the
    worker's income at the start.
    """

    start: Long
    persons: Column
    deciles: Tiny
    incomes: Column


@addressed
class Ahead(NamedTuple):
    """What is known of a world's people before any scenario."""

    move: Drawn
    """Who may move, by month;"""
    risk: Drawn
    """who may die or have an accident;"""
    hear: Neighbours
    """who may hear of the programme where nothing unusual happens and did not know it from the start;"""
    apply: Neighbours
    """who may come to the office where there is no meeting."""
    steps: DecileSteps
    """Whose household may rise or fall by a decile."""
    members: Foreseen
    """The members of each community."""
    birthdays: Foreseen
    """The people born in each calendar month, January first."""
    ordinary_hearing: int
    """Highest threshold of hearing for which ``hear`` holds everybody on whom it can depend."""


NOBODY = Foreseen(np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int32))
NOTHING_DRAWN = Drawn(*NOBODY, np.empty(0, dtype=np.uint32))
NO_NEIGHBOURS = Neighbours(*NOTHING_DRAWN, NOBODY.persons)
NO_STEPS = DecileSteps(*NOBODY, np.empty(0, dtype=np.int8), NOBODY.persons)
NOTHING_AHEAD = Ahead(
    move=NOTHING_DRAWN,
    risk=NOTHING_DRAWN,
    hear=NO_NEIGHBOURS,
    apply=NO_NEIGHBOURS,
    steps=NO_STEPS,
    members=NOBODY,
    birthdays=NOBODY,
    ordinary_hearing=0,
)
"""For a model that asks everybody."""


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
