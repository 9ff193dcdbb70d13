"""What bytes without a branch save in a loop over everybody: ``python benchmarks/flags.py [PEOPLE]``.

The same people are found in three ways: one loop that decides person by person; the same without a branch;
and one byte for each, turned into rows afterwards (`jamsos_sim.model.flags`). Then bytes are counted, and the
price of one wider column among bytes is shown. Each line is the best of several runs, in seconds of one core.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import compiled
from jamsos_sim.model.flags import Bytes, at_most, counts_of_bits, rows_flagged

PEOPLE, REPEATS, SEED = 450_000, 20, 3
MOST_INCOME = 1_000_000
Tiny = npt.NDArray[np.int8]
Column = npt.NDArray[np.int32]


@compiled
def found_by_deciding(presence: Tiny, decile: Tiny, recorded: Tiny) -> Column:
    """Rows of those who are here and wrongly recorded, decided one by one."""
    rows, found = np.empty(presence.size + 1, dtype=np.int32), 0
    for person in range(presence.size):
        if presence[person] == 1 and recorded[person] != decile[person]:
            rows[found] = person
            found += 1
    return rows[:found]


@compiled
def found_without_branch(presence: Tiny, decile: Tiny, recorded: Tiny) -> Column:
    """The same rows, written always and counted sometimes."""
    rows, found = np.empty(presence.size + 1, dtype=np.int32), 0
    for person in range(presence.size):
        rows[found] = person
        found += (presence[person] == 1) & (recorded[person] != decile[person])
    return rows[:found]


@compiled
def wrongly_recorded(presence: Tiny, decile: Tiny, recorded: Tiny) -> Bytes:
    """The same people as ones and zeros."""
    flags = np.empty(presence.size, dtype=np.uint8)
    for person in range(flags.size):
        flags[person] = np.uint8(presence[person] == 1) & np.uint8(recorded[person] != decile[person])
    return flags


@compiled
def many_bits(presence: Tiny, decile: Tiny, recorded: Tiny, has_little: Bytes) -> Bytes:
    """Several bits about each person, made of bytes alone."""
    flags = np.empty(presence.size, dtype=np.uint8)
    for person in range(flags.size):
        poor, shown = np.uint8(decile[person] <= 4), np.uint8(recorded[person] <= 4)
        here = np.uint8(presence[person] == 1) | np.uint8(presence[person] == 2)
        listed = shown & np.uint8(recorded[person] >= 1) & has_little[person]
        flags[person] = here | (here & poor) << 1 | listed << 2 | (listed & (poor ^ 1)) << 3
    return flags


@compiled
def many_bits_and_wide(presence: Tiny, decile: Tiny, recorded: Tiny, income: Column) -> Bytes:
    """The same bits, with the wider column in the loop."""
    flags, most = np.empty(presence.size, dtype=np.uint8), np.int32(MOST_INCOME)
    for person in range(flags.size):
        poor, shown = np.uint8(decile[person] <= 4), np.uint8(recorded[person] <= 4)
        here = np.uint8(presence[person] == 1) | np.uint8(presence[person] == 2)
        listed = shown & np.uint8(recorded[person] >= 1) & np.uint8(income[person] <= most)
        flags[person] = here | (here & poor) << 1 | listed << 2 | (listed & (poor ^ 1)) << 3
    return flags


def seconds(work: Callable[[], object]) -> float:
    """The shortest of several runs, the first one left out: it compiles."""
    work()
    times = []
    for _ in range(REPEATS):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def told(what: str, value: float, people: int) -> None:
    """Print one line."""
    print(f"{what:58} {value * 1e6:8.0f} us {value * 1e9 / people:6.2f} ns a person")


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    chance = np.random.default_rng(SEED)
    presence = chance.integers(1, 4, people).astype(np.int8)
    decile, shown = (chance.integers(1, 11, people).astype(np.int8) for _ in range(2))
    recorded = np.where(chance.random(people) < 0.75, decile, shown).astype(np.int8)
    income = chance.integers(0, 3_000_000, people).astype(np.int32)
    given = presence, decile, recorded
    flags = wrongly_recorded(*given)
    told("found, decided one by one", seconds(lambda: found_by_deciding(*given)), people)
    told("found, without a branch", seconds(lambda: found_without_branch(*given)), people)
    told("found by bytes", seconds(lambda: rows_flagged(wrongly_recorded(*given))), people)
    told("  of it making the bytes", seconds(lambda: wrongly_recorded(*given)), people)
    told("eight bits of a byte counted", seconds(lambda: counts_of_bits(flags)), people)
    told("the same by NumPy, bit by bit", seconds(lambda: counted_by_numpy(flags)), people)
    told("bits with a wider column in the loop", seconds(lambda: many_bits_and_wide(*given, income)), people)
    apart = seconds(lambda: many_bits(*given, at_most(income, MOST_INCOME)))
    told("the wider column turned into bytes beforehand", apart, people)


def counted_by_numpy(flags: Bytes) -> list[int]:
    """How many bytes have each bit set."""
    return [int(np.count_nonzero((flags & (1 << bit)).view(np.bool_))) for bit in range(8)]


if __name__ == "__main__":
    main()
