"""Step *refresh_registry*: the registry (DTSEN) is brought up to date, and the city's list is checked against
it.

A refresh repairs what the registries learn by themselves, some months late: stale records, people not yet
recorded, deaths and moves. It does not see a record that was wrong from the survey on, nor a second record
under another number. The check of the list (verifikasi ulang) examines everybody on it.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_DECILE, REFUSED_INSURED
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Column, Long, Policy, Rolls, Terms
from jamsos_sim.model.flags import Bytes, rows_flagged
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.rolls import without
from jamsos_sim.model.status import (
    DEAD,
    INFORMAL,
    LEFT,
    NO_END,
    NO_PERSON,
    NOT_LISTED,
    SELF_PAYING,
    TERM_OVER,
)
from jamsos_sim.model.steps.earn import burden_at_end, continue_threshold
from jamsos_sim.model.steps.examine import examine_columns
from jamsos_sim.model.steps.support_training import gain_in_continuing, gain_of
from jamsos_sim.population.workers import NO_RECORD

LONG_AGO = 1200
"""Months, beyond the age of any data."""


class Entry(NamedTuple):
    """A record as a refresh meets it.

    ``months_since_change`` counts from the death or the move away, or from the arrival in the city or the
    last step to another decile.
    """

    recorded_decile: int
    decile: int
    is_misreported: bool
    presence: int
    months_since_change: int


@rule
def months_since_change(presence: int, gone_since: int, here_since: int, moment: Moment) -> int:
    """Months since a person died or moved away, or since one who is here came or stepped to another decile.

    People who were as they are when the run began count as such for long.
    """
    is_gone = int(presence == DEAD) | int(presence == LEFT)
    since = gone_since if is_gone else here_since
    was_so_from_the_start = int(since <= moment.month - moment.elapsed)
    return moment.month - since + LONG_AGO * was_so_from_the_start


@rule
def recorded_after_refresh(entry: Entry, drawn: int, chances: Chances) -> int:
    """Recorded decile after a refresh: what can be repaired is put right by chance; `NO_RECORD` is closed."""
    recorded, presence = entry.recorded_decile, entry.presence
    # Decided without a branch: nobody can guess which record can be repaired.
    is_gone = int(presence == DEAD) | int(presence == LEFT)
    is_wrong_from_the_survey = (1 - is_gone) & int(recorded != NO_RECORD) & int(entry.is_misreported)
    is_new = int(entry.months_since_change < chances.refresh_delay_months)
    repaired = NO_RECORD if is_gone else entry.decile
    threshold = chances.refresh_closing if is_gone else chances.refresh_repair
    is_kept = is_new | int(presence == NO_PERSON) | is_wrong_from_the_survey | int(drawn >= threshold)
    return recorded if is_kept else repaired


@rule
def status_after_subsidy(presence: int, reason: int, drawn: int, go_on: int) -> int:
    """What becomes of a person whose place has ended: some go on paying themselves.

    ``go_on`` is the threshold of the person and the month (`steps.earn.continue_threshold`).
    """
    is_free = presence == INFORMAL and reason != REFUSED_INSURED
    return SELF_PAYING if is_free and drawn < go_on else NOT_LISTED


@touches("people.decile", "people.is_misreported", "people.presence", "people.recorded_decile")
def repairable(city: City) -> Bytes:
    """Whose record a refresh may change: ones and zeros.

    Records of people who have gone and are not closed; of people who are here, those that are wrong and were
    not so from the survey on.
    """
    people = city.people
    flags = np.empty(people.presence.size, dtype=np.uint8)
    for person in range(flags.size):
        recorded, presence = people.recorded_decile[person], people.presence[person]
        is_gone = np.uint8(presence == DEAD) | np.uint8(presence == LEFT)
        has_record = np.uint8(recorded != NO_RECORD)
        is_stale = np.uint8(recorded != people.decile[person])
        is_stale &= np.uint8(people.is_misreported[person] == 0) | (has_record ^ 1)
        flags[person] = (is_gone & has_record) | ((is_gone ^ 1) & is_stale)
    return flags


@touches(
    "people.arrival_month",
    "people.decile",
    "people.decile_since",
    "people.gone_since",
    "people.is_misreported",
    "people.key",
    "people.presence",
    "people.recorded_decile",
)
def repair_records(city: City, moment: Moment, terms: Terms, persons: Column) -> None:
    """Put the records of these people right, each by its own chance."""
    people, chances = city.people, terms.chances
    decile, recorded, presence = people.decile, people.recorded_decile, people.presence
    for place in range(persons.size):
        fetch_ahead(people, persons, place)
        person = np.uint64(persons[place])
        here_since = max(people.arrival_month[person], people.decile_since[person])
        since = months_since_change(presence[person], people.gone_since[person], here_since, moment)
        is_misreported = people.is_misreported[person] == 1
        entry = Entry(recorded[person], decile[person], is_misreported, presence[person], since)
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_REFRESH)
        recorded[person] = recorded_after_refresh(entry, drawn, chances)


def refresh_columns(city: City, moment: Moment, terms: Terms) -> None:
    """Put wrong records right, each by its own chance, and book what the refresh costs."""
    records = np.count_nonzero(city.people.recorded_decile)
    repair_records(city, moment, terms, rows_flagged(repairable(city)))
    city.ledger[ROW.refresh_cost, moment.elapsed] += records * terms.costs.refresh


@rule
def has_risen(reason: int, decile: int, policy: Policy) -> bool:
    """Whether a place ends by the decile, and the household has truly risen above the ceiling."""
    return bool(reason == REFUSED_DECILE and decile > policy.decile_ceiling)


@touches(
    "people.community",
    "people.decile",
    "people.income",
    "people.income_gain",
    "people.key",
    "people.parcel_month",
    "people.presence",
    "people.refusal",
    "people.sector",
    "people.since",
    "people.status",
    "people.trained_since",
    "communities.enrolled",
    "ledger",
)
def end_subsidies(city: City, moment: Moment, terms: Terms, persons: Long, reasons: Long) -> None:
    """Take people off the city's list, each for a reason."""
    people, ledger, enrolled = city.people, city.ledger, city.communities.enrolled
    for place in range(persons.size):
        fetch_ahead(people, persons, place)
        person, reason = persons[place], reasons[place]
        burden = burden_at_end(people, person, moment.month, terms)
        gain = gain_of(people, person, moment.month, terms.support)
        go_on = continue_threshold(burden, terms.chances.continue_alone, terms.earnings)
        go_on += gain_in_continuing(gain, terms.support)
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_CONTINUE)
        people.status[person] = status_after_subsidy(people.presence[person], reason, drawn, go_on)
        enrolled[people.community[person]] -= people.presence[person] == INFORMAL
        people.refusal[person] = reason
        people.since[person] = moment.month
        continues = people.status[person] == SELF_PAYING
        ledger[ROW.continued_alone, moment.elapsed] += continues
        ledger[ROW.continued_trained, moment.elapsed] += continues and gain > 0
        ledger[ROW.graduated, moment.elapsed] += has_risen(reason, people.decile[person], terms.policy)
    ledger[ROW.subsidies_ended, moment.elapsed] += persons.size


