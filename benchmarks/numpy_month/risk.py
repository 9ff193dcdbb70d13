"""What befalls people in a month, and their cover in it: the step *face_risk* and the facts for *claim*."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import City, Long, People, Severity, Terms, Tiny
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    ACCIDENT,
    DEAD,
    DEATH,
    DEATH_OUT_OF_INFORMAL_WORK,
    FUNCTIONAL,
    INFORMAL,
    NEVER,
    PARTIAL,
    TEMPORARY,
    TOTAL,
    WORK_DEATH,
)
from jamsos_sim.model.steps.face_risk import OLDEST
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION
from numpy_month.luck import Drawn
from numpy_month.people import Flags, are_here


class Befallen(NamedTuple):
    """People to whom something has happened this month, and what."""

    rows: Long
    events: Tiny


def face_risk(city: City, moment: Moment, terms: Terms, drawn: Drawn) -> Befallen:
    """The deaths and accidents of a month, of those whose draw is not safe."""
    people, hazards, at = city.people, city.hazards, moment.elapsed
    drawn = drawn.only(are_here(people.presence.take(drawn.rows)))
    rows, draws = drawn
    by_age = hazards.death[moment.month // MONTHS_PER_YEAR - terms.chances.first_year]
    usual = by_age[people.sex.take(rows), np.minimum(people.age.take(rows), OLDEST)]
    dies = draws < usual * hazards.by_decile.take(people.decile.take(rows)) // PARTS_PER_MILLION
    trade, at_work = people.occupation.take(rows), people.presence.take(rows) == INFORMAL
    events = np.where(dies, np.int8(DEATH_OUT_OF_INFORMAL_WORK), np.int8(NEVER))
    events[at_work & (draws >= CHANCE_SCALE - hazards.accident.take(trade))] = ACCIDENT
    events[at_work & dies] = DEATH
    events[at_work & (draws < hazards.fatal_accident.take(trade))] = WORK_DEATH
    found = Befallen(rows[events != NEVER], events[events != NEVER])
    dead = found.rows[found.events != ACCIDENT]
    people.presence[dead] = DEAD
    people.gone_since[dead] = moment.month
    counts = np.bincount(found.events, minlength=ACCIDENT + 1)
    city.ledger[ROW.deaths, at] += dead.size
    city.ledger[ROW.worker_deaths, at] += counts[DEATH] + counts[WORK_DEATH]
    city.ledger[ROW.work_deaths, at] += counts[WORK_DEATH]
    city.ledger[ROW.accidents, at] += counts[ACCIDENT]
    return found


class Covers(NamedTuple):
    """What the memberships of people are worth in a month."""

    is_covered: Flags
    consecutive_months: Long
    contribution_period: Long
    months_ever: Long


def are_covered(people: People, rows: Long, month: int, law: Law) -> Flags:
    """Who of them is covered in a month; nobody's money comes late."""
    last = people.last_paid_month.take(rows)
    covered = (last != NEVER) & (month - last <= law.unpaid_months_covered)
    if law.cover_ends_at_maximum_age:
        covered &= people.age.take(rows) < law.maximum_age
    return covered


def covers_of(people: People, rows: Long, month: int, law: Law) -> Covers:
    """The cover of people in a month."""
    last, paid = people.last_paid_month.take(rows), people.paid_months.take(rows)
    is_broken = (last == NEVER) | (month - last > law.unpaid_months_that_reset)
    consecutive = np.where(is_broken, 0, last - people.run_start_month.take(rows) + 1)
    completed = consecutive - ((consecutive > 0) & (last >= month))
    period = consecutive if law.scholarship_counts_consecutive else paid
    return Covers(are_covered(people, rows, month, law), completed, period, paid - (last == month))


class Injuries(NamedTuple):
    """The injuries that draws make: kind, days unable to work, rupiah of care, impairment (millionths)."""

    kinds: Tiny
    days: Long
    cost: Long
    impairment_ppm: Long


def spread(drawn: Long, mean: int | npt.NDArray[np.integer]) -> Long:
    """Whole numbers, uniform from 1 to ``2 * mean - 1``."""
    return 1 + drawn * (2 * mean - 1) // CHANCE_SCALE


def injuries_of(keys: npt.NDArray[np.uint64], month: int, severity: Severity) -> Injuries:
    """The injuries that the draws of people make if they have an accident."""

    def drawn(decision: int) -> Long:
        return chance.draws(keys, month, decision)

    bad = drawn(chance.DECISION_SEVERITY)
    bounds = np.array([severity.up_to_total, severity.up_to_partial, severity.up_to_functional])
    kinds = np.array([TOTAL, PARTIAL, FUNCTIONAL, TEMPORARY], dtype=np.int8)[
        np.searchsorted(bounds, bad, side="right")
    ]
    half = drawn(chance.DECISION_MEDICAL_COST) >> 16
    impairment = np.where(
        kinds == PARTIAL, severity.partial_impairment_ppm, severity.functional_impairment_ppm
    )
    return Injuries(
        kinds,
        spread(drawn(chance.DECISION_DAYS_LOST), severity.days_lost),
        3 * severity.medical_cost * (half * half >> 8) // (CHANCE_SCALE >> 8),
        spread(drawn(chance.DECISION_IMPAIRMENT), impairment),
    )
