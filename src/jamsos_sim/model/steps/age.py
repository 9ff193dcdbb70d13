"""Step *age*: birthdays, and newcomers who take up informal work in the city."""

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Column
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL, NOT_ARRIVED
from jamsos_sim.units import MONTHS_PER_YEAR


@rule
def age_in(birth_month: int, month: int) -> int:
    """Completed years of life in a month."""
    return (month - birth_month) // MONTHS_PER_YEAR


@rule
def presence_after_arrival(presence: int, arrival_month: int, month: int) -> int:
    """Where a person is once newcomers have arrived."""
    if presence == NOT_ARRIVED and arrival_month <= month:
        return INFORMAL
    return presence


@rule
def arrival_row(elapsed: int) -> int:
    """Row of the ledger that counts an arrival: in the first month of a run everybody is new."""
    return ROW.newcomers if elapsed > 0 else ROW.starting_workers


@rule
def reaches_age_limit(age: int, presence: int, law: Law) -> bool:
    """Whether the birthday of somebody who was here before brings an informal worker to the age from which on
    nobody is registered.
    """
    return bool(age == law.maximum_age and presence == INFORMAL)


def arrived_before(arrivals: Column, months: range) -> list[int]:
    """How many people have arrived before each of these months; rows stand in the order of arrival."""
    # Months of another type would have the whole column copied.
    arrived: list[int] = arrivals.searchsorted(np.array(months, dtype=arrivals.dtype)).tolist()
    return arrived


@called_from_compiled
def take_up_work(city: City, moment: Moment, first: int) -> None:
    """Age and arrival of everybody from a row on."""
    people, month, arrived = city.people, moment.month, 0
    for person in range(first, people.age.size):
        people.age[person] = age_in(people.birth_month[person], month)
        before = people.presence[person]
        people.presence[person] = presence_after_arrival(before, people.arrival_month[person], month)
        arrived += people.presence[person] != before
    city.ledger[arrival_row(moment.elapsed), moment.elapsed] += arrived


@touches(
    "people.age",
    "people.arrival_month",
    "people.birth_month",
    "people.presence",
    "ahead.birthdays",
    "ledger",
)
def age_columns(city: City, moment: Moment, law: Law, first: int) -> None:
    """A year more for the people whose birthday it is, of those before the row ``first``, who had arrived
    before; and the arrival of all others: in the first month of a run everybody is new.
    """
    take_up_work(city, moment, first)
    people, birthdays, reached = city.people, city.ahead.birthdays, 0
    calendar = moment.month % MONTHS_PER_YEAR
    for person in birthdays.persons[birthdays.start[calendar] : birthdays.start[calendar + 1]]:
        if person >= first:
            break
        people.age[person] += 1
        reached += reaches_age_limit(people.age[person], people.presence[person], law)
    city.ledger[ROW.reached_age_limit, moment.elapsed] += reached
