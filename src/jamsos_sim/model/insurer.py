"""The insurer as an agent of the model to read: matches candidates with its members, settles deaths and
accidents.
"""

from jamsos_sim.law.scholarship import scholarship_of_family
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.cells import CELL, family_cell, year_place
from jamsos_sim.model.events import (
    FILED_ALONE,
    PARTY,
    QUEUED,
    RECEIVERS,
    SELF_PAYING_MEMBER,
    family_code,
    relief_code,
)
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.office_work import Office
from jamsos_sim.model.status import (
    ACCIDENT,
    DEATH,
    INFORMAL,
    NEVER,
    RETIRED,
    SELF_PAYING,
    SPONSORED,
    TOTAL,
    WORK_DEATH,
)
from jamsos_sim.model.steps.claim import (
    Case,
    Claim,
    accident_claim,
    age_of_child,
    cell_row,
    death_claim,
    family_row,
    full_death_benefit,
    gap_waiting_loss,
    is_vulnerable_family,
    status_after_death,
    unprotected_loss,
)
from jamsos_sim.model.steps.earn import is_strained
from jamsos_sim.model.steps.examine import book_checks, is_matched
from jamsos_sim.model.steps.heirs_wait import Waiting, late_claim, status_after_late_claim
from jamsos_sim.model.steps.help_claims import asks_for_help
from jamsos_sim.model.steps.household import (
    aftermath_of,
    full_benefit,
    household_cell,
    household_row,
    is_within_reach,
    standing_of,
)
from jamsos_sim.model.steps.injury import Luck, injury_of, severity_of
from jamsos_sim.model.steps.tell_claim import (
    Told,
    member_of,
    member_of_claim,
    tell_claim,
    tell_late_claim,
)
from jamsos_sim.model.terms import Rules
from jamsos_sim.units import MONTHS_PER_YEAR


