"""Step *propose*: the office pushes its list in cohort months; some people come by themselves.

The Social Affairs office (Dinas Sosial) lists people whose record meets the criteria, first those whom the
regulation puts first. It does not know who has died or moved away, who stands there twice, who is insured
elsewhere or whose identity number (NIK) is inactive: verification finds out what it can.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.eligibility import (
    ELIGIBLE,
    Record,
    refusal_reason,
)
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import MEMBER_NONE, NO_CEILING
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import NOBODY_LISTED, City, Column, Long, People, Policy, Terms
from jamsos_sim.model.draws import recurring_draws_of
from jamsos_sim.model.flags import Bytes, rows_flagged
from jamsos_sim.model.foreseen import Words
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import Queue, Standing, open_proposal, priority_rank, queue_key
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import (
    FILED,
    INFORMAL,
    LONGEST_WAITING,
    NEVER,
    NOT_ARRIVED,
    NOT_LISTED,
    RISKIEST_TRADE_FIRST,
    TERM_OVER,
    WAITING,
)
from jamsos_sim.model.steps.deliberate import first_status
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.steps.hear import attends, comes_unattended, workers_above
from jamsos_sim.model.steps.standing import Limits, limits_of
from jamsos_sim.model.territory import (
    by_formula,
    by_kelurahan,
    first_within,
    has_quotas,
    is_by_order_alone,
    quotas,
    weights_of,
)
from jamsos_sim.units import MONTHS_PER_YEAR, PARTS_PER_MILLION


@rule
def is_barred(refusal: int, months_since: int) -> bool:
    """Whether a refusal still stands in a person's way: lists are made anew every year, but some have had
    their time.
    """
    return bool(refusal == TERM_OVER or (refusal != ELIGIBLE and months_since < MONTHS_PER_YEAR))


@rule
def may_apply(presence: int, status: int, is_aware: bool, barred: bool) -> bool:
    """Whether a person would come by themselves: knows, is on no list, and was not turned away lately."""
    return bool(presence == INFORMAL and status == NOT_LISTED and is_aware and not barred)


@rule
def is_listable(presence: int, status: int, barred: bool, recorded_decile: int) -> bool:
    """Whether the office could put a record on a list, criteria apart; it does not know who has gone."""
    has_record = presence != NOT_ARRIVED and recorded_decile > 0
    return bool(has_record and status == NOT_LISTED and not barred)


@rule
def candidates_wanted(free: int, in_verification: int, candidates_ppm: int) -> int:
    """How many people the office lists, for next month's free places that nobody on the waiting list fills.

    It wants so many candidates for each place, less those whom it is verifying already; rounded up.
    """
    wanted = (max(0, free) * candidates_ppm + PARTS_PER_MILLION - 1) // PARTS_PER_MILLION
    return max(0, wanted - in_verification)


@called_from_compiled
def put_proposed(people: People, person: int, month: int, policy: Policy) -> None:
    """Put a person on the list of candidates."""
    people.status[person] = first_status(policy)
    people.since[person] = month
    people.proposed_since[person] = month
    people.failed_since[person] = NEVER


@called_from_compiled
def people_near(city: City, moment: Moment, ordinary: int) -> tuple[Column, Words]:
    """Rows of the people whose draw is low enough to bring them to the office, and these draws: of those
    expected where a community's threshold is as usual, of all workers who know where there is a meeting.
    """
    key, thresholds = city.people.key, city.communities.application
    expected, count = city.ahead.apply, 0
    first, stop = expected.start[moment.elapsed], expected.start[moment.elapsed + 1]
    persons, community = workers_above(city, thresholds, ordinary, 1)
    drawn = recurring_draws_of(key, persons, moment.month, chance.DECISION_APPLY)
    room = stop - first + persons.size + 1
    near, draws = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.uint32)
    for place in range(first, stop):
        threshold = thresholds[np.uint64(expected.community[place])]
        near[count], draws[count] = expected.persons[place], expected.drawn[place]
        count += int(threshold <= ordinary) & int(expected.drawn[place] < threshold)
    for place in range(persons.size):
        near[count], draws[count] = persons[place], drawn[place]
        count += int(drawn[place] < thresholds[np.uint64(community[place])])
    return near[:count], draws[:count]


@called_from_compiled
def come_at_first(city: City, moment: Moment, terms: Terms) -> tuple[Long, Long]:
    """People come who may register: who is proposed, and who fails for the first time at the counter."""
    persons, draws = people_near(city, moment, terms.chances.application)
    people, ledger = city.people, city.ledger
    key, status, since = people.key, people.status, people.since
    looked_at = key, status, since, people.is_aware, people.presence, people.refusal
    attempts, failed, failing = 0, 0, 0
    proposed, newly_failed = np.empty(persons.size, dtype=np.int64), np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        fetch_ahead(looked_at, persons, place)
        person = persons[place]
        barred = is_barred(people.refusal[person], moment.month - since[person])
        is_aware = people.is_aware[person] == 1
        if not may_apply(people.presence[person], status[person], is_aware, barred):
            continue
        if not comes_unattended(int(np.int64(draws[place])), terms.chances):
            attendance = chance.recurring_draw(key[person], moment.month, chance.DECISION_HEAR)
            if not attends(attendance, terms.chances):
                continue
        attempts += 1
        if chance.draw(key[person], moment.month, chance.DECISION_ATTEMPT) < terms.chances.attempt_failure:
            failed += 1
            if people.failed_since[person] == NEVER:
                newly_failed[failing] = person
                failing += 1
            people.failed_since[person] = moment.month
            continue
        proposed[attempts - failed - 1] = person
        put_proposed(people, person, moment.month, terms.policy)
    ledger[ROW.attempts, moment.elapsed] += attempts
    ledger[ROW.failed_attempts, moment.elapsed] += failed
    ledger[ROW.proposed, moment.elapsed] += attempts - failed
    return proposed[: attempts - failed].copy(), newly_failed[:failing].copy()


def propose_rows(city: City, moment: Moment, policy: Policy, persons: Long) -> None:
    """Propose these people."""
    city.people.status[persons] = first_status(policy)
    city.people.since[persons] = moment.month
    city.people.proposed_since[persons] = moment.month
    city.people.failed_since[persons] = NEVER
    city.ledger[ROW.proposed, moment.elapsed] += persons.size


@touches("people.recorded_decile", "people.status")
def on_no_list(city: City, limits: Limits) -> Bytes:
    """Whose decile the criteria admit, of those who are on no list yet: ones and zeros."""
    people = city.people
    first, last = np.int8(limits.decile_from), np.int8(limits.decile_to)
    flags = np.empty(people.status.size, dtype=np.uint8)
    for person in range(flags.size):
        recorded = people.recorded_decile[person]
        is_admitted = np.uint8(recorded >= first) & np.uint8(recorded <= last)
        flags[person] = is_admitted & np.uint8(people.status[person] == NOT_LISTED)
    return flags


@touches(
    "people.age",
    "people.enrolled_since",
    "people.order",
    "people.presence",
    "people.proposed_since",
    "people.recorded_decile",
    "people.recorded_income",
    "people.refusal",
    "people.risk_rank",
    "people.since",
    "people.status",
)
def candidate_keys(city: City, moment: Moment, terms: Terms, law: Law, poor: Column) -> tuple[Long, Long]:
    """Those of the recorded poor whom the office can list: places in the regulation's order, and rows."""
    people, criteria = city.people, criteria_of(terms.policy)
    start = moment.month - moment.elapsed
    priority, count = terms.policy.priority, 0
    # Reading is most of the work: a column that these terms do not ask for is left alone.
    asks_income, asks_trade = criteria.income_ceiling != NO_CEILING, priority == RISKIEST_TRADE_FIRST
    keys, persons = np.empty(poor.size, dtype=np.int64), np.empty(poor.size, dtype=np.int64)
    for person in poor.view(np.uint32):
        decile = people.recorded_decile[person]
        income = people.recorded_income[person] if asks_income else 0
        record = Record(people.age[person], decile, income, MEMBER_NONE, 1)
        barred = is_barred(people.refusal[person], moment.month - people.since[person])
        is_free = is_listable(people.presence[person], people.status[person], barred, decile)
        if is_free and refusal_reason(record, criteria, law) == ELIGIBLE:
            proposed = NEVER
            if priority == LONGEST_WAITING:
                proposed = open_proposal(people.proposed_since[person], people.enrolled_since[person], start)
            risk_rank = people.risk_rank[person] if asks_trade else 0
            rank = priority_rank(priority, Standing(decile, risk_rank, 0, proposed))
            keys[count] = queue_key(rank, people.order[person], person)
            persons[count] = person
            count += 1
    return keys[:count], persons[:count]


