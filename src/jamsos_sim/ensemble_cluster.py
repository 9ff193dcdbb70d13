"""Worlds simulated by the workers of a Dask cluster that somebody has started; one world is one task.

Workers are asked only for numbers: they write nothing, and what they return is kept by this process as it
comes. A task carries the number of its world, so a worker that dies costs time and no result: its worlds are
simulated again by another one, with the same numbers.
"""

import pickle
import platform
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from time import monotonic
from typing import NamedTuple

from distributed import CancelledError, Client, Future, KilledWorker, get_worker, wait

from jamsos_sim.ensemble import PATIENCE, Advance, Plan, Simulated, StoppedError, simulate_world
from jamsos_sim.ensemble_digest import source_digest
from jamsos_sim.ensemble_hands import Hands
from jamsos_sim.ensemble_manifest import versions
from jamsos_sim.errors import InputError

SECONDS_TO_CONNECT = 10
SECONDS_TO_FIND_WORKERS = 10
SECONDS_WITHOUT_WORKERS = 30
"""How long a run waits for workers to come back after the last one has gone."""
WORLDS_PER_THREAD = 2
"""Worlds sent ahead for each thread of the cluster, so that none waits for this process."""
SOURCE = "source"


class _Run(NamedTuple):
    """A plan on its cluster.

    Attributes
    ----------
    client, hands:
        The connection, and the address and the wish to stop behind it.
    plan:
        The plan as the workers have it.
    """

    client: Client
    hands: Hands
    plan: Future


def simulate_on_cluster(
    plan: Plan, numbers: Sequence[int], hands: Hands, advance: Advance
) -> Iterator[tuple[int, Simulated]]:
    """Simulate numbered worlds on the cluster of ``hands``; as `simulate_worlds` in everything else.

    Raises `InputError` when the cluster cannot be reached, has no workers, or works with other code.
    """
    if plan.register is not None:
        raise InputError("cluster.register_stays")
    if not numbers:
        return
    with _connected(hands) as client:
        _require_workers_like_us(client, hands)
        run = _Run(client, hands, client.submit(received, pickle.dumps(plan), pure=False))
        for number, done in _gathered(run, numbers):
            advance(len(plan.scenarios) * plan.months)
            yield number, done


def received(content: bytes) -> Plan:
    """On a worker: the plan that was sent. It is a result of its own, so that workers share it and a lost one
    is made again.
    """
    plan: Plan = pickle.loads(content)
    return plan


def simulated(plan: Plan, number: int, code: Mapping[str, str]) -> Simulated:
    """On a worker: what the runs of a world leave; raises `InputError` when its code is not the one given.

    Workers may join while a run goes on, so each world asks anew.
    """
    _require_same(get_worker().address, code_here(), code)
    return simulate_world(plan, number, threading.Event(), lambda months: None)


@cache
def code_here() -> dict[str, str]:
    """What decides the numbers of a world beside its plan: our own source, Python and libraries, as told."""
    known = {name: told for name, told in versions().items() if name != "machine"}
    python = ".".join(platform.python_version_tuple()[:2])
    return {**known, "python": python, SOURCE: source_digest()}


def _require_same(worker: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> None:
    for name, version in ours.items():
        if theirs.get(name) == version:
            continue
        if name == SOURCE:
            raise InputError("cluster.other_source", worker=worker)
        told = {"what": name, "theirs": theirs.get(name, "–"), "ours": version}
        raise InputError("cluster.other_version", worker=worker, **told)


@contextmanager
def _connected(hands: Hands) -> Iterator[Client]:
    try:
        client = Client(hands.cluster, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except TypeError as fault:  # the library's answer to an address with TLS and no certificates
        raise InputError("cluster.no_certificates", address=hands.cluster) from fault
    except (OSError, ValueError, RuntimeError) as fault:
        raise InputError("cluster.unreachable", address=hands.cluster) from fault
    try:
        yield client
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=SECONDS_TO_CONNECT)


def _require_workers_like_us(client: Client, hands: Hands) -> None:
    try:
        client.wait_for_workers(1, timeout=SECONDS_TO_FIND_WORKERS)
    except TimeoutError as fault:
        raise InputError("cluster.no_workers", address=hands.cluster) from fault
    ours = code_here()
    for worker, answer in client.run(code_here, on_error="return").items():
        if not isinstance(answer, dict):
            raise InputError("cluster.no_package", worker=worker)
        _require_same(worker, answer, ours)


def _gathered(run: _Run, numbers: Sequence[int]) -> Iterator[tuple[int, Simulated]]:
    """Results in the order of completion; never more worlds at once than the cluster has use for."""
    left = iter(numbers)
    waiting: dict[Future, int] = {}
    last_seen = monotonic()
    try:
        while True:
            threads = _threads_of(run)
            last_seen = monotonic() if threads else last_seen
            if monotonic() - last_seen > SECONDS_WITHOUT_WORKERS:
                raise InputError("cluster.workers_gone", address=run.hands.cluster)
            for number in islice(left, max(WORLDS_PER_THREAD * threads - len(waiting), 0)):
                waiting[_sent(run, number)] = number
            if not waiting and threads:
                return
            if run.hands.stop.is_set():
                raise StoppedError
            for future in _done(run, waiting):
                number = waiting.pop(future)
                yield number, _result_of(run, future, number)
    finally:
        with suppress(OSError, TimeoutError):
            run.client.cancel(list(waiting))


def _sent(run: _Run, number: int) -> Future:
    return run.client.submit(simulated, run.plan, number, code_here(), pure=False)


def _threads_of(run: _Run) -> int:
    """Threads of all workers together; raises `InputError` when the scheduler does not answer any more."""
    try:
        return sum(run.client.nthreads().values())
    except (OSError, TimeoutError, RuntimeError, ValueError) as fault:
        raise InputError("cluster.lost", address=run.hands.cluster) from fault


def _done(run: _Run, waiting: Mapping[Future, int]) -> set[Future]:
    try:
        with run.client.as_current():
            return set(wait(list(waiting), timeout=PATIENCE, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return set()


def _result_of(run: _Run, future: Future, number: int) -> Simulated:
    try:
        simulated: Simulated = future.result()
        return simulated
    except InputError:
        raise
    except KilledWorker as fault:
        raise InputError("cluster.killed", world=number) from fault
    except (CancelledError, OSError, TimeoutError) as fault:
        raise InputError("cluster.lost", address=run.hands.cluster) from fault
    except Exception as fault:
        raise InputError("cluster.broken", world=number, reason=fault) from fault
