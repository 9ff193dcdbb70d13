"""Step *contribute*: payers pay for recipients until the money is used up; former recipients pay or lapse.

Recipients stand in one queue, longest enrolled first. The first payer of the stated order pays from its head
as far as its money surely goes, then the next one goes on; nobody's month is split between two payers. Where
only a share is paid, a recipient who does not pay the rest loses the month, and costs nobody anything.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.coverage import Membership, after_payment
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import SECTOR_OTHER, SECTOR_TRANSPORT
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, People, Terms
from jamsos_sim.model.ledger import CONTRIBUTIONS, ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import NOBODY, last_admitted
from jamsos_sim.model.status import (
    INFORMAL,
    NEVER,
    NOT_LISTED,
    SELF_PAYING,
)
from jamsos_sim.model.steps.admit import longest_enrolled
from jamsos_sim.model.steps.earn import (
    Burden,
    burden_on,
    continue_threshold,
    income_of,
    is_strained,
    lapse_threshold,
)
from jamsos_sim.model.steps.prices import (
    full_price,
    payer_price,
    payer_relief,
    relief_row,
    rest_price,
    rest_relief,
    whole_price,
)
from jamsos_sim.model.steps.treasury import (
    NO_MONEY,
    Accounts,
    after_payment_of,
    dearest,
    is_paid_now,
    months_carried,
    payers_with_any,
    person_months,
)
from jamsos_sim.model.steps.wrongly_paid import KINDS, kind_of, rows_of_kinds
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION, rounded_share


@rule
def pays_rest(presence: int, drawn: int, whole: Burden, terms: Terms) -> bool:
    """Whether a recipient pays the own part of the contribution.

    The chance of not paying is that of paying nothing of the ``whole`` contribution, which leans on the
    month's income as going on alone does, in step with the own part; without a part there is nothing to pay,
    nor anybody who has to be there.
    """
    own = PARTS_PER_MILLION - terms.policy.share_ppm
    if own == 0:
        return True
    pays_whole = continue_threshold(whole, terms.chances.pays_rest, terms.earnings)
    fails = rounded_share(CHANCE_SCALE - pays_whole, own, PARTS_PER_MILLION)
    return bool(presence == INFORMAL and drawn < CHANCE_SCALE - fails)


@rule
def keeps_paying(presence: int, drawn: int, lapse: int) -> bool:
    """Whether a self-payer pays this month too: still in informal work, and no lapse.

    ``lapse`` is the threshold of the person and the month (`steps.earn.lapse_threshold`).
    """
    return bool(presence == INFORMAL and drawn >= lapse)


@rule
def is_new_stretch(last_paid_month: int, month: int) -> bool:
    """Whether a payment for a month begins a new stretch of unbroken months."""
    return bool(last_paid_month == NEVER or last_paid_month < month - 1)


class PaidFor(NamedTuple):
    """The recipients whose month a payer pays; numbered as in `jamsos_sim.levers_money.FUNDERS`."""

    funder: int
    persons: Long


@called_from_compiled
def book_month(people: People, person: int, month: int, is_self_paid: int, law: Law) -> None:
    """Book a paid month on a membership."""
    last_paid = people.last_paid_month[person]
    if last_paid == month - 1:
        # Nearly everybody: the stretch and the run go on.
        people.last_paid_month[person] = month
        people.paid_months[person] += 1
        people.is_self_paid[person] = is_self_paid
        return
    if is_new_stretch(last_paid, month):
        people.stretch_since[person] = month
        people.paid_before[person] = last_paid
    membership = Membership(last_paid, people.run_start_month[person], people.paid_months[person])
    paid = after_payment(membership, month, law)
    people.last_paid_month[person] = paid.last_paid_month
    people.run_start_month[person] = paid.run_start_month
    people.paid_months[person] = paid.paid_months
    people.is_self_paid[person] = is_self_paid


@called_from_compiled
def book_contributions(
    city: City, moment: Moment, terms: Terms, funder: int, members: tuple[int, int]
) -> int:
    """Book what a payer and the recipients pay for a month; rupiah spent by the payer.

    ``members`` has how many of the recipients are not in transport, and how many are.
    """
    prices, ledger, at, spent = terms.prices, city.ledger, moment.elapsed, 0
    for sector, count in ((SECTOR_OTHER, members[0]), (SECTOR_TRANSPORT, members[1])):
        spent += count * payer_price(funder, sector, prices)
        ledger[ROW.recipient_contributions, at] += count * rest_price(funder, sector, prices)
        ledger[relief_row(funder), at] += count * payer_relief(funder, sector, prices)
        ledger[ROW.own_part_relief, at] += count * rest_relief(funder, sector, prices)
    ledger[CONTRIBUTIONS[funder], at] += spent
    return spent


@touches(
    "people.decile",
    "people.is_insured_elsewhere",
    "people.is_self_paid",
    "people.last_paid_month",
    "people.paid_before",
    "people.paid_months",
    "people.presence",
    "people.run_start_month",
    "people.sector",
    "people.stretch_since",
    "people.year_contributed",
    "people.year_paid",
    "people.year_wrong",
    "ledger",
)
def pay_for_recipients(city: City, moment: Moment, terms: Terms, law: Law, paid_for: PaidFor) -> int:
    """Book the month that a payer pays, and count it, also among those paid for people who are not meant;
    rupiah spent by the payer.
    """
    people, ledger, transported = city.people, city.ledger, 0
    other = full_price(paid_for.funder, SECTOR_OTHER, terms.prices)
    transport = full_price(paid_for.funder, SECTOR_TRANSPORT, terms.prices)
    rows, counts = rows_of_kinds(terms.chances), np.zeros(KINDS, dtype=np.int64)
    persons = paid_for.persons.view(np.uint64)
    for place in range(persons.size):
        fetch_ahead((people.last_paid_month, people.paid_months, people.year_contributed), persons, place)
        person = persons[place]
        book_month(people, person, moment.month, 0, law)
        is_transport = int(people.sector[person] == SECTOR_TRANSPORT)
        transported += is_transport
        people.year_paid[person] += 1
        people.year_contributed[person] += other + is_transport * (transport - other)
        kind = kind_of(people.presence[person], people.is_insured_elsewhere[person], people.decile[person])
        people.year_wrong[person] += rows[kind] != NEVER
        counts[kind] += 1
    for kind in range(KINDS):
        if rows[kind] != NEVER:
            ledger[rows[kind], moment.elapsed] += counts[kind]
    sectors = persons.size - transported, transported
    return book_contributions(city, moment, terms, paid_for.funder, sectors)


@touches(
    "people.income",
    "people.income_gain",
    "people.is_self_paid",
    "people.key",
    "people.last_paid_month",
    "people.paid_before",
    "people.paid_months",
    "people.parcel_month",
    "people.presence",
    "people.run_start_month",
    "people.sector",
    "people.status",
    "people.stretch_since",
    "people.trained_since",
    "people.year_contributed",
    "ledger",
    "rolls.files",
)
def self_pays_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Former recipients pay for themselves or lapse; what the contribution weighs on those who work."""
    people, ledger, month, at = city.people, city.ledger, moment.month, moment.elapsed
    for person in city.rolls.files.view(np.uint64):
        if people.status[person] != SELF_PAYING:
            continue
        presence, burden = people.presence[person], burden_on(people, person, month, terms)
        lapse = lapse_threshold(burden, terms.chances.lapse, terms.earnings)
        pays = keeps_paying(presence, chance.draw(people.key[person], month, chance.DECISION_LAPSE), lapse)
        if presence == INFORMAL:
            ledger[ROW.self_payers_strained, at] += is_strained(burden, terms.earnings)
            ledger[ROW.self_payers_due, at] += burden.price
            ledger[ROW.self_payers_earned, at] += burden.income
            ledger[ROW.self_payers_asked, at] += 1
            ledger[ROW.self_payers_lapsed, at] += not pays
        if not pays:
            people.status[person] = NOT_LISTED
            continue
        ledger[ROW.self_contributions, at] += burden.price
        ledger[ROW.self_paid_relief, at] += terms.prices.unrelieved - burden.price
        people.year_contributed[person] += burden.price
        book_month(people, person, month, 1, law)


