"""How long people take to make: ``python benchmarks/population.py [LARGE]``, ten million by default.

Measured in one run: the region's fit, once in a process; a world's fit; a world's workers present at the
start; the same with everybody who arrives until the end of the tables, as a run needs them; and a large
population. Wall-clock and processor seconds stand side by side, since a busy machine lengthens the first
only; medians of several worlds, each with margins of its own.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.population.fitting import central_fit, fit
from jamsos_sim.population.region_file import load_region
from jamsos_sim.population.synthesis import city_size, synthesise

START = 2023 * 12
WORLDS = 15
LARGE = 10_000_000

Timed = tuple[float, float]


def timed(work: Callable[[], object]) -> Timed:
    """Wall-clock and processor seconds of a piece of work."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def told(what: str, people: int, times: list[Timed]) -> None:
    """Print medians, and the smallest processor time."""
    wall, processor = (median(column) for column in zip(*times, strict=True))
    best = min(seconds for _, seconds in times)
    print(f"{what:44} {people:>11,} people  {wall:7.3f} s wall  {processor:7.3f} s cpu (best {best:.3f})")


def main() -> None:
    """Measure everything once."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    region, assumptions = load_region("tangsel"), load_assumptions("tangsel")
    worlds = [(draw_assumptions(assumptions, seed), seed) for seed in range(WORLDS)]
    central = {key: each.central for key, each in assumptions.items()}
    told("fit of the region, once in a process", 0, [timed(lambda: central_fit(region))])
    told("fit of a world", 0, [timed(lambda draws=draws: fit(region, draws)) for draws, _ in worlds])
    synthesise(region, central, 1, 1_000, (START, START + 1))
    for what, stop in (
        ("workers of a world, present", START + 1),
        ("with all who arrive", region.table_stop),
    ):
        people = synthesise(region, central, 1, None, (START, stop)).sex.size
        period = (START, stop)
        times = [
            timed(lambda draws=draws, seed=seed, period=period: synthesise(region, draws, seed, None, period))
            for draws, seed in worlds
        ]
        told(f"{what} (central size)", people, times)
    several = timed(lambda: synthesise(region, central, 1, large, (START, START + 1)))
    told("large population, present", large, [several])
    print(f"the city has {city_size(central):,} informal workers at central assumptions")


if __name__ == "__main__":
    main()
