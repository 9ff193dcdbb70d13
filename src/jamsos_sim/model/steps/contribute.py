"""Step *contribute*: the city pays until its appropriation is used up; former recipients pay or lapse."""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.contributions import contribution_owed
from jamsos_sim.law.coverage import Membership, after_payment
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import PAYER_APBD, PAYER_SELF, SECTOR_OTHER, SECTOR_TRANSPORT
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Prices, Terms, with_status
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    FORMAL,
    INFORMAL,
    LEFT,
    NEVER,
    NO_PERSON,
    NOT_LISTED,
    RETIRED,
    SELF_PAYING,
)
from jamsos_sim.model.steps.admit import dearest, longest_enrolled
from jamsos_sim.model.steps.earn import burden_of, is_strained, lapse_threshold


def prices_of(base: int, law: Law) -> Prices:
    """Monthly contributions on a declared base."""
    return Prices(
        contribution_owed(base, PAYER_APBD, SECTOR_OTHER, law),
        contribution_owed(base, PAYER_APBD, SECTOR_TRANSPORT, law),
        contribution_owed(base, PAYER_SELF, SECTOR_OTHER, law),
        contribution_owed(base, PAYER_SELF, SECTOR_TRANSPORT, law),
    )


class Account(NamedTuple):
    """The city's account for contributions: the appropriation authorised for the year, and what is left of
    it.
    """

    authorised: int
    left: int


def after_authorisation(account: Account, policy: Policy, is_first_month: bool) -> Account:
    """The account after the month's budget decision.

    A fiscal year starts with its own appropriation (APBD) and what was left lapses; a revised budget (APBD-P)
    adds or takes away the difference.
    """
    if policy.is_fiscal_start or is_first_month:
        return Account(policy.appropriation, policy.appropriation)
    change = policy.appropriation - account.authorised
    return Account(policy.appropriation, account.left + change)


@rule
def payable(money_left: int, prices: Prices) -> int:
    """How many members the money left can surely pay for this month."""
    return money_left // dearest(prices)


@rule
def city_price(sector: int, prices: Prices) -> int:
    """What the city owes for a member of a sector, in rupiah a month."""
    return prices.city_transport if sector == SECTOR_TRANSPORT else prices.city_other


@rule
def wrong_row(presence: int, is_insured: bool, decile: int, chances: Chances) -> int:
    """Row of the ledger that counts a month paid for somebody who is not meant, or `NEVER`."""
    if presence == NO_PERSON:
        return ROW.paid_for_duplicates
    if presence == DEAD:
        return ROW.paid_for_dead
    if presence == LEFT:
        return ROW.paid_for_moved
    if presence == RETIRED:
        return ROW.paid_for_retired
    if presence == FORMAL or is_insured:
        return ROW.paid_for_insured
    return ROW.paid_for_better_off if decile > chances.vulnerable_decile else NEVER


@rule
def keeps_paying(presence: int, drawn: int, lapse: int) -> bool:
    """Whether a self-payer pays this month too: still in informal work, and no lapse.

    ``lapse`` is the threshold of the person and the month (`steps.earn.lapse_threshold`).
    """
    return bool(presence == INFORMAL and drawn >= lapse)


@touches(
    "people.is_self_paid",
    "people.last_paid_month",
    "people.paid_months",
    "people.run_start_month",
)
def pay_for(city: City, persons: Long, month: int, is_self_paid: int, law: Law) -> None:
    """Book one paid month on the memberships of some people."""
    people = city.people
    last_paid, run_start, paid_months = people.last_paid_month, people.run_start_month, people.paid_months
    payer = people.is_self_paid
    for person in persons:
        membership = Membership(last_paid[person], run_start[person], paid_months[person])
        paid = after_payment(membership, month, law)
        last_paid[person] = paid.last_paid_month
        run_start[person] = paid.run_start_month
        paid_months[person] = paid.paid_months
        payer[person] = is_self_paid


@touches("people.decile", "people.is_insured_elsewhere", "people.presence", "ledger")
def count_wrongly_paid(city: City, persons: Long, moment: Moment, terms: Terms) -> None:
    """Count the months paid for people who are not meant."""
    people, ledger = city.people, city.ledger
    for person in persons:
        is_insured = people.is_insured_elsewhere[person] == 1
        row = wrong_row(people.presence[person], is_insured, people.decile[person], terms.chances)
        if row != NEVER:
            ledger[row, moment.elapsed] += 1


@touches(
    "people.income",
    "people.key",
    "people.presence",
    "people.sector",
    "people.status",
    "ledger",
)
def keep_paying(city: City, persons: Long, moment: Moment, terms: Terms) -> None:
    """Let self-payers lapse or pay, and book what the contribution weighs on those who work."""
    people, ledger, month, at = city.people, city.ledger, moment.month, moment.elapsed
    for person in persons:
        key, presence = people.key[person], people.presence[person]
        drawn = chance.draw(key, month, chance.DECISION_MONTHLY_INCOME)
        burden = burden_of(people.sector[person], people.income[person], 0, drawn, terms)
        lapse = lapse_threshold(burden, terms.chances.lapse, terms.earnings)
        pays = keeps_paying(presence, chance.draw(key, month, chance.DECISION_LAPSE), lapse)
        if presence == INFORMAL:
            ledger[ROW.self_payers_strained, at] += is_strained(burden, terms.earnings)
            ledger[ROW.self_payers_due, at] += burden.price
            ledger[ROW.self_payers_earned, at] += burden.income
            ledger[ROW.self_payers_asked, at] += 1
            ledger[ROW.self_payers_lapsed, at] += not pays
        if pays:
            ledger[ROW.self_contributions, at] += burden.price
        else:
            people.status[person] = NOT_LISTED


def city_pays_columns(city: City, moment: Moment, terms: Terms, law: Law, money_left: int) -> int:
    """The city pays for everybody on its list, longest enrolled first when money runs short; rupiah spent."""
    queue, ledger, prices = longest_enrolled(city, moment), city.ledger, terms.prices
    paid = queue.first(int(payable(money_left, prices)))
    in_transport = np.count_nonzero(city.people.sector[paid] == SECTOR_TRANSPORT)
    spent = int(in_transport * prices.city_transport + (paid.size - in_transport) * prices.city_other)
    pay_for(city, paid, moment.month, 0, law)
    count_wrongly_paid(city, paid, moment, terms)
    ledger[ROW.city_contributions, moment.elapsed] += spent
    ledger[ROW.paid_person_months, moment.elapsed] += paid.size
    ledger[ROW.unfunded_person_months, moment.elapsed] += queue.persons.size - paid.size
    return spent


def self_pays_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Former recipients pay for themselves, or lapse."""
    status = city.people.status
    payers = with_status(city, SELF_PAYING)
    keep_paying(city, payers, moment, terms)
    pay_for(city, payers[status[payers] == SELF_PAYING], moment.month, 1, law)
