"""Step *verify*: identity, membership elsewhere, and the criteria, on recorded values.

Files are taken in the order in which they came, as many as the desk can handle in a month, and not before the
delay has passed. With two desks in sequence some files are lost at the hand-over and all take longer.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_AGE, Record, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import Queue, earliest_first
from jamsos_sim.model.status import (
    DEAD,
    FORMAL,
    LEFT,
    NOT_LISTED,
    PROPOSED,
    REFUSED_NOT_FOUND,
    WAITING,
)
from jamsos_sim.model.steps.refresh_registry import criteria_of, is_found_insured

LOST = -1
"""Result of a file that was lost between two desks."""


@rule
def verification_delay(policy: Policy, chances: Chances) -> int:
    """Months that a file lies before it is verified; longer with two desks in sequence."""
    if policy.has_two_desks:
        return chances.delay_months + chances.handover_months
    return chances.delay_months


@rule
def is_lost_in_handover(drawn: int, policy: Policy, chances: Chances) -> bool:
    """Whether a file is lost between two desks."""
    return bool(policy.has_two_desks and drawn < chances.handover_loss)


@rule
def verification_result(presence: int, record: Record, policy: Policy, law: Law) -> int:
    """`ELIGIBLE`, or why a candidate is refused."""
    if presence == DEAD or presence == LEFT:
        return REFUSED_NOT_FOUND
    return refusal_reason(record, criteria_of(policy), law)


def failure_row(result: int) -> int:
    """Row of the ledger that counts a file which did not pass."""
    return ROW.lost_in_handover if result == LOST else ROW.refused_age + result - REFUSED_AGE


def files_due(city: City, moment: Moment, terms: Terms) -> Queue:
    """Files that have lain long enough, in the order in which they came."""
    people, filed = city.people, np.flatnonzero(city.people.status == PROPOSED)
    lain = moment.month - people.since[filed]
    due = filed[lain >= verification_delay(terms.policy, terms.chances)]
    start = moment.month - moment.elapsed
    return Queue(earliest_first(people.since, people.order, due, start), due)


@touches(
    "people.age",
    "people.has_valid_nik",
    "people.is_insured_elsewhere",
    "people.key",
    "people.presence",
    "people.recorded_decile",
    "people.recorded_income",
)
def verification_results(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """Result of each file on the desk: `ELIGIBLE`, a reason of refusal, or `LOST`."""
    people, policy = city.people, terms.policy
    results = np.empty(persons.size, dtype=np.int64)
    for file in range(persons.size):
        person = persons[file]
        presence, key = people.presence[person], people.key[person]
        is_insured = people.is_insured_elsewhere[person] == 1 or presence == FORMAL
        drawn = chance.draw(key, moment.month, chance.DECISION_MATCH)
        is_found = is_found_insured(is_insured, policy.insurer_matching, drawn, terms.chances)
        record = Record(
            people.age[person],
            people.recorded_decile[person],
            people.recorded_income[person],
            int(is_found),
            people.has_valid_nik[person],
        )
        results[file] = verification_result(presence, record, policy, law)
        if is_lost_in_handover(
            chance.draw(key, moment.month, chance.DECISION_HANDOVER), policy, terms.chances
        ):
            results[file] = LOST
    return results


def verify_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """The month's work at the desk."""
    people, ledger = city.people, city.ledger
    on_desk = files_due(city, moment, terms).first(int(terms.policy.verification_capacity))
    if on_desk.size == 0:
        return
    results = verification_results(city, moment, terms, law, on_desk)
    people.status[on_desk] = np.where(results == ELIGIBLE, WAITING, NOT_LISTED)
    examined = results != LOST
    people.refusal[on_desk[examined]] = results[examined]
    people.since[on_desk[examined]] = moment.month
    for result, count in zip(*np.unique(results, return_counts=True), strict=True):
        if result != ELIGIBLE:
            ledger[failure_row(int(result)), moment.elapsed] += count
