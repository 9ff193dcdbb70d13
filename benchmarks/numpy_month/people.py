"""Birthdays, arrivals, moves, and households that rise and fall: the steps *age* and *move*."""

import numpy as np
import numpy.typing as npt

from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import Chances, City, Column, Long, Tiny
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.living_terms import Earnings
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import FORMAL, INFORMAL, LEFT, NOT_ARRIVED, RETIRED
from jamsos_sim.model.steps.age import arrival_row
from jamsos_sim.population.registry import HIGHEST_DECILE, LOWEST_DECILE
from jamsos_sim.units import MONTHS_PER_YEAR, PARTS_PER_MILLION
from numpy_month.luck import Drawn

Flags = npt.NDArray[np.bool_]


def are_here(presence: Tiny) -> Flags:
    """Which of these are living people in the city."""
    return (presence == INFORMAL) | (presence == FORMAL) | (presence == RETIRED)


def grow_older(city: City, moment: Moment, law: Law, first: int, born: Long) -> None:
    """Everybody from a row on is new; the others of these birthdays are a year older."""
    people, at = city.people, moment.elapsed
    new = slice(first, people.age.size)
    people.age[new] = (moment.month - people.birth_month[new]) // MONTHS_PER_YEAR
    presence = people.presence[new]
    arrives = (presence == NOT_ARRIVED) & (people.arrival_month[new] <= moment.month)
    presence[arrives] = INFORMAL
    city.ledger[arrival_row(at), at] += np.count_nonzero(arrives)
    born = born[: np.searchsorted(born, first)]
    age = (moment.month - people.birth_month.take(born)) // MONTHS_PER_YEAR
    people.age[born] = age
    reaching = born[age == law.maximum_age]
    city.ledger[ROW.reached_age_limit, at] += np.count_nonzero(people.presence.take(reaching) == INFORMAL)


def move(city: City, moment: Moment, chances: Chances, drawn: Drawn) -> None:
    """The moves of a month, of those whose draw is low enough for any."""
    people = city.people
    drawn = drawn.only(are_here(people.presence.take(drawn.rows)))
    rows, draws = drawn.rows, drawn.draws - chances.moving_out
    before = people.presence.take(rows)
    was_informal = before == INFORMAL
    retires = was_informal & (people.age.take(rows) >= chances.retirement_age)
    retires &= draws < chances.to_formal + chances.retirement
    after = np.where(retires, np.int8(RETIRED), before)
    after[was_informal & (draws < chances.to_formal)] = FORMAL
    after[(before == FORMAL) & (draws < chances.to_informal)] = INFORMAL
    after[draws < 0] = LEFT
    count_moves(city, moment, before, after)
    people.presence[rows] = after
    people.gone_since[rows[draws < 0]] = moment.month


def count_moves(city: City, moment: Moment, before: Tiny, after: Tiny) -> None:
    """Count moves from one presence to another."""
    changed = np.flatnonzero(after != before)
    was_informal, to = before[changed] == INFORMAL, after[changed]
    counted = {
        ROW.workers_moved_out: was_informal & (to == LEFT),
        ROW.others_moved_out: ~was_informal & (to == LEFT),
        ROW.retired: to == RETIRED,
        ROW.left_for_formal: to == FORMAL,
        ROW.came_from_formal: to == INFORMAL,
    }
    for row, flags in counted.items():
        city.ledger[row, moment.elapsed] += np.count_nonzero(flags)


def climb(city: City, moment: Moment, earnings: Earnings, steps: tuple[Column, Tiny, Column]) -> None:
    """Let households step up or down, if they live in the city and are not at an end of the deciles."""
    people, (rows, deciles, first_income) = city.people, steps
    before = people.decile.take(rows)
    after = np.clip(before + deciles, LOWEST_DECILE, HIGHEST_DECILE)
    moves = are_here(people.presence.take(rows)) & (after != before)
    city.ledger[ROW.decile_risen, moment.elapsed] += np.count_nonzero(moves & (deciles > 0))
    city.ledger[ROW.decile_fallen, moment.elapsed] += np.count_nonzero(moves & (deciles < 0))
    rows, deciles, first_income = rows[moves], deciles[moves], first_income[moves].astype(np.int64)
    people.decile[rows] = after[moves]
    people.decile_since[rows] = moment.month
    worth = first_income * earnings.step_ppm // PARTS_PER_MILLION
    people.income[rows] = np.maximum(0, people.income.take(rows) + deciles * worth)
