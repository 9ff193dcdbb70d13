"""Step *refresh_registry*: the registry (DTSEN) is brought up to date, and the city's list is checked against
it.

The check of the list (verifikasi ulang) reads what the registry says, asks the insurer who is a member
elsewhere, and finds out who has died or moved away. With integrated data the insurer's answer comes every
month.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_INSURED, Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    FORMAL,
    INFORMAL,
    LEFT,
    MATCHING_INTEGRATED,
    MATCHING_NONE,
    NOT_LISTED,
    REFUSED_NOT_FOUND,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
)


@rule
def recorded_after_refresh(recorded_decile: int, decile: int, drawn: int, chances: Chances) -> int:
    """Recorded decile after a refresh: a wrong or missing record is put right by chance."""
    return decile if drawn < chances.refresh_repair else recorded_decile


@rule
def criteria_of(policy: Policy) -> Criteria:
    """The regulation's criteria in a month."""
    return Criteria(policy.minimum_age, policy.decile_ceiling, policy.income_ceiling)


@rule
def is_found_insured(is_insured: bool, matching: int, drawn: int, chances: Chances) -> bool:
    """Whether the insurer's data show that a person is a member elsewhere."""
    if not is_insured or matching == MATCHING_NONE:
        return False
    missed = chances.integrated_miss if matching == MATCHING_INTEGRATED else chances.match_miss
    return bool(drawn >= missed)


@rule
def ending_reason(presence: int, record: Record, policy: Policy, law: Law) -> int:
    """Why a place ends at a check of the list, or `ELIGIBLE`.

    The age limit of the law is one at registration, so a member's age is not examined again. Between two full
    checks only membership elsewhere is seen, and only with integrated data.
    """
    if presence == DEAD or presence == LEFT:
        return REFUSED_NOT_FOUND
    admitted_age = max(policy.minimum_age, law.minimum_working_age)
    kept = Record(admitted_age, record.decile, record.income, record.is_insured, record.has_valid_nik)
    return refusal_reason(kept, criteria_of(policy), law)


@rule
def status_after_subsidy(presence: int, reason: int, drawn: int, chances: Chances) -> int:
    """What becomes of a person whose place has ended: some go on paying themselves."""
    is_free = presence == INFORMAL and reason != REFUSED_INSURED
    return SELF_PAYING if is_free and drawn < chances.continue_alone else NOT_LISTED


@touches(
    "people.decile",
    "people.key",
    "people.recorded_decile",
)
def refresh_columns(city: City, moment: Moment, terms: Terms) -> None:
    """Put wrong records right, each by its own chance."""
    people, chances = city.people, terms.chances
    key, decile, recorded = people.key, people.decile, people.recorded_decile
    for person in range(key.size):
        if recorded[person] != decile[person]:
            drawn = chance.draw(key[person], moment.month, chance.DECISION_REFRESH)
            recorded[person] = recorded_after_refresh(recorded[person], decile[person], drawn, chances)


@touches(
    "people.age",
    "people.has_valid_nik",
    "people.is_insured_elsewhere",
    "people.key",
    "people.presence",
    "people.recorded_decile",
    "people.recorded_income",
)
def ending_reasons(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """Why each of these people on the city's list must leave it, or `ELIGIBLE`."""
    people = city.people
    reasons = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        presence = people.presence[person]
        is_insured = people.is_insured_elsewhere[person] == 1 or presence == FORMAL
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_MATCH)
        is_found = is_found_insured(is_insured, terms.policy.insurer_matching, drawn, terms.chances)
        record = Record(
            people.age[person],
            people.recorded_decile[person],
            people.recorded_income[person],
            int(is_found),
            people.has_valid_nik[person],
        )
        reasons[place] = ending_reason(presence, record, terms.policy, law)
    return reasons


@touches(
    "people.key",
    "people.presence",
    "people.refusal",
    "people.since",
    "people.status",
    "ledger",
)
def end_subsidies(city: City, moment: Moment, terms: Terms, persons: Long, reasons: Long) -> None:
    """Take people off the city's list, each for a reason."""
    people = city.people
    for place in range(persons.size):
        person, reason = persons[place], reasons[place]
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_CONTINUE)
        people.status[person] = status_after_subsidy(people.presence[person], reason, drawn, terms.chances)
        people.refusal[person] = reason
        people.since[person] = moment.month
    city.ledger[ROW.subsidies_ended, moment.elapsed] += persons.size


def drop_settled_columns(city: City) -> None:
    """Take those off the list whose death the insurer has settled."""
    status = city.people.status
    status[status == SETTLED] = NOT_LISTED


def check_list_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Check everybody on the city's list and end the places that must end."""
    enrolled = np.flatnonzero(city.people.status == SPONSORED)
    reasons = ending_reasons(city, moment, terms, law, enrolled)
    must_end = reasons != ELIGIBLE
    end_subsidies(city, moment, terms, enrolled[must_end], reasons[must_end])
