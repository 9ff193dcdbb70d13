"""The city's offices as agents of the model to read: who lists, who verifies, who pays."""

from collections.abc import Sequence

from jamsos_sim import chance
from jamsos_sim.law.eligibility import ELIGIBLE, refusal_reason
from jamsos_sim.model.agent_queue import Queue, by_month, first_of
from jamsos_sim.model.agents import Community, InformalWorker
from jamsos_sim.model.context import Policy
from jamsos_sim.model.events import (
    BY_APPLICATION,
    BY_OFFICE,
    FAILED,
    FAILED_AGAIN,
    NOBODY,
    PARTY,
    PASSED,
    PASSED_AGAIN,
    RECEIVERS,
)
from jamsos_sim.model.kelurahan import counted, first_within, in_regulation_order, quotas_of
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.queue import Standing, open_proposal, priority_rank, queue_key
from jamsos_sim.model.status import (
    FILED,
    IN_REGISTRATION,
    NOT_ARRIVED,
    NOT_LISTED,
    PROPOSED,
    SETTLED,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.budget_lines import book_meetings, can_check, can_refresh, is_held
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.propose import candidates_wanted, is_listable
from jamsos_sim.model.steps.refresh_registry import has_had_the_term, reason_of_term
from jamsos_sim.model.steps.verify import is_lost_in_handover, refusal_row, verification_delay
from jamsos_sim.model.support import SupportProgrammes
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.territory import has_quotas
from jamsos_sim.population.workers import NO_RECORD


class SocialAffairsOffice(SupportProgrammes):
    """Dinas Sosial: keeps the registry, checks the city's list, lists candidates."""

    def hold_meetings(self, communities: Sequence[Community], rules: Rules) -> None:
        """Hold the month's meetings, and write them into the list of events."""
        month, policy, costs = rules.moment.month, rules.terms.policy, rules.terms.costs
        drawn = [chance.draw(community.key, month, chance.DECISION_MEETING) for community in communities]
        held = sum(is_held(own, policy) for own in drawn)
        book_meetings(self.city, rules.moment, rules.terms, held)
        spent = {"amount": costs.meeting, "payer": PARTY["city"], "receiver": RECEIVERS["meeting"]}
        for _ in range(held):
            self.city.diary.tell("meeting", month, NOBODY, payment_month=month, **spent)

    def refresh_registry(self, rules: Rules) -> None:
        arrived = [worker for worker in self.workers if worker.presence != NOT_ARRIVED]
        records = sum(worker.recorded_decile != NO_RECORD for worker in arrived)
        if not can_refresh(self.city, rules.moment, rules.terms, records):
            return
        cost, month = records * rules.terms.costs.refresh, rules.moment.month
        self.book(ROW.refresh_cost, rules.moment.elapsed, cost)
        spent = {"amount": cost, "payer": PARTY["city"], "receiver": RECEIVERS["registry_refresh"]}
        self.city.diary.tell("registry_refresh", month, NOBODY, payment_month=month, **spent)
        for worker in arrived:
            worker.correct_record(rules)

    def drop_settled(self, rules: Rules) -> None:
        """Take those off the list whose death the insurer has settled, and close their records."""
        for worker in self.with_status(SETTLED):
            self.tell("list_closed", worker, rules)
            worker.status = NOT_LISTED
            worker.recorded_decile = NO_RECORD

    def end_terms(self, rules: Rules) -> None:
        """End the places of those who have had their time."""
        policy, month = rules.terms.policy, rules.moment.month
        for worker in self.with_status(SPONSORED):
            if has_had_the_term(worker.enrolled_since, month, policy):
                self.end_subsidy(worker, reason_of_term(policy), rules)

    def check_list(self, rules: Rules) -> None:
        """End the places that must end."""
        recipients = self.with_status(SPONSORED)
        if not can_check(self.city, rules.moment, rules.terms, len(recipients)):
            return
        self.book_checks(recipients, rules)
        for worker in recipients:
            reason = worker.be_examined(rules)
            if reason != ELIGIBLE:
                self.end_subsidy(worker, reason, rules)

    def receive_applicants(self, rules: Rules) -> None:
        """People who come by themselves; more than half of the attempts fail at the counter."""
        for worker in self.workers:
            if worker.comes_to_the_office(rules):
                self.receive(worker, (PASSED, FAILED), rules)

    def receive_returners(self, rules: Rules) -> None:
        """People whose last attempt failed and who come again."""
        for worker in [each for each in self.workers if each.comes_again(rules)]:
            self.book(ROW.returned_attempts, rules.moment.elapsed)
            self.receive(worker, (PASSED_AGAIN, FAILED_AGAIN), rules)

    def receive(self, worker: InformalWorker, ends: tuple[int, int], rules: Rules) -> None:
        """One attempt at the counter; ``ends`` says how it ends in the list of events, passed or failed."""
        month, index = rules.moment
        passed, failed = ends
        self.book(ROW.attempts, index)
        if worker.draw(month, chance.DECISION_ATTEMPT) < rules.terms.chances.attempt_failure:
            self.book(ROW.failed_attempts, index)
            worker.failed_since = month
            self.tell("attempt", worker, rules, reason=failed)
        else:
            self.tell("attempt", worker, rules, reason=passed)
            self.propose(worker, BY_APPLICATION, rules)

    def candidates(self, rules: Rules) -> Queue:
        """Everybody whom the office could list, in the order of the regulation."""
        policy, (month, index) = rules.terms.policy, rules.moment
        queue: Queue = []
        for worker in self.workers:
            record = worker.record._replace(has_valid_nik=1)
            barred = worker.is_barred(month)
            if is_listable(worker.presence, worker.status, barred, record.decile) and (
                refusal_reason(record, criteria_of(policy), rules.law) == ELIGIBLE
            ):
                proposed = open_proposal(worker.proposed_since, worker.enrolled_since, month - index)
                standing = Standing(record.decile, worker.risk_rank, 0, proposed)
                rank = priority_rank(policy.priority, standing)
                queue.append((queue_key(rank, worker.order, worker.number), worker))
        return queue

    def push_list(self, rules: Rules) -> None:
        """Propose candidates of the registry, in the regulation's order."""
        policy = rules.terms.policy
        held, filed = self.with_status(SPONSORED, WAITING), self.with_status(*FILED)
        wanted = candidates_wanted(policy.places_next - len(held), len(filed), policy.candidates_ppm)
        queue = in_regulation_order(
            self.kelurahan, self.candidates(rules), counted(self.kelurahan, held + filed), policy
        )
        listed = first_of(queue, wanted)[0]
        if has_quotas(policy):
            listed = first_within(self.kelurahan, queue, self.room_for(held, filed, policy), wanted)
        for worker in listed:
            self.propose(worker, BY_OFFICE, rules)

    def room_for(self, held: list[InformalWorker], filed: list[InformalWorker], policy: Policy) -> list[int]:
        """How many candidates each kelurahan may send for its own quota."""
        own = quotas_of(self.kelurahan, policy.places_next, policy)
        known = zip(own, counted(self.kelurahan, held), counted(self.kelurahan, filed), strict=True)
        return [
            candidates_wanted(quota - taken, files, policy.candidates_ppm) for quota, taken, files in known
        ]

    def verify(self, rules: Rules) -> None:
        """The month's work at the verifying desk, in the order in which the files came."""
        policy, month = rules.terms.policy, rules.moment.month
        delay = verification_delay(policy, rules.terms.chances)
        due = [file for file in self.with_status(PROPOSED) if month - file.since >= delay]
        files, rest = first_of(by_month(due, "since", rules), policy.verification_capacity)
        self.book(ROW.verification_backlog, rules.moment.elapsed, len(rest))
        self.book_checks(files, rules)
        for worker in files:
            worker.refusal, worker.since = worker.be_examined(rules), month
            worker.status = IN_REGISTRATION if worker.refusal == ELIGIBLE else NOT_LISTED
            if worker.refusal != ELIGIBLE:
                self.book(refusal_row(worker.refusal), rules.moment.elapsed)
                self.tell("refusal", worker, rules, reason=worker.refusal)
            else:
                self.hand_over(worker, rules)

    def hand_over(self, worker: InformalWorker, rules: Rules) -> None:
        """Hand a file to the registering desk; between two desks some get lost."""
        drawn = worker.draw(rules.moment.month, chance.DECISION_HANDOVER)
        if is_lost_in_handover(drawn, rules.terms.policy, rules.terms.chances):
            worker.status = NOT_LISTED
            self.book(ROW.lost_in_handover, rules.moment.elapsed)
            self.tell("file_lost", worker, rules)
        else:
            self.tell("acceptance", worker, rules)
