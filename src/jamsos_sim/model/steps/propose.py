"""Step *propose*: the office pushes its list in cohort months; some people come by themselves.

The Social Affairs office (Dinas Sosial) lists people whose record meets the criteria, first those whom the
regulation puts first. It does not know who has died or moved away, who stands there twice, who is insured
elsewhere or whose identity number (NIK) is inactive: verification finds out what it can.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import (
    ELIGIBLE,
    Record,
    refusal_reason,
)
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import MEMBER_NONE
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import NOBODY, Queue, Standing, open_proposal, priority_rank, queue_key
from jamsos_sim.model.status import (
    INFORMAL,
    NOT_ARRIVED,
    NOT_LISTED,
    PROPOSED,
    SPONSORED,
    TERM_OVER,
    WAITING,
)
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.model.territory import (
    by_formula,
    by_kelurahan,
    first_within,
    has_quotas,
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


@touches(
    "people.community",
    "people.is_aware",
    "people.key",
    "people.presence",
    "people.proposed_since",
    "people.refusal",
    "people.since",
    "people.status",
    "communities.application",
    "ledger",
)
def apply_columns(city: City, moment: Moment, terms: Terms) -> None:
    """People who come by themselves; more than half of the attempts fail at the counter."""
    people, ledger, application = city.people, city.ledger, city.communities.application
    key, presence, status, is_aware = people.key, people.presence, people.status, people.is_aware
    refusal, since, community = people.refusal, people.since, people.community
    # A draw above the highest threshold of the month needs no look at the person's community.
    highest = application.max()
    attempts, failed = 0, 0
    for person in range(key.size):
        barred = is_barred(refusal[person], moment.month - since[person])
        if may_apply(presence[person], status[person], is_aware[person] == 1, barred):
            drawn = chance.draw(key[person], moment.month, chance.DECISION_APPLY)
            if drawn < highest and drawn < application[community[person]]:
                attempts += 1
                drawn = chance.draw(key[person], moment.month, chance.DECISION_ATTEMPT)
                if drawn < terms.chances.attempt_failure:
                    failed += 1
                else:
                    status[person] = PROPOSED
                    since[person] = moment.month
                    people.proposed_since[person] = moment.month
    ledger[ROW.attempts, moment.elapsed] += attempts
    ledger[ROW.failed_attempts, moment.elapsed] += failed
    ledger[ROW.proposed, moment.elapsed] += attempts - failed


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
def candidate_keys(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """Place of people in the regulation's order; `NOBODY` for those whom the office cannot list."""
    people, criteria, start = city.people, criteria_of(terms.policy), moment.month - moment.elapsed
    keys = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        decile = people.recorded_decile[person]
        record = Record(people.age[person], decile, people.recorded_income[person], MEMBER_NONE, 1)
        barred = is_barred(people.refusal[person], moment.month - people.since[person])
        is_free = is_listable(people.presence[person], people.status[person], barred, decile)
        keys[place] = NOBODY
        if is_free and refusal_reason(record, criteria, law) == ELIGIBLE:
            proposed = open_proposal(people.proposed_since[person], people.enrolled_since[person], start)
            standing = Standing(decile, people.risk_rank[person], 0, proposed)
            rank = priority_rank(terms.policy.priority, standing)
            keys[place] = queue_key(rank, people.order[person], person)
    return keys


def candidates(city: City, moment: Moment, terms: Terms, law: Law) -> Queue:
    """Everybody whom the office could list, in the regulation's order."""
    not_listed = np.flatnonzero((city.people.status == NOT_LISTED) & (city.people.recorded_decile > 0))
    keys = candidate_keys(city, moment, terms, law, not_listed)
    return Queue(keys[keys != NOBODY], not_listed[keys != NOBODY])


def first_for_list(city: City, policy: Policy, queue: Queue, known: tuple[Long, Long], wanted: int) -> Long:
    """Who of the candidates is listed: the first by the regulation's order and the quotas.

    ``known`` counts, by kelurahan, those who hold a place or wait for one, and those who are being verified.
    """
    held, filed = known
    ordered = by_formula(city, policy, queue, held + filed)
    if not has_quotas(policy):
        return ordered.first(wanted)
    own = quotas(policy.places_next, weights_of(city.territory, policy))
    room = [
        candidates_wanted(*counts, policy.candidates_ppm) for counts in zip(own - held, filed, strict=True)
    ]
    return first_within(city, ordered, np.array(room, dtype=np.int64), wanted)


def push_list_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """The office's list of candidates in a cohort month."""
    status, policy = city.people.status, terms.policy
    held = np.flatnonzero((status == WAITING) | (status == SPONSORED))
    filed = np.flatnonzero(status == PROPOSED)
    wanted = int(candidates_wanted(policy.places_next - held.size, filed.size, policy.candidates_ppm))
    if wanted == 0:
        return
    queue = candidates(city, moment, terms, law)
    listed = first_for_list(
        city, policy, queue, (by_kelurahan(city, held), by_kelurahan(city, filed)), wanted
    )
    city.people.status[listed] = PROPOSED
    city.people.since[listed] = moment.month
    city.people.proposed_since[listed] = moment.month
    city.ledger[ROW.proposed, moment.elapsed] += listed.size
