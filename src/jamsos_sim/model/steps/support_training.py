"""Courses of the Social Affairs office, within step *propose*: who is invited, what a course does and costs.

People are invited by their record, as to the list itself. Massage is taught to blind people. Nobody goes to a
second course. Who completes one earns more for some time; of those who complete a certified one, some take
formal work, more of them after an internship.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.law.eligibility import is_age_admitted, is_decile_admitted
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, People, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import NOBODY, Queue, queue_key
from jamsos_sim.model.status import (
    BAKING,
    CERTIFIED,
    COURSE_POOREST_FIRST,
    COURSE_RECIPIENTS_FIRST,
    FORMAL,
    INFORMAL,
    MASSAGE,
    NOT_LISTED,
    SPONSORED,
    UNTRAINED,
)
from jamsos_sim.model.support_terms import Support, SupportPolicy
from jamsos_sim.population.hardship_codes import BLINDNESS
from jamsos_sim.population.registry import HIGHEST_DECILE

COURSES = (MASSAGE, CERTIFIED, BAKING)
"""Courses in the order in which people are invited: the narrowest circle first."""

GAIN_UNIT = 100_000
"""Rupiah a month of income gained to which the gain in paying alone refers."""


class Invitee(NamedTuple):
    """A person as the office looks for people to train."""

    presence: int
    training: int
    age: int
    recorded_decile: int
    hardship: int


@rule
def places_of(course: int, policy: SupportPolicy) -> int:
    """Places in the courses of a kind that begin this month."""
    if course == MASSAGE:
        return policy.massage
    return policy.certified if course == CERTIFIED else policy.baking


@rule
def may_be_trained(person: Invitee, course: int, policy: Policy, law: Law) -> bool:
    """Whether the office may invite a person: at informal work, never trained, by record within the
    regulation's age and decile; to massage only who is blind.
    """
    if person.presence != INFORMAL or person.training != UNTRAINED:
        return False
    if course == MASSAGE and not person.hardship & BLINDNESS:
        return False
    is_of_age = is_age_admitted(person.age, policy.minimum_age, law)
    return bool(is_of_age and is_decile_admitted(person.recorded_decile, policy.decile_ceiling))


@rule
def course_rank(priority: int, recorded_decile: int, status: int) -> int:
    """Rank of a person among those invited: by recorded decile, the preferred ones before all others."""
    if priority == COURSE_POOREST_FIRST:
        return recorded_decile
    preferred = SPONSORED if priority == COURSE_RECIPIENTS_FIRST else NOT_LISTED
    return recorded_decile if status == preferred else recorded_decile + HIGHEST_DECILE


@rule
def course_cost(course: int, policy: SupportPolicy, support: Support) -> int:
    """Rupiah that one place costs the city."""
    if course == MASSAGE:
        return support.massage_cost
    if course == BAKING:
        return support.baking_cost
    cost = support.certified_cost
    if policy.has_equipment:
        cost += support.equipment_cost
    return cost + support.internship_cost if policy.has_internship else cost


@rule
def income_gain_of(course: int, policy: SupportPolicy, support: Support) -> int:
    """Rupiah a month that completing a course adds to a person's income."""
    has_equipment = course == CERTIFIED and policy.has_equipment
    return support.income_gain + support.equipment_gain if has_equipment else support.income_gain


@rule
def takes_formal_work(course: int, drawn: int, policy: SupportPolicy, support: Support) -> bool:
    """Whether completing a course brings a person into formal work that they would not have found."""
    if course != CERTIFIED:
        return False
    threshold = support.formal_gain
    if policy.has_internship:
        threshold += support.internship_formal_gain
    return bool(drawn < threshold)


@rule
def income_gain_in(month: int, trained_since: int, income_gain: int, support: Support) -> int:
    """Rupiah that training adds to a person's income in a month: from the month after the course, for a
    time.
    """
    is_lasting = 0 < month - trained_since <= support.gain_months
    # Without the compiler the column gives a small integer, too small for what is made of it.
    return int(income_gain) if is_lasting else 0


@called_from_compiled
def gain_of(people: People, person: int, month: int, support: Support) -> int:
    """Rupiah that training adds to somebody's income in a month."""
    return income_gain_in(month, people.trained_since[person], people.income_gain[person], support)


