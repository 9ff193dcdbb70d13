"""Step *close_books*: the stocks at the end of a month, and who was covered in it."""

import numpy as np

from jamsos_sim.compiled import compiled, rule
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.eligibility import ELIGIBLE, Record, is_age_admitted, is_income_admitted, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import MEMBER_NONE
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms, Tiny, with_status
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    INFORMAL,
    NOT_ARRIVED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
)
from jamsos_sim.model.steps.cover import arrival_of, cover_of
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.model.steps.queue_up import count_queues_columns
from jamsos_sim.population.workers import NO_RECORD

AGES, DECILES, PRESENCES = 128, 11, 7
"""How many ages, recorded deciles (0 is none) and presences there can be."""


@rule
def is_vulnerable(presence: int, decile: int, chances: Chances) -> bool:
    """Whether a person is a vulnerable informal worker (pekerja rentan) in truth, not on paper."""
    return bool(presence == INFORMAL and decile <= chances.vulnerable_decile)


@rule
def is_entitled(presence: int, decile: int, is_insured: bool, chances: Chances) -> bool:
    """Whether the programme is meant for a person, age apart: vulnerable, and insured nowhere else."""
    return bool(is_vulnerable(presence, decile, chances) and not is_insured)


@rule
def is_rightly_recorded(presence: int, decile: int, chances: Chances) -> bool:
    """Whether somebody of the vulnerable deciles stands behind a record, in whatever work."""
    return bool(is_here(presence) and decile <= chances.vulnerable_decile)


@rule
def is_within_criteria(presence: int, record: Record, policy: Policy, law: Law) -> bool:
    """Whether the registry shows a record that the office would list; it knows no memberships."""
    if presence == NOT_ARRIVED or record.decile == NO_RECORD:
        return False
    return bool(refusal_reason(record, criteria_of(policy), law) == ELIGIBLE)


@compiled
def shown_within_criteria(policy: Policy, law: Law) -> Tiny:
    """Whether a record meets the criteria, income apart, by age, recorded decile and validity of number."""
    shown = np.empty((AGES, DECILES, 2), dtype=np.int8)
    for age in range(AGES):
        for decile in range(DECILES):
            for nik in range(2):
                record = Record(age, decile, 0, MEMBER_NONE, nik)
                shown[age, decile, nik] = is_within_criteria(INFORMAL, record, policy, law)
    return shown


@touches(
    "people.age",
    "people.decile",
    "people.has_valid_nik",
    "people.is_insured_elsewhere",
    "people.presence",
    "people.recorded_decile",
    "people.recorded_income",
    "people.status",
    "ledger",
)
def count_everybody(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Count the workers, and hold the registry and the list against the truth.

    The rules are asked once for every age, decile and state instead of once for everybody, and what they
    answer is looked up and joined without a branch: what differs from person to person cannot be guessed, and
    a wrong guess costs more than all the reading (`benchmarks/kernel.py`).
    """
    people, ledger, at = city.people, city.ledger, moment.elapsed
    age, decile, presence = people.age, people.decile, people.presence
    insured, status, recorded = people.is_insured_elsewhere, people.status, people.recorded_decile
    income, nik, ceiling = people.recorded_income, people.has_valid_nik, terms.policy.income_ceiling
    shown = shown_within_criteria(terms.policy, law)
    of_age = np.array([is_age_admitted(years, terms.policy.minimum_age, law) for years in range(AGES)])
    here = np.array([is_here(state) for state in range(PRESENCES)])
    poor = np.array([step <= terms.chances.vulnerable_decile for step in range(DECILES)])
    informal, vulnerable, meant, meant_enrolled, off_register, listed, not_vulnerable = 0, 0, 0, 0, 0, 0, 0
    for person in range(age.size):
        is_vulnerable_here = (presence[person] == INFORMAL) & poor[decile[person]]
        is_entitled_here, is_enrolled = (
            is_vulnerable_here & (insured[person] == 0),
            status[person] == SPONSORED,
        )
        is_meant = is_entitled_here & (is_enrolled | of_age[age[person]])
        is_listed = shown[age[person], recorded[person], nik[person]] & (presence[person] != NOT_ARRIVED)
        is_listed &= is_income_admitted(income[person], ceiling)
        informal += presence[person] == INFORMAL
        vulnerable += is_vulnerable_here
        meant += is_meant
        meant_enrolled += is_entitled_here & is_enrolled
        off_register += int(is_meant & (1 - is_listed) & (1 - is_enrolled))
        listed += int(is_listed)  # without the compiler a column of bytes would overflow
        not_vulnerable += int(is_listed & (1 - (here[presence[person]] & poor[decile[person]])))
    ledger[ROW.informal_workers, at] = informal
    ledger[ROW.vulnerable_workers, at] = vulnerable
    ledger[ROW.entitled_workers, at] = meant
    ledger[ROW.entitled_enrolled, at] = meant_enrolled
    ledger[ROW.entitled_off_register, at] = off_register
    ledger[ROW.records_within_criteria, at] = listed
    ledger[ROW.records_not_vulnerable, at] = not_vulnerable


@touches(
    "people.age",
    "people.is_self_paid",
    "people.last_paid_month",
    "people.paid_before",
    "people.paid_months",
    "people.presence",
    "people.run_start_month",
    "people.stretch_since",
)
def count_covered(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> int:
    """How many of these people are alive and covered this month."""
    people, covered = city.people, 0
    for person in persons:
        membership = Membership(
            people.last_paid_month[person], people.run_start_month[person], people.paid_months[person]
        )
        since, before = people.stretch_since[person], people.paid_before[person]
        arrival = arrival_of(people.is_self_paid[person] == 1, since, before, terms.policy)
        cover = cover_of(membership, arrival, people.age[person], moment.month, law)
        covered += people.presence[person] != DEAD and cover.is_covered
    return covered


def close_books_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Count everybody once."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    enrolled = np.concatenate((with_status(city, SPONSORED), with_status(city, SETTLED)))
    present = enrolled[people.presence[enrolled] == INFORMAL]
    vulnerable_enrolled = np.count_nonzero(people.decile[present] <= terms.chances.vulnerable_decile)
    ledger[ROW.enrolled, at] = enrolled.size
    ledger[ROW.vulnerable_enrolled, at] = vulnerable_enrolled
    ledger[ROW.enrolled_not_vulnerable, at] = present.size - vulnerable_enrolled
    ledger[ROW.enrolled_not_found, at] = enrolled.size - present.size
    ledger[ROW.self_paying, at] = with_status(city, SELF_PAYING).size
    count_queues_columns(city, moment)
    ledger[ROW.covered_person_months, at] = count_covered(city, moment, terms, law, enrolled)
    count_everybody(city, moment, terms, law)
