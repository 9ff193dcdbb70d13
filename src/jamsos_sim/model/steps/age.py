"""Step *age*: birthdays, and newcomers who take up informal work in the city."""

from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City
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


@touches(
    "people.age",
    "people.arrival_month",
    "people.birth_month",
    "people.presence",
)
def age_columns(city: City, moment: Moment) -> None:
    """Everybody's age and arrival in a month."""
    people = city.people
    birth_month, arrival_month = people.birth_month, people.arrival_month
    age, presence = people.age, people.presence
    for person in range(age.size):
        age[person] = age_in(birth_month[person], moment.month)
        presence[person] = presence_after_arrival(presence[person], arrival_month[person], moment.month)
