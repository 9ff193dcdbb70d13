"""Step *close_books*: the stocks at the end of a month, and who was covered in it."""

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.eligibility import ELIGIBLE, Record, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Rolls, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    INFORMAL,
    NEVER,
    NOT_ARRIVED,
    SPONSORED,
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


@called_from_compiled
def still_failed(city: City) -> Long:
    """Rows of the people whose last attempt has failed and who have not been proposed since."""
    failed, count = np.empty(city.rolls.failed.size + 1, dtype=np.int64), 0
    for person in city.rolls.failed.view(np.uint64):
        failed[count] = person
        count += int(city.people.failed_since[person] != NEVER)
    return failed[:count]


@touches(
    "people.age",
    "people.community",
    "people.decile",
    "people.failed_since",
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
    "communities.enrolled",
    "ledger",
    "rolls.failed",
    "rolls.files",
    "rolls.recipients",
)
def count_rolls(
    city: City, moment: Moment, terms: Terms, law: Law
) -> tuple[tuple[Long, Long, Long, Long], bool]:
    """Count the files, and the list: who is in informal work, the vulnerable among these, and those who are
    alive and covered this month, whose year counts it too. Each community's members on the list are counted
    for the next month.

    The rolls of the next month, and whether its recipients stand in the order of rows.
    """
    people, is_late, friends = city.people, terms.policy.transfer_delay > 0, city.communities.enrolled
    present, vulnerable, covered = 0, 0, 0
    friends[:] = 0
    # Numbers are added up rather than decided on: what differs from person to person cannot be guessed, and
    # a wrong guess costs a processor more than the sum.
    recipients = city.rolls.recipients.view(np.uint64)
    staying, settled = np.empty(recipients.size + 1, np.int64), np.empty(recipients.size + 1, np.int64)
    enrolled, closed, before, out_of_order = 0, 0, np.uint64(0), 0
    for place in range(recipients.size):
        fetch_ahead((people.last_paid_month, people.year_covered, people.community), recipients, place)
        person = recipients[place]
        presence, is_enrolled = people.presence[person], int(people.status[person] == SPONSORED)
        staying[enrolled] = settled[closed] = person
        enrolled += is_enrolled
        closed += 1 - is_enrolled
        out_of_order += int(person < before)
        before = person
        friends[people.community[person]] += is_enrolled & int(presence == INFORMAL)
        present += int(presence == INFORMAL)
        vulnerable += int(is_vulnerable(presence, people.decile[person], terms.chances))
        membership = Membership(
            people.last_paid_month[person], people.run_start_month[person], people.paid_months[person]
        )
        has_cover = is_covered_in(membership, people.age[person], moment.month, law)
        # How contributions arrive matters only where they arrive late.
        if is_late and has_cover:
            since, earlier = people.stretch_since[person], people.paid_before[person]
            arrival = arrival_of(people.is_self_paid[person] == 1, since, earlier, terms.policy)
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
    files, failed = count_queues(city, moment), still_failed(city)
    return (staying[:enrolled], files, failed, settled[:closed]), out_of_order == 0


def rolls_of_next_month(city: City, moment: Moment, terms: Terms, law: Law) -> Rolls:
    """The rolls, which are counted, without those who have left them; in the order of rows as far as they are
    long.
    """
    rolls, is_in_order = count_rolls(city, moment, terms, law)
    recipients, _, failed, _ = rolls
    if not is_in_order:
        recipients.sort(kind="stable")
    failed.sort(kind="stable")
    return Rolls(*rolls)


def close_books_columns(
    city: City, moment: Moment, terms: Terms, law: Law, recorded_incomes: RecordedIncomes
) -> Rolls:
    """Count everybody once; the rolls of the next month."""
    rolls = rolls_of_next_month(city, moment, terms, law)
    close_year(city, moment, count_standings(city, moment, terms, law, recorded_incomes))
    count_shared_out(city, moment, law)
    count_committed(city.ledger, moment.elapsed)
    return rolls