def drop_settled_columns(city: City) -> None:
    """Take those off the list whose death the insurer has settled, and close their records."""
    city.people.status[city.rolls.settled] = NOT_LISTED
    city.people.recorded_decile[city.rolls.settled] = NO_RECORD


@rule
def has_had_the_term(enrolled_since: int, month: int, policy: Policy) -> bool:
    """Whether a recipient has been paid for as long as the regulation allows."""
    return bool(policy.subsidy_months != NO_END and month - enrolled_since >= policy.subsidy_months)


@rule
def reason_of_term(policy: Policy) -> int:
    """What stands in the way of one whose time is over: nothing when the subsidy can be renewed."""
    return ELIGIBLE if policy.is_renewable else TERM_OVER


@touches("people.enrolled_since")
def with_terms_over(city: City, moment: Moment, terms: Terms, persons: Long) -> Long:
    """Which of these recipients have had their time: ones and zeros."""
    over = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        since = city.people.enrolled_since[persons[place]]
        over[place] = has_had_the_term(since, moment.month, terms.policy)
    return over


def end_terms_columns(city: City, moment: Moment, terms: Terms) -> Rolls:
    """End the places of those who have had their time; the rolls afterwards."""
    if terms.policy.subsidy_months == NO_END:
        return city.rolls
    enrolled = city.rolls.recipients
    leaving = enrolled[with_terms_over(city, moment, terms, enrolled) == 1]
    end_subsidies(city, moment, terms, leaving, np.full(leaving.size, reason_of_term(terms.policy)))
    return without(city, leaving)


def check_list_columns(city: City, moment: Moment, terms: Terms, law: Law) -> Rolls:
    """Check everybody on the city's list and end the places that must end; the rolls afterwards."""
    enrolled = city.rolls.recipients
    reasons = examine_columns(city, moment, terms, law, enrolled)
    must_end = reasons != ELIGIBLE
    leaving = enrolled[must_end]
    end_subsidies(city, moment, terms, leaving, reasons[must_end])
    return without(city, leaving)