@rule
def gain_in_continuing(income_gain: int, support: Support) -> int:
    """What training adds to the threshold of going on paying alone when the subsidy ends, for one who earns
    so much more by it.
    """
    return support.continue_gain * income_gain // GAIN_UNIT


@touches(
    "people.age",
    "people.hardship",
    "people.key",
    "people.presence",
    "people.recorded_decile",
    "people.status",
    "people.training",
)
def invitation_keys(city: City, terms: Terms, law: Law, course: int, persons: Long) -> Long:
    """Place of people in the order of invitation; `NOBODY` for those whom the office cannot invite."""
    people, priority = city.people, terms.policy.support.course_priority
    keys = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        decile = people.recorded_decile[person]
        invitee = Invitee(
            people.presence[person],
            people.training[person],
            people.age[person],
            decile,
            people.hardship[person],
        )
        keys[place] = NOBODY
        if may_be_trained(invitee, course, terms.policy, law):
            rank = course_rank(priority, decile, people.status[person])
            order = chance.draw(people.key[person], 0, chance.DECISION_SUPPORT_ORDER)
            keys[place] = queue_key(rank, order, person)
    return keys


@touches(
    "people.income_gain",
    "people.key",
    "people.presence",
    "people.trained_since",
    "people.training",
    "ledger",
)
def attend(city: City, moment: Moment, terms: Terms, course: int, persons: Long) -> None:
    """Let people go to a course."""
    people, ledger, month = city.people, city.ledger, moment.month
    policy, support = terms.policy.support, terms.support
    completed, to_formal = 0, 0
    for person in persons:
        people.training[person] = course
        key = people.key[person]
        if chance.draw(key, month, chance.DECISION_COMPLETE) < support.completion:
            completed += 1
            people.trained_since[person] = month
            people.income_gain[person] = income_gain_of(course, policy, support)
            drawn = chance.draw(key, month, chance.DECISION_FORMAL_WORK)
            if takes_formal_work(course, drawn, policy, support):
                to_formal += 1
                people.presence[person] = FORMAL
    ledger[ROW.courses_completed, moment.elapsed] += completed
    ledger[ROW.trained_to_formal, moment.elapsed] += to_formal
    ledger[ROW.left_for_formal, moment.elapsed] += to_formal
    ledger[trained_row(course), moment.elapsed] += persons.size
    ledger[ROW.training_cost, moment.elapsed] += persons.size * course_cost(course, policy, support)


@rule
def trained_row(course: int) -> int:
    """Row of the ledger that counts who went to a course."""
    return ROW.trained_baking + course - BAKING


def hold_courses_columns(city: City, moment: Moment, terms: Terms, law: Law) -> Long:
    """Hold the courses of a month; who went to them."""
    met = [np.empty(0, dtype=np.int64)]
    for course in COURSES:
        places = int(places_of(course, terms.policy.support))
        if places > 0:
            met.append(invited(city, terms, law, course).first(places))
            attend(city, moment, terms, course, met[-1])
    return np.concatenate(met)


def invited(city: City, terms: Terms, law: Law, course: int) -> Queue:
    """Everybody whom the office may invite to a course, in its order."""
    is_known = (city.people.presence == INFORMAL) & (city.people.recorded_decile > 0)
    if course == MASSAGE:
        is_known &= (city.people.hardship & BLINDNESS) != 0
    known = np.flatnonzero(is_known & (city.people.training == UNTRAINED))
    keys = invitation_keys(city, terms, law, course, known)
    return Queue(keys[keys != NOBODY], known[keys != NOBODY])


@touches("people.income_gain", "people.presence", "people.trained_since", "ledger")
def count_gains(city: City, moment: Moment, terms: Terms, trained: Long) -> None:
    """Count who earns more by training this month at informal work, and how much."""
    people, ledger = city.people, city.ledger
    for person in trained:
        gain = gain_of(people, person, moment.month, terms.support)
        if gain > 0 and people.presence[person] == INFORMAL:
            ledger[ROW.trained_at_work, moment.elapsed] += 1
            ledger[ROW.training_income_gain, moment.elapsed] += gain
