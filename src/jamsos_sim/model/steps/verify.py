"""Step *verify*: identity, membership elsewhere, and the criteria, on recorded values.

A file goes from the ward that deliberates over it to the desk that verifies and to the desk that registers.
At the verifying desk files are taken in the order in which they came, as many as it can handle in a month,
and not before the checks are back. With two desks in sequence some files are lost at the hand-over.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_AGE
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import first_in, key_of_file
from jamsos_sim.model.status import IN_REGISTRATION, NOT_LISTED, PROPOSED
from jamsos_sim.model.steps.examine import examine, months_of_checks


@rule
def verification_delay(policy: Policy, chances: Chances) -> int:
    """Months that a file lies before it is verified: at the desk, and until the checks are back."""
    return chances.desk_months + months_of_checks(policy, chances)


@rule
def is_lost_in_handover(drawn: int, policy: Policy, chances: Chances) -> bool:
    """Whether a file is lost between two desks."""
    return bool(policy.has_two_desks and drawn < chances.handover_loss)


@rule
def refusal_row(reason: int) -> int:
    """Row of the ledger that counts a refused file."""
    return ROW.refused_age + reason - REFUSED_AGE


def book_refusals(city: City, moment: Moment, reasons: Long) -> None:
    """Count refusals by their reasons."""
    for reason, count in zip(*np.unique(reasons, return_counts=True), strict=True):
        if reason != ELIGIBLE:
            city.ledger[refusal_row(int(reason)), moment.elapsed] += count


@called_from_compiled
def files_due(city: City, moment: Moment, status: int, delay: int) -> tuple[Long, Long]:
    """Files of a status that have lain for so many months or more: keys in the order in which they came, and
    people.
    """
    people, files, count = city.people, city.rolls.files, 0
    keys, persons = np.empty(files.size, dtype=np.int64), np.empty(files.size, dtype=np.int64)
    start = moment.month - moment.elapsed
    for person in files.view(np.uint64):
        since = people.since[person]
        if people.status[person] == status and moment.month - since >= delay:
            keys[count] = key_of_file(since, people.order[person], person, start)
            persons[count] = person
            count += 1
    return keys[:count], persons[:count]


@called_from_compiled
def put_aside(city: City, moment: Moment, terms: Terms, files: Long, reasons: Long) -> None:
    """Refuse these files for these reasons or send them on, and lose some between the desks."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    for place in range(files.size):
        fetch_ahead((people.key, people.refusal, people.since, people.status), files, place)
        person, reason = files[place], reasons[place]
        people.refusal[person] = reason
        people.since[person] = moment.month
        if reason != ELIGIBLE:
            people.status[person] = NOT_LISTED
            ledger[refusal_row(reason), at] += 1
            continue
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_HANDOVER)
        is_lost = is_lost_in_handover(drawn, terms.policy, terms.chances)
        people.status[person] = NOT_LISTED if is_lost else IN_REGISTRATION
        ledger[ROW.lost_in_handover, at] += is_lost


@touches(
    "people.age",
    "people.decile",
    "people.has_valid_nik",
    "people.is_insured_elsewhere",
    "people.key",
    "people.order",
    "people.presence",
    "people.recorded_decile",
    "people.recorded_income",
    "people.refusal",
    "people.since",
    "people.status",
    "ledger",
    "rolls.files",
)
def verify_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """The month's work at the verifying desk."""
    delay = verification_delay(terms.policy, terms.chances)
    keys, persons = files_due(city, moment, PROPOSED, delay)
    files = first_in(keys, persons, terms.policy.verification_capacity)
    city.ledger[ROW.verification_backlog, moment.elapsed] = persons.size - files.size
    if files.size > 0:
        put_aside(city, moment, terms, files, examine(city, moment, terms, law, files))
