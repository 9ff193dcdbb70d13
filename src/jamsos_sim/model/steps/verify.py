"""Step *verify*: identity, membership elsewhere, and the criteria, on recorded values.

A file goes from the ward that deliberates over it to the desk that verifies and to the desk that registers.
At the verifying desk files are taken in the order in which they came, as many as it can handle in a month,
and not before the checks are back. With two desks in sequence some files are lost at the hand-over.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_AGE
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import Queue, earliest_first
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import IN_REGISTRATION, NOT_LISTED, PROPOSED
from jamsos_sim.model.steps.examine import examine_columns, months_of_checks


@rule
def verification_delay(policy: Policy, chances: Chances) -> int:
    """Months that a file lies before it is verified: at the desk, and until the checks are back."""
    return chances.desk_months + months_of_checks(policy, chances)


@rule
def is_lost_in_handover(drawn: int, policy: Policy, chances: Chances) -> bool:
    """Whether a file is lost between two desks."""
    return bool(policy.has_two_desks and drawn < chances.handover_loss)


def refusal_row(reason: int) -> int:
    """Row of the ledger that counts a refused file."""
    return ROW.refused_age + reason - REFUSED_AGE


def book_refusals(city: City, moment: Moment, reasons: Long) -> None:
    """Count refusals by their reasons."""
    for reason, count in zip(*np.unique(reasons, return_counts=True), strict=True):
        if reason != ELIGIBLE:
            city.ledger[refusal_row(int(reason)), moment.elapsed] += count


def files_due(city: City, moment: Moment, terms: Terms) -> Queue:
    """Files that have lain long enough, in the order in which they came."""
    people, filed = city.people, with_status(city, PROPOSED)
    lain = moment.month - people.since[filed]
    due = filed[lain >= verification_delay(terms.policy, terms.chances)]
    start = moment.month - moment.elapsed
    return Queue(earliest_first(people.since, people.order, due, start), due)


@touches("people.key")
def files_lost(city: City, moment: Moment, terms: Terms, persons: Long) -> Long:
    """Which of these files are lost between the desks: ones and zeros."""
    lost = np.empty(persons.size, dtype=np.int64)
    for file in range(persons.size):
        drawn = chance.draw(city.people.key[persons[file]], moment.month, chance.DECISION_HANDOVER)
        lost[file] = is_lost_in_handover(drawn, terms.policy, terms.chances)
    return lost


def verify_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """The month's work at the verifying desk."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    due = files_due(city, moment, terms)
    files = due.first(int(terms.policy.verification_capacity))
    ledger[ROW.verification_backlog, at] = due.persons.size - files.size
    if files.size == 0:
        return
    reasons = examine_columns(city, moment, terms, law, files)
    people.status[files] = np.where(reasons == ELIGIBLE, IN_REGISTRATION, NOT_LISTED)
    people.refusal[files] = reasons
    people.since[files] = moment.month
    book_refusals(city, moment, reasons)
    passed = files[reasons == ELIGIBLE]
    lost = passed[files_lost(city, moment, terms, passed) == 1]
    people.status[lost] = NOT_LISTED
    ledger[ROW.lost_in_handover, at] += lost.size
