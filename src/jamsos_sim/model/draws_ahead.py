"""People whose luck can matter, found ahead: for every month those whose own draw lies where something may
happen.

Every draw has an address, so a whole run's draws of a decision can be made before the run: a step then looks
only at the few people whose draw lies below a bound that no threshold of the step exceeds (or above one), and
decides on each of them by its own rule. The draws are a world's, so all scenarios of a world share the work.
Recurring draws have their highest bytes for eight months in one word; where none of the eight is small (or
great) enough, eight months of a person are done with one hash. Several people are hashed and compared at once
(`benchmarks/kernel.py` measures it against deciding on each person at once).
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, compiled, is_plain
from jamsos_sim.model.foreseen import Column, Drawn, Long, Words
from jamsos_sim.units import CHANCE_SCALE

Short = npt.NDArray[np.int16]
Keys = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]

BLOCK = 4096
"""People drawn for at once: their keys, bounds and draws stay in the nearest memory of one core for a run."""
SPARE_PART, SPARE_PLACES = 16, 1024
"""Room at first beyond the people expected: a part of them, and some places. Where that is too little all is
drawn again with room for everybody, so they decide on time and memory alone.
"""
NO_ROOM = -1
CHANCES_PER_BYTE = CHANCE_SCALE // 256
"""Of the scale of a draw what one value of its highest byte stands for."""
MOST_BYTES = 127
"""So many values of a byte can be told from the others by one subtraction in all eight bytes of a word."""
ONES, HIGHEST_BITS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
"""One, and the highest bit, in every byte of a word."""


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
    for room in rooms(keys.size, people_expected(bounds)):
        persons = np.empty(room * len(range(*months)), dtype=np.int32)
        drawn = np.empty(persons.size, dtype=np.uint32)
        start = draw_in_blocks(keys, in_blocks, (months[0], decision), bounds, (persons, drawn))
        if start[-1] != NO_ROOM:
            break
    for column in (persons, drawn):
        column.resize(start[-1], refcheck=False)  # the rest of the room is given back
    return Drawn(start, persons, drawn)


def rooms(most: int, expected: int) -> tuple[int, int]:
    """For how many there is room at first, where so many are expected and ``most`` are possible, and when
    that has been too little, which chance hardly ever brings about.
    """
    return min(most, expected + expected // SPARE_PART + SPARE_PLACES), most


@compiled
def people_expected(bounds: Bounds) -> int:
    """How many people a month is expected to find when all have arrived."""
    chances = 0
    for kind in bounds.kind:
        chances += min(CHANCE_SCALE, bounds.below[kind] + CHANCE_SCALE - bounds.above[kind])
    return chances // CHANCE_SCALE


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
    flagged: Column
    """places of those of whom that is so;"""
    below: Keys
    """how many highest bytes a draw below the lower bound can have, in each byte of a word;"""
    above: Keys
    """the same of a draw from the upper bound on;"""
    often: Bytes
    """whether that is more than a byte-wise comparison takes."""
    counts: Long
    """How many have to be looked at in each of the months,"""
    near: Column
    """which places they have in the block: month by person,"""
    drawn: Keys
    """and the draws of one month's."""


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
        np.empty((chance.MONTHS_PER_WORD, BLOCK + 1), dtype=np.int32),
        np.empty(BLOCK, dtype=np.uint64),
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
    words, flags, flagged = block.words, block.flags, np.uint64(0)
    for place in range(count):
        words[place] = chance.word(own[place], number, decision)
    for place in range(count):
        looked_at = months_to_look_at(words[place], block.below[place], block.above[place])
        flags[place] = (looked_at != np.uint64(0)) | block.often[place]
    for place in range(count):
        block.flagged[flagged] = place
        flagged += np.uint64(flags[place])
    return int(flagged)


@called_from_compiled
def _spread(block: Block, flagged: int) -> None:
    """Put those who are flagged where they have to be looked at: in one or more of the eight months.

    Written always and counted sometimes, month by month: nobody can guess whom which month concerns.
    """
    looked_at = block.drawn
    for at in range(flagged):
        place = np.uint64(block.flagged[at])
        looked_at[at] = months_to_look_at(block.words[place], block.below[place], block.above[place])
        looked_at[at] |= HIGHEST_BITS * np.uint64(block.often[place])
    for month in range(chance.MONTHS_PER_WORD):
        near, count = block.near[month], np.uint64(0)
        highest = np.uint64(chance.BITS_PER_BYTE * (month + 1) - 1)
        for at in range(flagged):
            near[count] = block.flagged[at]
            count += (looked_at[at] >> highest) & np.uint64(1)
        block.counts[month] = count