class Insurer(Office):
    """BPJS Ketenagakerjaan: matches candidates with its members, settles what befalls these, and says what
    would have been paid to the others.
    """

    def match(self, people: list[InformalWorker], rules: Rules) -> None:
        """Match candidates or recipients with its members (pemadanan), where the regulation asks for it."""
        if not is_matched(rules.terms.policy):
            return
        book_checks(self.city, rules.moment, rules.terms, (len(people), 0, 0))
        cost, receiver = rules.terms.costs.insurer_check, RECEIVERS["insurer_check"]
        for worker in people:
            self.pay_from_city("insurer_check", worker, rules, amount=cost, receiver=receiver)

    def settle(self, rules: Rules) -> None:
        """All events of the month and what follows from them."""
        for kelurahan in self.kelurahan:
            kelurahan.helped = 0
            for heirs in kelurahan.help_waiting(rules):
                self.settle_late(heirs, rules)
        befallen = [worker for worker in self.workers if worker.event != NEVER]
        for worker in sorted(befallen, key=lambda each: (each.order, each.number)):
            case, luck = worker.case(rules), worker.luck(rules)
            policy, is_covered = rules.terms.policy, case.cover.is_covered
            has_asked = asks_for_help(case.event, case.status, is_covered, luck.assistance, policy)
            if has_asked:
                is_helped = self.kelurahan[worker.kelurahan].help_with_claim(worker, rules)
                case = case._replace(is_helped=is_helped)
            is_claimed = self.settle_case(worker, case, luck, rules)
            if has_asked and not case.is_helped:
                self.let_wait(worker, case, luck, rules, is_claimed)
        waiting = sum(len(kelurahan.heirs) for kelurahan in self.kelurahan)
        self.book(ROW.heirs_waiting, rules.moment.elapsed, waiting)

    def let_wait(
        self, worker: InformalWorker, case: Case, luck: Luck, rules: Rules, is_claimed: bool
    ) -> None:
        """Heirs for whom the cadres had no time have filed by themselves, or wait."""
        self.tell("claim_unassisted", worker, rules, reason=FILED_ALONE if is_claimed else QUEUED)
        if not is_claimed:
            self.kelurahan[worker.kelurahan].let_wait(worker, case, luck, rules)

    def settle_late(self, heirs: Waiting, rules: Rules) -> None:
        """The case of heirs whom the cadres have helped after they had waited."""
        worker, late = self.workers[heirs.person], late_claim(heirs, rules.moment.month)
        if late.claim.row == NEVER:
            return
        self.book_claim(worker, late.claim, heirs.rules)
        worker.community.claim_month = rules.moment.month
        worker.status = status_after_late_claim(worker.status)
        tell_late_claim(self.city.diary, heirs, late, worker.children)
        if late.family != NEVER:
            self.book_family_as(ROW.families_not_claimed, worker, heirs.rules, -1)
            self.book_family_as(late.family, worker, heirs.rules)
            self.book(ROW.gap_waiting_loss, heirs.rules.moment.elapsed, late.gap_loss)

    def settle_case(self, worker: InformalWorker, case: Case, luck: Luck, rules: Rules) -> bool:
        """One case: claim, payment, family; whether it is claimed."""
        terms, law, index = rules.terms, rules.law, rules.moment.elapsed
        if case.event == ACCIDENT:
            claim = accident_claim(case, luck, terms, law)
            if injury_of(luck, terms.severity).severity == TOTAL:
                worker.be_at(RETIRED, rules.moment.month)
                self.book(ROW.disabled, index)
        else:
            claim = death_claim(case, luck, terms, law)
            if claim.row != NEVER:
                worker.status = status_after_death(worker.status)
        self.book(ROW.occupational_diseases, index, case.is_disease)
        self.book_household(worker, case, luck, claim.amount + claim.offset, rules)
        family = self.book_family(worker, case, claim, rules)
        self.tell_event(worker, case, luck, family, rules)
        loss = unprotected_loss(case, luck, terms, law)
        self.book(ROW.unprotected_loss, index, loss)
        self.count(cell_row(case.event), worker, rules)
        self.count(CELL.unprotected_loss, worker, rules, loss)
        self.tell_loss("loss", worker, loss, rules)
        if claim.row != NEVER:
            self.book_claim(worker, claim, rules)
            self.tell_claim(worker, case, claim, luck, rules)
        return claim.row != NEVER

    def book_family(self, worker: InformalWorker, case: Case, claim: Claim, rules: Rules) -> int:
        """Count what became of the family of a vulnerable worker who died; its row, or `NEVER` for others."""
        if not is_vulnerable_family(case, rules.terms.chances):
            return NEVER
        full = full_death_benefit(case.event, rules.terms.policy.declared_base, rules.law)
        lost = gap_waiting_loss(case, claim, rules.law)
        row = family_row(case, claim, full, lost)
        self.book_family_as(row, worker, rules)
        self.book(ROW.gap_waiting_loss, rules.moment.elapsed, lost)
        self.tell_loss("gap_loss", worker, lost, rules)
        return row

    def book_family_as(self, row: int, worker: InformalWorker, rules: Rules, families: int = 1) -> None:
        """Count a family in a row of the ledger and in its cells, in the month of the death."""
        self.book(row, rules.moment.elapsed, families)
        self.count(family_cell(row), worker, rules, families)

    def tell_loss(self, kind: str, worker: InformalWorker, loss: int, rules: Rules) -> None:
        """Write what was not paid into the list of events."""
        if loss:
            self.tell(kind, worker, rules, reason=worker.event, amount=loss)

    def tell_event(self, worker: InformalWorker, case: Case, luck: Luck, family: int, rules: Rules) -> None:
        """Write a death or an accident into the list of events."""
        member = member_of(case.cover.is_covered, case.is_self_paid)
        if case.event == ACCIDENT:
            severity = severity_of(luck.severity, rules.terms.severity)
            self.tell("accident", worker, rules, reason=severity, member=member)
        else:
            code = family_code(family)
            self.tell("death", worker, rules, reason=case.event, member=member, family=code)

    def tell_claim(self, worker: InformalWorker, case: Case, claim: Claim, luck: Luck, rules: Rules) -> None:
        """Write a claim and all its payments into the list of events."""
        told = Told(
            month=rules.moment.month,
            payment_month=rules.moment.month + claim.delay,
            person=worker.number,
            event=case.event,
            member=member_of_claim(claim.row, member_of(case.cover.is_covered, case.is_self_paid)),
            consecutive_months=case.cover.consecutive_months,
            injury=injury_of(luck, rules.terms.severity) if case.event == ACCIDENT else None,
            has_scholarship=claim.has_scholarship,
            children=worker.children,
            offset=claim.offset,
        )
        tell_claim(self.city.diary, told, rules.terms.policy.declared_base, rules.law)

    def receive(self, worker: InformalWorker, contribution: int, rules: Rules) -> None:
        """Take a self-payer's contribution; who has paid nothing has lapsed."""
        self.book(ROW.self_contributions, rules.moment.elapsed, contribution)
        worker.year_contributed += contribution
        if worker.status != SELF_PAYING:
            self.tell("lapse", worker, rules)
            return
        relief = rules.terms.prices.unrelieved - contribution
        self.book(ROW.self_paid_relief, rules.moment.elapsed, relief)
        if relief:
            self.tell("relief", worker, rules, reason=relief_code(ROW.self_paid_relief), amount=relief)
        paid = {"amount": contribution, "payer": PARTY["worker"], "receiver": PARTY["insurer"]}
        month, member = rules.moment.month, SELF_PAYING_MEMBER
        self.tell("contribution", worker, rules, payment_month=month, member=member, **paid)

    def book_household(self, worker: InformalWorker, case: Case, luck: Luck, paid: int, rules: Rules) -> None:
        """Count the household of a case, and where it stands against the poverty line."""
        terms, law, row = rules.terms, rules.law, household_row(case.event)
        is_member = case.cover.is_covered or case.status in (SPONSORED, SELF_PAYING)
        is_admissible = not (case.is_insured_elsewhere or case.is_too_old)
        if not is_within_reach(case.event, case.decile, is_member, is_admissible, terms.chances):
            return
        home = worker.home(rules)
        aftermath = aftermath_of(case.event, home, luck, terms, law)
        full = full_benefit(case.event, luck, terms, law)
        standing = standing_of(home, aftermath, paid, full, terms.households)
        for beside, count in enumerate((1, *standing)):
            self.book(row + beside, rules.moment.elapsed, count)
        cell = household_cell(case.event)
        for beside, count in enumerate((1, standing.without_cover, standing.as_it_is)):
            self.count(cell + beside, worker, rules, count)

    def collect(self, worker: InformalWorker, rules: Rules) -> None:
        """Take the contribution of a self-payer, or see a lapse."""
        index, is_asked = rules.moment.elapsed, worker.presence == INFORMAL
        if is_asked:
            self.weigh(worker, ROW.self_payers_strained, rules)
        self.receive(worker, worker.pay_alone(rules), rules)
        self.book(ROW.self_payers_lapsed, index, is_asked and worker.status != SELF_PAYING)

    def weigh(self, worker: InformalWorker, row: int, rules: Rules) -> None:
        """Book what the contribution weighs on a worker, in four rows."""
        index, burden = rules.moment.elapsed, worker.burden(rules, worker.spared(rules))
        self.book(row, index, is_strained(burden, rules.terms.earnings))
        self.book(row + 1, index, burden.price)
        self.book(row + 2, index, burden.income)
        self.book(row + 3, index)

    def book_event(self, event: int, rules: Rules) -> None:
        """Count a death or an accident, insured or not."""
        index = rules.moment.elapsed
        self.book(ROW.deaths, index, event not in (NEVER, ACCIDENT))
        self.book(ROW.worker_deaths, index, event in (DEATH, WORK_DEATH))
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
        self.book(claim.row + 2, index + claim.delay, claim.delay)
        year = year_place(rules.moment, index + claim.delay)
        self.count_at(CELL.claims, worker, year)
        self.count_at(CELL.benefits_paid, worker, year, claim.amount)
        if not claim.has_scholarship:
            return
        first, second = (age_of_child(birth, month, month + claim.delay) for birth in worker.children)
        for year in range(rules.law.scholarship_end_age):
            amount = scholarship_of_family(first, second, year, rules.law)
            self.book(ROW.scholarships_promised, index + claim.delay, amount)
            paid = index + claim.delay + year * MONTHS_PER_YEAR
            if paid < last:
                self.book(claim.row + 1, paid, amount)
                self.book(ROW.scholarships_paid, paid, amount)
                self.count_at(CELL.benefits_paid, worker, year_place(rules.moment, paid), amount)
