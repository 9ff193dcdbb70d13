"""The Manpower office as an agent of the model to read: it registers, fills the places, and cuts them."""

from collections.abc import Sequence

from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.model.agent_queue import Queue, by_month, first_of
from jamsos_sim.model.agents import Community
from jamsos_sim.model.cells import CELL
from jamsos_sim.model.events import (
    WITH_COMMUNITY,
)
from jamsos_sim.model.kelurahan import counted, first_within, in_regulation_order, quotas_of
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.office_work import Office
from jamsos_sim.model.queue import Standing, open_proposal, priority_rank, queue_key
from jamsos_sim.model.status import (
    FILED,
    IN_REGISTRATION,
    NOT_LISTED,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.admit import admissions
from jamsos_sim.model.steps.register import registration_delay
from jamsos_sim.model.steps.treasury import places_carried
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.territory import has_quotas


class ManpowerOffice(Office):
    """Dinas Tenaga Kerja: registers those found eligible and fills the places."""

    def register(self, rules: Rules) -> None:
        """The month's work at the registering desk, in the order in which the files came."""
        policy, month = rules.terms.policy, rules.moment.month
        delay = registration_delay(policy, rules.terms.chances)
        due = [file for file in self.with_status(IN_REGISTRATION) if month - file.since >= delay]
        registered, rest = first_of(by_month(due, "since", rules), policy.registration_capacity)
        self.book(ROW.registration_backlog, rules.moment.elapsed, len(rest))
        for worker in registered:
            worker.status, worker.since = WAITING, month

    def register_groups(self, communities: Sequence[Community], rules: Rules) -> None:
        """Where one member of a community came through this month, others who know may join."""
        month = rules.moment.month
        if not rules.terms.policy.registers_groups:
            return
        for community in communities:
            if any(each.proposed_since == month and each.status in FILED for each in community.members):
                for worker in [each for each in community.members if each.joins_group(rules)]:
                    self.propose(worker, WITH_COMMUNITY, rules)
                    self.book(ROW.joined_by_group, rules.moment.elapsed)

    def cut_places(self, rules: Rules, carried: int) -> None:
        """When places or money were cut below the list, the last to come lose theirs; without places nobody
        waits.
        """
        if rules.terms.policy.places == 0:
            for worker in self.with_status(*FILED, WAITING):
                worker.status = NOT_LISTED
                self.tell("turned_away", worker, rules)
        queue = by_month(self.with_status(SPONSORED), "enrolled_since", rules)
        places = min(rules.terms.policy.places, places_carried(len(queue), carried, rules.terms.policy))
        for worker in first_of(queue, places)[1]:
            self.end_subsidy(worker, ELIGIBLE, rules)

    def waiting_list(self, rules: Rules) -> Queue:
        """Everybody who waits for a place, in the order of the regulation; nobody knows who has gone."""
        start = rules.moment.month - rules.moment.elapsed
        queue: Queue = []
        for worker in self.with_status(WAITING):
            standing = Standing(
                worker.recorded_decile,
                worker.risk_rank,
                worker.since - start,
                open_proposal(worker.proposed_since, worker.enrolled_since, start),
            )
            rank = priority_rank(rules.terms.policy.priority, standing)
            queue.append((queue_key(rank, worker.order, worker.number), worker))
        return queue

    def admit(self, rules: Rules, carried: int) -> None:
        """Admit from the waiting list."""
        month, index = rules.moment
        policy, enrolled = rules.terms.policy, self.with_status(SPONSORED)
        count = admissions(len(enrolled), carried, policy)
        taken = counted(self.kelurahan, enrolled)
        queue = in_regulation_order(self.kelurahan, self.waiting_list(rules), taken, policy)
        admitted = first_of(queue, count)[0]
        if has_quotas(policy):
            own = quotas_of(self.kelurahan, policy.places, policy)
            room = [quota - people for quota, people in zip(own, taken, strict=True)]
            admitted = first_within(self.kelurahan, queue, room, count)
        for worker in admitted:
            worker.status = SPONSORED
            worker.since = worker.enrolled_since = month
            self.book(ROW.admitted, index)
            self.count(CELL.admitted, worker, rules)
            self.book(ROW.months_waited, index, month - worker.proposed_since)
            self.count(CELL.months_waited, worker, rules, month - worker.proposed_since)
            self.book_delay(ROW.admitted_over_3_months, worker, rules)
            self.tell("admission", worker, rules)
