"""The model that runs: columns of people, compiled loops, the same steps in the same order as the model to
read.
"""

from copy import copy

import numpy as np

from jamsos_sim.compiled_addresses import with_first_rows
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.beginning import city_of
from jamsos_sim.model.context import NOBODY_LISTED, Long, Rolls
from jamsos_sim.model.copies import copied
from jamsos_sim.model.events import CLOSED, Diary
from jamsos_sim.model.flags import rows_where
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.steps.admit import admit_columns, cut_places_columns
from jamsos_sim.model.steps.age import age_columns, arrived_before
from jamsos_sim.model.steps.budget_lines import (
    book_administration,
    can_check,
    can_refresh,
    desk_within_money,
    meetings_within_money,
)
from jamsos_sim.model.steps.climb import move_columns
from jamsos_sim.model.steps.close_books import close_books_columns
from jamsos_sim.model.steps.come_again import come_columns, register_groups_columns
from jamsos_sim.model.steps.contribute import NOBODY_PAID, others_pay_columns, self_pays_columns
from jamsos_sim.model.steps.death_grant import death_grant_columns
from jamsos_sim.model.steps.deliberate import deliberate_columns
from jamsos_sim.model.steps.earn import weigh_columns
from jamsos_sim.model.steps.face_risk import face_risk_columns
from jamsos_sim.model.steps.hear import hear_columns
from jamsos_sim.model.steps.heirs_wait import NOBODY_WAITS, help_waiting_columns, newly_waiting
from jamsos_sim.model.steps.propose import push_list_columns
from jamsos_sim.model.steps.refresh_registry import (
    check_list_columns,
    drop_settled_columns,
    end_terms_columns,
    refresh_columns,
)
from jamsos_sim.model.steps.register import register_columns
from jamsos_sim.model.steps.settle import claim_columns
from jamsos_sim.model.steps.standing import RecordedIncomes
from jamsos_sim.model.steps.support_contact import support_columns
from jamsos_sim.model.steps.support_training import count_gains
from jamsos_sim.model.steps.treasury import NO_MONEY, book_unspent, person_months, receive_money
from jamsos_sim.model.steps.verify import verify_columns
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.territory import count_poor_columns
from jamsos_sim.model.world import World
from jamsos_sim.population.workers import NO_RECORD
from jamsos_sim.scenario import Scenario


