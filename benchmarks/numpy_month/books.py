"""The stocks at the end of a month, and who was covered in it: the step *close_books*."""

from typing import NamedTuple

import numpy as np

from jamsos_sim.law.in_force import Law
from jamsos_sim.model.cells import DECILES, STANDINGS, is_stock_month
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    FILED,
    FORMAL,
    IN_DELIBERATION,
    IN_REGISTRATION,
    INFORMAL,
    NOT_ARRIVED,
    PROPOSED,
    RETIRED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.earn import is_quarter_end
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.justice import count_committed, is_year_end, sum_of_ranks
from jamsos_sim.model.steps.standing import COUNTED, Limits, ages_of, limits_of
from jamsos_sim.population.workers import FEMALE
from numpy_month.cells import close_year, count_by_standing
from numpy_month.income import weigh
from numpy_month.offices import count_delays
from numpy_month.people import Flags
from numpy_month.risk import are_covered
from numpy_month.roll import Roll

BLOCK = 65_536
"""People counted at once: small columns of them and the flags between stay in the cache."""


class Part(NamedTuple):
    """Some consecutive people, in the columns that the count asks for."""

    presence: np.ndarray
    decile: np.ndarray
    age: np.ndarray
    is_insured_elsewhere: np.ndarray
    status: np.ndarray
    recorded_decile: np.ndarray
    has_valid_nik: np.ndarray
    recorded_income: np.ndarray


def within_criteria(part: Part, limits: Limits) -> Flags:
    """Whose record meets the criteria."""
    listed = part.recorded_decile >= limits.decile_from
    listed &= part.recorded_decile <= limits.decile_to
    listed &= part.age >= limits.age_from
    listed &= part.age <= limits.age_to
    listed &= part.has_valid_nik >= limits.nik_from
    listed &= part.recorded_income <= limits.income_to
    listed &= part.presence != NOT_ARRIVED
    return listed


def standings(part: Part, limits: Limits, ages: tuple[int, int], vulnerable_decile: int) -> list[Flags]:
    """Who of these people counts in each row of `COUNTED`."""
    informal, poor = part.presence == INFORMAL, part.decile <= vulnerable_decile
    former = part.presence == FORMAL
    former |= part.presence == RETIRED
    here = informal | former
    enrolled, listed = part.status == SPONSORED, within_criteria(part, limits)
    vulnerable = informal & poor
    entitled = vulnerable & (part.is_insured_elsewhere == 0)
    entitled_enrolled = entitled & enrolled
    entitled &= part.age >= ages[0]
    entitled &= part.age <= ages[1]
    meant = entitled | entitled_enrolled
    here &= poor
    return [
        informal,
        vulnerable,
        meant,
        entitled_enrolled,
        meant > (listed | enrolled),
        listed,
        listed > here,
        former,
    ]


def count_standings(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Count the workers, and hold the registry and the list against the truth."""
    people, is_told = city.people, is_stock_month(city, moment)
    limits = limits_of(criteria_of(terms.policy), law)
    ages, columns = ages_of(terms.policy.minimum_age, law), [getattr(people, name) for name in Part._fields]
    found = np.zeros(len(COUNTED), dtype=np.int64)
    for first in range(0, people.age.size, BLOCK):
        part = Part(*(column[first : first + BLOCK] for column in columns))
        flags = standings(part, limits, ages, terms.chances.vulnerable_decile)
        found += [np.count_nonzero(flag) for flag in flags]
        if is_told:
            count_by_standing(city, moment, first, flags[: len(STANDINGS)])
    city.ledger[list(COUNTED), moment.elapsed] = found


def count_queues(city: City, roll: Roll, moment: Moment) -> None:
    """The queues at the end of a month: their lengths, and how long people have been in them."""
    ledger, at = city.ledger, moment.elapsed
    ledger[ROW.in_deliberation, at] = roll.of(IN_DELIBERATION).size
    ledger[ROW.in_verification, at] = roll.of(PROPOSED).size
    ledger[ROW.in_registration, at] = roll.of(IN_REGISTRATION).size
    ledger[ROW.waiting, at] = roll.of(WAITING).size
    queued = np.concatenate([roll.of(status) for status in (*FILED, WAITING)])
    count_delays(city, moment, ROW.queue_over_3_months, queued)


def count_shared_out(city: City, moment: Moment, law: Law, enrolled: Long) -> None:
    """Count how the list is shared out, from the rows of the informal workers on it."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    is_working = people.presence == INFORMAL
    working = np.bincount(people.decile[is_working], minlength=DECILES)
    listed = np.bincount(people.decile[enrolled], minlength=DECILES)
    ledger[ROW.women_working, at] = np.count_nonzero(is_working & (people.sex == FEMALE))
    ledger[ROW.women_enrolled, at] = np.count_nonzero(people.sex[enrolled] == FEMALE)
    ledger[ROW.enrolled_past_age, at] = np.count_nonzero(people.age[enrolled] >= law.maximum_age)
    ledger[ROW.ranks_of_enrolled, at] = sum_of_ranks(listed, working)


def close_books(city: City, roll: Roll, moment: Moment, terms: Terms, law: Law) -> None:
    """Count everybody once."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    enrolled = np.concatenate((roll.of(SPONSORED), roll.of(SETTLED)))
    presence = people.presence.take(enrolled)
    present = enrolled[presence == INFORMAL]
    vulnerable = np.count_nonzero(people.decile.take(present) <= terms.chances.vulnerable_decile)
    covered = are_covered(people, enrolled, moment.month, law) & (presence != DEAD)
    ledger[ROW.enrolled, at] = enrolled.size
    ledger[ROW.vulnerable_enrolled, at] = vulnerable
    ledger[ROW.enrolled_not_vulnerable, at] = present.size - vulnerable
    ledger[ROW.enrolled_not_found, at] = enrolled.size - present.size
    ledger[ROW.self_paying, at] = roll.of(SELF_PAYING).size
    ledger[ROW.covered_person_months, at] = np.count_nonzero(covered)
    count_queues(city, roll, moment)
    people.year_covered[enrolled[covered]] += 1
    count_standings(city, moment, terms, law)
    close_year(city, roll, moment)
    if is_year_end(moment.month):
        count_shared_out(city, moment, law, present)
    count_committed(ledger, at)
    if is_quarter_end(moment.month):
        weigh(city, moment, terms, roll.of(SPONSORED))