@called_from_compiled
def _look_at(block: Block, at: int, own: Keys, month: int, decision: int) -> None:
    """Draw for those who have to be looked at in one of the eight months, ``month``.

    Keys are gathered before: side by side a processor hashes several at once.
    """
    near, drawn, shift = block.near[at], block.drawn, np.uint64(chance.BITS_PER_BYTE * at)
    for one in range(block.counts[at]):
        drawn[one] = own[np.uint64(near[one])]
    for one in range(block.counts[at]):
        drawn[one] = chance.draw(drawn[one], month, decision)
    for one in range(block.counts[at]):
        highest: Any = np.int64((block.words[np.uint64(near[one])] >> shift) & np.uint64(0xFF))
        drawn[one] = chance.with_highest_byte(highest, int(np.int64(drawn[one])))


@called_from_compiled
def _keep(block: Block, at: int, of_block: tuple[int, int], bounds: Bounds, found: Any) -> int:
    """Keep whom a month concerns, of those who have been looked at; how many they are.

    ``of_block`` has the row of the block's first person and how many of the block have arrived, ``found``
    takes rows and draws.
    """
    (start, arrived), (persons, draws), near = of_block, found, block.near[at]
    kinds, count = bounds.kind[start:], np.uint64(0)
    # Written always and counted sometimes: there is no branch to be guessed wrong.
    for one in range(block.counts[at]):
        place, drawn = near[one], np.int64(block.drawn[one])
        kind = np.uint64(kinds[np.uint64(place)])
        persons[count], draws[count] = start + place, drawn
        is_outside = np.uint64(drawn < bounds.below[kind]) | np.uint64(drawn >= bounds.above[kind])
        # People stand in the order of their arrival.
        count += is_outside & np.uint64(place < arrived)
    return int(count)


@compiled
def draw_in_blocks(
    keys: Keys, arrived: Long, first: tuple[int, int], bounds: Bounds, found: tuple[Column, Words]
) -> Long:
    """Draw for everybody in every month: where the people of each month begin in what is found, and the last
    one ends; `NO_ROOM` there when there is too little room.

    Parameters
    ----------
    arrived:
        How many of a block count in a month: a row for each block, a column for each month.
    first:
        First month, and the decision.
    found:
        Takes rows and draws; it has the same room for each month.
    """
    (first_month, decision), (persons, draws), block = first, found, _new_block()
    months = arrived.shape[1]
    room, counts = persons.size // months, np.zeros(months, dtype=np.int64)
    last_number = (first_month + months - 1) // chance.MONTHS_PER_WORD
    for row in range(arrived.shape[0]):
        start = row * BLOCK
        own = keys[start : start + BLOCK]
        _set_bounds(block, bounds, start)
        for number in range(first_month // chance.MONTHS_PER_WORD, last_number + 1):
            elapsed = number * chance.MONTHS_PER_WORD - first_month
            count = arrived[row, min(elapsed + chance.MONTHS_PER_WORD, months) - 1]
            _spread(block, _flag(block, own, count, number, decision))
            for at in range(max(0, -elapsed), min(chance.MONTHS_PER_WORD, months - elapsed)):
                month = elapsed + at
                if counts[month] + block.counts[at] > room:
                    counts[-1] = NO_ROOM
                    return counts
                _look_at(block, at, own, first_month + month, decision)
                place = month * room + counts[month]
                rest = persons[place:], draws[place:]
                counts[month] += _keep(block, at, (start, arrived[row, month]), bounds, rest)
    return _side_by_side(counts, persons, draws)


@called_from_compiled
def _side_by_side(counts: Long, persons: Column, draws: Words) -> Long:
    """Close the gaps between the months; where each begins, and the last one ends."""
    room, start = persons.size // counts.size, np.zeros(counts.size + 1, dtype=np.int64)
    for month in range(counts.size):
        place = start[month]
        for one in range(counts[month]):
            persons[place + one] = persons[month * room + one]
            draws[place + one] = draws[month * room + one]
        start[month + 1] = place + counts[month]
    return start
