"""Queues of agents in the model to read: the same keys as the columns have."""

from collections.abc import Iterable

import numpy as np

from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.queue import last_admitted, queue_key
from jamsos_sim.model.terms import Rules

Queue = list[tuple[int, InformalWorker]]


def first_of(queue: Queue, count: int) -> tuple[list[InformalWorker], list[InformalWorker]]:
    """The first ``count`` of a queue, and the rest."""
    keys = np.array([key for key, _ in queue], dtype=np.int64)
    last = last_admitted(keys, count)
    chosen = [worker for key, worker in queue if key <= last]
    rest = [worker for key, worker in queue if key > last]
    return chosen, rest


def by_month(workers: Iterable[InformalWorker], since: str, rules: Rules) -> Queue:
    """Workers queued by a month of theirs, earliest first."""
    start = rules.moment.month - rules.moment.elapsed
    return [
        (queue_key(getattr(worker, since) - start, worker.order, worker.number), worker) for worker in workers
    ]


def of_kelurahan(workers: Iterable[InformalWorker], number: int) -> list[InformalWorker]:
    """Those of some workers who live in a kelurahan."""
    return [worker for worker in workers if worker.kelurahan == number]
