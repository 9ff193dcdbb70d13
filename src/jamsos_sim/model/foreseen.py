"""People whose luck can matter, found ahead: for every month those whose own draw lies where something may
happen.

Every draw has an address, so a whole run's draws of a decision can be made before the run: a step then looks
only at the few people whose draw lies below a bound that no threshold of the step exceeds (or above one), and
decides on each of them by its own rule. The draws are a world's, so all scenarios of a world share the work.
Recurring draws have their highest bytes for eight months in one word; where none of the eight is small (or
great) enough, eight months of a person are done with one hash. Several people are hashed and compared at once
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

Tiny = npt.NDArray[np.int8]
Short = npt.NDArray[np.int16]
Column = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32]

BLOCK = 4096
"""People drawn for at once: their keys, bounds and draws stay in the nearest memory of one core for a run."""
ROOM_SHARE = 0.05
"""People found, of all and in all months, for whom there is room at first; it decides on memory alone."""
CHANCES_PER_BYTE = CHANCE_SCALE // 256
"""Of the scale of a draw what one value of its highest byte stands for."""
MOST_BYTES = 127
"""So many values of a byte can be told from the others by one subtraction in all eight bytes of a word."""
ONES, HIGHEST_BITS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
"""One, and the highest bit, in every byte of a word."""

trailing_zeros = cast(Callable[[Any], int], _trailing_zeros)  # numba declares no types here


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


class Bounds(NamedTuple):
    """Between which draws nothing can happen to people of a kind: below the one and from the other on it may.

    Both are on the scale of a draw, one for each kind; ``kind`` says of which kind each person is.
    """

    below: Long
    above: Long
    kind: Short


def bounds_below(count: int, below: int) -> Bounds:
    """The same bound for everybody, and nothing at the upper end."""
    kind = np.zeros(count, dtype=np.int16)
    return Bounds(np.array([below], dtype=np.int64), np.array([CHANCE_SCALE], dtype=np.int64), kind)


def foresee(keys: Keys, arrivals: Column, months: tuple[int, int], decision: int, bounds: Bounds) -> Drawn:
    """The people of every month whose recurring draw for a decision lies outside their bounds.

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
    return _by_month(*draw_in_blocks(keys, in_blocks, months[0], decision, bounds))


def _foresee_by_months(
    keys: Keys, arrivals: Column, months: tuple[int, int], decision: int, bounds: Bounds
) -> Drawn:
    """The same over whole columns, without compiled code."""
    persons, draws = [], []
    for month in range(*months):
        arrived = int(np.searchsorted(arrivals, np.int32(month), side="right"))
        drawn, kind = chance.recurring_draws(keys[:arrived], month, decision), bounds.kind[:arrived]
        found = np.flatnonzero((drawn < bounds.below[kind]) | (drawn >= bounds.above[kind]))
        persons.append(found.astype(np.int32))
        draws.append(drawn[found].astype(np.uint32))
    start = np.cumsum([0, *map(len, persons)], dtype=np.int64)
    return Drawn(start, np.concatenate(persons), np.concatenate(draws))


class Block(NamedTuple):
    """Memory for the people of one block: eight months of them at once."""

    words: Keys
    """The highest bytes of each person's draws;"""
    flags: Bytes
    """whether one of them may lie outside the bounds;"""
    flagged: npt.NDArray[np.int32]
    """places of those of whom that is so;"""
    below: Keys
    """how many highest bytes a draw below the lower bound can have, in each byte of a word;"""
    above: Keys
    """the same of a draw from the upper bound on;"""
    often: Bytes
    """whether that is more than a byte-wise comparison takes."""
    counts: Long
    """How many are found in each of the months,"""
    persons: npt.NDArray[np.int32]
    """who they are: month by person,"""
    draws: Words
    """and their draws."""


@called_from_compiled
def _new_block() -> Block:
    return Block(
        np.empty(BLOCK, dtype=np.uint64),
        np.empty(BLOCK, dtype=np.uint8),
        np.empty(BLOCK + 1, dtype=np.int32),
        np.empty(BLOCK, dtype=np.uint64),
        np.empty(BLOCK, dtype=np.uint64),
        np.empty(BLOCK, dtype=np.uint8),
        np.zeros(chance.MONTHS_PER_WORD, dtype=np.int64),
        np.empty((chance.MONTHS_PER_WORD, BLOCK), dtype=np.int32),
        np.empty((chance.MONTHS_PER_WORD, BLOCK), dtype=np.uint32),
    )


