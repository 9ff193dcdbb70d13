"""Who simulates the worlds of a plan: threads of this process, or the workers of a cluster.

Worlds go to a pool of threads, since the kernel runs without the interpreter lock. However many worlds a plan
has, only a few are under way or waiting for their consumer at any moment.
"""

import os
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from itertools import islice

from jamsos_sim.compiled import is_plain
from jamsos_sim.ensemble import PATIENCE, Advance, Plan, Simulated, StoppedError, simulate_world
from jamsos_sim.ensemble_walk import remember_world
from jamsos_sim.errors import InputError

AT_HAND = 2
"""Worlds submitted for each thread: one at work, one ready."""
ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):\d{1,5}")


@dataclass(frozen=True)
class Hands:
    """Who simulates the worlds of a plan; nothing of it decides a number.

    Attributes
    ----------
    threads:
        Worlds side by side in this process; one for each processor when not given.
    cluster:
        Address of the scheduler of a running Dask cluster, such as ``tcp://127.0.0.1:8786``, which is asked
        instead of this process.
    stop:
        Set by another thread to end the run with `StoppedError`.

    Raises `InputError` for a number of threads or an address that cannot be used.
    """

    threads: int | None = None
    cluster: str | None = None
    stop: threading.Event = field(default_factory=threading.Event, compare=False)

    def __post_init__(self) -> None:
        if self.threads is not None and self.threads < 1:
            raise InputError("run.bad_threads", threads=self.threads)
        if self.cluster is None:
            return
        if self.threads is not None:
            raise InputError("cluster.with_threads")
        if not ADDRESS.fullmatch(self.cluster):
            raise InputError("cluster.bad_address", address=self.cluster)


def simulate_worlds(
    plan: Plan, numbers: Sequence[int], hands: Hands, advance: Advance = lambda months: None
) -> Iterator[tuple[int, Simulated]]:
    """Simulate numbered worlds of a plan side by side; each world's number and what its runs leave, in
    the order of completion.

    When the consumer stops, or the user interrupts, running worlds stop at their next month. Raises
    `StoppedError` when ``hands.stop`` is set, `InputError` when a cluster cannot serve.
    """
    if hands.cluster is None:
        return _simulate_here(plan, numbers, hands, advance)
    if find_spec("distributed") is None:
        raise InputError("cluster.not_installed")
    from jamsos_sim.ensemble_cluster import simulate_on_cluster  # its library is an extra

    return simulate_on_cluster(plan, numbers, hands, advance)


def _simulate_here(
    plan: Plan, numbers: Sequence[int], hands: Hands, advance: Advance
) -> Iterator[tuple[int, Simulated]]:
    stop = threading.Event()
    # Plain Python holds the interpreter's lock: threads would only stand in each other's way.
    threads = 1 if is_plain() else hands.threads or os.cpu_count() or 1
    pool = ThreadPoolExecutor(max_workers=threads)
    left = iter(numbers)
    waiting: dict[Future[Simulated], int] = {}
    try:
        while True:
            for number in islice(left, AT_HAND * threads - len(waiting)):
                work = partial(simulate_world, plan, number, stop, advance)
                waiting[pool.submit(copy_context().run, work)] = number
            if not waiting:
                return
            if hands.stop.is_set():
                raise StoppedError
            done, _ = wait(waiting, timeout=PATIENCE, return_when=FIRST_COMPLETED)
            for future in done:
                ledgers = future.result()
                remember_world(plan)
                yield waiting.pop(future), ledgers
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
