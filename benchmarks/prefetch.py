"""What asking ahead saves in a loop over scattered people: ``python benchmarks/prefetch.py [PEOPLE]``.

The same few people out of many are looked at in several columns: as they come, with their columns asked for
so many turns before, and as `jamsos_sim.compiled_prefetch` does it. Between two rounds something else fills
the memory near the core, as the other loops of a month do. Each line is the median of several rounds, in
nanoseconds for one person, and how many times as fast that is as without asking.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import numpy.typing as npt
from numba import njit

from jamsos_sim.compiled import compiled
from jamsos_sim.compiled_prefetch import fetch_ahead, prefetch, turns_ahead

PEOPLE, SHARE, COLUMNS, ROUNDS, SEED = 480_000, 60, 7, 41, 5
TURNS = (4, 8, 16, 32, 64)
OTHER_BYTES = 4_000_000
Columns = tuple[npt.NDArray[np.int32], ...]
Rows = npt.NDArray[np.int64]
Loop = Callable[[Columns, Rows], int]


@compiled
def as_they_come(columns: Columns, rows: Rows) -> int:
    """Look at some rows of all columns."""
    found = 0
    for row in rows:
        for column in columns:
            found += column[row]
    return found


@compiled
def asked_ahead(columns: Columns, rows: Rows) -> int:
    """The same, with the rows asked for as the kernel does."""
    found = 0
    for place in range(rows.size):
        fetch_ahead(columns, rows, place)
        row = rows[place]
        for column in columns:
            found += column[row]
    return found


def asked(turns: int) -> Loop:
    """The same, with the rows asked for so many turns before."""

    @njit(nogil=True)
    def loop(columns: Columns, rows: Rows) -> int:
        found = 0
        for place in range(rows.size):
            prefetch(columns, rows[min(place + turns, rows.size - 1)])
            row = rows[place]
            for column in columns:
                found += column[row]
        return found

    return loop


def main() -> None:
    """Measure all, in turn."""
    people, random = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, np.random.default_rng(SEED)
    columns = tuple(random.integers(0, 1000, people).astype(np.int32) for _ in range(COLUMNS))
    rows = np.sort(random.choice(people, people // SHARE, replace=False)).astype(np.int64)
    loops: dict[str, Loop] = {"as they come": as_they_come}
    loops |= {f"asked {turns} turns ahead": asked(turns) for turns in TURNS}
    loops[f"as the kernel asks, {turns_ahead(COLUMNS)} turns ahead"] = asked_ahead
    if len({loop(columns, rows) for loop in loops.values()}) > 1:
        raise AssertionError("the loops differ")
    other, times = np.ones(OTHER_BYTES, dtype=np.uint8), {name: [0.0] for name in loops}
    for _ in range(ROUNDS):
        for name, loop in loops.items():
            other.sum()
            start = time.perf_counter_ns()
            loop(columns, rows)
            times[name].append((time.perf_counter_ns() - start) / rows.size)
    before = median(times["as they come"][1:])
    print(f"{people:,} people, {rows.size:,} looked at, {COLUMNS} columns")
    for name, taken in times.items():
        print(f"{name:36} {median(taken[1:]):8.1f} ns {before / median(taken[1:]):8.2f}")


if __name__ == "__main__":
    main()
