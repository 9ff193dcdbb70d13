"""What asking ahead saves in a loop over scattered people: ``python benchmarks/prefetch.py [PEOPLE]``.

The same few people out of many are looked at in several columns, with a decision on each that nobody could
guess: as they come, and with their columns asked for some turns before (`jamsos_sim.compiled_prefetch`).
Between two rounds something else fills the memory near the processor, as the other loops of a month do. Each
line is the median of several rounds, in nanoseconds for one person; then the ratio.
"""

import sys
import time
from statistics import median

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import compiled
from jamsos_sim.compiled_prefetch import fetch_ahead

PEOPLE, SHARE, COLUMNS, ROUNDS, SEED = 480_000, 300, 12, 41, 5
OTHER_BYTES = 16_000_000
Columns = tuple[npt.NDArray[np.int16], ...]
Rows = npt.NDArray[np.int64]


@compiled
def as_they_come(columns: Columns, rows: Rows) -> int:
    """Look at some rows of all columns."""
    found = 0
    for row in rows:
        if columns[0][row] > columns[1][row]:
            for column in columns:
                found += column[row]
    return found


@compiled
def asked_ahead(columns: Columns, rows: Rows) -> int:
    """The same, with the rows asked for some turns before."""
    found = 0
    for place in range(rows.size):
        fetch_ahead(columns, rows, place)
        row = rows[place]
        if columns[0][row] > columns[1][row]:
            for column in columns:
                found += column[row]
    return found


def main() -> None:
    """Measure both, in turn."""
    people, random = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, np.random.default_rng(SEED)
    columns = tuple(random.integers(0, 1000, people).astype(np.int16) for _ in range(COLUMNS))
    rows = np.sort(random.choice(people, people // SHARE, replace=False)).astype(np.int64)
    if as_they_come(columns, rows) != asked_ahead(columns, rows):
        raise AssertionError("the two loops differ")
    other, times = np.ones(OTHER_BYTES, dtype=np.uint8), {as_they_come: [0.0], asked_ahead: [0.0]}
    for _ in range(ROUNDS):
        for loop, taken in times.items():
            other.sum()
            start = time.perf_counter_ns()
            loop(columns, rows)
            taken.append((time.perf_counter_ns() - start) / rows.size)
    before, after = (median(taken[1:]) for taken in times.values())
    print(f"{people:,} people, {rows.size:,} looked at, {COLUMNS} columns")
    print(f"as they come {before:8.1f} ns\nasked ahead  {after:8.1f} ns\nratio        {before / after:8.2f}")


if __name__ == "__main__":
    main()
