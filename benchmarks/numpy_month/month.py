"""One run of a scenario over columns in NumPy: the steps of the month in their order."""

import numpy as np

from jamsos_sim.compiled_addresses import first_rows
from jamsos_sim.model.beginning import city_of
from jamsos_sim.model.context import City
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.status import NEVER, SPONSORED
from jamsos_sim.model.steps.age import arrived_before
from jamsos_sim.model.steps.budget_lines import book_administration, meetings_within_money
from jamsos_sim.model.steps.treasury import NO_MONEY, book_unspent, person_months, receive_money
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.territory import count_poor_columns
from jamsos_sim.model.world import World
from jamsos_sim.units import MONTHS_PER_YEAR
from numpy_month.books import close_books
from numpy_month.claims import pay_death_grants, settle
from numpy_month.hearing import (
    hear,
    stir_communities,
    try_to_register,
    who_comes,
    who_returns,
)
from numpy_month.households import count_households
from numpy_month.luck import Luck
from numpy_month.offices import admit, cut_places, push_list, register, verify
from numpy_month.payments import others_pay, self_pays
from numpy_month.people import climb, grow_older, move
from numpy_month.registry import check_list_if_due, drop_settled, end_terms, refresh_if_due
from numpy_month.risk import Befallen, face_risk
from numpy_month.roll import Roll
from numpy_month.scope import demand_known


class NumpyMonth:
    """One run of a scenario in a world, step by step; `luck` may be kept from an earlier run in it."""

    def __init__(self, world: World, luck: Luck | None = None) -> None:
        self.everybody = self.city = city_of(world)
        months = range(world.period.start + 1, world.period.stop + 1)
        self.arrived = arrived_before(self.everybody.people.arrival_month, months)
        self.roll = Roll(self.everybody.people.status)
        self.luck = luck or Luck(world)
        self.accounts = NO_MONEY
        self.failed = np.empty(0, dtype=np.int64)
        self.befallen = Befallen(self.failed, np.empty(0, dtype=np.int8))

    def run_month(self, rules: Rules) -> None:
        """Walk the steps of one month."""
        for step in MONTH:
            getattr(self, step)(rules)

    def age(self, rules: Rules) -> None:
        month, at = rules.moment.month, rules.moment.elapsed
        self.city = self.everybody._replace(people=first_rows(self.everybody.people, self.arrived[at]))
        first = self.arrived[at - 1] if at else 0
        grow_older(self.city, rules.moment, rules.law, first, self.luck.births[month % MONTHS_PER_YEAR])

    def move(self, rules: Rules) -> None:
        moment, people = rules.moment, self.city.people
        drawn = self.luck.movers(moment.month, people.key.size)
        move(self.city, moment, rules.terms.chances, drawn)
        start, stop = self.luck.steps.start[moment.elapsed : moment.elapsed + 2]
        _, persons, deciles, incomes = self.luck.steps
        steps = persons[start:stop], deciles[start:stop], incomes[start:stop]
        climb(self.city, moment, rules.terms.earnings, steps)

    def refresh_registry(self, rules: Rules) -> None:
        drop_settled(self.city, self.roll)
        end_terms(self.city, self.roll, rules.moment, rules.terms)
        refresh_if_due(self.city, rules.moment, rules.terms)
        check_list_if_due(self.city, self.roll, *rules)

    def hear(self, rules: Rules) -> None:
        terms = meetings_within_money(self.city, rules.moment, rules.terms)
        stir_communities(self.city, self.roll, rules.moment, terms)
        hear(self.city, self.luck, rules.moment)

    def propose(self, rules: Rules) -> None:
        if rules.terms.policy.is_count_month:
            count_poor_columns(self.city, rules.terms.chances)
        self.roll.tidy()
        self.receive(rules)
        if rules.terms.policy.is_list_month:
            push_list(self.city, self.roll, *rules)

    def receive(self, rules: Rules) -> None:
        """People come by themselves, some of them again after an attempt that failed."""
        city, moment, terms = self.city, rules.moment, rules.terms
        since, known = city.people.failed_since, self.failed
        coming = who_comes(city, self.luck, moment, terms)
        is_first = since.take(coming) == NEVER
        try_to_register(city, self.roll, moment, terms, coming)
        newly = coming[is_first & (since.take(coming) != NEVER)]
        returning = who_returns(city, moment, terms, known)
        try_to_register(city, self.roll, moment, terms, returning)
        city.ledger[ROW.returned_attempts, moment.elapsed] += returning.size
        self.failed = np.concatenate((known.compress(since.take(known) != NEVER), newly))

    def verify(self, rules: Rules) -> None:
        verify(self.city, self.roll, *rules)
        register(self.city, self.roll, rules.moment, rules.terms)

    def admit(self, rules: Rules) -> None:
        moment, terms = rules.moment, rules.terms
        self.accounts = receive_money(self.accounts, self.city.ledger, terms.policy, moment)
        carried = person_months(self.accounts, terms)
        cut_places(self.city, self.roll, moment, terms, carried)
        admit(self.city, self.roll, moment, terms, carried)

    def contribute(self, rules: Rules) -> None:
        moment, terms, law = rules
        self.accounts = others_pay(self.city, self.roll, (moment, terms), law, self.accounts)
        book_unspent(self.accounts, self.city.ledger, moment)
        self_pays(self.city, self.roll, moment, terms, law)
        book_administration(self.city.ledger, moment, terms, self.roll.of(SPONSORED).size)

    def face_risk(self, rules: Rules) -> None:
        drawn = self.luck.at_risk(rules.moment.month, self.city.people.key.size)
        self.befallen = face_risk(self.city, rules.moment, rules.terms, drawn)

    def claim(self, rules: Rules) -> None:
        month = rules.moment, rules.terms, rules.law
        settled = settle(self.city, self.roll, month, self.befallen)
        count_households(self.city, *month, settled)
        pay_death_grants(self.city, month, settled.cases)

    def close_books(self, rules: Rules) -> None:
        close_books(self.city, self.roll, *rules)


def run_numpy(months: list[Rules], world: World, luck: Luck | None = None) -> City:
    """Simulate a scenario's months in a world; the city at its end, with its ledger and cells.

    Raises `NotInNumpyError` when the scenario uses a lever that isn't here.
    """
    demand_known(months)
    run = NumpyMonth(world, luck)
    for rules in months:
        run.run_month(rules)
    return run.city
