"""What people earn in a month and what the contribution weighs against it, over columns."""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.selectors import SECTOR_TRANSPORT
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.living_terms import Earnings
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL
from jamsos_sim.model.steps.earn import MOST_RELATIVE_PPM
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION
from numpy_month.people import Flags


class Burdens(NamedTuple):
    """A month's contribution paid alone beside the month's income, in rupiah, of some people."""

    price: Long
    income: Long


def burdens(city: City, moment: Moment, terms: Terms, rows: Long) -> Burdens:
    """What a month's contribution, paid alone, weighs on people; nobody has had a training."""
    people, earnings, prices = city.people, terms.earnings, terms.prices
    drawn = chance.draws(people.key.take(rows), moment.month, chance.DECISION_MONTHLY_INCOME)
    factor = 2 * earnings.spread_ppm * drawn // CHANCE_SCALE + (PARTS_PER_MILLION - earnings.spread_ppm)
    factor = np.where(drawn < earnings.poor_month, earnings.poor_ppm, np.maximum(0, factor))
    income = people.income.take(rows) * factor // PARTS_PER_MILLION
    in_transport = people.sector.take(rows) == SECTOR_TRANSPORT
    return Burdens(np.where(in_transport, prices.self_transport, prices.self_other), income)


def are_strained(burden: Burdens, earnings: Earnings) -> Flags:
    """Whether the contribution is a strain on the month's income."""
    return burden.price * PARTS_PER_MILLION > burden.income * earnings.strained_ppm


def leanings(relative_ppm: Long, earnings: Earnings) -> Long:
    """How chances lean on money, in parts per million."""
    other = PARTS_PER_MILLION - earnings.tight_ppm
    return other + earnings.tight_ppm * np.minimum(relative_ppm, MOST_RELATIVE_PPM) // PARTS_PER_MILLION


def lapse_thresholds(burden: Burdens, lapse: int, earnings: Earnings) -> Long:
    """Thresholds of not paying this month, for people who pay alone."""
    share = burden.price * PARTS_PER_MILLION // np.maximum(1, burden.income)
    share[burden.income <= burden.price] = PARTS_PER_MILLION
    leaning = leanings(share * PARTS_PER_MILLION // earnings.usual_share_ppm, earnings)
    return np.minimum(CHANCE_SCALE, lapse * leaning // PARTS_PER_MILLION)


def continue_thresholds(burden: Burdens, go_on: int, earnings: Earnings) -> Long:
    """Thresholds of going on alone when a subsidy ends."""
    income_ppm = burden.income * PARTS_PER_MILLION // earnings.mean_income
    relative_ppm = income_ppm * earnings.usual_price // np.maximum(1, burden.price)
    return np.minimum(CHANCE_SCALE, go_on * leanings(relative_ppm, earnings) // PARTS_PER_MILLION)


def weigh(city: City, moment: Moment, terms: Terms, enrolled: Long) -> None:
    """Book what the contribution would weigh on the recipients in informal work."""
    at_work = enrolled[city.people.presence.take(enrolled) == INFORMAL]
    burden, at = burdens(city, moment, terms, at_work), moment.elapsed
    city.ledger[ROW.recipients_strained, at] = np.count_nonzero(are_strained(burden, terms.earnings))
    city.ledger[ROW.recipients_due, at] = burden.price.sum()
    city.ledger[ROW.recipients_earned, at] = burden.income.sum()
    city.ledger[ROW.recipients_weighed, at] = at_work.size