@touches(
    "people.income",
    "people.income_gain",
    "people.key",
    "people.parcel_month",
    "people.presence",
    "people.sector",
    "people.trained_since",
)
def who_pays_the_rest(city: City, moment: Moment, terms: Terms, persons: Long) -> Long:
    """Which of these recipients pay their own part: ones and zeros."""
    people, month = city.people, moment.month
    pays = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        price = whole_price(people.sector[person], terms.policy, terms.prices)
        whole = Burden(price, income_of(people, person, month, terms))
        drawn = chance.draw(people.key[person], month, chance.DECISION_PAY_REST)
        pays[place] = pays_rest(people.presence[person], drawn, whole, terms)
    return pays


def willing(city: City, moment: Moment, terms: Terms, enrolled: Long) -> tuple[Long, Long]:
    """Recipients whose month can be paid, and those who do not pay their part."""
    if terms.policy.share_ppm == PARTS_PER_MILLION:
        return enrolled, enrolled[:0]
    pays = who_pays_the_rest(city, moment, terms, enrolled) == 1
    return enrolled[pays], enrolled[~pays]


def payers_with_money(accounts: Accounts, terms: Terms) -> list[tuple[int, int]]:
    """Payers in their order, each with the person-months that its money surely pays for; those with any."""
    carried = [
        (funder, months_carried(accounts[funder].left, dearest(funder, terms.prices)))
        for funder in payers_with_any(accounts, terms.policy)
    ]
    return [(funder, months) for funder, months in carried if months > 0]


