"""Households rise and fall in welfare by a decile, at most once a year (part of the step *move*).

One draw a year decides whether, which way and in which month. The steps are those of the world and no
scenario changes them, so they are looked up once for all months of all runs.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.population.registry import HIGHEST_DECILE
from jamsos_sim.population.workers import Population
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION, year_of

LOWEST_DECILE = 1


class Step(NamedTuple):
    """A year's step of a household: one decile down or up, or none; and the month of the year, from 0."""

    deciles: int
    month: int


@rule
def step_of_year(drawn: int, down: int, up: int) -> Step:
    """The step that a year's draw means; ``down`` and ``up`` are the thresholds of a year.

    Together they are not more than a certainty: who falls does not rise.
    """
    if drawn < down:
        return Step(-1, drawn * MONTHS_PER_YEAR // down)
    rising = min(up, CHANCE_SCALE - down)
    if drawn - down < rising:
        return Step(1, (drawn - down) * MONTHS_PER_YEAR // rising)
    return Step(0, 0)


@rule
def decile_after(decile: int, deciles: int) -> int:
    """Decile after a step; the ends are the ends."""
    return min(HIGHEST_DECILE, max(LOWEST_DECILE, decile + deciles))


@rule
def income_after(income: int, first_income: int, deciles: int, share_ppm: int) -> int:
    """Usual income after a step of so many deciles, each worth a share of the income at the start."""
    return max(0, int(income) + deciles * (int(first_income) * share_ppm // PARTS_PER_MILLION))


@rule
def climb_row(before: int, after: int) -> int:
    """Row of the ledger that counts a household's step from one decile to another."""
    return ROW.decile_risen if after > before else ROW.decile_fallen


class DecileSteps(NamedTuple):
    """The steps of a world in the order of their months.

    Attributes
    ----------
    steps:
        Rows: who, which way, and the person's income at the start; a column for each step.
    starts:
        The month ``elapsed`` has the columns from ``starts[elapsed]`` to ``starts[elapsed + 1]``.
    """

    steps: Long
    starts: Long


@compiled
def steps_of_year(drawn: Long, down: int, up: int) -> Long:
    """The steps of several draws: one row for each field of `Step`."""
    steps = np.empty((2, drawn.size), dtype=np.int64)
    for place in range(drawn.size):
        step = step_of_year(drawn[place], down, up)
        steps[0, place] = step.deciles
        steps[1, place] = step.month
    return steps


def decile_steps_of(people: Population, chances: Chances, months: range) -> DecileSteps:
    """The steps of a world in the months of a run, of people who have arrived before."""
    arrival, found = people.workers.arrival_month, []
    for year in range(year_of(months.start), year_of(months.stop - 1) + 1):
        drawn = chance.draws(people.keys, year * MONTHS_PER_YEAR, chance.DECISION_DECILE_STEP)
        persons = np.flatnonzero(drawn < chances.decile_down + chances.decile_up)
        deciles, month = steps_of_year(drawn[persons], chances.decile_down, chances.decile_up)
        month += year * MONTHS_PER_YEAR
        is_seen = (month > arrival[persons]) & (month >= months.start) & (month < months.stop)
        found.append(np.stack([month, persons, deciles])[:, is_seen])
    month, persons, deciles = np.concatenate(found, axis=1)
    order = np.argsort(month, kind="stable")
    starts = np.searchsorted(month[order], np.arange(months.start, months.stop + 1))
    steps = np.stack([persons, deciles, people.workers.income[persons]])
    return DecileSteps(steps[:, order], starts)


@touches(
    "people.decile",
    "people.decile_since",
    "people.income",
    "people.presence",
    "ledger",
)
def climb(city: City, moment: Moment, terms: Terms, steps: Long) -> None:
    """Let these households step up or down, if they live in the city and are not at an end of the deciles."""
    people, share_ppm = city.people, terms.earnings.step_ppm
    persons = steps[0]
    for place in range(steps.shape[1]):
        fetch_ahead(people, persons, place)
        person, deciles, first_income = steps[0, place], steps[1, place], steps[2, place]
        before = people.decile[person]
        after = decile_after(before, deciles)
        if is_here(people.presence[person]) and after != before:
            people.decile[person] = after
            city.ledger[climb_row(before, after), moment.elapsed] += 1
            people.decile_since[person] = moment.month
            people.income[person] = income_after(people.income[person], first_income, deciles, share_ppm)


def climb_columns(city: City, moment: Moment, terms: Terms, foreseen: DecileSteps) -> None:
    """The month's steps."""
    start, stop = foreseen.starts[moment.elapsed], foreseen.starts[moment.elapsed + 1]
    climb(city, moment, terms, foreseen.steps[:, start:stop])