class Kernel:
    """One run of a scenario in a world, step by step over columns."""

    def __init__(self, world: World, diary: Diary = CLOSED, is_alone: bool = False) -> None:
        ahead = world.ahead
        self.everybody = self.city = city_of(world, diary, is_alone)._replace(ahead=ahead)
        months = range(world.period.start + 1, world.period.stop + 1)
        self.arrived = arrived_before(self.everybody.people.arrival_month, months)
        self.accounts = NO_MONEY
        self.paid = NOBODY_PAID
        self.has_refreshed = self.has_checked = False
        self.in_hardship = rows_where(self.city.people.hardship != 0).astype(np.int64)
        self.trained = self.befallen = NOBODY_LISTED
        self.heirs = NOBODY_WAITS
        self.recorded_incomes = RecordedIncomes(self.city.people.recorded_income)

    def copy(self) -> "Kernel":
        """A run that goes on from here by itself."""
        twin = copy(self)
        twin.everybody = copied(self.everybody)
        twin.city = twin.everybody._replace(rolls=self.city.rolls)
        return twin

    def run_month(self, rules: Rules) -> None:
        """Walk the steps of one month."""
        for step in MONTH:
            getattr(self, step)(rules)

    def age(self, rules: Rules) -> None:
        # Newcomers stand at the end in the order of their arrival, so a month needs only the rows that have
        # arrived.
        at = rules.moment.elapsed
        self.city = with_first_rows(self.everybody, "people", self.arrived[at]).with_rolls(self.city.rolls)
        age_columns(self.city, rules.moment, rules.law, self.arrived[at - 1] if at else 0)

    def move(self, rules: Rules) -> None:
        move_columns(self.city, rules.moment, rules.terms)

    def refresh_registry(self, rules: Rules) -> None:
        drop_settled_columns(self.city)
        self.keep(end_terms_columns(self.city, rules.moment, rules.terms))
        self.has_refreshed = bool(rules.terms.policy.is_refresh_month) and self.can_refresh(rules)
        if self.has_refreshed:
            refresh_columns(self.city, rules.moment, rules.terms)
        self.has_checked = bool(rules.terms.policy.is_recheck_month) and self.can_check(rules)
        if self.has_checked:
            self.keep(check_list_columns(self.city, *rules))

    def can_check(self, rules: Rules) -> bool:
        return can_check(self.city, rules.moment, rules.terms, self.city.rolls.recipients.size)

    def can_refresh(self, rules: Rules) -> bool:
        if rules.terms.policy.data_money == NO_CEILING:
            return True  # nobody's records need counting
        records = int(np.count_nonzero(self.city.people.recorded_decile != NO_RECORD))
        return can_refresh(self.city, rules.moment, rules.terms, records)

    def hear(self, rules: Rules) -> None:
        terms = meetings_within_money(self.city, rules.moment, rules.terms)
        hear_columns(self.city, rules.moment, terms)

    def propose(self, rules: Rules) -> None:
        completed, registered = support_columns(self.city, *rules, self.in_hardship)
        self.trained = np.concatenate((self.trained, completed))
        self.file(registered)
        self.propose_candidates(rules)

    def propose_candidates(self, rules: Rules) -> None:
        """People come by themselves; the office draws up its list."""
        if rules.terms.policy.is_count_month:
            count_poor_columns(self.city, rules.terms.chances)
        self.receive(rules)
        if rules.terms.policy.is_list_month:
            self.push_list(rules)

    def receive(self, rules: Rules) -> None:
        proposed, again, failed = come_columns(self.city, rules.moment, rules.terms)
        joining = register_groups_columns(self.city, rules.moment, rules.terms)
        self.file(proposed, again, joining)
        self.keep(self.city.rolls.with_failed(failed))

    def push_list(self, rules: Rules) -> None:
        self.file(push_list_columns(self.city, *rules))

    def file(self, *proposed: Long) -> None:
        """Put those on the roll who have been proposed."""
        self.keep(self.city.rolls.with_files(*proposed))

    def keep(self, rolls: Rolls) -> None:
        """Go on with these rolls."""
        if rolls is not self.city.rolls:
            self.city = self.city.with_rolls(rolls)

    def verify(self, rules: Rules) -> None:
        self.deliberate(rules)
        self.examine(rules)
        self.register(rules)

    def deliberate(self, rules: Rules) -> None:
        deliberate_columns(self.city, rules.moment, rules.terms)

    def examine(self, rules: Rules) -> None:
        terms = desk_within_money(self.city, rules.moment, rules.terms)
        verify_columns(self.city, rules.moment, terms, rules.law)

    def register(self, rules: Rules) -> None:
        register_columns(self.city, rules.moment, rules.terms)

    def admit(self, rules: Rules) -> None:
        moment, terms = rules.moment, rules.terms
        self.accounts = receive_money(self.accounts, self.city.ledger, terms.policy, moment)
        carried = person_months(self.accounts, terms)
        self.keep(cut_places_columns(self.city, moment, terms, carried))
        self.keep(self.city.rolls.with_recipients(admit_columns(self.city, moment, terms, carried)))

    def contribute(self, rules: Rules) -> None:
        self.paid = others_pay_columns(self.city, *rules, self.accounts)
        self.accounts = self.paid.accounts
        book_unspent(self.accounts, self.city.ledger, rules.moment)
        self_pays_columns(self.city, *rules)
        book_administration(self.city.ledger, rules.moment, rules.terms, self.paid.enrolled)

    def face_risk(self, rules: Rules) -> None:
        self.befallen = face_risk_columns(self.city, rules.moment, rules.terms)

    def claim(self, rules: Rules) -> None:
        befallen, _ = self.settle(rules)
        death_grant_columns(self.city, *rules, befallen)

    def settle(self, rules: Rules) -> tuple[Long, Long]:
        """Settle the month's cases; what `claim_columns` has found."""
        self.heirs = help_waiting_columns(self.city, rules, self.heirs.waiting)
        found = claim_columns(self.city, *rules, self.befallen)
        waiting = self.heirs.waiting + newly_waiting(self.city, rules, found)
        self.heirs = self.heirs._replace(waiting=waiting)
        self.city.ledger[ROW.heirs_waiting, rules.moment.elapsed] = len(waiting)
        return found

    def close_books(self, rules: Rules) -> None:
        rolls = close_books_columns(self.city, *rules, self.recorded_incomes)
        weigh_columns(self.city, rules.moment, rules.terms)
        if self.trained.size:
            count_gains(self.city, rules.moment, rules.terms, self.trained)
        self.keep(rolls)


def run_kernel(scenario: Scenario, world: World) -> Totals:
    """Simulate a scenario in a world; the ledger, quantity by month."""
    kernel = Kernel(world)
    for rules in rules_of(scenario, world):
        kernel.run_month(rules)
    return kernel.city.ledger