def paid_by_each(
    city: City, moment: Moment, persons: Long, payers: list[tuple[int, int]]
) -> Iterator[PaidFor]:
    """Payers with the recipients whose month each pays, longest enrolled first."""
    if payers and payers[0][1] >= persons.size:
        # Nobody's place in the queue matters where the first payer surely pays for all.
        yield PaidFor(payers[0][0], persons)
        return
    queue, taken, above = longest_enrolled(city, moment, persons), 0, NOBODY
    for funder, carried in payers:
        if taken >= queue.keys.size:
            break
        taken += carried
        last = last_admitted(queue.keys, taken)
        yield PaidFor(funder, queue.persons[(queue.keys > above) & (queue.keys <= last)])
        above = last


class Paid(NamedTuple):
    """What a month's contributions leave: how many recipients there are, the accounts, payers each with those
    whose month they paid, and the recipients who did not pay their own part.
    """

    enrolled: int
    accounts: Accounts
    persons: list[PaidFor]
    unwilling: Long


NOBODY_PAID = Paid(0, NO_MONEY, [], np.empty(0, dtype=np.int64))
"""Before the first contribution."""


def others_pay_columns(city: City, moment: Moment, terms: Terms, law: Law, accounts: Accounts) -> Paid:
    """The payers pay for the recipients."""
    enrolled = city.rolls.recipients
    if not is_paid_now(enrolled.size, person_months(accounts, terms), terms.policy):
        city.ledger[ROW.unfunded_person_months, moment.elapsed] += enrolled.size * terms.policy.is_paid_month
        return Paid(enrolled.size, accounts, [], enrolled[:0])
    ready, unwilling = willing(city, moment, terms, enrolled)
    by_payer, paid = list(paid_by_each(city, moment, ready, payers_with_money(accounts, terms))), 0
    for each in by_payer:
        spent = pay_for_recipients(city, moment, terms, law, each)
        accounts = after_payment_of(accounts, each.funder, int(spent))
        paid += each.persons.size
    city.ledger[ROW.paid_person_months, moment.elapsed] += paid
    city.ledger[ROW.late_person_months, moment.elapsed] += paid * (terms.policy.transfer_delay > 0)
    city.ledger[ROW.unfunded_person_months, moment.elapsed] += ready.size - paid
    city.ledger[ROW.rest_unpaid_months, moment.elapsed] += unwilling.size
    return Paid(enrolled.size, accounts, by_payer, unwilling)
