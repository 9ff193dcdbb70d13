"""How fast the kernel is: ``python benchmarks/kernel.py [WORLDS]``, three worlds of the city by default.

Measured in one run, in seconds of one core's time, since a busy machine lengthens only the clock's: people
and what is foreseen of them, both once for a world; the current programme over 96 months; each step of the
month; looking ahead against drawing for everybody month by month; and the model to read on a small part of
the city, as worker-months a second beside the kernel's. Medians over worlds. Python looks for garbage as
seldom as under the command line.
"""

import gc
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from jamsos_sim import chance
from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.cli_entry import OBJECTS_BETWEEN_COLLECTIONS
from jamsos_sim.compiled import compiled
from jamsos_sim.model.context import Keys, Long
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.reference import JamsosModel
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import Period, World, seed_of, world_of
from jamsos_sim.population.region_file import load_region
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import month_of

REGION, SCENARIO, SEED = "tangsel", "program_berjalan", 2023
PERIOD = Period(month_of("2023-01"), month_of("2030-12") + 1)
FEW, FEW_MONTHS = 1_000, 24


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a piece of work."""
    before = time.process_time()
    work()
    return time.process_time() - before


def world(number: int, workers: int | None = None) -> World:
    """A numbered world of the whole city, or of a part of it."""
    return world_of(load_region(REGION), load_assumptions(REGION), seed_of(SEED, number), PERIOD, workers)


def run(kernel: Kernel, months: list[Rules]) -> None:
    """Walk all months."""
    for rules in months:
        kernel.run_month(rules)


def seconds_of_steps(kernel: Kernel, months: list[Rules]) -> dict[str, float]:
    """Processor time of each step, over all months."""
    times = dict.fromkeys(MONTH, 0.0)
    for rules in months:
        for step in MONTH:
            times[step] += seconds(lambda step=step, rules=rules: getattr(kernel, step)(rules))
    return times


@compiled
def drawn_by_month(keys: Keys, months: tuple[int, int], bound: int, found: Long) -> int:
    """Draw for everybody in every month and decide at once: what looking ahead does block by block."""
    count = 0
    for month in range(months[0], months[1]):
        for person in range(keys.size):
            if chance.recurring_draw(keys[person], month, chance.DECISION_MOVE) < bound:
                found[count % found.size] = person
                count += 1
    return count


def told(what: str, value: float, note: str = "") -> None:
    """Print one line."""
    print(f"{what:52} {value:9.3f} s {note}")


def main() -> None:
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    scenario, small = load_scenario(SCENARIO), world(0, FEW)
    run(Kernel(small), rules_of(scenario, small))  # compile, or load what is compiled
    worlds = [world(number) for number in range(count)]
    told("people of a world", median(seconds(lambda n=n: world(n)) for n in range(count)))
    told(
        "what is foreseen, once for a world", median(seconds(lambda each=each: each.ahead) for each in worlds)
    )
    times, worker_months = [], []
    for each in worlds:
        kernel, months = Kernel(each), rules_of(scenario, each)
        times.append(seconds(lambda kernel=kernel, months=months: run(kernel, months)))
        worker_months.append(int(kernel.city.ledger[ROW.informal_workers].sum()))
    speed = median(done / spent for done, spent in zip(worker_months, times, strict=True))
    note = f"{speed / 1e6:.0f} million worker-months a second; the quickest {min(times):.3f} s"
    told("one scenario over 96 months", median(times), note)
    for step, spent in seconds_of_steps(Kernel(worlds[0]), rules_of(scenario, worlds[0])).items():
        told(f"  {step}", spent)
    keys, found = worlds[0].keys, np.empty(1_000_000, dtype=np.int64)
    drawn_by_month(keys[:10], PERIOD, 1, found)
    told(
        "drawing one decision for everybody, one by one",
        seconds(lambda: drawn_by_month(keys, PERIOD, 10**8, found)),
    )
    model, months = JamsosModel(small), rules_of(scenario, small)[:FEW_MONTHS]
    spent = seconds(lambda: [model.run_month(rules) for rules in months])
    slow = int(model.city.ledger[ROW.informal_workers].sum()) / spent
    print(f"the kernel does {speed / slow:,.0f} times the worker-months a second of the model to read")


if __name__ == "__main__":
    main()
