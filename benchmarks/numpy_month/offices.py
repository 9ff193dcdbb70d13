"""The office's list, the two desks, and the queues before them: *propose*, *verify* and *admit*."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.cells import CELL
from jamsos_sim.model.context import City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import DROPPED_BITS, LAST_RANK, NUMBER_BITS, ORDER_BITS, Queue
from jamsos_sim.model.status import (
    FILED,
    FIRST_COME,
    IN_REGISTRATION,
    LONGEST_WAITING,
    NOT_ARRIVED,
    NOT_LISTED,
    PROPOSED,
    REFUSED_NOT_WORKING,
    RISKIEST_TRADE_FIRST,
    SPONSORED,
    WAITING,
)
from jamsos_sim.model.steps.admit import admissions
from jamsos_sim.model.steps.budget_lines import desk_within_money
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.propose import candidates_wanted, first_for_list
from jamsos_sim.model.steps.queue_up import BOUNDS
from jamsos_sim.model.steps.register import registration_delay
from jamsos_sim.model.steps.standing import limits_of
from jamsos_sim.model.steps.treasury import places_carried
from jamsos_sim.model.steps.verify import refusal_row, verification_delay
from jamsos_sim.model.territory import first_for_places, is_by_order_alone
from numpy_month.cells import add
from numpy_month.checks import examine
from numpy_month.hearing import are_barred, propose
from numpy_month.registry import end_subsidies
from numpy_month.roll import Roll

REFUSED = np.array([refusal_row(reason) for reason in range(ELIGIBLE + 1, REFUSED_NOT_WORKING + 1)])
"""Rows of the ledger that count refused files, in the order of the reasons."""


def queue_by(city: City, ranks: Long, rows: Long) -> Queue:
    """A queue of people by a rank of theirs."""
    keys = ranks.astype(np.int64) << (ORDER_BITS + NUMBER_BITS)
    keys |= (city.people.order.take(rows) >> DROPPED_BITS) << NUMBER_BITS
    keys |= rows
    return Queue(keys, rows)


def ranks(city: City, moment: Moment, policy: Policy, rows: Long, is_waiting: bool) -> Long:
    """Ranks of people by the regulation's order, on the waiting list or as candidates."""
    people, start = city.people, moment.month - moment.elapsed
    if policy.priority == RISKIEST_TRADE_FIRST:
        return people.risk_rank.take(rows)
    if policy.priority == FIRST_COME:
        return people.since.take(rows) - start if is_waiting else np.zeros_like(rows)
    if policy.priority == LONGEST_WAITING:
        proposed = people.proposed_since.take(rows)
        is_open = proposed > people.enrolled_since.take(rows)
        return np.where(is_open & (proposed >= start), proposed - start, LAST_RANK)
    return people.recorded_decile.take(rows)


def candidates(city: City, moment: Moment, terms: Terms, law: Law) -> Queue:
    """Everybody whom the office could list, in the regulation's order."""
    people, limits = city.people, limits_of(criteria_of(terms.policy), law)
    decile = people.recorded_decile
    is_poor = (decile >= limits.decile_from) & (decile <= limits.decile_to)
    rows = np.flatnonzero(is_poor & (people.status == NOT_LISTED))
    age = people.age.take(rows)
    rows = rows[(age >= limits.age_from) & (age <= limits.age_to)]
    rows = rows[people.recorded_income.take(rows) <= limits.income_to]
    rows = rows[(people.presence.take(rows) != NOT_ARRIVED) & ~are_barred(people, rows, moment.month)]
    return queue_by(city, ranks(city, moment, terms.policy, rows, is_waiting=False), rows)


def push_list(city: City, roll: Roll, moment: Moment, terms: Terms, law: Law) -> None:
    """The office's list of candidates in a cohort month."""
    policy = terms.policy
    held = np.concatenate((roll.of(WAITING), roll.of(SPONSORED)))
    filed = np.concatenate([roll.of(status) for status in FILED])
    wanted = int(candidates_wanted(policy.places_next - held.size, filed.size, policy.candidates_ppm))
    if wanted > 0:
        queue = candidates(city, moment, terms, law)
        propose(city, roll, moment, first_for_list(city, policy, queue, (held, filed), wanted))


