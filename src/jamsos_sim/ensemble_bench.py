"""How fast this machine simulates: people made, looked ahead for, and simulated, each timed by itself.

People come in chunks, each a world of its own whose books are added up and which is then dropped; so a
country needs no more memory than a few cities. Chunks go through the three stages some at a time, side by
side in threads, and a stage begins when the one before it has ended: the time of each is its own. It is a
test of speed: the people of a region many times over are not the people of a country.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeVar

from jamsos_sim.ensemble import LARGEST_RUN, PATIENCE, SMALLEST_RUN, StoppedError
from jamsos_sim.errors import InputError
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import Period, World, seed_of, world_of
from jamsos_sim.population.region_file import read_region
from jamsos_sim.scenario import FIRST_MONTH, Scenario, load_scenario
from jamsos_sim.scenario_names import shipped_folder, shipped_scenarios

T = TypeVar("T")
R = TypeVar("R")

COUNTRY = 86_000_000
"""About as many informal workers as Indonesia has."""
LARGEST_COUNTRY = 1_000_000_000
CHUNK = 2**19
"""Workers of a chunk: few enough for memory, and enough that what is done once a month does not matter."""
AT_HAND = 2
"""Chunks of a batch for each thread, so that threads seldom wait for each other."""
MONTHS = 96
BYTES_OF_KIBIBYTE = 1_024


@dataclass
class Spent:
    """Seconds that a stage has taken so far, by the clock and of the processor."""

    wall: float = 0.0
    processor: float = 0.0

    @contextmanager
    def timing(self) -> Iterator[None]:
        """Add what the block takes."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


@dataclass
class Speed:
    """What was simulated, and how long each stage took.

    Attributes
    ----------
    workers, chunks, months, threads:
        What was asked for; ``workers`` are those present at the start.
    worker_months:
        Months of informal workers that were simulated.
    preparation:
        Compiling the loops, or loading those that are kept, once.
    generation, foresight, simulation:
        Making people, looking ahead for them, and walking the months.
    peak_memory:
        The most bytes the process has held, or ``None`` where the system does not say.
    """

    workers: int
    chunks: int
    threads: int
    months: int = MONTHS
    worker_months: int = 0
    preparation: Spent = field(default_factory=Spent)
    generation: Spent = field(default_factory=Spent)
    foresight: Spent = field(default_factory=Spent)
    simulation: Spent = field(default_factory=Spent)
    peak_memory: int | None = None

    @property
    def worker_months_a_second(self) -> float:
        """Worker-months simulated in a second by the clock, looking ahead included."""
        return self.worker_months / (self.foresight.wall + self.simulation.wall)

    @property
    def processor_of_a_chunk(self) -> float:
        """Seconds of a processor for one chunk: made, looked ahead for, and simulated under one scenario."""
        stages = (self.generation, self.foresight, self.simulation)
        return sum(spent.processor for spent in stages) / self.chunks


class Bench(NamedTuple):
    """What is to be measured.

    Attributes
    ----------
    workers:
        Workers in all; ``None`` for the region once.
    is_in_chunks:
        Whether they come in chunks; otherwise each thread simulates them all.
    threads:
        Chunks side by side.
    seed:
        From which the seeds of the chunks come.
    """

    workers: int | None
    is_in_chunks: bool
    threads: int
    seed: int

    @property
    def sizes(self) -> Sequence[int | None]:
        """Workers of every chunk; ``None`` for the region."""
        if not self.is_in_chunks or self.workers is None:
            return [self.workers] * self.threads
        count = -(-self.workers // CHUNK)
        return [self.workers // count + (number < self.workers % count) for number in range(count)]


def bench_of(workers: int | None, is_national: bool, threads: int | None, seed: int) -> Bench:
    """What a user wants to measure; raises `InputError` for numbers that cannot be used."""
    most = LARGEST_COUNTRY if is_national else LARGEST_RUN
    if workers is not None and not SMALLEST_RUN <= workers <= most:
        raise InputError("run.bad_workers", workers=workers, smallest=SMALLEST_RUN, largest=most)
    if threads is not None and threads < 1:
        raise InputError("run.bad_threads", threads=threads)
    if not 0 <= seed < 2**63:
        raise InputError("run.bad_seed", seed=seed)
    usual = (os.cpu_count() or 1) if is_national else 1
    return Bench(workers or (COUNTRY if is_national else None), is_national, threads or usual, seed)


def measure(bench: Bench, advance: Callable[[int], None] = lambda chunks: None) -> Speed:
    """Simulate the current programme for everybody, and take the time.

    Parameters
    ----------
    advance:
        Called with a number of chunks whenever some are done.
    """
    scenario = load_scenario(shipped_folder() / f"{shipped_scenarios()[0]}.yaml")
    speed = Speed(0, len(bench.sizes), bench.threads)
    with speed.preparation.timing():
        _walked(scenario, threading.Event(), _ready(_made(bench.seed, 0, SMALLEST_RUN)))
    numbered = iter(enumerate(bench.sizes))
    with _hands(bench.threads) as hands:
        while batch := list(islice(numbered, AT_HAND * bench.threads)):
            _measure_batch(bench, scenario, batch, (speed, hands))
            advance(len(batch))
    speed.peak_memory = peak_memory()
    return speed


def _measure_batch(
    bench: Bench, scenario: Scenario, batch: Sequence[tuple[int, int | None]], told: "tuple[Speed, _Hands]"
) -> None:
    speed, hands = told
    with speed.generation.timing():
        worlds = hands.all_of(lambda each: _made(bench.seed, *each), batch)
    speed.workers += sum(world.scale.simulated for world in worlds)
    with speed.foresight.timing():
        worlds = hands.all_of(_ready, worlds)
    with speed.simulation.timing():
        speed.worker_months += sum(hands.all_of(partial(_walked, scenario, hands.stop), worlds))


def _made(seed: int, number: int, workers: int | None) -> World:
    """The people of a numbered chunk."""
    region = read_region()
    period = Period(FIRST_MONTH, FIRST_MONTH + MONTHS)
    return world_of(region.region, region.assumptions, seed_of(seed, number), period, workers)


def _ready(world: World) -> World:
    """A world that has been looked ahead in."""
    _ = world.ahead
    return world


def _walked(scenario: Scenario, stop: threading.Event, world: World) -> int:
    """Simulate all months of a world; the worker-months of its books."""
    kernel = Kernel(world, is_alone=True)
    for rules in rules_of(scenario, world):
        if stop.is_set():
            raise StoppedError
        kernel.run_month(rules)
    return int(kernel.city.ledger[ROW.informal_workers].sum())


class _Hands:
    """Threads that do the same to several things side by side."""

    def __init__(self, threads: int) -> None:
        self.pool = ThreadPoolExecutor(threads)
        self.stop = threading.Event()

    def all_of(self, work: Callable[[T], R], given: Sequence[T]) -> list[R]:
        """What comes of each thing, in their order."""
        futures = [self.pool.submit(work, each) for each in given]
        # A wait without a limit would hold back Ctrl-C on Windows.
        while wait(futures, timeout=PATIENCE).not_done:
            pass
        return [future.result() for future in futures]


@contextmanager
def _hands(threads: int) -> Iterator[_Hands]:
    hands = _Hands(threads)
    try:
        yield hands
    finally:
        hands.stop.set()
        hands.pool.shutdown(wait=False, cancel_futures=True)


def peak_memory() -> int | None:
    """The most bytes that this process has held, or ``None`` where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * BYTES_OF_KIBIBYTE
