"""Step *face_risk*: death and accident, for everyone, so that losses without protection are counted too.

Deaths follow the life table whatever their cause: the part of the chance of death that is as wide as the
trade's fatal accidents is death at work.
"""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    ACCIDENT,
    DEAD,
    DEATH,
    DEATH_OUT_OF_INFORMAL_WORK,
    INFORMAL,
    NEVER,
    WORK_DEATH,
)
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION

OLDEST = 100
"""Last age of the life table; older people die at its rate."""


@rule
def event_of(drawn: int, presence: int, death_threshold: int, fatal: int, accident: int) -> int:
    """What befalls a person in a month: a death of one of three kinds, `ACCIDENT` or `NEVER`.

    One draw decides: its lowest part is death, its highest part an accident that does not kill, so that
    raising either chance takes nobody out of it. ``fatal`` and ``accident`` are the thresholds of the
    person's trade; only informal work has these accidents.
    """
    if presence == INFORMAL:
        if drawn < fatal:
            return WORK_DEATH
        if drawn < death_threshold:
            return DEATH
        return ACCIDENT if drawn >= CHANCE_SCALE - accident else NEVER
    return DEATH_OUT_OF_INFORMAL_WORK if drawn < death_threshold else NEVER


@rule
def death_threshold(usual: int, factor_ppm: int) -> int:
    """Threshold of death in a decile whose mortality is so many parts per million of the usual one."""
    return min(CHANCE_SCALE, int(usual) * int(factor_ppm) // PARTS_PER_MILLION)


@touches(
    "people.age",
    "people.decile",
    "people.event",
    "people.gone_since",
    "people.occupation",
    "people.presence",
    "people.sex",
    "hazards.accident",
    "hazards.by_decile",
    "hazards.death",
    "hazards.fatal_accident",
    "ahead.risk",
    "ledger",
)
def face_risk_columns(city: City, moment: Moment, terms: Terms) -> Long:
    """The deaths and accidents of a month, of those whose draw is not safe; the event stays in its column
    until the next month's. Rows of the people to whom something has happened.
    """
    people, hazards, ledger = city.people, city.hazards, city.ledger
    death = hazards.death[moment.month // MONTHS_PER_YEAR - terms.chances.first_year]
    presence, event = people.presence, people.event
    start, persons, draws = city.ahead.risk.start, city.ahead.risk.persons, city.ahead.risk.drawn
    at = moment.elapsed
    for place in range(start[max(at - 1, 0)], start[at]):
        event[persons[place]] = NEVER
    deaths, worker_deaths, work_deaths, accidents, count = 0, 0, 0, 0, 0
    rows = np.empty(start[at + 1] - start[at], dtype=np.int64)
    for place in range(start[at], start[at + 1]):
        fetch_ahead(people, persons, place)
        person = persons[place]
        if not is_here(presence[person]):
            continue
        trade = people.occupation[person]
        usual = death[people.sex[person], min(people.age[person], OLDEST)]
        befallen = event_of(
            int(np.int64(draws[place])),
            presence[person],
            death_threshold(usual, hazards.by_decile[people.decile[person]]),
            hazards.fatal_accident[trade],
            hazards.accident[trade],
        )
        if befallen == NEVER:
            continue
        event[person] = befallen
        rows[count] = person
        count += 1
        accidents += befallen == ACCIDENT
        work_deaths += befallen == WORK_DEATH
        if befallen != ACCIDENT:
            deaths += 1
            worker_deaths += befallen != DEATH_OUT_OF_INFORMAL_WORK
            presence[person] = DEAD
            people.gone_since[person] = moment.month
    ledger[ROW.deaths, moment.elapsed] += deaths
    ledger[ROW.worker_deaths, moment.elapsed] += worker_deaths
    ledger[ROW.work_deaths, moment.elapsed] += work_deaths
    ledger[ROW.accidents, moment.elapsed] += accidents
    return rows[:count].copy()
