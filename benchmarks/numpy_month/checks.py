"""What the offices find out about people: one examination for candidates and recipients, over columns."""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.eligibility import (
    ELIGIBLE,
    REFUSED_AGE,
    REFUSED_DECILE,
    REFUSED_INCOME,
    REFUSED_INSURED,
    REFUSED_NIK,
)
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.context import City, Long, Terms, Tiny
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    FORMAL,
    LEFT,
    MATCHING_INTEGRATED,
    MATCHING_NONE,
    NO_PERSON,
    REFUSED_DUPLICATE,
    REFUSED_NOT_FOUND,
    REFUSED_NOT_WORKING,
    RETIRED,
    SPONSORED,
)
from jamsos_sim.model.steps.examine import book_checks, checks_of
from numpy_month.people import Flags, are_here


class Subjects(NamedTuple):
    """Who is examined, when, and under which terms."""

    city: City
    moment: Moment
    terms: Terms
    rows: Long

    def draws(self, decision: int) -> Long:
        """Their draws of the month."""
        return chance.draws(self.city.people.key.take(self.rows), self.moment.month, decision)

    def none(self) -> Flags:
        """Nobody of them."""
        return np.zeros(self.rows.size, dtype=np.bool_)


def are_visited(subjects: Subjects) -> Flags:
    """Who is visited."""
    if subjects.terms.policy.ground_check == 0:
        return subjects.none()
    return subjects.draws(chance.DECISION_GROUND_VISIT) < subjects.terms.policy.ground_check


def are_known_to_civil_registry(subjects: Subjects, presence: Tiny) -> Flags:
    """Of whom a match with the civil registry shows what it can show."""
    chances = subjects.terms.chances
    if not subjects.terms.policy.has_civil_matching:
        return subjects.none()
    missed = np.where(presence == LEFT, chances.civil_moved_miss, chances.civil_miss)
    return subjects.draws(chance.DECISION_CIVIL) >= missed


def are_found_insured(subjects: Subjects, presence: Tiny) -> Flags:
    """Whom the insurer's data show as members elsewhere."""
    matching, chances = subjects.terms.policy.insurer_matching, subjects.terms.chances
    if matching == MATCHING_NONE:
        return subjects.none()
    missed = chances.integrated_miss if matching == MATCHING_INTEGRATED else chances.match_miss
    insured = (subjects.city.people.is_insured_elsewhere.take(subjects.rows) == 1) | (presence == FORMAL)
    return insured & (subjects.draws(chance.DECISION_MATCH) >= missed)


def put_right(subjects: Subjects, here: Flags, seen: Flags) -> None:
    """Write true deciles and repaired identity numbers into the records."""
    people, rows, terms = subjects.city.people, subjects.rows, subjects.terms
    known = rows[here & seen]
    people.recorded_decile[known] = people.decile.take(known)
    if terms.policy.has_civil_matching:
        drawn = subjects.draws(chance.DECISION_NIK_REPAIR)
        people.has_valid_nik[rows[here & (drawn < terms.chances.nik_repair)]] = 1


def refusals(subjects: Subjects, law: Law, insured: Flags) -> Tiny:
    """First reason to refuse each, by the criteria; the age of recipients isn't asked again."""
    people, policy, rows = subjects.city.people, subjects.terms.policy, subjects.rows
    youngest = max(policy.minimum_age, law.minimum_working_age)
    age = np.where(people.status.take(rows) == SPONSORED, youngest, people.age.take(rows))
    decile = people.recorded_decile.take(rows)
    reasons = np.full(rows.size, ELIGIBLE, dtype=np.int8)
    # The last reason first: an earlier one then takes its place.
    if law.excludes_wage_members:
        reasons[insured] = REFUSED_INSURED
    if law.requires_valid_nik:
        reasons[people.has_valid_nik.take(rows) == 0] = REFUSED_NIK
    if policy.income_ceiling != NO_CEILING:
        reasons[people.recorded_income.take(rows) > policy.income_ceiling] = REFUSED_INCOME
    if policy.decile_ceiling != NO_CEILING:
        reasons[(decile <= 0) | (decile > policy.decile_ceiling)] = REFUSED_DECILE
    reasons[(age < youngest) | (age >= law.maximum_age)] = REFUSED_AGE
    return reasons


def examine(city: City, moment: Moment, terms: Terms, law: Law, rows: Long) -> Tiny:
    """Examine people, put right what comes to light, and book the checks; the reasons."""
    subjects, presence = Subjects(city, moment, terms, rows), city.people.presence.take(rows)
    here, visited = are_here(presence), are_visited(subjects)
    seen = visited
    if terms.policy.ground_check:
        seen = visited & (subjects.draws(chance.DECISION_GROUND) >= terms.chances.ground_miss)
    put_right(subjects, here, seen)
    reasons = refusals(subjects, law, are_found_insured(subjects, presence))
    reasons[seen & (presence == RETIRED)] = REFUSED_NOT_WORKING
    revealed = (seen | are_known_to_civil_registry(subjects, presence)) & ~here
    reasons[revealed] = np.where(presence[revealed] == NO_PERSON, REFUSED_DUPLICATE, REFUSED_NOT_FOUND)
    book_checks(city, moment, terms, checks_of(terms.policy, rows.size, int(np.count_nonzero(visited))))
    return reasons