def due(city: City, roll: Roll, moment: Moment, status: int, delay: int) -> Queue:
    """Files of a status that have lain long enough, in the order in which they came."""
    filed = roll.of(status)
    since = city.people.since.take(filed)
    has_lain = moment.month - since >= delay
    start = moment.month - moment.elapsed
    return queue_by(city, since[has_lain] - start, filed[has_lain])


def verify(city: City, roll: Roll, moment: Moment, terms: Terms, law: Law) -> None:
    """The month's work at the verifying desk."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    terms = desk_within_money(city, moment, terms)
    queue = due(city, roll, moment, PROPOSED, verification_delay(terms.policy, terms.chances))
    files = queue.first(int(terms.policy.verification_capacity))
    ledger[ROW.verification_backlog, at] = queue.persons.size - files.size
    if files.size == 0:
        return
    reasons = examine(city, moment, terms, law, files)
    passed, stay = reasons == ELIGIBLE, np.int8(IN_REGISTRATION)
    if terms.policy.has_two_desks:
        drawn = chance.draws(people.key.take(files), moment.month, chance.DECISION_HANDOVER)
        arrives = drawn >= terms.chances.handover_loss
        ledger[ROW.lost_in_handover, at] += np.count_nonzero(passed & ~arrives)
        passed &= arrives
    roll.turn(files, np.where(passed, stay, np.int8(NOT_LISTED)), PROPOSED, IN_REGISTRATION)
    people.refusal[files] = reasons
    people.since[files] = moment.month
    ledger[REFUSED, at] += np.bincount(reasons, minlength=REFUSED.size + 1)[1:]


def register(city: City, roll: Roll, moment: Moment, terms: Terms) -> None:
    """The month's work at the registering desk."""
    queue = due(city, roll, moment, IN_REGISTRATION, registration_delay(terms.policy, terms.chances))
    registered = queue.first(int(terms.policy.registration_capacity))
    roll.turn(registered, WAITING, IN_REGISTRATION, WAITING)
    city.people.since[registered] = moment.month
    city.ledger[ROW.registration_backlog, moment.elapsed] = queue.persons.size - registered.size


def longest_enrolled(city: City, moment: Moment, enrolled: Long) -> Queue:
    """Recipients, those who came first at the head."""
    start = moment.month - moment.elapsed
    return queue_by(city, city.people.enrolled_since.take(enrolled) - start, enrolled)


def cut_places(city: City, roll: Roll, moment: Moment, terms: Terms, carried: int) -> None:
    """When places or money were cut below the list, the last to come lose theirs."""
    places = int(terms.policy.places)
    if places == 0:
        for status in (*FILED, WAITING):
            roll.strike(roll.of(status), status)
    enrolled = roll.of(SPONSORED)
    places = min(places, places_carried(enrolled.size, carried, terms.policy))
    if enrolled.size > places:
        leaving = longest_enrolled(city, moment, enrolled).rest(places)
        end_subsidies(city, roll, (moment, terms), leaving, ELIGIBLE)


def admit(city: City, roll: Roll, moment: Moment, terms: Terms, carried: int) -> None:
    """Admit from the waiting list as many as places and money allow."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    enrolled = roll.of(SPONSORED)
    count = int(admissions(enrolled.size, carried, terms.policy))
    if count == 0:
        return
    waiting = roll.of(WAITING)
    queue = queue_by(city, ranks(city, moment, terms.policy, waiting, is_waiting=True), waiting)
    if is_by_order_alone(terms.policy):
        admitted = queue.first(count)
    else:
        admitted = first_for_places(city, terms.policy, queue, enrolled, count)
    roll.turn(admitted, SPONSORED, WAITING, SPONSORED)
    people.since[admitted] = moment.month
    people.enrolled_since[admitted] = moment.month
    ledger[ROW.admitted, at] += admitted.size
    add(city, CELL.admitted, moment, admitted)
    count_delays(city, moment, ROW.admitted_over_3_months, admitted)
    waited = moment.month - people.proposed_since.take(admitted)
    ledger[ROW.months_waited, at] += waited.sum(dtype=np.int64)
    add(city, CELL.months_waited, moment, admitted, waited)


def count_delays(city: City, moment: Moment, first_row: int, rows: Long) -> None:
    """Count people in the rows of the bounds that their delay exceeds."""
    delays = moment.month - city.people.proposed_since.take(rows)
    for place, bound in enumerate(BOUNDS):
        city.ledger[first_row + place, moment.elapsed] += np.count_nonzero(delays > bound)
