"""The city's budget lines beside contributions: outreach, data, and administration.

A line with a ceiling is spent first come, first served within the fiscal year. Meetings that the outreach
line cannot pay are not held, those of the highest draws first. Files that the data line cannot have checked
stay on the desk; a refresh of the registry or a check of the whole list is left out when the line cannot pay
all of it. What has been spent stands in the ledger.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.context import City, Costs, Policy, Terms
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import MATCHING_NONE
from jamsos_sim.units import calendar_month

OUTREACH_LINE = (ROW.outreach_cost,)
DATA_LINE = (ROW.refresh_cost, ROW.insurer_check_cost, ROW.civil_check_cost, ROW.ground_check_cost)


def left_of_line(ceiling: int, rows: tuple[int, ...], ledger: Totals, moment: Moment) -> int:
    """Rupiah left of a line in the fiscal year, or `NO_CEILING`."""
    if ceiling == NO_CEILING:
        return NO_CEILING
    start = max(0, moment.elapsed - calendar_month(moment.month) + 1)
    return max(0, ceiling - int(ledger[list(rows), start : moment.elapsed + 1].sum()))


@rule
def affordable(left: int, price: int) -> int:
    """How many times a line can pay a price; `NO_CEILING` when nothing limits it."""
    return NO_CEILING if left == NO_CEILING or price == 0 else left // price


@rule
def is_affordable(count: int, left: int, price: int) -> bool:
    """Whether a line can pay a price so many times."""
    return bool(left == NO_CEILING or count * price <= left)


@rule
def check_price(policy: Policy, costs: Costs) -> int:
    """The most that the check of one person costs, in rupiah."""
    insurer = 0 if policy.insurer_matching == MATCHING_NONE else costs.insurer_check
    civil = costs.civil_check if policy.has_civil_matching else 0
    ground = costs.ground_check if policy.ground_check > 0 else 0
    return insurer + civil + ground


def meetings_within_money(city: City, moment: Moment, terms: Terms) -> Terms:
    """The terms under which the month's meetings are held: as many as the outreach line can pay."""
    policy = terms.policy
    left = left_of_line(policy.outreach_money, OUTREACH_LINE, city.ledger, moment)
    most = affordable(left, terms.costs.meeting)
    if most == NO_CEILING or policy.meetings == 0:
        return terms
    drawn = chance.draws(city.communities.key, moment.month, chance.DECISION_MEETING)
    if np.count_nonzero(drawn < policy.meetings) <= most:
        return terms
    return terms._replace(policy=policy._replace(meetings=int(np.partition(drawn, most)[most])))


@rule
def is_held(drawn: int, policy: Policy) -> bool:
    """Whether a community meets, by its draw: the lowest meet."""
    return bool(drawn < policy.meetings)


@called_from_compiled
def book_meetings(city: City, moment: Moment, terms: Terms, held: int) -> None:
    """Book so many meetings of the month."""
    city.ledger[ROW.meetings, moment.elapsed] += held
    city.ledger[ROW.outreach_cost, moment.elapsed] += held * terms.costs.meeting


def desk_within_money(city: City, moment: Moment, terms: Terms) -> Terms:
    """The terms under which files are verified: as many as the data line can have checked."""
    policy = terms.policy
    left = left_of_line(policy.data_money, DATA_LINE, city.ledger, moment)
    most = affordable(left, check_price(policy, terms.costs))
    if most == NO_CEILING or most >= policy.verification_capacity:
        return terms
    return terms._replace(policy=policy._replace(verification_capacity=most))


def can_refresh(city: City, moment: Moment, terms: Terms, records: int) -> bool:
    """Whether the data line can pay a refresh of so many records."""
    left = left_of_line(terms.policy.data_money, DATA_LINE, city.ledger, moment)
    return is_affordable(records, left, terms.costs.refresh)


def can_check(city: City, moment: Moment, terms: Terms, people: int) -> bool:
    """Whether the data line can pay a check of so many people."""
    left = left_of_line(terms.policy.data_money, DATA_LINE, city.ledger, moment)
    return is_affordable(people, left, check_price(terms.policy, terms.costs))


def book_administration(ledger: Totals, moment: Moment, terms: Terms, enrolled: int) -> None:
    """Book what administering the list costs in a month."""
    ledger[ROW.administration_cost, moment.elapsed] += enrolled * terms.costs.administration
