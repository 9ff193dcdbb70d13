"""The model that runs, with its list of events: it looks at the columns before and after each step and writes
down what has happened in between.

The steps themselves know nothing of it, so that a run of whose events nobody asks is as fast as ever.
"""

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import SECTOR_OTHER, SECTOR_TRANSPORT
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms, Tiny
from jamsos_sim.model.events import (
    BY_APPLICATION,
    BY_OFFICE,
    FAILED,
    FAILED_AGAIN,
    FUNDER_PARTIES,
    NOBODY,
    PARTY,
    PASSED,
    PASSED_AGAIN,
    RECEIVERS,
    SELF_PAYING_MEMBER,
    SPONSORED_MEMBER,
    WITH_COMMUNITY,
    Diary,
    Events,
    climb_code,
    move_code,
    relief_code,
    tell_money,
    wrong_code,
)
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import APPROPRIATIONS, ROW, UNSPENT, Totals
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    FILED,
    IN_DELIBERATION,
    NOT_LISTED,
    PROPOSED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.age import reaches_age_limit
from jamsos_sim.model.steps.climb import climb_row
from jamsos_sim.model.steps.come_again import are_free, who_comes_again
from jamsos_sim.model.steps.death_grant import death_grant_columns, event_of_grant
from jamsos_sim.model.steps.examine import is_matched
from jamsos_sim.model.steps.hear import is_moved
from jamsos_sim.model.steps.move import move_row
from jamsos_sim.model.steps.prices import payer_relief, relief_row, rest_relief
from jamsos_sim.model.steps.refresh_registry import with_terms_over
from jamsos_sim.model.steps.tell_settlement import tell_late_help, tell_settlement
from jamsos_sim.model.steps.wrongly_paid import kind_of, rows_of_kinds
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import PARTS_PER_MILLION

Mask = npt.NDArray[np.bool_]


@touches("people.decile", "people.is_insured_elsewhere", "people.presence")
def wrong_rows(city: City, terms: Terms, persons: Long) -> Long:
    """Row of the ledger that counts a month paid for each of these people, or `NEVER`."""
    people, rows = city.people, rows_of_kinds(terms.chances)
    found = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        found[place] = rows[
            kind_of(people.presence[person], people.is_insured_elsewhere[person], people.decile[person])
        ]
    return found


@touches("people.age", "people.presence")
def at_age_limit(city: City, law: Law, persons: Long) -> Long:
    """Which of these people, whose birthday it is, reach the age limit: ones and zeros."""
    reached = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        reached[place] = reaches_age_limit(city.people.age[person], city.people.presence[person], law)
    return reached


def who_comes(city: City, month: int, chances: Chances) -> Long:
    """Who comes to the office by themselves this month; asked before they come."""
    people = city.people
    drawn = chance.recurring_draws(people.key, month, chance.DECISION_APPLY)
    near = np.flatnonzero(drawn < city.communities.application[people.community])
    near = near[are_free(city, Moment(month, 0), near) == 1]
    attendance = chance.recurring_draws(people.key[near], month, chance.DECISION_HEAR)
    moved = [
        is_moved(own, attended, chances)
        for own, attended in zip(drawn[near].tolist(), attendance.tolist(), strict=True)
    ]
    coming: Long = near[np.array(moved, dtype=np.bool_)]
    return coming


