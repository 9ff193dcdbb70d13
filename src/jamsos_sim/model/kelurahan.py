"""The wards (kelurahan) as agents of the model to read: they know their poor, and whose turn it is there."""

from collections.abc import Sequence

import mesa
import numpy as np

from jamsos_sim.model.agent_queue import Queue, first_of
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.context import City, Policy
from jamsos_sim.model.queue import queue_key
from jamsos_sim.model.status import KELURAHAN_FORMULA, NOT_ARRIVED
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.territory import coverage_rank, is_recorded_poor, quotas, weights_of


class Kelurahan(mesa.Agent):
    """A ward of the city: counts its recorded poor and puts its own people in order."""

    def __init__(self, model: mesa.Model, city: City, number: int, workers: Sequence[InformalWorker]) -> None:
        super().__init__(model)
        self.number = number
        self.territory = city.territory
        self.workers = [worker for worker in workers if worker.kelurahan == number]

    @property
    def poor_workers(self) -> int:
        """Poor workers whom the registry showed here when they were last counted."""
        return int(self.territory.poor_workers[self.number])

    def count_poor(self, rules: Rules) -> None:
        """Count the poor workers whom the registry shows here."""
        chances = rules.terms.chances
        self.territory.poor_workers[self.number] = sum(
            worker.presence != NOT_ARRIVED and is_recorded_poor(worker.recorded_decile, chances)
            for worker in self.workers
        )

    def own(self, queue: Queue) -> Queue:
        """The part of a queue that lives here."""
        return [(key, worker) for key, worker in queue if worker.kelurahan == self.number]

    def by_coverage(self, queue: Queue, ahead: int) -> Queue:
        """The own part of a queue, ranked by the covered share that the ward would reach with each."""
        in_order = sorted(self.own(queue), key=lambda entry: entry[0])
        ranks = [coverage_rank(ahead, place, self.poor_workers) for place in range(len(in_order))]
        return [
            (queue_key(rank, worker.order, worker.number), worker)
            for rank, (_, worker) in zip(ranks, in_order, strict=True)
        ]


def counted(kelurahan: Sequence[Kelurahan], workers: Sequence[InformalWorker]) -> list[int]:
    """How many of some workers live in each kelurahan."""
    numbers = [worker.kelurahan for worker in workers]
    people = np.bincount(np.array(numbers, dtype=np.int64), minlength=len(kelurahan))
    return [int(count) for count in people]


def in_regulation_order(
    kelurahan: Sequence[Kelurahan], queue: Queue, ahead: Sequence[int], policy: Policy
) -> Queue:
    """A queue as the formula by kelurahan orders it, or as it is under any other order."""
    if policy.priority != KELURAHAN_FORMULA:
        return queue
    return [entry for each in kelurahan for entry in each.by_coverage(queue, ahead[each.number])]


def first_within(
    kelurahan: Sequence[Kelurahan], queue: Queue, room: Sequence[int], count: int
) -> list[InformalWorker]:
    """The first ``count`` of a queue, those first for whom their kelurahan has room."""
    within = {
        worker.number for each in kelurahan for worker in first_of(each.own(queue), room[each.number])[0]
    }
    first = first_of([entry for entry in queue if entry[1].number in within], count)[0]
    beyond = [entry for entry in queue if entry[1].number not in within]
    return first + first_of(beyond, count - len(first))[0]


def quotas_of(kelurahan: Sequence[Kelurahan], places: int, policy: Policy) -> list[int]:
    """Quota of each kelurahan under the regulation's split."""
    return [int(quota) for quota in quotas(places, weights_of(kelurahan[0].territory, policy))]