def candidates(city: City, moment: Moment, terms: Terms, law: Law) -> Queue:
    """Everybody whom the office could list, in the regulation's order."""
    poor = rows_flagged(on_no_list(city, limits_of(criteria_of(terms.policy), law)))
    return Queue(*candidate_keys(city, moment, terms, law, poor))


def first_for_list(city: City, policy: Policy, queue: Queue, known: tuple[Long, Long], wanted: int) -> Long:
    """Who of the candidates is listed: the first by the regulation's order and the quotas.

    ``known`` are those who hold a place or wait for one, and those who are being verified.
    """
    if is_by_order_alone(policy):
        return queue.first(wanted)
    held, filed = (by_kelurahan(city, persons) for persons in known)
    ordered = by_formula(city, policy, queue, held + filed)
    if not has_quotas(policy):
        return ordered.first(wanted)
    own = quotas(policy.places_next, weights_of(city.territory, policy))
    room = [
        candidates_wanted(*counts, policy.candidates_ppm) for counts in zip(own - held, filed, strict=True)
    ]
    return first_within(city, ordered, np.array(room, dtype=np.int64), wanted)


def push_list_columns(city: City, moment: Moment, terms: Terms, law: Law) -> Long:
    """The office's list of candidates in a cohort month; the rows of those listed."""
    policy = terms.policy
    held = np.concatenate((with_status(city, WAITING), city.rolls.recipients))
    filed = np.concatenate([with_status(city, status) for status in FILED])
    wanted = int(candidates_wanted(policy.places_next - held.size, filed.size, policy.candidates_ppm))
    if wanted == 0:
        return NOBODY_LISTED
    queue = candidates(city, moment, terms, law)
    listed = first_for_list(city, policy, queue, (held, filed), wanted)
    propose_rows(city, moment, policy, listed)
    return listed
