"""The wards (kelurahan) as agents of the model to read: they know their poor, and whose turn it is there."""

from collections.abc import Sequence

import mesa
import numpy as np

from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.model.agent_queue import Queue, first_of
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.context import City, Policy
from jamsos_sim.model.events import LATE_HELP, PARTY, RECEIVERS
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.queue import queue_key
from jamsos_sim.model.status import IN_DELIBERATION, KELURAHAN_FORMULA, NOT_ARRIVED, NOT_LISTED, PROPOSED
from jamsos_sim.model.steps.claim import Case
from jamsos_sim.model.steps.heirs_wait import Waiting
from jamsos_sim.model.steps.help_claims import book_help, has_time, may_help
from jamsos_sim.model.steps.injury import Luck
from jamsos_sim.model.steps.verify import refusal_row
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.territory import coverage_rank, is_recorded_poor, quotas, weights_of


class Kelurahan(mesa.Agent):
    """A ward of the city: counts its recorded poor, deliberates, puts its people in order, helps heirs."""

    def __init__(self, model: mesa.Model, city: City, number: int, workers: Sequence[InformalWorker]) -> None:
        super().__init__(model)
        self.number = number
        self.city = city
        self.territory = city.territory
        self.helped = 0
        self.heirs: list[Waiting] = []
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

    def deliberate(self, rules: Rules) -> None:
        """Deliberate over candidates whose time has come, before their files go to the city (musyawarah)."""
        month, chances = rules.moment.month, rules.terms.chances
        candidates = [
            worker
            for worker in self.workers
            if worker.status == IN_DELIBERATION and month - worker.since >= chances.deliberation_months
        ]
        for worker in candidates:
            worker.refusal, worker.since = worker.be_discussed(rules), month
            worker.status = PROPOSED if worker.refusal == ELIGIBLE else NOT_LISTED
            self.book_deliberation(worker, rules)

    def book_deliberation(self, worker: InformalWorker, rules: Rules) -> None:
        """Book what a deliberation said of a candidate, and what it cost."""
        cost, reason, diary, month = (
            rules.terms.costs.deliberation,
            worker.refusal,
            self.city.diary,
            rules.moment.month,
        )
        if reason != ELIGIBLE:
            self.book(ROW.struck_by_kelurahan, rules)
            self.book(refusal_row(reason), rules)
            diary.tell("refusal", month, worker.number, reason=reason)
        self.book(ROW.deliberated, rules)
        self.book(ROW.deliberation_cost, rules, cost)
        spent = {"amount": cost, "payer": PARTY["city"], "receiver": RECEIVERS["deliberation"]}
        diary.tell("deliberation", month, worker.number, reason=reason, payment_month=month, **spent)

    def help_with_claim(self, worker: InformalWorker, rules: Rules) -> bool:
        """Help the heirs of a recipient with the claim (pendampingan klaim), at the city's cost; whether the
        cadres had time.
        """
        cost, month = rules.terms.costs.assistance, rules.moment.month
        if not has_time(self.helped, rules.terms.policy):
            self.book(ROW.claims_beyond_cadres, rules)
            return False
        self.helped += 1
        self.book(ROW.assisted_claims, rules)
        self.book(ROW.assistance_cost, rules, cost)
        spent = {"amount": cost, "payer": PARTY["city"], "receiver": PARTY["ward"]}
        self.city.diary.tell("claim_assistance", month, worker.number, payment_month=month, **spent)
        return True

    def let_wait(self, worker: InformalWorker, case: Case, luck: Luck, rules: Rules) -> None:
        """Let heirs wait for whom the cadres had no time and who have not filed by themselves."""
        self.book(ROW.heirs_queued, rules)
        self.heirs.append(Waiting(worker.number, self.number, case, luck, rules))

    def help_waiting(self, rules: Rules) -> list[Waiting]:
        """Help those who have waited longest, as many as there is time for; whom."""
        helped = []
        while self.heirs and may_help(self.helped, rules.terms.policy):
            heirs, month = self.heirs.pop(0), rules.moment.month
            self.helped += 1
            book_help(self.city.ledger, heirs.months_until(month), rules)
            cost = rules.terms.costs.assistance
            spent = {"amount": cost, "payer": PARTY["city"], "receiver": PARTY["ward"]}
            self.city.diary.tell(
                "claim_assistance", month, heirs.person, reason=LATE_HELP, payment_month=month, **spent
            )
            helped.append(heirs)
        return helped

    def book(self, row: int, rules: Rules, amount: int = 1) -> None:
        """Add to one row of the ledger in this month."""
        self.city.ledger[row, rules.moment.elapsed] += amount

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
