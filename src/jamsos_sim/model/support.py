"""The support programmes of the Social Affairs office in the model to read: courses, parcels, contact."""

from jamsos_sim.model.agent_queue import Queue, first_of
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.events import RECEIVERS, WITH_HELP
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.office_work import Office
from jamsos_sim.model.queue import queue_key
from jamsos_sim.model.status import BAKING, FORMAL, NEVER, UNTRAINED
from jamsos_sim.model.steps.support_parcels import GROUPS, cost_of_parcel, parcel_rank, parcel_row, parcels_of
from jamsos_sim.model.steps.support_training import (
    COURSES,
    course_cost,
    course_rank,
    places_of,
    trained_row,
)
from jamsos_sim.model.terms import Rules


class SupportProgrammes(Office):
    """An office that trains people and brings food parcels to families."""

    def support(self, rules: Rules) -> None:
        """Courses and parcels of a month, and the first contact that they bring."""
        met = self.hold_courses(rules) + self.hand_out_parcels(rules)
        for worker in met:
            self.meet(worker, rules)

    def hold_courses(self, rules: Rules) -> list[InformalWorker]:
        """Hold the courses of the month; those who had never met the office before."""
        met: list[InformalWorker] = []
        for course in COURSES:
            places = places_of(course, rules.terms.policy.support)
            queue = self.invited(course, rules) if places > 0 else []
            for worker in first_of(queue, places)[0]:
                self.train(worker, course, rules)
                if worker.parcel_month == NEVER:
                    met.append(worker)
        return met

    def invited(self, course: int, rules: Rules) -> Queue:
        """Everybody whom the office may invite to a course, in its order."""
        priority = rules.terms.policy.support.course_priority
        return [
            (
                queue_key(
                    course_rank(priority, worker.recorded_decile, worker.status),
                    worker.support_order,
                    worker.number,
                ),
                worker,
            )
            for worker in self.workers
            if worker.may_be_trained(course, rules)
        ]

    def train(self, worker: InformalWorker, course: int, rules: Rules) -> None:
        """One place in a course."""
        index, cost = (
            rules.moment.elapsed,
            course_cost(course, rules.terms.policy.support, rules.terms.support),
        )
        worker.attend(course, rules)
        self.book(trained_row(course), index)
        self.book(ROW.training_cost, index, cost)
        self.book(ROW.courses_completed, index, worker.trained_since != NEVER)
        self.book(ROW.trained_to_formal, index, worker.presence == FORMAL)
        self.book(ROW.left_for_formal, index, worker.presence == FORMAL)
        reason, receiver = course - BAKING, RECEIVERS["course"]
        self.pay_from_city("course", worker, rules, reason=reason, receiver=receiver, amount=cost)
        if worker.trained_since != NEVER:
            self.tell("course_completed", worker, rules)
        if worker.presence == FORMAL:
            self.tell("formal_work", worker, rules)

    def hand_out_parcels(self, rules: Rules) -> list[InformalWorker]:
        """Hand out the parcels of the month; those who had never met the office before."""
        met: list[InformalWorker] = []
        for group in GROUPS:
            parcels = parcels_of(group, rules.terms.policy.support)
            queue = self.families(group, rules) if parcels > 0 else []
            for worker in first_of(queue, parcels)[0]:
                if worker.parcel_month == NEVER and worker.training == UNTRAINED:
                    met.append(worker)
                self.bring_parcel(worker, group, rules)
        return met

    def families(self, group: int, rules: Rules) -> Queue:
        """All families of a group without a parcel this month, in the regulation's order."""
        start = rules.moment.month - rules.moment.elapsed
        priority = rules.terms.policy.support.parcel_priority
        return [
            (
                queue_key(
                    parcel_rank(priority, worker.recorded_decile, worker.parcel_month - start),
                    worker.support_order,
                    worker.number,
                ),
                worker,
            )
            for worker in self.workers
            if worker.may_get_parcel(group, rules)
        ]

    def bring_parcel(self, worker: InformalWorker, group: int, rules: Rules) -> None:
        """One parcel for one family."""
        index, cost = rules.moment.elapsed, cost_of_parcel(worker.hardship, rules.terms.support)
        worker.parcel_month = rules.moment.month
        self.book(parcel_row(group), index)
        self.book(ROW.parcels_cost, index, cost)
        self.book(ROW.parcels_income_gain, index, rules.terms.support.parcel_income)
        reason, receiver = GROUPS.index(group), RECEIVERS["parcel"]
        self.pay_from_city("parcel", worker, rules, reason=reason, receiver=receiver, amount=cost)

    def meet(self, worker: InformalWorker, rules: Rules) -> None:
        """Somebody's first contact with the office."""
        index, was_aware = rules.moment.elapsed, worker.is_aware
        self.book(ROW.contacts, index)
        worker.learn_at_contact(rules)
        is_informed = worker.is_aware and not was_aware
        self.book(ROW.informed_at_contact, index, is_informed)
        self.tell("contact", worker, rules, reason=int(is_informed))
        if worker.registers_with_help(rules):
            self.book(ROW.helped_registrations, index)
            self.propose(worker, WITH_HELP, rules)
