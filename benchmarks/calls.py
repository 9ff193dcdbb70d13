"""What a call of a compiled loop costs: ``python benchmarks/calls.py``.

A loop over nothing takes the law of a month in three shapes: as a named tuple of many values, as one record,
and as a column of one record, which is what `jamsos_sim.model.columns.touches` hands over. Another takes
twenty columns of people: as a named tuple of them, and by the table of their addresses. Microseconds a call,
the best of several rounds.
"""

import time
from collections import namedtuple
from collections.abc import Callable
from typing import Any

from numba import njit

from jamsos_sim.compiled import as_column_of_one, as_record
from jamsos_sim.law.in_force import law_of
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, People
from jamsos_sim.model.world import SMALLEST_CITY, Period, world_of
from jamsos_sim.population.region_file import read_region
from jamsos_sim.scenario import FIRST_MONTH
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


COLUMNS = People._fields[:20]
TWENTY: Any = namedtuple("TWENTY", COLUMNS)


@njit
def of_columns(people: object) -> int:
    """Take columns one by one."""
    return people.key.size


@touches(*(f"people.{name}" for name in COLUMNS))
def of_table(city: City) -> int:
    """Take columns by a table."""
    return city.people.key.size


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


def told(shape: str, each: float, least: float) -> None:
    """Print one line."""
    print(f"{shape:22} {each:9.2f} microseconds a call, {each / least:6.1f} times the quickest")


def shapes_of_law() -> dict[str, Callable[[], object]]:
    """The law of a month in three shapes."""
    law = law_of(month_of(MONTH), {})
    record, column = as_record(law), as_column_of_one(law)
    return {
        "named tuple": lambda: of_noun(law),
        "record": lambda: of_noun(record),
        "column of one record": lambda: of_column(column),
    }


def shapes_of_columns() -> dict[str, Callable[[], object]]:
    """Twenty columns of a small city in two shapes."""
    region = read_region()
    world = world_of(
        region.region, region.assumptions, 0, Period(FIRST_MONTH, FIRST_MONTH + 1), SMALLEST_CITY
    )
    city = world.beginning
    return {
        "twenty columns": lambda: of_columns(TWENTY(*[getattr(city.people, name) for name in COLUMNS])),
        "table of addresses": lambda: of_table(city),
    }


def main() -> None:
    for shapes in (shapes_of_law(), shapes_of_columns()):
        times = {shape: microseconds(call) for shape, call in shapes.items()}
        for shape, each in times.items():
            told(shape, each, min(times.values()))


if __name__ == "__main__":
    main()
