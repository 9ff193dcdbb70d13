"""What a call of a compiled loop costs: ``python benchmarks/calls.py``.

A loop over nothing takes the law of a month in three shapes: as a named tuple of many values, as one record,
and as a column of one record, which is what `jamsos_sim.model.columns.touches` hands over. Microseconds a
call, the best of several rounds.
"""

import time
from collections.abc import Callable

from numba import njit

from jamsos_sim.compiled import as_column_of_one, as_record
from jamsos_sim.law.in_force import law_of
from jamsos_sim.units import month_of

MONTH = "2026-06"
ROUNDS, CALLS = 5, 1_000


@njit
def of_noun(law: object) -> int:
    """Take a named tuple or a record."""
    return law.lowest_base


@njit
def of_column(law: object) -> int:
    """Take a column of one record."""
    return law[0].lowest_base


def microseconds(call: Callable[[], object]) -> float:
    """Time of one call in the fastest round."""
    call()
    rounds = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        for _ in range(CALLS):
            call()
        rounds.append((time.perf_counter() - before) / CALLS * 1e6)
    return min(rounds)


def main() -> None:
    law = law_of(month_of(MONTH), {})
    record, column = as_record(law), as_column_of_one(law)
    shapes = {
        "named tuple": lambda: of_noun(law),
        "record": lambda: of_noun(record),
        "column of one record": lambda: of_column(column),
    }
    times = {shape: microseconds(call) for shape, call in shapes.items()}
    for shape, each in times.items():
        ratio = each / times["column of one record"]
        print(f"{shape:22} {each:9.2f} microseconds a call, {ratio:6.1f} times a column of one")


if __name__ == "__main__":
    main()
