"""What a worker earns in a month, and what the contribution weighs against it.

Incomes of informal workers are low and irregular: a month's income is the usual one times a factor that is
drawn anew each month. It is worked out where it decides or is shown, never for everybody: for those who pay
for themselves and for those on the city's list.
"""

from typing import NamedTuple

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.selectors import SECTOR_TRANSPORT
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, People, Prices, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.living_terms import Earnings
from jamsos_sim.model.month import Moment
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import INFORMAL, SPONSORED
from jamsos_sim.model.steps.support_parcels import parcel_income_at_end, parcel_income_in
from jamsos_sim.model.steps.support_training import gain_of
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION

MONTHS_PER_QUARTER = 3
MOST_RELATIVE_PPM = 1_000 * PARTS_PER_MILLION
"""How far above the usual money counts: at any chance of the assumptions all is certain by then, and
products would not fit into the numbers of compiled code (a recipient whom nobody pays for owes nothing).
"""


class Burden(NamedTuple):
    """A month's contribution beside the month's income of the one who owes it, in rupiah."""

    price: int
    income: int


@rule
def is_quarter_end(month: int) -> bool:
    """Whether what the contribution weighs on recipients is looked at: four months of the year show it."""
    return (month + 1) % MONTHS_PER_QUARTER == 0


@rule
def month_factor(drawn: int, earnings: Earnings) -> int:
    """A month's income over the usual one, in parts per million.

    The lowest draws are poor months, with hardly any income; the others lie evenly around the usual one. A
    higher draw is a better month.
    """
    if drawn < earnings.poor_month:
        return earnings.poor_ppm
    return max(0, PARTS_PER_MILLION - earnings.spread_ppm + 2 * earnings.spread_ppm * drawn // CHANCE_SCALE)


@rule
def monthly_income(usual: int, gain: int, drawn: int, earnings: Earnings) -> int:
    """Rupiah earned in a month.

    Parameters
    ----------
    usual:
        Income of an ordinary month, rupiah.
    gain:
        What a training (pelatihan) adds to it, rupiah a month.
    drawn:
        The person's draw of the month, `chance.DECISION_MONTHLY_INCOME`.
    """
    # Without the compiler the columns give small integers, in which the product would not fit.
    return (int(usual) + int(gain)) * month_factor(drawn, earnings) // PARTS_PER_MILLION


@rule
def self_price(sector: int, prices: Prices) -> int:
    """What a member of a sector owes who pays alone, in rupiah a month."""
    return prices.self_transport if sector == SECTOR_TRANSPORT else prices.self_other


@rule
def burden_of(sector: int, income: int, prices: Prices) -> Burden:
    """What a month's contribution, paid alone, would weigh on a worker with so much income in the month."""
    return Burden(self_price(sector, prices), income)


@rule
def share_of_income(burden: Burden) -> int:
    """The contribution over the month's income in parts per million; all of it when nothing is earned."""
    if burden.income <= burden.price:
        return PARTS_PER_MILLION
    return burden.price * PARTS_PER_MILLION // burden.income


@rule
def is_strained(burden: Burden, earnings: Earnings) -> bool:
    """Whether the contribution is a strain on the month's income."""
    return burden.price * PARTS_PER_MILLION > burden.income * earnings.strained_ppm


@rule
def leaning(relative_ppm: int, earnings: Earnings) -> int:
    """How a chance leans on money: one, or in so far as money decides ``relative_ppm``; parts per million."""
    other = PARTS_PER_MILLION - earnings.tight_ppm
    return other + earnings.tight_ppm * min(relative_ppm, MOST_RELATIVE_PPM) // PARTS_PER_MILLION


@rule
def lapse_threshold(burden: Burden, lapse: int, earnings: Earnings) -> int:
    """Threshold of not paying this month, for one who pays alone: higher where the contribution weighs more.

    ``lapse`` is the threshold of the usual self-payer. A higher income never makes a lapse likelier.
    """
    relative_ppm = share_of_income(burden) * PARTS_PER_MILLION // earnings.usual_share_ppm
    return min(CHANCE_SCALE, lapse * leaning(relative_ppm, earnings) // PARTS_PER_MILLION)


@rule
def continue_threshold(burden: Burden, go_on: int, earnings: Earnings) -> int:
    """Threshold of going on alone when a subsidy ends: higher for a lower price and a higher income.

    ``go_on`` is the threshold at the usual price and the mean income.
    """
    income_ppm = burden.income * PARTS_PER_MILLION // earnings.mean_income
    relative_ppm = income_ppm * earnings.usual_price // max(1, burden.price)
    return min(CHANCE_SCALE, go_on * leaning(relative_ppm, earnings) // PARTS_PER_MILLION)


@called_from_compiled
def earned_by(people: People, person: int, month: int, terms: Terms) -> int:
    """Rupiah that somebody earns in a month, with what a training adds."""
    gain = gain_of(people, person, month, terms.support)
    drawn = chance.draw(people.key[person], month, chance.DECISION_MONTHLY_INCOME)
    return monthly_income(people.income[person], gain, drawn, terms.earnings)


@called_from_compiled
def income_of(people: People, person: int, month: int, terms: Terms) -> int:
    """Rupiah of somebody's income in a month: what is earned and what a parcel spares."""
    spared = parcel_income_in(month, people.parcel_month[person], terms.support)
    return earned_by(people, person, month, terms) + spared


@called_from_compiled
def burden_on(people: People, person: int, month: int, terms: Terms) -> Burden:
    """What a month's contribution, paid alone, would weigh on somebody."""
    return burden_of(people.sector[person], income_of(people, person, month, terms), terms.prices)


@called_from_compiled
def burden_at_end(people: People, person: int, month: int, terms: Terms) -> Burden:
    """What a month's contribution would weigh on somebody whose subsidy ends."""
    spared = parcel_income_at_end(month, people.parcel_month[person], terms.support)
    return burden_of(people.sector[person], earned_by(people, person, month, terms) + spared, terms.prices)


@touches(
    "people.income",
    "people.income_gain",
    "people.key",
    "people.parcel_month",
    "people.presence",
    "people.sector",
    "people.trained_since",
    "ledger",
)
def weigh(city: City, moment: Moment, terms: Terms, persons: Long) -> None:
    """Book what the contribution would weigh on those of these people who are in informal work."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    strained, due, income, weighed = 0, 0, 0, 0
    for place in range(persons.size):
        fetch_ahead(people, persons, place)
        person = persons[place]
        if people.presence[person] == INFORMAL:
            burden = burden_on(people, person, moment.month, terms)
            strained += is_strained(burden, terms.earnings)
            due += burden.price
            income += burden.income
            weighed += 1
    ledger[ROW.recipients_strained, at] = strained
    ledger[ROW.recipients_due, at] = due
    ledger[ROW.recipients_earned, at] = income
    ledger[ROW.recipients_weighed, at] = weighed


def weigh_columns(city: City, moment: Moment, terms: Terms) -> None:
    """What the contribution would weigh on the people on the city's list."""
    if is_quarter_end(moment.month):
        weigh(city, moment, terms, with_status(city, SPONSORED))
