"""Step *move*: leaving informal work for formal work and coming back, moving out of the city, retiring."""

from jamsos_sim import chance
from jamsos_sim.compiled import compiled, rule
from jamsos_sim.model.context import Chances, City, Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import FORMAL, INFORMAL, LEFT


@rule
def presence_after_move(presence: int, age: int, drawn: int, chances: Chances) -> int:
    """Where a person is after the moves of a month; one draw decides among the ways to go."""
    if presence == INFORMAL:
        if drawn < chances.to_formal:
            return FORMAL
        leaving = chances.to_formal + chances.moving_out
        if age >= chances.retirement_age:
            leaving += chances.retirement
        return LEFT if drawn < leaving else INFORMAL
    if presence == FORMAL:
        if drawn < chances.to_informal:
            return INFORMAL
        return LEFT if drawn < chances.to_informal + chances.moving_out else FORMAL
    return presence


@compiled
def move_columns(city: City, moment: Moment, terms: Terms) -> None:
    """Everybody's move in a month."""
    people, chances = city.people, terms.chances
    key, age, presence = people.key, people.age, people.presence
    for person in range(age.size):
        if presence[person] == INFORMAL or presence[person] == FORMAL:
            drawn = chance.draw(key[person], moment.month, chance.DECISION_MOVE)
            presence[person] = presence_after_move(presence[person], age[person], drawn, chances)
