"""Step *close_books*: the stocks at the end of a month, and who was covered in it."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.eligibility import ELIGIBLE, Record, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    INFORMAL,
    NOT_ARRIVED,
)
from jamsos_sim.model.steps.count_cells import close_year
from jamsos_sim.model.steps.cover import arrival_of, cover_of, is_covered_in
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.justice import count_committed, count_shared_out
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.model.steps.queue_up import count_queues
from jamsos_sim.model.steps.standing import RecordedIncomes, count_standings
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
    "people.is_self_paid",
    "people.last_paid_month",
    "people.paid_before",
    "people.paid_months",
    "people.presence",
    "people.proposed_since",
    "people.run_start_month",
    "people.status",
    "people.stretch_since",
    "people.year_covered",
    "ledger",
    "rolls.files",
    "rolls.recipients",
)
def count_rolls(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Count the files, and the list: who is in informal work, the vulnerable among these, and those who are
    alive and covered this month, whose year counts it too.
    """
    count_queues(city, moment)
    people, is_late = city.people, terms.policy.transfer_delay > 0
    present, vulnerable, covered = 0, 0, 0
    # Numbers are added up rather than decided on: what differs from person to person cannot be guessed, and
    # a wrong guess costs a processor more than the sum.
    recipients = city.rolls.recipients.view(np.uint64)
    for place in range(recipients.size):
        fetch_ahead((people.last_paid_month, people.year_covered), recipients, place)
        person = recipients[place]
        presence = people.presence[person]
        present += int(presence == INFORMAL)
        vulnerable += int(is_vulnerable(presence, people.decile[person], terms.chances))
        membership = Membership(
            people.last_paid_month[person], people.run_start_month[person], people.paid_months[person]
        )
        has_cover = is_covered_in(membership, people.age[person], moment.month, law)
        # How contributions arrive matters only where they arrive late.
        if is_late and has_cover:
            since, before = people.stretch_since[person], people.paid_before[person]
            arrival = arrival_of(people.is_self_paid[person] == 1, since, before, terms.policy)
            has_cover = cover_of(membership, arrival, people.age[person], moment.month, law).is_covered
        is_counted = int(presence != DEAD) & int(has_cover)
        covered += is_counted
        people.year_covered[person] += is_counted
    ledger, at = city.ledger, moment.elapsed
    ledger[ROW.enrolled, at] = recipients.size
    ledger[ROW.vulnerable_enrolled, at] = vulnerable
    ledger[ROW.enrolled_not_vulnerable, at] = present - vulnerable
    ledger[ROW.enrolled_not_found, at] = recipients.size - present
    ledger[ROW.covered_person_months, at] = covered


def close_books_columns(
    city: City, moment: Moment, terms: Terms, law: Law, recorded_incomes: RecordedIncomes
) -> None:
    """Count everybody once."""
    count_rolls(city, moment, terms, law)
    close_year(city, moment, count_standings(city, moment, terms, law, recorded_incomes))
    count_shared_out(city, moment, law)
    count_committed(city.ledger, moment.elapsed)
