"""Step *move*: leaving informal work for formal work and coming back, moving out of the city, retiring."""

from typing import NamedTuple

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.model.context import Chances, City, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import FORMAL, INFORMAL, LEFT, RETIRED, SPONSORED


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
def is_here(presence: int) -> bool:
    """Whether a living person of one's own is in the city."""
    return bool(presence == INFORMAL or presence == FORMAL or presence == RETIRED)


@rule
def work_after_move(work: int, age: int, drawn: int, mobility: Mobility) -> int:
    """Informal work, formal work or none (`RETIRED`) after a month in the city."""
    if work == INFORMAL:
        if drawn < mobility.to_formal:
            return FORMAL
        is_old = age >= mobility.retirement_age
        return RETIRED if is_old and drawn < mobility.to_formal + mobility.retirement else INFORMAL
    if work == FORMAL and drawn < mobility.to_informal:
        return INFORMAL
    return work


@rule
def presence_after_move(presence: int, age: int, drawn: int, mobility: Mobility) -> int:
    """Where a person is after the moves of a month; one draw decides among the ways to go."""
    if not is_here(presence):
        return presence
    if drawn < mobility.moving_out:
        return LEFT
    return work_after_move(presence, age, drawn - mobility.moving_out, mobility)


@rule
def move_row(before: int, after: int) -> int:
    """Row of the ledger that counts a move from one presence to another."""
    if after == LEFT:
        return ROW.workers_moved_out if before == INFORMAL else ROW.others_moved_out
    if after == RETIRED:
        return ROW.retired
    return ROW.left_for_formal if after == FORMAL else ROW.came_from_formal


@called_from_compiled
def move(city: City, moment: Moment, terms: Terms) -> None:
    """The moves of a month, of those whose draw is low enough for any."""
    people, mobility = city.people, mobility_of(terms.chances)
    age, presence = people.age, people.presence
    start, persons, draws = city.ahead.move.start, city.ahead.move.persons, city.ahead.move.drawn
    for place in range(start[moment.elapsed], start[moment.elapsed + 1]):
        person = persons[place]
        before = presence[person]
        if is_here(before):
            drawn = int(np.int64(draws[place]))
            after = presence_after_move(before, age[person], drawn, mobility)
            if after != before:
                presence[person] = after
                if people.status[person] == SPONSORED:
                    change = int(after == INFORMAL) - int(before == INFORMAL)
                    city.communities.enrolled[people.community[person]] += change
                city.ledger[move_row(before, after), moment.elapsed] += 1
                if after == LEFT:
                    people.gone_since[person] = moment.month
