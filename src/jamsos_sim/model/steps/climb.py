"""Households rise and fall in welfare by a decile, at most once a year (part of the step *move*).

One draw a year decides whether, which way and in which month. The steps are those of the world and no
scenario changes them, so they are looked up once for all months of all runs.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Keys, Long, People, Terms
from jamsos_sim.model.draws_ahead import BLOCK, NO_ROOM, rooms
from jamsos_sim.model.foreseen import Column, DecileSteps
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.steps.move import is_here, move
from jamsos_sim.population.registry import HIGHEST_DECILE, LOWEST_DECILE
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION, year_of


class Step(NamedTuple):
    """A year's step of a household: one decile down or up, or none; and the month of the year, from 0."""

    deciles: int
    month: int


@rule
def step_of_year(drawn: int, down: int, up: int) -> Step:
    """The step that a year's draw means; ``down`` and ``up`` are the thresholds of a year.

    Together they are not more than a certainty: who falls does not rise.
    """
    rising = min(up, CHANCE_SCALE - down)
    if drawn >= down + rising:
        return Step(0, 0)
    # Without a branch: nobody can guess who falls and who rises.
    falls = drawn < down
    within, width = (drawn, down) if falls else (drawn - down, rising)
    return Step(-1 if falls else 1, within * MONTHS_PER_YEAR // width)


@rule
def decile_after(decile: int, deciles: int) -> int:
    """Decile after a step; the ends are the ends."""
    return min(HIGHEST_DECILE, max(LOWEST_DECILE, decile + deciles))


@rule
def income_after(income: int, first_income: int, deciles: int, share_ppm: int) -> int:
    """Usual income after a step of so many deciles, each worth a share of the income at the start."""
    # Without the compiler the columns give small integers, in which the product would not fit.
    return max(0, int(income) + int(deciles) * (int(first_income) * share_ppm // PARTS_PER_MILLION))


@rule
def climb_row(before: int, after: int) -> int:
    """Row of the ledger that counts a household's step from one decile to another."""
    return ROW.decile_risen if after > before else ROW.decile_fallen


def decile_steps_of(people: People, chances: Chances, months: range) -> DecileSteps:
    """The steps of a world in the months of a run, of people who have arrived before.

    ``people`` are those of the world as every run finds them.
    """
    years = year_of(months.stop - 1) - year_of(months.start) + 1
    memory = np.empty((2, BLOCK + 1), dtype=np.int64)
    thresholds = (chances.decile_down, chances.decile_up)
    drawn_for = people.key, people.arrival_month
    draws = people.key.size * years
    for room in rooms(draws, draws * sum(thresholds) // CHANCE_SCALE):
        found = np.empty((3, room + 1), dtype=np.int32)
        count = draw_steps(found, memory, drawn_for, (months.start, months.stop), thresholds)
        if count != NO_ROOM:
            break
    return by_month(found[:, :count], len(months), people.income)


@compiled
def by_month(found: Column, months: int, income: Column) -> DecileSteps:
    """Put the steps of each month one after the other, in the order of people; ``income`` is everybody's."""
    start = np.zeros(months + 1, dtype=np.int64)
    for at in range(found.shape[1]):
        start[found[0, at] + 1] += 1
    for month in range(months):
        start[month + 1] += start[month]
    following = start.copy()
    persons, incomes = np.empty(found.shape[1], dtype=np.int32), np.empty(found.shape[1], dtype=np.int32)
    deciles = np.empty(found.shape[1], dtype=np.int8)
    for at in range(found.shape[1]):
        place, person = following[found[0, at]], found[1, at]
        persons[place], deciles[place], incomes[place] = person, found[2, at], income[person]
        following[found[0, at]] = place + 1
    return DecileSteps(start, persons, deciles, incomes)


@compiled
def draw_steps(
    found: Column,
    memory: Long,
    people: tuple[Keys, Column],
    months: tuple[int, int],
    thresholds: tuple[int, int],
) -> int:
    """Draw every year's steps of people; how many there are, or `NO_ROOM` when there is too little room.

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
        own = keys[block : block + BLOCK]
        first = max(start, arrivals[block]) // MONTHS_PER_YEAR
        for year in range(first, (stop - 1) // MONTHS_PER_YEAR + 1):
            january, candidates = year * MONTHS_PER_YEAR, np.uint64(0)
            for place in range(own.size):
                drawn[place] = chance.draw(own[place], january, chance.DECISION_DECILE_STEP)
            # Written always and counted sometimes, here and below: there is no branch to be guessed wrong.
            for place in range(own.size):
                stepping[candidates] = place
                candidates += np.uint64(drawn[place] < down + up)
            if count + candidates >= found.shape[1]:
                return NO_ROOM
            for candidate in stepping[:candidates]:
                step, person = step_of_year(drawn[candidate], down, up), block + candidate
                month = january + step.month
                found[0, count], found[1, count], found[2, count] = month - start, person, step.deciles
                count += int((month > arrivals[person]) & (start <= month) & (month < stop))
    return count


@called_from_compiled
def climb(city: City, moment: Moment, terms: Terms) -> None:
    """Let the households of the month step up or down that live in the city and are not at an end of the
    deciles.
    """
    people, steps, share_ppm = city.people, city.ahead.steps, terms.earnings.step_ppm
    stepping = people.decile, people.decile_since, people.income, people.presence
    for place in range(steps.start[moment.elapsed], steps.start[moment.elapsed + 1]):
        fetch_ahead(stepping, steps.persons, place)
        person, deciles = steps.persons[place], steps.deciles[place]
        before = people.decile[person]
        after = decile_after(before, deciles)
        if is_here(people.presence[person]) and after != before:
            people.decile[person] = after
            city.ledger[climb_row(before, after), moment.elapsed] += 1
            people.decile_since[person] = moment.month
            first_income = steps.incomes[place]
            people.income[person] = income_after(people.income[person], first_income, deciles, share_ppm)


@touches(
    "people.age",
    "people.community",
    "people.decile",
    "people.decile_since",
    "people.gone_since",
    "people.income",
    "people.presence",
    "people.status",
    "ahead.move",
    "ahead.steps",
    "communities.enrolled",
    "ledger",
)
def move_columns(city: City, moment: Moment, terms: Terms) -> None:
    """The moves of a month, then the steps of households."""
    move(city, moment, terms)
    climb(city, moment, terms)
