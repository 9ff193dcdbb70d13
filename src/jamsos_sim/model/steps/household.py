"""What a death or an injury leaves a household to live on, against the poverty line (part of *claim*).

A household is looked at over some months after the event, by the mean of its income and not month by month.
The food of a parcel that came in the month of the event is part of them, once, with the event and without it.
Scholarships are left out: they are for school.
"""

from typing import NamedTuple

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.cells import CELL, year_place
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.living_terms import Households
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    ACCIDENT,
    DEATH_OUT_OF_INFORMAL_WORK,
    NEVER,
    SELF_PAYING,
    SPONSORED,
    TEMPORARY,
    TOTAL,
)
from jamsos_sim.model.steps.claim import OUTCOME, full_death_benefit
from jamsos_sim.model.steps.count_cells import add_to_cells
from jamsos_sim.model.steps.injury import Injury, Luck, injury_benefit, injury_of, luck_of
from jamsos_sim.model.steps.support_parcels import parcel_income_in
from jamsos_sim.model.steps.support_training import gain_of
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION


class Home(NamedTuple):
    """A household before the event: people, what the worker and the others earn in a mean month, and what a
    parcel of the month of the event spares.
    """

    members: int
    income: int
    other_income: int
    spared: int


class Standing(NamedTuple):
    """Whether a household is below the poverty line: before the event, after it without any benefit, with
    what was paid, and with what full cover would have paid.
    """

    before: bool
    without_cover: bool
    as_it_is: bool
    with_full_cover: bool


class Aftermath(NamedTuple):
    """A household after the event: people, months looked at, and rupiah in them without any benefit."""

    members: int
    months: int
    means: int


@rule
def members_of(drawn: int, children: int, households: Households) -> int:
    """People in a household: two or more, and no fewer than the worker and the children."""
    others = drawn * households.members_span_ppm // PARTS_PER_MILLION // CHANCE_SCALE
    return max(2 + others, 1 + children)


