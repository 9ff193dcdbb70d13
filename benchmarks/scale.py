"""Whether the kernel's cost is linear: ``scale.py [LARGEST]``, by default ten million workers.

Processor seconds of the current programme for 10,000 workers, ten times as many and so on, over 24 months;
and for 12 to 96 months with a million. One world may hold 16.7 million workers: beyond that as many worlds of
ten million are simulated one after the other as it takes, each with people of its own, and their times are
added; the worlds share nothing, as provinces do not. Looking ahead, making the columns and the run are
counted, the making of people stands apart. Small sizes are medians of several worlds. The exponent is the
slope of a straight line through the logarithms; 1 is linear. ``--json=FILE`` keeps the numbers.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from kernel import PERIOD, REGION, SCENARIO, SEED, run, seconds
from memory import bytes_of_peak

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import Period, World, seed_of, world_of
from jamsos_sim.population.region_file import load_region
from jamsos_sim.scenario import load_scenario

SMALLEST, LARGEST, CHUNK = 10**4, 10**7, 10**7
MONTHS, MANY = 24, 10**6
LENGTHS = (12, 24, 48, 96)
ENOUGH = 10**6
"""Workers simulated at least at each size, in several worlds if one is smaller."""
FEWEST_OF_FIT = 10**5
"""Below so many workers the fixed work of a month shows, and the exponent is lower."""


class Point(NamedTuple):
    """One size: workers, months, processor seconds of a run and of making people, worker-months, worlds."""

    workers: int
    months: int
    seconds: float
    people: float
    worker_months: int
    worlds: int


def simulated(number: int, workers: int, months: int) -> Point:
    """One world, which is forgotten afterwards."""
    period = Period(PERIOD.start, PERIOD.start + months)
    made: list[World] = []

    def make() -> None:
        seed = seed_of(SEED, number)
        made.append(world_of(load_region(REGION), load_assumptions(REGION), seed, period, workers))

    people, engine, scenario = seconds(make), [], load_scenario(SCENARIO)

    def simulate() -> None:
        engine.append(Kernel(made[0]))
        run(engine[0], rules_of(scenario, made[0]))

    spent = seconds(simulate)
    return Point(workers, months, spent, people, int(engine[0].city.ledger[ROW.informal_workers].sum()), 1)


def measured(workers: int, months: int) -> Point:
    """A size: the median of small worlds, or the sum of large ones."""
    chunks = max(1, workers // CHUNK)
    if chunks > 1:
        points = [simulated(number, CHUNK, months) for number in range(chunks)]
        return Point(workers, months, *(_added(points, each) for each in Point._fields[2:5]), chunks)
    points = [simulated(number, workers, months) for number in range(max(1, min(5, ENOUGH // workers)))]
    return Point(workers, months, *(_middle(points, each) for each in Point._fields[2:5]), len(points))


def _added(points: list[Point], field: str) -> float:
    return sum(getattr(point, field) for point in points)


def _middle(points: list[Point], field: str) -> float:
    return median(getattr(point, field) for point in points)


def exponent(points: list[Point], size: Callable[[Point], int]) -> float:
    """Slope of seconds over sizes, both as logarithms."""
    sizes, times = [size(point) for point in points], [point.seconds for point in points]
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0])


def tell(points: list[Point]) -> None:
    """Print a table."""
    print("| workers | months | seconds | million worker-months/s | people, seconds | worlds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for point in points:
        rate = point.worker_months / point.seconds / 1e6
        cells = (
            f"{point.workers:,} | {point.months} | {point.seconds:.3f} | {rate:.1f} | {point.people:.2f} | "
            f"{point.worlds}"
        )
        print(f"| {cells} |", flush=True)


def sizes_up_to(largest: int) -> list[int]:
    """Powers of ten from the smallest size on."""
    return [size for size in (10**power for power in range(4, 10)) if SMALLEST <= size <= largest]


def main() -> None:
    """Measure once."""
    words = [each for each in sys.argv[1:] if not each.startswith("--json=")]
    kept = next((each.removeprefix("--json=") for each in sys.argv[1:] if each.startswith("--json=")), None)
    simulated(0, 1_000, MONTHS)  # compile, or load what is compiled
    by_size = [measured(size, MONTHS) for size in sizes_up_to(int(words[0]) if words else LARGEST)]
    tell(by_size)
    by_length = [measured(MANY, months) for months in LENGTHS]
    tell(by_length)
    large = [point for point in by_size if point.workers >= FEWEST_OF_FIT]
    fits = {
        "all": exponent(by_size, lambda point: point.workers),
        "large": exponent(large, lambda point: point.workers),
        "months": exponent(by_length, lambda point: point.months),
    }
    print(", ".join(f"exponent, {name}: {value:.3f}" for name, value in fits.items()))
    print(f"memory at most {bytes_of_peak() / 2**30:.1f} GiB")
    if kept:
        numbers = {
            "by_size": [point._asdict() for point in by_size],
            "by_length": [point._asdict() for point in by_length],
            "exponents": fits,
        }
        Path(kept).write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
