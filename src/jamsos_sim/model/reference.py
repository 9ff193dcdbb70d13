"""The model to read: informal workers and offices as Mesa agents.

It walks the same steps in the same order as the kernel and calls the same rules with the same draws, so its
ledger equals the kernel's, number for number. The kernel runs the ensembles; this one explains them.
"""

from collections import Counter
from functools import partial

import mesa
from mesa import DataCollector

from jamsos_sim.law.eligibility import is_age_admitted
from jamsos_sim.model.agents import Community, InformalWorker
from jamsos_sim.model.beginning import city_of
from jamsos_sim.model.cells import CELL, is_stock_month
from jamsos_sim.model.events import CLOSED, Diary
from jamsos_sim.model.headcount import Headcount
from jamsos_sim.model.insurer import Insurer
from jamsos_sim.model.kelurahan import Kelurahan
from jamsos_sim.model.ledger import ROW, Rows, Totals
from jamsos_sim.model.manpower import ManpowerOffice
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.offices import SocialAffairsOffice
from jamsos_sim.model.paymaster import Treasury
from jamsos_sim.model.status import (
    DEAD,
    FILED,
    IN_DELIBERATION,
    IN_REGISTRATION,
    INFORMAL,
    PROPOSED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.budget_lines import desk_within_money, meetings_within_money
from jamsos_sim.model.steps.close_books import (
    is_entitled,
    is_rightly_recorded,
    is_vulnerable,
    is_within_criteria,
)
from jamsos_sim.model.steps.earn import is_quarter_end
from jamsos_sim.model.steps.justice import count_committed, is_year_end
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import World
from jamsos_sim.population.workers import FEMALE
from jamsos_sim.scenario import Scenario


class JamsosModel(mesa.Model):
    """The city's programme as a Mesa model; `run_month` walks one month.

    All chance is addressed (see `jamsos_sim.chance`); Mesa's own generator is never asked.
    """

    def __init__(self, world: World, diary: Diary = CLOSED) -> None:
        super().__init__(rng=world.seed)
        self.city = city_of(world, diary)
        self.communities = [
            Community(self, self.city, number) for number in range(self.city.communities.key.size)
        ]
        self.workers = [
            InformalWorker(self, self.city, number, self.communities[community])
            for number, community in enumerate(self.city.people.community.tolist())
        ]
        self.kelurahan = [
            Kelurahan(self, self.city, number, self.workers)
            for number in range(self.city.territory.residents.size)
        ]
        self.social_affairs = SocialAffairsOffice(self, self.city, self.workers, self.kelurahan)
        self.manpower = ManpowerOffice(self, self.city, self.workers, self.kelurahan)
        self.treasury = Treasury(self, self.city, self.workers)
        self.insurer = Insurer(self, self.city, self.workers, self.kelurahan)
        self.social_affairs.insurer = self.manpower.insurer = self.insurer
        self.headcount = Headcount(self, self.city, self.workers)
        self.month_index = 0
        self.datacollector = DataCollector(
            model_reporters={name: partial(booked, row=getattr(ROW, name)) for name in Rows._fields}
        )

    def run_month(self, rules: Rules) -> None:
        """Walk the steps of one month and collect its line of the ledger."""
        self.month_index = rules.moment.elapsed
        for step in MONTH:
            getattr(self, step)(rules)
        self.datacollector.collect(self)

    def age(self, rules: Rules) -> None:
        for worker in self.workers:
            self.headcount.see_age(worker, rules)

    def move(self, rules: Rules) -> None:
        for worker in self.workers:
            self.headcount.see_move(worker, rules)

    def refresh_registry(self, rules: Rules) -> None:
        self.social_affairs.drop_settled(rules)
        self.social_affairs.end_terms(rules)
        if rules.terms.policy.is_refresh_month:
            self.social_affairs.refresh_registry(rules)
        if rules.terms.policy.is_recheck_month:
            self.social_affairs.check_list(rules)

    def hear(self, rules: Rules) -> None:
        rules = rules._replace(terms=meetings_within_money(self.city, rules.moment, rules.terms))
        self.social_affairs.hold_meetings(self.communities, rules)
        for community in self.communities:
            community.gather(rules)
        for worker in self.workers:
            worker.hear(rules)

    def propose(self, rules: Rules) -> None:
        self.social_affairs.support(rules)
        if rules.terms.policy.is_count_month:
            for kelurahan in self.kelurahan:
                kelurahan.count_poor(rules)
        self.social_affairs.receive_applicants(rules)
        self.social_affairs.receive_returners(rules)
        self.manpower.register_groups(self.communities, rules)
        if rules.terms.policy.is_list_month:
            self.social_affairs.push_list(rules)

    def verify(self, rules: Rules) -> None:
        for kelurahan in self.kelurahan:
            kelurahan.deliberate(rules)
        self.social_affairs.verify(
            rules._replace(terms=desk_within_money(self.city, rules.moment, rules.terms))
        )
        self.manpower.register(rules)

    def admit(self, rules: Rules) -> None:
        self.treasury.receive_money(rules)
        self.manpower.cut_places(rules, self.treasury.person_months(rules))
        self.manpower.admit(rules, self.treasury.person_months(rules))

    def contribute(self, rules: Rules) -> None:
        self.treasury.pay(rules)
        for worker in self.workers:
            if worker.status == SELF_PAYING:
                self.insurer.collect(worker, rules)
        self.treasury.close_month(rules)

    def face_risk(self, rules: Rules) -> None:
        for worker in self.workers:
            worker.face_risk(rules, self.city)
            self.insurer.book_event(worker.event, rules)

    def claim(self, rules: Rules) -> None:
        self.insurer.settle(rules)
        self.treasury.pay_death_grants(rules)

    def close_books(self, rules: Rules) -> None:
        for worker in self.workers:
            self.count(worker, rules)
            if is_stock_month(self.city, rules.moment):
                self.count_in_cells(worker, rules)
        if is_year_end(rules.moment.month):
            self.count_shared_out(rules)
        count_committed(self.city.ledger, rules.moment.elapsed)

    def count_in_cells(self, worker: InformalWorker, rules: Rules) -> None:
        """Count in cells how one person stands at the end of a year, and what the year has brought."""
        terms, count = rules.terms, partial(self.insurer.count, worker=worker, rules=rules)
        entitled = is_entitled(worker.presence, worker.decile, worker.is_insured_elsewhere, terms.chances)
        is_admitted = is_age_admitted(worker.age, terms.policy.minimum_age, rules.law)
        is_enrolled = worker.status == SPONSORED
        is_listed = worker.status in (SPONSORED, SETTLED)
        vulnerable = is_vulnerable(worker.presence, worker.decile, terms.chances)
        count(CELL.informal_workers, amount=worker.presence == INFORMAL)
        count(CELL.vulnerable_workers, amount=vulnerable)
        count(CELL.entitled_workers, amount=entitled and (is_enrolled or is_admitted))
        count(CELL.entitled_enrolled, amount=entitled and is_enrolled)
        count(CELL.people_left_out, amount=entitled and is_admitted and not is_enrolled)
        count(CELL.enrolled, amount=is_listed)
        count(CELL.wrongly_enrolled, amount=is_listed and not (entitled and is_enrolled))
        count(CELL.waiting, amount=worker.status == WAITING)
        count(CELL.covered_person_months, amount=worker.year_covered)
        count(CELL.paid_person_months, amount=worker.year_paid)
        count(CELL.wrongly_paid_months, amount=worker.year_wrong)
        count(CELL.contributions_paid, amount=worker.year_contributed)
        worker.year_covered = worker.year_paid = worker.year_wrong = worker.year_contributed = 0

    def count_shared_out(self, rules: Rules) -> None:
        """Count women, those past the age of registration and welfare ranks among the informal workers and
        among those of them on the list.
        """
        index = rules.moment.elapsed
        working = [worker for worker in self.workers if worker.presence == INFORMAL]
        in_decile = Counter(worker.decile for worker in working)
        for worker in working:
            self.insurer.book(ROW.women_working, index, worker.sex == FEMALE)
            if worker.status in (SPONSORED, SETTLED):
                lower = sum(count for decile, count in in_decile.items() if decile < worker.decile)
                self.insurer.book(ROW.women_enrolled, index, worker.sex == FEMALE)
                self.insurer.book(ROW.enrolled_past_age, index, worker.age >= rules.law.maximum_age)
                self.insurer.book(ROW.ranks_of_enrolled, index, 2 * lower + in_decile[worker.decile])

    def count(self, worker: InformalWorker, rules: Rules) -> None:
        """Count one person in the month's stocks."""
        index = rules.moment.elapsed
        add = self.insurer.book
        vulnerable = is_vulnerable(worker.presence, worker.decile, rules.terms.chances)
        add(ROW.informal_workers, index, worker.presence == INFORMAL)
        add(ROW.former_workers, index, is_here(worker.presence) and worker.presence != INFORMAL)
        add(ROW.vulnerable_workers, index, vulnerable)
        add(ROW.in_deliberation, index, worker.status == IN_DELIBERATION)
        add(ROW.in_verification, index, worker.status == PROPOSED)
        add(ROW.in_registration, index, worker.status == IN_REGISTRATION)
        if worker.status in (*FILED, WAITING):
            self.manpower.book_delay(ROW.queue_over_3_months, worker, rules)
        add(ROW.waiting, index, worker.status == WAITING)
        add(ROW.self_paying, index, worker.status == SELF_PAYING)
        if worker.presence == INFORMAL and worker.income_gain_in(rules) > 0:
            add(ROW.trained_at_work, index)
            add(ROW.training_income_gain, index, worker.income_gain_in(rules))
        self.compare_record(worker, rules)
        if worker.status in (SPONSORED, SETTLED):
            covered = worker.cover(rules).is_covered
            add(ROW.enrolled, index)
            add(ROW.vulnerable_enrolled, index, vulnerable)
            add(ROW.enrolled_not_vulnerable, index, worker.presence == INFORMAL and not vulnerable)
            add(ROW.enrolled_not_found, index, worker.presence != INFORMAL)
            add(ROW.covered_person_months, index, worker.presence != DEAD and covered)
            worker.year_covered += worker.presence != DEAD and covered
        is_working = worker.status == SPONSORED and worker.presence == INFORMAL
        if is_working and is_quarter_end(rules.moment.month):
            self.insurer.weigh(worker, ROW.recipients_strained, rules)

    def compare_record(self, worker: InformalWorker, rules: Rules) -> None:
        """Hold what the registry says of a person, and the list, against the truth."""
        index, terms, law = rules.moment.elapsed, rules.terms, rules.law
        add, enrolled = self.insurer.book, worker.status == SPONSORED
        entitled = is_entitled(worker.presence, worker.decile, worker.is_insured_elsewhere, terms.chances)
        rightly = is_rightly_recorded(worker.presence, worker.decile, terms.chances)
        is_meant = entitled and (enrolled or is_age_admitted(worker.age, terms.policy.minimum_age, law))
        listed = is_within_criteria(worker.presence, worker.record, terms.policy, law)
        add(ROW.entitled_workers, index, is_meant)
        add(ROW.entitled_enrolled, index, entitled and enrolled)
        add(ROW.entitled_off_register, index, is_meant and not listed and not enrolled)
        add(ROW.records_within_criteria, index, listed)
        add(ROW.records_not_vulnerable, index, listed and not rightly)


def booked(model: JamsosModel, row: int) -> int:
    """What stands in a row of the ledger in the model's current month."""
    return int(model.city.ledger[row, model.month_index])


def run_reference(scenario: Scenario, world: World, diary: Diary = CLOSED) -> Totals:
    """Simulate a scenario in a world with agents; the ledger, quantity by month.

    An open diary takes the run's events.
    """
    model = JamsosModel(world, diary)
    for rules in rules_of(scenario, world):
        model.run_month(rules)
    return model.city.ledger
