"""What every office of the model to read does: it has people checked and keeps the books."""

from collections.abc import Sequence
from typing import Protocol

import mesa

from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.cells import year_place
from jamsos_sim.model.context import City
from jamsos_sim.model.events import PARTY, RECEIVERS
from jamsos_sim.model.kelurahan import Kelurahan
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.status import SELF_PAYING
from jamsos_sim.model.steps.examine import book_checks, checks_of
from jamsos_sim.model.steps.queue_up import bounds_exceeded
from jamsos_sim.model.steps.refresh_registry import has_risen
from jamsos_sim.model.terms import Rules


class Matcher(Protocol):
    """Who matches candidates and recipients with the insurer's members."""

    def match(self, people: list[InformalWorker], rules: Rules) -> None:
        """Match these people, where the regulation asks for it, and book it."""


class Office(mesa.Agent):
    """An office of the city or of the insurer; it writes into the city's ledger."""

    insurer: Matcher

    def __init__(
        self,
        model: mesa.Model,
        city: City,
        workers: list[InformalWorker],
        kelurahan: Sequence[Kelurahan] = (),
    ) -> None:
        super().__init__(model)
        self.city = city
        self.workers = workers
        self.kelurahan = kelurahan

    def book(self, row: int, index: int, amount: int = 1) -> None:
        """Add to one row of the ledger in one month."""
        self.city.ledger[row, index] += amount

    def count(self, row: int, worker: InformalWorker, rules: Rules, amount: int = 1) -> None:
        """Add to a quantity of the worker's cells in the year of the month."""
        self.count_at(row, worker, year_place(rules.moment, rules.moment.elapsed), amount)

    def count_at(self, row: int, worker: InformalWorker, year: int, amount: int = 1) -> None:
        """Add to a quantity of the worker's cells in a year of the run."""
        for cell in worker.cells:
            self.city.cells[row, year, cell] += amount

    def tell(self, kind: str, worker: InformalWorker, rules: Rules, **said: int) -> None:
        """Write an event of a worker into the list of events."""
        self.city.diary.tell(kind, rules.moment.month, worker.number, **said)

    def pay_from_city(self, kind: str, worker: InformalWorker, rules: Rules, **said: int) -> None:
        """Write what the city spends on a worker this month into the list of events."""
        self.tell(kind, worker, rules, payer=PARTY["city"], payment_month=rules.moment.month, **said)

    def with_status(self, *status: int) -> list[InformalWorker]:
        """Everybody who has come so far in the programme."""
        return [worker for worker in self.workers if worker.status in status]

    def propose(self, worker: InformalWorker, way: int, rules: Rules) -> None:
        """Put a person on the list of candidates; ``way`` says how the name came there."""
        worker.be_proposed(rules)
        self.book(ROW.proposed, rules.moment.elapsed)
        self.tell("proposal", worker, rules, reason=way)

    def book_delay(self, first_row: int, worker: InformalWorker, rules: Rules) -> None:
        """Count somebody in the rows of the bounds that the delay since the proposal exceeds."""
        month, index = rules.moment
        for bound in range(bounds_exceeded(month - worker.proposed_since)):
            self.book(first_row + bound, index)

    def book_checks(self, people: list[InformalWorker], rules: Rules) -> None:
        """Book what it takes to check these people; the insurer matches them with its members."""
        policy, costs = rules.terms.policy, rules.terms.costs
        visits = sum(worker.is_visited(rules) for worker in people)
        _, civil, ground = checks_of(policy, len(people), visits)
        book_checks(self.city, rules.moment, rules.terms, (0, civil, ground))
        self.insurer.match(people, rules)
        for worker in people:
            prices = {
                "civil_check": costs.civil_check if policy.has_civil_matching else None,
                "ground_check": costs.ground_check if worker.is_visited(rules) else None,
            }
            for kind, price in prices.items():
                if price is not None:
                    self.pay_from_city(kind, worker, rules, amount=price, receiver=RECEIVERS[kind])

    def end_subsidy(self, worker: InformalWorker, reason: int, rules: Rules) -> None:
        """End a place on the list, for a reason."""
        worker.lose_place(reason, rules)
        index, is_trained = rules.moment.elapsed, worker.income_gain_in(rules) > 0
        self.book(ROW.subsidies_ended, index)
        self.book(ROW.graduated, index, has_risen(reason, worker.decile, rules.terms.policy))
        self.tell("place_lost", worker, rules, reason=reason)
        if worker.status == SELF_PAYING:
            self.book(ROW.continued_alone, index)
            self.book(ROW.continued_trained, index, is_trained)
            self.tell("self_payment_begun", worker, rules, reason=int(is_trained))
