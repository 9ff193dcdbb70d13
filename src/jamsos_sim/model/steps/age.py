"""Step *age*: birthdays, and newcomers who take up informal work in the city."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Column
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


def arrived_before(arrivals: Column, month: int) -> int:
    """How many people have arrived before a month; rows stand in the order of arrival."""
    # A month of another type would have the whole column copied.
    return int(np.searchsorted(arrivals, np.int32(month), side="left"))


@touches(
    "people.age",
    "people.arrival_month",
    "people.birth_month",
    "people.presence",
)
def take_up_work(city: City, moment: Moment, first: int) -> None:
    """Age and arrival of everybody from a row on."""
    people, month = city.people, moment.month
    for person in range(first, people.age.size):
        people.age[person] = age_in(people.birth_month[person], month)
        people.presence[person] = presence_after_arrival(
            people.presence[person], people.arrival_month[person], month
        )


@touches("people.age")
def grow_older(city: City, persons: Column, first: int) -> None:
    """A year more for the people whose birthday it is, of those who had arrived before."""
    for person in persons:
        if person >= first:
            break
        city.people.age[person] += 1


def age_columns(city: City, moment: Moment) -> None:
    """Birthdays and arrivals of a month; in the first month of a run everybody is new."""
    people, month = city.people, moment.month
    is_first = moment.elapsed == 0
    first = 0 if is_first else arrived_before(people.arrival_month, month)
    take_up_work(city, moment, first)
    grow_older(city, city.ahead.birthdays.of(month % MONTHS_PER_YEAR), first)
