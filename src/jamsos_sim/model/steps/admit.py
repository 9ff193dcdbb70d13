"""Step *admit*: places and the money of all payers decide how many, the regulation's order decides who."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.model.cells import CELL
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import Queue, Standing, earliest_first, open_proposal, priority_rank, queue_key
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import FEWER_MONTHS, FILED, NOT_LISTED, SPONSORED, WAITING
from jamsos_sim.model.steps.count_cells import count_in_cells
from jamsos_sim.model.steps.queue_up import count_delays
from jamsos_sim.model.steps.refresh_registry import end_subsidies
from jamsos_sim.model.steps.treasury import places_carried
from jamsos_sim.model.territory import first_for_places


@rule
def admissions(enrolled: int, carried: int, policy: Policy) -> int:
    """How many people can be admitted this month.

    Free places, but no more than the rest of the year's money can carry for the months still to be paid, once
    those already on the list are provided for; ``carried`` counts person-months. Where months are cut and not
    people, places are filled as long as the money carries everybody for one month.
    """
    free = policy.places - enrolled
    months = policy.paid_months_left
    if free <= 0 or months == 0:
        return 0
    if policy.shortfall == FEWER_MONTHS and enrolled * months > carried:
        months = 1
    affordable = carried // months - enrolled
    return max(0, min(free, affordable))


@touches(
    "people.enrolled_since",
    "people.order",
    "people.proposed_since",
    "people.recorded_decile",
    "people.risk_rank",
    "people.since",
)
def regulation_order(city: City, moment: Moment, terms: Terms, persons: Long) -> Long:
    """Keys of people in the order that the regulation gives to the waiting list."""
    people, start = city.people, moment.month - moment.elapsed
    keys = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        standing = Standing(
            people.recorded_decile[person],
            people.risk_rank[person],
            people.since[person] - start,
            open_proposal(people.proposed_since[person], people.enrolled_since[person], start),
        )
        rank = priority_rank(terms.policy.priority, standing)
        keys[place] = queue_key(rank, people.order[person], person)
    return keys


def longest_enrolled(city: City, moment: Moment, enrolled: Long) -> Queue:
    """People on the city's list, those who came first at the head."""
    people, start = city.people, moment.month - moment.elapsed
    return Queue(earliest_first(people.enrolled_since, people.order, enrolled, start), enrolled)


def waiting_list(city: City, moment: Moment, terms: Terms) -> Queue:
    """Everybody who waits for a place, in the regulation's order; nobody knows who has gone meanwhile."""
    waiting = with_status(city, WAITING)
    return Queue(regulation_order(city, moment, terms, waiting), waiting)


def cut_places_columns(city: City, moment: Moment, terms: Terms, carried: int) -> Long:
    """When places or money were cut below the list, the last to come lose theirs; without places nobody
    waits. Who stays on the list.
    """
    places = int(terms.policy.places)
    if places == 0:
        for status in (*FILED, WAITING):
            city.people.status[with_status(city, status)] = NOT_LISTED
    enrolled = city.rolls.recipients
    places = min(places, places_carried(enrolled.size, carried, terms.policy))
    if enrolled.size <= places:
        return enrolled
    queue = longest_enrolled(city, moment, enrolled)
    leaving = queue.rest(places)
    end_subsidies(city, moment, terms, leaving, np.full(leaving.size, ELIGIBLE))
    return queue.first(places)


def admit_columns(city: City, moment: Moment, terms: Terms, carried: int, enrolled: Long) -> Long:
    """Admit from the waiting list as many as places and money allow; who they are.

    ``enrolled`` holds those who have a place already.
    """
    people, ledger, policy = city.people, city.ledger, terms.policy
    count = int(admissions(enrolled.size, carried, policy))
    if count == 0:
        return enrolled[:0]
    queue = waiting_list(city, moment, terms)
    admitted = first_for_places(city, policy, queue, enrolled, count)
    if admitted.size == 0:
        return admitted
    people.status[admitted] = SPONSORED
    people.since[admitted] = moment.month
    people.enrolled_since[admitted] = moment.month
    ledger[ROW.admitted, moment.elapsed] += admitted.size
    count_in_cells(city, CELL.admitted, moment, admitted)
    count_delays(city, moment, ROW.admitted_over_3_months, admitted)
    ledger[ROW.months_waited, moment.elapsed] += np.sum(
        moment.month - people.proposed_since[admitted], dtype=np.int64
    )
    return admitted
