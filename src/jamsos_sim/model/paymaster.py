"""The treasury as an agent of the model to read: what each payer may spend, and whose month it pays."""

from jamsos_sim import chance
from jamsos_sim.model.agent_queue import by_month, first_of
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.events import (
    FUNDER_PARTIES,
    NOBODY,
    PARTY,
    RECEIVERS,
    SPONSORED_MEMBER,
    relief_code,
    tell_money,
    wrong_code,
)
from jamsos_sim.model.ledger import APPROPRIATIONS, CONTRIBUTIONS, ROW, UNSPENT
from jamsos_sim.model.office_work import Office
from jamsos_sim.model.status import ACCIDENT, NEVER, SPONSORED
from jamsos_sim.model.steps.budget_lines import book_administration
from jamsos_sim.model.steps.death_grant import book_grants, draws_grant, event_of_grant
from jamsos_sim.model.steps.prices import payer_price, payer_relief, relief_row, rest_price, rest_relief
from jamsos_sim.model.steps.treasury import (
    NO_MONEY,
    after_payment_of,
    book_unspent,
    dearest,
    is_paid_now,
    months_carried,
    payers_in_order,
    person_months,
    receive_money,
)
from jamsos_sim.model.steps.wrongly_paid import wrong_row
from jamsos_sim.model.terms import Rules
from jamsos_sim.units import PARTS_PER_MILLION


class Treasury(Office):
    """The city's treasury (kas daerah), which also hands on what others pay for recipients."""

    accounts = NO_MONEY

    def receive_money(self, rules: Rules) -> None:
        """Take over the month's budget decisions."""
        self.accounts = receive_money(self.accounts, self.city.ledger, rules.terms.policy, rules.moment)
        tell_money(self.city, rules.moment, "appropriation", APPROPRIATIONS)
        tell_money(self.city, rules.moment, "revision", (ROW.appropriation_revision,))

    def person_months(self, rules: Rules) -> int:
        """Person-months that the money of all payers carries."""
        return person_months(self.accounts, rules.terms)

    def pay(self, rules: Rules) -> None:
        """Pay for everybody on the list: longest enrolled first, one payer after the other."""
        index, policy = rules.moment.elapsed, rules.terms.policy
        recipients = self.with_status(SPONSORED)
        if not is_paid_now(len(recipients), self.person_months(rules), policy):
            self.leave_unfunded(recipients if policy.is_paid_month else [], rules)
            return
        paying = [worker for worker in recipients if worker.pays_rest(rules)]
        self.book(ROW.rest_unpaid_months, index, len(recipients) - len(paying))
        for worker in set(recipients) - set(paying):
            self.tell("own_part_unpaid", worker, rules)
        queue = by_month(paying, "enrolled_since", rules)
        for funder in payers_in_order(policy):
            price = dearest(funder, rules.terms.prices)
            paid, _ = first_of(queue, months_carried(self.accounts[funder].left, price))
            for worker in paid:
                self.pay_month(worker, funder, rules)
            taken = set(paid)
            queue = [place for place in queue if place[1] not in taken]
        self.leave_unfunded([worker for _, worker in queue], rules)

    def leave_unfunded(self, recipients: list[InformalWorker], rules: Rules) -> None:
        """Count the months that nobody has money for."""
        self.book(ROW.unfunded_person_months, rules.moment.elapsed, len(recipients))
        for worker in recipients:
            self.tell("unfunded_month", worker, rules)

    def pay_month(self, worker: InformalWorker, funder: int, rules: Rules) -> None:
        """One payer pays one recipient's month; the recipient pays the rest."""
        index, terms = rules.moment.elapsed, rules.terms
        price = payer_price(funder, worker.sector, terms.prices)
        self.accounts = after_payment_of(self.accounts, funder, price)
        worker.become_paid(rules, is_self_paid=False)
        wrong = wrong_row(worker.presence, worker.is_insured_elsewhere, worker.decile, terms.chances)
        if wrong != NEVER:
            self.book(wrong, index)
        rest = rest_price(funder, worker.sector, terms.prices)
        self.book(CONTRIBUTIONS[funder], index, price)
        self.book(ROW.recipient_contributions, index, rest)
        self.book_relief(worker, funder, rules)
        worker.year_paid += 1
        worker.year_wrong += wrong != NEVER
        worker.year_contributed += price + rest
        self.book(ROW.paid_person_months, index)
        self.book(ROW.late_person_months, index, terms.policy.transfer_delay > 0)
        self.tell_month(worker, funder, wrong_code(wrong), rules)

    def book_relief(self, worker: InformalWorker, funder: int, rules: Rules) -> None:
        """Book what relief lets payer and recipient off in a paid month."""
        prices, own_row = rules.terms.prices, ROW.own_part_relief
        let_off = {
            relief_row(funder): payer_relief(funder, worker.sector, prices),
            own_row: rest_relief(funder, worker.sector, prices),
        }
        for row, amount in let_off.items():
            self.book(row, rules.moment.elapsed, amount)
            if amount:
                self.tell("relief", worker, rules, reason=relief_code(row), amount=amount)

    def tell_month(self, worker: InformalWorker, funder: int, reason: int, rules: Rules) -> None:
        """Write a recipient's paid month into the list of events."""
        month, prices, policy = rules.moment.month, rules.terms.prices, rules.terms.policy
        paid = {"member": SPONSORED_MEMBER, "receiver": PARTY["insurer"], "payment_month": month}
        price, payer = payer_price(funder, worker.sector, prices), FUNDER_PARTIES[funder]
        self.tell("contribution", worker, rules, amount=price, reason=reason, payer=payer, **paid)
        if policy.transfer_delay:
            self.tell("late_transfer", worker, rules)
        if policy.share_ppm < PARTS_PER_MILLION:
            rest = rest_price(funder, worker.sector, prices)
            self.tell("own_part", worker, rules, amount=rest, payer=PARTY["worker"], **paid)

    def close_month(self, rules: Rules) -> None:
        """Book the cost of the list, and at the end of a fiscal year what is left."""
        enrolled = len(self.with_status(SPONSORED))
        book_administration(self.city.ledger, rules.moment, rules.terms, enrolled)
        book_unspent(self.accounts, self.city.ledger, rules.moment)
        cost, month = enrolled * rules.terms.costs.administration, rules.moment.month
        if cost:
            spent = {"amount": cost, "payer": PARTY["city"], "receiver": RECEIVERS["administration"]}
            self.city.diary.tell("administration", month, NOBODY, payment_month=month, **spent)
        tell_money(self.city, rules.moment, "unspent", UNSPENT)

    def pay_death_grants(self, rules: Rules) -> None:
        """Pay the city's own grant for the month's deaths, or count what is not paid any more."""
        month, chances = rules.moment.month, rules.terms.chances
        dead = [worker for worker in self.workers if worker.event not in (NEVER, ACCIDENT)]
        entitled = [
            worker
            for worker in dead
            if draws_grant(worker.decile, worker.draw(month, chance.DECISION_DEATH_GRANT), chances)
        ]
        book_grants(self.city.ledger, rules.moment, rules.terms, rules.law, len(entitled))
        kind, amount = event_of_grant(rules.terms), rules.law.city_death_grant
        for worker in entitled:
            if kind == "death_grant":
                self.pay_from_city(kind, worker, rules, amount=amount, receiver=PARTY["family"])
            elif kind:
                self.tell(kind, worker, rules, amount=amount)