class RecordingKernel(Kernel):
    """A run of the kernel that writes its events into an open diary."""

    def __init__(self, world: World) -> None:
        super().__init__(world, Diary(is_open=True))

    @property
    def events(self) -> Events:
        """The events so far."""
        return self.city.diary.events()

    def write(self, kind: str, rules: Rules, persons: Long, **said: npt.ArrayLike) -> None:
        """Write one event for each of these people."""
        self.city.diary.write(kind, rules.moment.month, persons, **said)

    def pay_from_city(self, kind: str, rules: Rules, persons: Long, **said: npt.ArrayLike) -> None:
        """Write what the city spends this month, person by person."""
        self.write(kind, rules, persons, payer=PARTY["city"], payment_month=rules.moment.month, **said)

    def tell_of_city(self, kind: str, rules: Rules, amount: int, **said: int) -> None:
        """Write an event that is nobody's own."""
        self.city.diary.tell(kind, rules.moment.month, NOBODY, amount=amount, **said)

    def tell_examination(self, rules: Rules, persons: Long) -> None:
        """What the city spends on examining these people."""
        policy, costs, month = rules.terms.policy, rules.terms.costs, rules.moment.month
        drawn = chance.draws(self.city.people.key[persons], month, chance.DECISION_GROUND_VISIT)
        examined = {
            "insurer_check": (persons if is_matched(policy) else persons[:0], costs.insurer_check),
            "civil_check": (persons if policy.has_civil_matching else persons[:0], costs.civil_check),
            "ground_check": (persons[drawn < policy.ground_check], costs.ground_check),
        }
        for kind, (checked, price) in examined.items():
            self.pay_from_city(kind, rules, checked, amount=price, receiver=RECEIVERS[kind])

    def tell_places_lost(self, rules: Rules, status: Tiny) -> None:
        """Whose subsidy has ended since they had a status, and who goes on alone."""
        people = self.city.people
        lost = np.flatnonzero((status == SPONSORED) & (people.status != SPONSORED))
        self.write("place_lost", rules, lost, reason=people.refusal[lost])
        alone = lost[people.status[lost] == SELF_PAYING]
        months = rules.moment.month - people.trained_since[alone]
        lasts = (months > 0) & (months <= rules.terms.support.gain_months)
        is_trained = lasts & (people.income_gain[alone] > 0)
        self.write("self_payment_begun", rules, alone, reason=is_trained)

    def age(self, rules: Rules) -> None:
        people = self.everybody.people
        before, age = people.presence.copy(), people.age.copy()
        super().age(rules)
        changed = people.presence != before
        if rules.moment.elapsed > 0:
            self.write("arrival", rules, np.flatnonzero(changed))
        older = np.flatnonzero((people.age > age) & ~changed)
        self.write("age_limit_reached", rules, older[at_age_limit(self.city, rules.law, older) == 1])

    def move(self, rules: Rules) -> None:
        people = self.city.people
        before, decile = people.presence.copy(), people.decile.copy()
        super().move(rules)
        moved, climbed = np.flatnonzero(people.presence != before), np.flatnonzero(people.decile != decile)
        pairs = zip(before[moved].tolist(), people.presence[moved].tolist(), strict=True)
        self.write("move", rules, moved, reason=[move_code(move_row(was, now)) for was, now in pairs])
        steps = zip(decile[climbed].tolist(), people.decile[climbed].tolist(), strict=True)
        codes = [climb_code(climb_row(was, now)) for was, now in steps]
        self.write("decile_step", rules, climbed, reason=codes)

    def refresh_registry(self, rules: Rules) -> None:
        people, moment = self.city.people, rules.moment
        status = people.status.copy()
        enrolled = np.flatnonzero(status == SPONSORED)
        staying = enrolled[with_terms_over(self.city, moment, rules.terms, enrolled) == 0]
        super().refresh_registry(rules)
        self.write("list_closed", rules, np.flatnonzero(status == SETTLED))
        self.tell_places_lost(rules, status)
        if self.has_refreshed:
            cost = int(self.city.ledger[ROW.refresh_cost, moment.elapsed])
            spent = {"payer": PARTY["city"], "receiver": RECEIVERS["registry_refresh"]}
            self.tell_of_city("registry_refresh", rules, cost, payment_month=moment.month, **spent)
        if self.has_checked:
            self.tell_examination(rules, staying)

    def hear(self, rules: Rules) -> None:
        super().hear(rules)
        held = int(self.city.ledger[ROW.meetings, rules.moment.elapsed])
        said = {"amount": rules.terms.costs.meeting, "receiver": RECEIVERS["meeting"]}
        self.pay_from_city("meeting", rules, np.full(held, NOBODY), **said)

    def receive(self, rules: Rules) -> None:
        people, month = self.city.people, rules.moment.month
        status, coming = people.status.copy(), who_comes(self.city, month, rules.terms.chances)
        again = np.setdiff1d(who_comes_again(self.city, rules.moment, rules.terms), coming)
        super().receive(rules)
        came = [
            self.tell_attempts(rules, coming, PASSED, FAILED),
            self.tell_attempts(rules, again, PASSED_AGAIN, FAILED_AGAIN),
        ]
        proposed = np.flatnonzero((status == NOT_LISTED) & (people.status != NOT_LISTED))
        is_own = np.isin(proposed, np.concatenate(came))
        self.write("proposal", rules, proposed, reason=np.where(is_own, BY_APPLICATION, WITH_COMMUNITY))

    def tell_attempts(self, rules: Rules, coming: Long, passed: int, failed: int) -> Long:
        """How the attempts of these people have ended; whose attempt passed."""
        drawn = chance.draws(self.city.people.key[coming], rules.moment.month, chance.DECISION_ATTEMPT)
        has_failed = drawn < rules.terms.chances.attempt_failure
        self.write("attempt", rules, coming, reason=np.where(has_failed, failed, passed))
        return coming[~has_failed]

    def push_list(self, rules: Rules) -> None:
        status = self.city.people.status.copy()
        super().push_list(rules)
        listed = np.flatnonzero((status == NOT_LISTED) & (self.city.people.status != NOT_LISTED))
        self.write("proposal", rules, listed, reason=BY_OFFICE)

    def deliberate(self, rules: Rules) -> None:
        people = self.city.people
        status = people.status.copy()
        super().deliberate(rules)
        discussed = np.flatnonzero((status == IN_DELIBERATION) & (people.status != IN_DELIBERATION))
        cost, receiver = rules.terms.costs.deliberation, RECEIVERS["deliberation"]
        reasons = people.refusal[discussed]
        self.pay_from_city("deliberation", rules, discussed, reason=reasons, amount=cost, receiver=receiver)
        struck = discussed[reasons != ELIGIBLE]
        self.write("refusal", rules, struck, reason=people.refusal[struck])

    def examine(self, rules: Rules) -> None:
        people = self.city.people
        status = people.status.copy()
        super().examine(rules)
        files = np.flatnonzero((status == PROPOSED) & (people.status != PROPOSED))
        self.tell_examination(rules, files)
        is_refused, is_lost = people.refusal[files] != ELIGIBLE, people.status[files] == NOT_LISTED
        refused = files[is_refused]
        self.write("refusal", rules, refused, reason=people.refusal[refused])
        self.write("file_lost", rules, files[is_lost & ~is_refused])
        self.write("acceptance", rules, files[~is_lost])

    def admit(self, rules: Rules) -> None:
        people = self.city.people
        status = people.status.copy()
        super().admit(rules)
        tell_money(self.city, rules.moment, "appropriation", APPROPRIATIONS)
        tell_money(self.city, rules.moment, "revision", (ROW.appropriation_revision,))
        in_queue = np.isin(status, (*FILED, WAITING))
        self.write("turned_away", rules, np.flatnonzero(in_queue & (people.status == NOT_LISTED)))
        self.tell_places_lost(rules, status)
        admitted = (status != SPONSORED) & (people.status == SPONSORED)
        self.write("admission", rules, np.flatnonzero(admitted))

    def contribute(self, rules: Rules) -> None:
        people = self.city.people
        status = people.status.copy()
        super().contribute(rules)
        self.tell_sponsored(rules, status == SPONSORED)
        tell_money(self.city, rules.moment, "unspent", UNSPENT)
        self.tell_administration(rules)
        alone = np.flatnonzero(status == SELF_PAYING)
        paying = alone[people.status[alone] == SELF_PAYING]
        self.write("lapse", rules, alone[people.status[alone] != SELF_PAYING])
        paid = {"payer": PARTY["worker"], "receiver": PARTY["insurer"], "member": SELF_PAYING_MEMBER}
        prices, month = rules.terms.prices, rules.moment.month
        amount = self.priced(paying, prices.self_other, prices.self_transport)
        self.tell_relief(rules, paying, ROW.self_paid_relief, prices.unrelieved - amount)
        self.write("contribution", rules, paying, amount=amount, payment_month=month, **paid)

    def tell_administration(self, rules: Rules) -> None:
        """What the list has cost this month."""
        month, cost = rules.moment.month, int(self.city.ledger[ROW.administration_cost, rules.moment.elapsed])
        if cost:
            spent = {"payer": PARTY["city"], "receiver": RECEIVERS["administration"]}
            self.tell_of_city("administration", rules, cost, payment_month=month, **spent)

    def tell_sponsored(self, rules: Rules, is_sponsored: Mask) -> None:
        """For whom each payer has paid, and for whom nobody could."""
        without = is_sponsored.copy()
        for funder, persons in self.paid.persons:
            self.tell_paid(rules, funder, persons)
            without[persons] = False
        without[self.paid.unwilling] = False
        self.write("own_part_unpaid", rules, self.paid.unwilling)
        if rules.terms.policy.is_paid_month:
            self.write("unfunded_month", rules, np.flatnonzero(without))

    def tell_paid(self, rules: Rules, funder: int, persons: Long) -> None:
        """A month paid by one payer, and what the recipients pay of it."""
        prices, month = rules.terms.prices, rules.moment.month
        amount = self.priced(persons, prices.other[funder], prices.transport[funder])
        reason = [wrong_code(row) for row in wrong_rows(self.city, rules.terms, persons).tolist()]
        paid = {"member": SPONSORED_MEMBER, "receiver": PARTY["insurer"], "payment_month": month}
        payer = FUNDER_PARTIES[funder]
        self.write("contribution", rules, persons, amount=amount, reason=reason, payer=payer, **paid)
        if rules.terms.policy.transfer_delay:
            self.write("late_transfer", rules, persons)
        if rules.terms.policy.share_ppm < PARTS_PER_MILLION:
            rest = self.priced(persons, prices.rest_other[funder], prices.rest_transport[funder])
            self.write("own_part", rules, persons, amount=rest, payer=PARTY["worker"], **paid)
        lets_off = {relief_row(funder): payer_relief, ROW.own_part_relief: rest_relief}
        for row, relief in lets_off.items():
            other, transport = (relief(funder, each, prices) for each in (SECTOR_OTHER, SECTOR_TRANSPORT))
            self.tell_relief(rules, persons, row, self.priced(persons, other, transport))

    def tell_relief(self, rules: Rules, persons: Long, row: int, amounts: Long) -> None:
        """What relief lets some people's payers off, where it is anything."""
        relieved = np.flatnonzero(amounts)
        code, amount = relief_code(row), amounts[relieved]
        self.write("relief", rules, persons[relieved], reason=code, amount=amount)

    def priced(self, persons: Long, other: int, transport: int) -> Long:
        """Price of each of these people, by sector."""
        return np.where(self.city.people.sector[persons] == SECTOR_TRANSPORT, transport, other)

    def claim(self, rules: Rules) -> None:
        befallen, outcome = self.settle(rules)
        tell_late_help(self.city, rules, self.heirs)
        tell_settlement(self.city, rules, befallen, outcome)
        grants, kind = death_grant_columns(self.city, *rules, befallen), event_of_grant(rules.terms)
        amount, receiver = rules.law.city_death_grant, PARTY["family"]
        if kind == "death_grant":
            self.pay_from_city(kind, rules, grants, amount=amount, receiver=receiver)
        elif kind:
            self.write(kind, rules, grants, amount=amount)


def run_recorded(scenario: Scenario, world: World) -> tuple[Totals, Events]:
    """Simulate a scenario in a world; the ledger, quantity by month, and the events."""
    kernel = RecordingKernel(world)
    for rules in rules_of(scenario, world):
        kernel.run_month(rules)
    return kernel.city.ledger, kernel.events
