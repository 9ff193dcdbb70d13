"""What the offices find out about one person: shared by the check of candidates and that of recipients.

Four checks act side by side, each with its own reach. A visit (pengecekan lapangan) sees the true decile and
whether anybody is there and works; the civil registry (Dukcapil) knows of deaths, second records and some
moves, and lets an inactive identity number (NIK) be repaired; the insurer knows its own members. The criteria
are then examined on what is recorded. A check can miss what is there, each time anew.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.eligibility import Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    FORMAL,
    LEFT,
    MATCHING_INTEGRATED,
    MATCHING_LIST,
    MATCHING_NONE,
    NO_PERSON,
    REFUSED_DUPLICATE,
    REFUSED_NOT_FOUND,
    REFUSED_NOT_WORKING,
    RETIRED,
    SPONSORED,
)
from jamsos_sim.model.steps.move import is_here


class Subject(NamedTuple):
    """Who is examined: what is true, what is recorded, and whether the person has a place already."""

    presence: int
    decile: int
    is_insured: bool
    is_recipient: bool
    record: Record


class Drawn(NamedTuple):
    """The month's draws of one person for the checks."""

    visit: int
    ground: int
    civil: int
    repair: int
    match: int


class Examination(NamedTuple):
    """What came out: `ELIGIBLE` or a reason; and the record as it stands afterwards."""

    reason: int
    recorded_decile: int
    has_valid_nik: int


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
def is_visited(drawn: int, policy: Policy) -> bool:
    """Whether a person is among those who are visited."""
    return bool(drawn < policy.ground_check)


@rule
def is_seen(drawn: Drawn, terms: Terms) -> bool:
    """Whether a visit brings the truth to light."""
    return bool(is_visited(drawn.visit, terms.policy) and drawn.ground >= terms.chances.ground_miss)


@rule
def is_known_to_civil_registry(presence: int, drawn: int, terms: Terms) -> bool:
    """Whether a match with the civil registry shows what it can show of a person."""
    chances = terms.chances
    missed = chances.civil_moved_miss if presence == LEFT else chances.civil_miss
    return bool(terms.policy.has_civil_matching and drawn >= missed)


@rule
def examined_record(subject: Subject, drawn: Drawn, terms: Terms) -> Record:
    """The record after the checks, with what the insurer's match shows."""
    record = subject.record
    here = is_here(subject.presence)
    decile = subject.decile if here and is_seen(drawn, terms) else record.decile
    is_repaired = here and terms.policy.has_civil_matching and drawn.repair < terms.chances.nik_repair
    nik = 1 if is_repaired else record.has_valid_nik
    matching = terms.policy.insurer_matching
    insured = is_found_insured(subject.is_insured, matching, drawn.match, terms.chances)
    return Record(record.age, decile, record.income, int(insured), nik)


@rule
def examination(subject: Subject, drawn: Drawn, terms: Terms, law: Law) -> Examination:
    """Examine one person.

    The age limit of the law is one at registration, so a recipient's age is not examined again.
    """
    record = examined_record(subject, drawn, terms)
    is_revealed = is_seen(drawn, terms) or is_known_to_civil_registry(subject.presence, drawn.civil, terms)
    if is_revealed and not is_here(subject.presence):
        reason = REFUSED_DUPLICATE if subject.presence == NO_PERSON else REFUSED_NOT_FOUND
        return Examination(reason, record.decile, record.has_valid_nik)
    if subject.presence == RETIRED and is_seen(drawn, terms):
        return Examination(REFUSED_NOT_WORKING, record.decile, record.has_valid_nik)
    admitted_age = max(terms.policy.minimum_age, law.minimum_working_age)
    age = admitted_age if subject.is_recipient else record.age
    asked = Record(age, record.decile, record.income, record.is_insured, record.has_valid_nik)
    reason = refusal_reason(asked, criteria_of(terms.policy), law)
    return Examination(reason, record.decile, record.has_valid_nik)


@rule
def months_of_checks(policy: Policy, chances: Chances) -> int:
    """Months that the checks take; they go on side by side, and integrated data answer at once."""
    months = 0
    if policy.insurer_matching == MATCHING_LIST:
        months = max(months, chances.insurer_months)
    if policy.has_civil_matching:
        months = max(months, chances.civil_months)
    if policy.ground_check > 0:
        months = max(months, chances.ground_months)
    return months


@rule
def is_matched(policy: Policy) -> bool:
    """Whether the list goes to the insurer at all."""
    return bool(policy.insurer_matching != MATCHING_NONE)


@called_from_compiled
def book_checks(city: City, moment: Moment, terms: Terms, checks: tuple[int, int, int]) -> None:
    """Book checks and their costs: matches with the insurer, with the civil registry, and visits."""
    ledger, at, costs = city.ledger, moment.elapsed, terms.costs
    insurer, civil, ground = checks
    ledger[ROW.insurer_checks, at] += insurer
    ledger[ROW.civil_checks, at] += civil
    ledger[ROW.ground_checks, at] += ground
    ledger[ROW.insurer_check_cost, at] += insurer * costs.insurer_check
    ledger[ROW.civil_check_cost, at] += civil * costs.civil_check
    ledger[ROW.ground_check_cost, at] += ground * costs.ground_check


@rule
def checks_of(policy: Policy, people: int, visits: int) -> tuple[int, int, int]:
    """How often each check is made when so many people are examined and so many of them visited."""
    return people * int(is_matched(policy)), people * int(policy.has_civil_matching), visits


@called_from_compiled
def examine(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """Examine these people, put right what came to light, and book the checks; the reasons."""
    people, month, visits = city.people, moment.month, 0
    looked_at = people.key, people.presence, people.recorded_income, people.is_insured_elsewhere
    reasons = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        fetch_ahead(looked_at, persons, place)
        person = persons[place]
        key, presence = people.key[person], people.presence[person]
        subject = Subject(
            presence,
            people.decile[person],
            people.is_insured_elsewhere[person] == 1 or presence == FORMAL,
            people.status[person] == SPONSORED,
            Record(
                people.age[person],
                people.recorded_decile[person],
                people.recorded_income[person],
                0,
                people.has_valid_nik[person],
            ),
        )
        drawn = Drawn(
            chance.draw(key, month, chance.DECISION_GROUND_VISIT),
            chance.draw(key, month, chance.DECISION_GROUND),
            chance.draw(key, month, chance.DECISION_CIVIL),
            chance.draw(key, month, chance.DECISION_NIK_REPAIR),
            chance.draw(key, month, chance.DECISION_MATCH),
        )
        result = examination(subject, drawn, terms, law)
        reasons[place] = result.reason
        people.recorded_decile[person] = result.recorded_decile
        people.has_valid_nik[person] = result.has_valid_nik
        visits += is_visited(drawn.visit, terms.policy)
    book_checks(city, moment, terms, checks_of(terms.policy, persons.size, visits))
    return reasons


@touches(
    "people.age",
    "people.decile",
    "people.has_valid_nik",
    "people.is_insured_elsewhere",
    "people.key",
    "people.presence",
    "people.recorded_decile",
    "people.recorded_income",
    "people.status",
    "ledger",
)
def examine_columns(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """As `examine`, for people who have no file at the desk."""
    return examine(city, moment, terms, law, persons)