@rule
def home_of(usual: int, children: int, size: int, earner: int, households: Households) -> Home:
    """A household by the worker's usual income, the children, and two draws.

    ``size`` decides how many people there are, and a low ``earner`` gives it another earner.
    """
    members = members_of(size, children, households)
    # Without the compiler the columns give small integers, in which the product would not fit.
    income = int(usual) * households.mean_factor_ppm // PARTS_PER_MILLION
    if earner >= households.other_earner:
        return Home(members, income, 0, 0)
    return Home(members, income, income * households.other_income_ppm // PARTS_PER_MILLION, 0)


@rule
def with_parcel(home: Home, spared: int) -> Home:
    """The household with a parcel that spares it so many rupiah."""
    return Home(home.members, home.income, home.other_income, spared)


@rule
def after_death(home: Home, households: Households) -> Aftermath:
    """The household without the worker."""
    months = households.bereaved_months
    return Aftermath(home.members - 1, months, home.other_income * months + home.spared)


@rule
def lasting_loss(injury: Injury) -> int:
    """Parts per million of the worker's income that an injury takes for good."""
    if injury.severity == TEMPORARY:
        return 0
    is_total = injury.severity == TOTAL
    return PARTS_PER_MILLION if is_total else min(PARTS_PER_MILLION, injury.impairment_ppm)


@rule
def after_injury(home: Home, injury: Injury, days_per_month: int, households: Households) -> Aftermath:
    """The household of an injured worker: care to pay, days without income, and less of it when disabled."""
    months = households.injured_months
    worked = max(0, home.income * months - home.income * injury.days // days_per_month)
    earned = worked * (PARTS_PER_MILLION - lasting_loss(injury)) // PARTS_PER_MILLION
    return Aftermath(home.members, months, earned + home.other_income * months + home.spared - injury.cost)


@rule
def is_poor_before(home: Home, months: int, households: Households) -> bool:
    """Whether a household is below the poverty line before anything happens, over as many months."""
    means = (home.income + home.other_income) * months + home.spared
    return bool(means < home.members * households.poverty_line * months)


@rule
def is_poor_after(aftermath: Aftermath, paid: int, households: Households) -> bool:
    """Whether a household is below the poverty line with a benefit, in rupiah, spread over the months."""
    needed = households.poverty_line * aftermath.members * aftermath.months
    return bool(aftermath.means + paid < needed)


@rule
def standing_of(home: Home, aftermath: Aftermath, paid: int, full: int, households: Households) -> Standing:
    """Where a household stands with ``paid`` rupiah of benefit, and with ``full``."""
    return Standing(
        is_poor_before(home, aftermath.months, households),
        is_poor_after(aftermath, 0, households),
        is_poor_after(aftermath, paid, households),
        is_poor_after(aftermath, max(paid, full), households),
    )


@rule
def children_born(first_child: int, second_child: int, month: int) -> int:
    """Children of a family who are born by a month, of the two that are kept."""
    first = int(first_child != NEVER and first_child <= month)
    return first + int(second_child != NEVER and second_child <= month)


@rule
def is_within_reach(event: int, decile: int, is_member: bool, is_admissible: bool, chances: Chances) -> bool:
    """Whether the programme covered a vulnerable worker, or could have.

    ``is_admissible`` says that nothing stood in the way of a membership: neither another one nor the age.
    """
    if event == DEATH_OUT_OF_INFORMAL_WORK or decile > chances.vulnerable_decile:
        return False
    return bool(is_member or is_admissible)


@rule
def aftermath_of(event: int, home: Home, luck: Luck, terms: Terms, law: Law) -> Aftermath:
    """What a case leaves a household to live on."""
    if event == ACCIDENT:
        injury = injury_of(luck, terms.severity)
        return after_injury(home, injury, law.incapacity_days_per_month, terms.households)
    return after_death(home, terms.households)


@rule
def full_benefit(event: int, luck: Luck, terms: Terms, law: Law) -> int:
    """Rupiah that long and unbroken cover would have paid on a case, scholarships apart."""
    if event == ACCIDENT:
        return injury_benefit(True, injury_of(luck, terms.severity), terms.policy.declared_base, law)
    return full_death_benefit(event, terms.policy.declared_base, law)


@rule
def household_row(event: int) -> int:
    """Row of the ledger that counts the household of a case; where it stands is in the rows after it."""
    return ROW.injured_households if event == ACCIDENT else ROW.bereaved_households


@rule
def household_cell(event: int) -> int:
    """Row of the cells that counts the household of a case; whether it is poor is in the two after it."""
    return CELL.injured_households if event == ACCIDENT else CELL.bereaved_households


@rule
def book_household(ledger: Totals, row: int, at: int, standing: Standing) -> None:
    """Count a household, and where it stands, in five rows from ``row`` on."""
    ledger[row, at] += 1
    ledger[row + 1, at] += standing.before
    ledger[row + 2, at] += standing.without_cover
    ledger[row + 3, at] += standing.as_it_is
    ledger[row + 4, at] += standing.with_full_cover


@rule
def count_household(city: City, person: int, row: int, year: int, standing: Standing) -> None:
    """Count a household in its cells, and whether it is poor without any benefit, and as it is."""
    add_to_cells(city, person, row, year, 1)
    add_to_cells(city, person, row + 1, year, int(standing.without_cover))
    add_to_cells(city, person, row + 2, year, int(standing.as_it_is))


@called_from_compiled
def count_households(city: City, moment: Moment, terms: Terms, law: Law, found: tuple[Long, Long]) -> None:
    """Count the households of people to whom something has happened this month, and where they stand with
    what was claimed, and what Jasa Raharja pays in its stead.

    ``found`` has the people, and what came of their cases as `claim.settle` gives it.
    """
    people, month, (persons, outcome) = city.people, moment.month, found
    year = year_place(moment, moment.elapsed)
    for place in range(persons.size):
        fetch_ahead(people, persons, place)
        person, is_covered = persons[place], outcome[OUTCOME.is_covered, place] == 1
        paid = outcome[OUTCOME.amount, place] + outcome[OUTCOME.offset, place]
        event, status, key = people.event[person], people.status[person], people.key[person]
        is_member = is_covered or status == SPONSORED or status == SELF_PAYING
        is_admissible = people.is_insured_elsewhere[person] == 0 and people.age[person] < law.maximum_age
        if is_within_reach(event, people.decile[person], is_member, is_admissible, terms.chances):
            luck = luck_of(key, month)
            children = children_born(people.first_child[person], people.second_child[person], month)
            size = chance.draw(key, 0, chance.DECISION_HOUSEHOLD)
            earner = chance.draw(key, 0, chance.DECISION_OTHER_EARNER)
            usual = people.income[person] + gain_of(people, person, month, terms.support)
            spared = parcel_income_in(month, people.parcel_month[person], terms.support)
            home = with_parcel(home_of(usual, children, size, earner, terms.households), spared)
            aftermath = aftermath_of(event, home, luck, terms, law)
            full = full_benefit(event, luck, terms, law)
            standing = standing_of(home, aftermath, paid, full, terms.households)
            book_household(city.ledger, household_row(event), moment.elapsed, standing)
            count_household(city, person, household_cell(event), year, standing)
