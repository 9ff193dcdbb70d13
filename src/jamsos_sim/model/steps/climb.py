"""Households rise and fall in welfare by a decile, at most once a year (part of the step *move*).

One draw a year decides whether, which way and in which month. The steps are those of the world and no
scenario changes them, so they are looked up once for all months of all runs.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.compiled import compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.foreseen import grouped
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.population.registry import HIGHEST_DECILE
from jamsos_sim.population.workers import Keys, Population
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION, year_of

LOWEST_DECILE = 1
BLOCK = 4096
"""People drawn for at once, year by year: their keys and draws stay in the nearest memory of a core."""

Column = npt.NDArray[np.int32]


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


def decile_steps_of(people: Population, chances: Chances, months: range) -> DecileSteps:
    """The steps of a world in the months of a run, of people who have arrived before."""
    arrivals, income = people.workers.arrival_month, people.workers.income
    years = year_of(months.stop - 1) - year_of(months.start) + 1
    # Room for a step of everybody in every year, of which only what is written takes memory.
    found = np.empty((3, people.keys.size * years + 1), dtype=np.int32)
    memory = np.empty((2, BLOCK + 1), dtype=np.int64)
    thresholds = (chances.decile_down, chances.decile_up)
    count = draw_steps(found, memory, (people.keys, arrivals), (months.start, months.stop), thresholds)
    elapsed, persons, deciles = found[:, :count]
    starts, order = grouped(elapsed, len(months))
    persons = persons[order]
    return DecileSteps(np.stack([persons, deciles[order], income[persons]], dtype=np.int64), starts)


@compiled
def draw_steps(
    found: Column,
    memory: Long,
    people: tuple[Keys, Column],
    months: tuple[int, int],
    thresholds: tuple[int, int],
) -> int:
    """Draw every year's steps of people; how many there are.

    Parameters
    ----------
    found:
        Takes month of the run, person and direction of each step; those of a month in the order of people.
    memory:
        Two rows for the people of a block, and one more.
    people:
        Keys, and months of arrival, which rise.
    months:
        First month of the run, and the month after its last.
    thresholds:
        Chance of a step down, and up, in a year.
    """
    (keys, arrivals), (start, stop), (down, up) = people, months, thresholds
    drawn, stepping = memory[0], memory[1]
    count = 0
    for block in range(0, keys.size, BLOCK):
        own = min(BLOCK, keys.size - block)
        first = max(start, arrivals[block]) // MONTHS_PER_YEAR
        for year in range(first, (stop - 1) // MONTHS_PER_YEAR + 1):
            january, candidates = year * MONTHS_PER_YEAR, 0
            for place in range(own):
                drawn[place] = chance.draw(keys[block + place], january, chance.DECISION_DECILE_STEP)
            # Written always and counted sometimes, here and below: there is no branch to be guessed wrong.
            for place in range(own):
                stepping[candidates] = place
                candidates += int(drawn[place] < down + up)
            for at in range(candidates):
                place = stepping[at]
                step, person = step_of_year(drawn[place], down, up), block + place
                month = january + step.month
                found[0, count], found[1, count], found[2, count] = month - start, person, step.deciles
                count += int((month > arrivals[person]) & (start <= month) & (month < stop))
    return count


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
