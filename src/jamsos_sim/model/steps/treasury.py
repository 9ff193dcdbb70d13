"""Money for contributions: what every payer may spend in a fiscal year, how far it goes, and what is left.

Each payer has an account. A fiscal year starts with its own money and what was left lapses; a revised budget
(APBD-P) adds or takes away the difference. How many months the money can carry decides on admissions, and,
when the year's money cannot carry the list, on months or people (part of the steps *admit* and *contribute*).
"""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.levers_money import FUNDERS
from jamsos_sim.model.context import Policy, Prices, Terms
from jamsos_sim.model.ledger import APPROPRIATIONS, ROW, UNSPENT, Totals
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import CITY, FEWER_MONTHS, FEWER_PEOPLE, NEVER
from jamsos_sim.units import MONTHS_PER_YEAR, calendar_month


class Account(NamedTuple):
    """A payer's account for contributions: the money authorised for the year, and what is left of it."""

    authorised: int
    left: int


Accounts = tuple[Account, ...]
"""One account for each payer, in the order of `FUNDERS`."""

NO_MONEY: Accounts = (Account(0, 0),) * len(FUNDERS)


def after_authorisation(account: Account, money: int, is_new_year: bool) -> Account:
    """The account after the month's budget decision."""
    if is_new_year:
        return Account(money, money)
    return Account(money, account.left + money - account.authorised)


def is_new_year(policy: Policy, moment: Moment) -> bool:
    """Whether accounts open anew: at the start of a fiscal year, or of the run."""
    return bool(policy.is_fiscal_start) or moment.elapsed == 0


def receive_money(accounts: Accounts, ledger: Totals, policy: Policy, moment: Moment) -> Accounts:
    """The accounts after the month's budget decisions, which are booked."""
    anew, at = is_new_year(policy, moment), moment.elapsed
    if not anew and all(
        account.authorised == money for account, money in zip(accounts, policy.funds, strict=True)
    ):
        return accounts
    after = tuple(
        after_authorisation(account, money, anew)
        for account, money in zip(accounts, policy.funds, strict=True)
    )
    for row, was, now in zip(APPROPRIATIONS, accounts, after, strict=True):
        ledger[row, at] += now.authorised - (0 if anew else was.authorised)
    if not anew:
        ledger[ROW.appropriation_revision, at] += after[CITY].authorised - accounts[CITY].authorised
    return after


def book_unspent(accounts: Accounts, ledger: Totals, moment: Moment) -> None:
    """At the end of a fiscal year, book what is left of each payer's money."""
    if calendar_month(moment.month) == MONTHS_PER_YEAR:
        for row, account in zip(UNSPENT, accounts, strict=True):
            ledger[row, moment.elapsed] += max(0, account.left)


def after_payment_of(accounts: Accounts, funder: int, spent: int) -> Accounts:
    """The accounts after a payer has spent some rupiah."""
    paid = accounts[funder]
    return (*accounts[:funder], paid._replace(left=paid.left - spent), *accounts[funder + 1 :])


@rule
def dearest(funder: int, prices: Prices) -> int:
    """The highest price that a payer pays for a recipient, in rupiah a month."""
    return max(prices.other[funder], prices.transport[funder])


@rule
def planning_price(funder: int, terms: Terms) -> int:
    """Rupiah a month that a payer reckons with for a recipient; the city with its unit price, if any."""
    if funder == CITY and terms.policy.unit_price > 0:
        return terms.policy.unit_price
    return dearest(funder, terms.prices)


@rule
def months_carried(money: int, price: int) -> int:
    """Person-months that money surely pays for."""
    return max(0, money) // price


def payers_in_order(policy: Policy) -> tuple[int, ...]:
    """Codes of those who pay, the first one first."""
    return tuple(funder for funder in policy.funding_order if funder != NEVER)


def payers_with_any(accounts: Accounts, policy: Policy) -> list[int]:
    """Codes of those who have money left, the first payer first."""
    return [funder for funder in payers_in_order(policy) if accounts[funder].left > 0]


def person_months(accounts: Accounts, terms: Terms) -> int:
    """Person-months that the money of all payers is reckoned to carry for the rest of the year."""
    payers = payers_with_any(accounts, terms.policy)
    return sum(months_carried(accounts[funder].left, planning_price(funder, terms)) for funder in payers)


@rule
def is_paid_now(enrolled: int, carried: int, policy: Policy) -> bool:
    """Whether contributions of this month are paid.

    With fewer months for the same people the first planned months go unpaid, until the money carries the list
    through the months that remain; the last one is always paid as far as the money goes.
    """
    if not policy.is_paid_month:
        return False
    if policy.shortfall != FEWER_MONTHS or policy.paid_months_left <= 1:
        return True
    return bool(enrolled * policy.paid_months_left <= carried)


@rule
def places_carried(enrolled: int, carried: int, policy: Policy) -> int:
    """People who keep their places when the money cannot carry the list through the planned months."""
    if policy.shortfall != FEWER_PEOPLE or policy.paid_months_left == 0:
        return enrolled
    return min(enrolled, carried // policy.paid_months_left)
