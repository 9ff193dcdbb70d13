"""Step *move*: leaving informal work for formal work and coming back, moving out of the city, retiring."""

from typing import NamedTuple

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import FORMAL, INFORMAL, LEFT


class Mobility(NamedTuple):
    """Thresholds of the ways to go, for people of one world; and the age from which some retire."""

    to_formal: int
    to_informal: int
    moving_out: int
    retirement: int
    retirement_age: int


@rule
def mobility_of(chances: Chances) -> Mobility:
    """The chances of moving in a world."""
    return Mobility(
        chances.to_formal,
        chances.to_informal,
        chances.moving_out,
        chances.retirement,
        chances.retirement_age,
    )


@rule
def presence_after_move(presence: int, age: int, drawn: int, mobility: Mobility) -> int:
    """Where a person is after the moves of a month; one draw decides among the ways to go."""
    if presence == INFORMAL:
        if drawn < mobility.to_formal:
            return FORMAL
        leaving = mobility.to_formal + mobility.moving_out
        if age >= mobility.retirement_age:
            leaving += mobility.retirement
        return LEFT if drawn < leaving else INFORMAL
    if presence == FORMAL:
        if drawn < mobility.to_informal:
            return INFORMAL
        return LEFT if drawn < mobility.to_informal + mobility.moving_out else FORMAL
    return presence


@touches(
    "people.age",
    "people.gone_since",
    "people.key",
    "people.presence",
)
def move_columns(city: City, moment: Moment, terms: Terms) -> None:
    """Everybody's move in a month."""
    people, mobility = city.people, mobility_of(terms.chances)
    key, age, presence = people.key, people.age, people.presence
    for person in range(key.size):
        if presence[person] == INFORMAL or presence[person] == FORMAL:
            drawn = chance.draw(key[person], moment.month, chance.DECISION_MOVE)
            presence[person] = presence_after_move(presence[person], age[person], drawn, mobility)
            if presence[person] == LEFT:
                people.gone_since[person] = moment.month
