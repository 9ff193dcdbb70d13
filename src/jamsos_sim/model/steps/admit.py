"""Step *admit*: places and the money of all payers decide how many, the regulation's order decides who."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.model.cells import CELL, year_place
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import Queue, Standing, earliest_first, open_proposal, priority_rank, queue_key
from jamsos_sim.model.rolls import rows_with, with_status
from jamsos_sim.model.status import FEWER_MONTHS, FILED, NOT_LISTED, SPONSORED, WAITING
from jamsos_sim.model.steps.count_cells import add_to_cells
from jamsos_sim.model.steps.queue_up import bounds_exceeded
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
    "people.status",
    "rolls.files",
)
def regulation_order(city: City, moment: Moment, terms: Terms) -> tuple[Long, Long]:
    """The waiting list: keys of people in the order that the regulation gives to it, and who they are."""
    people, start = city.people, moment.month - moment.elapsed
    persons = rows_with(people.status, city.rolls.files, WAITING)
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
    return keys, persons


def longest_enrolled(city: City, moment: Moment, enrolled: Long) -> Queue:
    """People on the city's list, those who came first at the head."""
    people, start = city.people, moment.month - moment.elapsed
    return Queue(earliest_first(people.enrolled_since, people.order, enrolled, start), enrolled)


def waiting_list(city: City, moment: Moment, terms: Terms) -> Queue:
    """Everybody who waits for a place, in the regulation's order; nobody knows who has gone meanwhile."""
    return Queue(*regulation_order(city, moment, terms))


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


@touches(
    "people.decile",
    "people.enrolled_since",
    "people.kecamatan_cell",
    "people.proposed_since",
    "people.since",
    "people.status",
    "people.trait_cell",
    "cells",
    "ledger",
)
def give_places(city: City, moment: Moment, admitted: Long) -> None:
    """Give these people a place each, and count them and how long they have waited."""
    people, ledger, at, year = city.people, city.ledger, moment.elapsed, year_place(moment, moment.elapsed)
    for person in admitted:
        people.status[person] = SPONSORED
        people.since[person] = people.enrolled_since[person] = moment.month
        waited = moment.month - people.proposed_since[person]
        ledger[ROW.admitted, at] += 1
        ledger[ROW.months_waited, at] += waited
        for bound in range(bounds_exceeded(waited)):
            ledger[ROW.admitted_over_3_months + bound, at] += 1
        add_to_cells(city, person, CELL.admitted, year, 1)
        add_to_cells(city, person, CELL.months_waited, year, waited)


def admit_columns(city: City, moment: Moment, terms: Terms, carried: int, enrolled: Long) -> Long:
    """Admit from the waiting list as many as places and money allow; who they are.

    ``enrolled`` holds those who have a place already.
    """
    count = int(admissions(enrolled.size, carried, terms.policy))
    if count == 0:
        return enrolled[:0]
    queue = waiting_list(city, moment, terms)
    admitted = first_for_places(city, terms.policy, queue, enrolled, count)
    if admitted.size:
        give_places(city, moment, admitted)
    return admitted
