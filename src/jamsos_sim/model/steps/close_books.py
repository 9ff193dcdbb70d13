"""Step *close_books*: the stocks at the end of a month, and who was covered in it."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.eligibility import ELIGIBLE, Record, is_age_admitted, is_decile_admitted, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import MEMBER_NONE
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    INFORMAL,
    NOT_ARRIVED,
    PROPOSED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.claim import cover_in
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.population.workers import NO_RECORD


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
def compare_registry(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Hold the registry and the list against the truth."""
    people, ledger, at, policy = city.people, city.ledger, moment.elapsed, terms.policy
    presence, decile, recorded = people.presence, people.decile, people.recorded_decile
    income, nik, insured, status = (
        people.recorded_income,
        people.has_valid_nik,
        people.is_insured_elsewhere,
        people.status,
    )
    meant_workers, meant_enrolled, off_register, within_criteria, not_vulnerable = 0, 0, 0, 0, 0
    for person in range(decile.size):
        entitled = is_entitled(presence[person], decile[person], insured[person] == 1, terms.chances)
        has_decile = is_decile_admitted(recorded[person], policy.decile_ceiling)
        # Most people are neither meant nor recorded as such, and count nowhere.
        if not entitled and not has_decile:
            continue
        age, enrolled = people.age[person], status[person] == SPONSORED
        is_meant = entitled and (enrolled or is_age_admitted(age, policy.minimum_age, law))
        record = Record(age, recorded[person], income[person], MEMBER_NONE, nik[person])
        listed = has_decile and is_within_criteria(presence[person], record, policy, law)
        meant_workers += is_meant
        meant_enrolled += entitled and enrolled
        off_register += is_meant and not listed and not enrolled
        within_criteria += listed
        not_vulnerable += listed and not is_rightly_recorded(presence[person], decile[person], terms.chances)
    ledger[ROW.entitled_workers, at] = meant_workers
    ledger[ROW.entitled_enrolled, at] = meant_enrolled
    ledger[ROW.entitled_off_register, at] = off_register
    ledger[ROW.records_within_criteria, at] = within_criteria
    ledger[ROW.records_not_vulnerable, at] = not_vulnerable


@touches(
    "people.age",
    "people.last_paid_month",
    "people.paid_months",
    "people.presence",
    "people.run_start_month",
)
def count_covered(city: City, moment: Moment, law: Law, persons: Long) -> int:
    """How many of these people are alive and covered this month."""
    people, covered = city.people, 0
    for person in persons:
        membership = Membership(
            people.last_paid_month[person], people.run_start_month[person], people.paid_months[person]
        )
        cover = cover_in(membership, people.age[person], moment.month, law)
        covered += people.presence[person] != DEAD and cover.is_covered
    return covered


def close_books_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Count everybody once."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    present = people.presence == INFORMAL
    vulnerable = present & (people.decile <= terms.chances.vulnerable_decile)
    enrolled = np.flatnonzero((people.status == SPONSORED) | (people.status == SETTLED))
    vulnerable_enrolled = np.count_nonzero(vulnerable[enrolled])
    present_enrolled = np.count_nonzero(present[enrolled])
    ledger[ROW.informal_workers, at] = np.count_nonzero(present)
    ledger[ROW.vulnerable_workers, at] = np.count_nonzero(vulnerable)
    ledger[ROW.enrolled, at] = enrolled.size
    ledger[ROW.vulnerable_enrolled, at] = vulnerable_enrolled
    ledger[ROW.enrolled_not_vulnerable, at] = present_enrolled - vulnerable_enrolled
    ledger[ROW.enrolled_not_found, at] = enrolled.size - present_enrolled
    ledger[ROW.in_verification, at] = np.count_nonzero(people.status == PROPOSED)
    ledger[ROW.waiting, at] = np.count_nonzero(people.status == WAITING)
    ledger[ROW.self_paying, at] = np.count_nonzero(people.status == SELF_PAYING)
    ledger[ROW.covered_person_months, at] = count_covered(city, moment, law, enrolled)
    compare_registry(city, moment, terms, law)