@called_from_compiled
def bytes_of(chances: Any) -> Any:
    """How many highest bytes so much of the scale takes, in every byte of a word."""
    return np.uint64((chances + CHANCES_PER_BYTE - 1) // CHANCES_PER_BYTE) * ONES


@called_from_compiled
def _set_bounds(block: Block, bounds: Bounds, start: int) -> None:
    """Have the bounds of a block's people at hand, as the highest bytes of their draws are compared."""
    for place in range(min(BLOCK, bounds.kind.size - start)):
        kind = bounds.kind[start + place]
        low, high = bounds.below[kind], CHANCE_SCALE - bounds.above[kind]
        block.below[place], block.above[place] = bytes_of(low), bytes_of(high)
        block.often[place] = max(low, high) > MOST_BYTES * CHANCES_PER_BYTE


@called_from_compiled
def months_to_look_at(word: Any, below: Any, above: Any) -> Any:
    """The highest bit of every byte of a word that is less than that of ``below``, or at least 256 less that
    of ``above``; sometimes also of the next byte, from which a difference borrows.

    Right as long as no byte of ``below`` and ``above`` is more than `MOST_BYTES`.
    """
    return (((word - below) & ~word) | ((~word - above) & word)) & HIGHEST_BITS


@called_from_compiled
def _flag(block: Block, own: Keys, count: int, number: int, decision: int) -> int:
    """Flag those of a block's first people whom eight months can concern; how many they are.

    Three loops of one kind each: so the processor takes several people at once in the first two, and guesses
    nothing in the third.
    """
    words, flags, flagged = block.words, block.flags, 0
    for place in range(count):
        words[place] = chance.word(own[place], number, decision)
    for place in range(count):
        looked_at = months_to_look_at(words[place], block.below[place], block.above[place])
        flags[place] = (looked_at != np.uint64(0)) | block.often[place]
    for place in range(count):
        block.flagged[flagged] = place
        flagged += flags[place]
    return flagged


@called_from_compiled
def _look_at(
    block: Block, place: int, arrived: Long, own: tuple[Any, ...], first: tuple[int, int, int]
) -> None:
    """Find the months in which the draw of a flagged person lies outside the bounds.

    ``own`` has the person's row, key and bounds, ``first`` the first of the eight months since the beginning
    of the run and as a month, and the decision.
    """
    person, key, below, above = own
    elapsed, month, decision = first
    looked_at = months_to_look_at(block.words[place], block.below[place], block.above[place])
    if block.often[place]:
        looked_at = HIGHEST_BITS
    while looked_at != np.uint64(0):
        at: Any = np.int64(trailing_zeros(looked_at)) // chance.BITS_PER_BYTE
        looked_at &= looked_at - np.uint64(1)
        # People stand in the order of their arrival.
        if not 0 <= elapsed + at < arrived.size or place >= arrived[elapsed + at]:
            continue
        highest: Any = np.int64(
            (block.words[place] >> np.uint64(chance.BITS_PER_BYTE * at)) & np.uint64(0xFF)
        )
        drawn = chance.with_highest_byte(highest, chance.draw(key, month + at, decision))
        if drawn < below or drawn >= above:
            count = block.counts[at]
            block.persons[at, count], block.draws[at, count] = person, drawn
            block.counts[at] = count + 1


@compiled
def draw_in_blocks(
    keys: Keys, arrived: Long, first_month: int, decision: int, bounds: Bounds
) -> tuple[Long, Column, Words]:
    """Draw for everybody in every month: how many are found in each block and month, and one after the other
    who they are, with their draws.

    ``arrived`` has how many of a block count in a month: a row for each block, a column for each month.
    """
    counts, found, block = np.zeros(arrived.shape, dtype=np.int64), np.int64(0), _new_block()
    room = int(keys.size * arrived.shape[1] * ROOM_SHARE) + BLOCK
    persons, draws = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.uint32)
    last_month = first_month + arrived.shape[1] - 1
    for row in range(arrived.shape[0]):
        start = row * BLOCK
        _set_bounds(block, bounds, start)
        for number in range(first_month // chance.MONTHS_PER_WORD, last_month // chance.MONTHS_PER_WORD + 1):
            month = number * chance.MONTHS_PER_WORD
            elapsed = month - first_month
            count = arrived[row, min(elapsed + chance.MONTHS_PER_WORD, arrived.shape[1]) - 1]
            flagged = _flag(block, keys[start:], count, number, decision)
            block.counts[:] = 0
            for place in block.flagged[:flagged]:
                person, kind = start + place, bounds.kind[start + place]
                own = (person, keys[person], bounds.below[kind], bounds.above[kind])
                _look_at(block, place, arrived[row], own, (elapsed, month, decision))
            if found + block.counts.sum() > persons.size:
                persons, draws = _longer(persons), _longer(draws)
            for at in range(max(0, -elapsed), min(chance.MONTHS_PER_WORD, arrived.shape[1] - elapsed)):
                counts[row, elapsed + at] = block.counts[at]
                for one in range(block.counts[at]):
                    persons[found], draws[found] = block.persons[at, one], block.draws[at, one]
                    found += 1
    return counts, persons[:found], draws[:found]


@called_from_compiled
def _longer(column: Any) -> Any:
    """A column with as much room again, and room for a block."""
    longer = np.empty(2 * column.size + BLOCK * chance.MONTHS_PER_WORD, dtype=column.dtype)
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
