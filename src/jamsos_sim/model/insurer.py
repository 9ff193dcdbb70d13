"""The insurer as an agent of the model to read: settles deaths and accidents."""

from jamsos_sim.law.scholarship import scholarship_of_family
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.offices import Office
from jamsos_sim.model.status import ACCIDENT, INFORMAL, NEVER, RETIRED, SELF_PAYING, TOTAL, WORK_DEATH
from jamsos_sim.model.steps.claim import (
    Case,
    Claim,
    accident_claim,
    age_of_child,
    death_claim,
    family_row,
    full_benefit,
    full_death_benefit,
    gap_waiting_loss,
    is_helped,
    is_vulnerable_family,
    is_within_reach,
    status_after_death,
    unprotected_loss,
)
from jamsos_sim.model.steps.earn import is_strained
from jamsos_sim.model.steps.household import aftermath_of, household_row, standing_of
from jamsos_sim.model.steps.injury import Luck, injury_of
from jamsos_sim.model.terms import Rules
from jamsos_sim.units import MONTHS_PER_YEAR


class Insurer(Office):
    """BPJS Ketenagakerjaan: settles what befalls its members, and what would have been paid to the others."""

    def settle(self, rules: Rules) -> None:
        """All events of the month and what follows from them."""
        for worker in self.workers:
            if worker.event != NEVER:
                self.settle_case(worker, worker.case(rules), worker.luck(rules), rules)

    def settle_case(self, worker: InformalWorker, case: Case, luck: Luck, rules: Rules) -> None:
        """One case: claim, payment, family."""
        terms, law, index = rules.terms, rules.law, rules.moment.elapsed
        if case.event == ACCIDENT:
            claim = accident_claim(case, luck, terms, law)
            if injury_of(luck, terms.severity).severity == TOTAL:
                worker.be_at(RETIRED, rules.moment.month)
        else:
            claim = death_claim(case, luck, terms, law)
            if claim.row != NEVER:
                worker.status = status_after_death(worker.status)
        if is_vulnerable_family(case, terms.chances):
            full = full_death_benefit(case.event, terms.policy.declared_base, law)
            lost = gap_waiting_loss(case, claim, law)
            self.book(family_row(case, claim, full, lost), index)
            self.book(ROW.gap_waiting_loss, index, lost)
        self.book(ROW.occupational_diseases, index, case.is_disease)
        if is_helped(case, luck, terms.policy):
            self.book(ROW.assisted_claims, index)
            self.book(ROW.assistance_cost, index, terms.costs.assistance)
        self.book(ROW.unprotected_loss, index, unprotected_loss(case, luck, terms, law))
        if is_within_reach(case, terms.chances):
            self.book_household(worker, case, luck, claim.amount, rules)
        if claim.row != NEVER:
            self.book_claim(worker, claim, rules)

    def book_household(self, worker: InformalWorker, case: Case, luck: Luck, paid: int, rules: Rules) -> None:
        """Count the household of a case, and where it stands against the poverty line."""
        terms, law, row = rules.terms, rules.law, household_row(case.event)
        home = worker.home(rules)
        aftermath = aftermath_of(case.event, home, luck, terms, law)
        full = full_benefit(case, luck, terms, law)
        standing = standing_of(home, aftermath, paid, full, terms.households)
        for beside, count in enumerate((1, *standing)):
            self.book(row + beside, rules.moment.elapsed, count)

    def collect(self, worker: InformalWorker, rules: Rules) -> None:
        """Take the contribution of a self-payer, or see a lapse."""
        index, is_asked = rules.moment.elapsed, worker.presence == INFORMAL
        if is_asked:
            self.weigh(worker, ROW.self_payers_strained, rules)
        paid = worker.pay_alone(rules)
        self.book(ROW.self_contributions, index, paid)
        self.book(ROW.self_payers_lapsed, index, is_asked and worker.status != SELF_PAYING)

    def weigh(self, worker: InformalWorker, row: int, rules: Rules) -> None:
        """Book what the contribution weighs on a worker, in four rows."""
        index, burden = rules.moment.elapsed, worker.burden(rules)
        self.book(row, index, is_strained(burden, rules.terms.earnings))
        self.book(row + 1, index, burden.price)
        self.book(row + 2, index, burden.income)
        self.book(row + 3, index)

    def book_event(self, event: int, rules: Rules) -> None:
        """Count a death or an accident, insured or not."""
        index = rules.moment.elapsed
        self.book(ROW.deaths, index, event not in (NEVER, ACCIDENT))
        self.book(ROW.work_deaths, index, event == WORK_DEATH)
        self.book(ROW.accidents, index, event == ACCIDENT)

    def book_claim(self, worker: InformalWorker, claim: Claim, rules: Rules) -> None:
        """Book a claim in the month of its payment, and scholarships every year from then on."""
        month, index = rules.moment
        worker.community.claim_month = month
        last = self.city.ledger.shape[1]
        if index + claim.delay >= last:
            return
        self.book(claim.row, index + claim.delay)
        self.book(claim.row + 1, index + claim.delay, claim.amount)
        if not claim.has_scholarship:
            return
        first, second = (age_of_child(birth, month, month + claim.delay) for birth in worker.children)
        for years, paid in enumerate(range(index + claim.delay, last, MONTHS_PER_YEAR)):
            amount = scholarship_of_family(first, second, years, rules.law)
            self.book(claim.row + 1, paid, amount)
            self.book(ROW.scholarships_paid, paid, amount)
