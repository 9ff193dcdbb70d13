"""Step *admit*: places and the money of all payers decide how many, the regulation's order decides who."""

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.model.cells import CELL, year_place
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import NOBODY_LISTED, City, Long, Policy, Rolls, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import (
    Queue,
    Standing,
    earliest_first,
    first_in,
    open_proposal,
    priority_rank,
    queue_key,
)
from jamsos_sim.model.rolls import rows_with, with_status, without
from jamsos_sim.model.status import FEWER_MONTHS, FILED, NOT_LISTED, SPONSORED, WAITING
from jamsos_sim.model.steps.count_cells import add_to_cells
from jamsos_sim.model.steps.queue_up import bounds_exceeded
from jamsos_sim.model.steps.refresh_registry import end_subsidies
from jamsos_sim.model.steps.treasury import places_carried
from jamsos_sim.model.territory import first_for_places, is_by_order_alone


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


@called_from_compiled
def regulation_order(city: City, moment: Moment, terms: Terms) -> tuple[Long, Long]:
    """The waiting list: keys of people in the order that the regulation gives to it, and who they are."""
    people, start = city.people, moment.month - moment.elapsed
    persons = rows_with(people.status, city.rolls.files, WAITING)
    keys = np.empty(persons.size, dtype=np.int64)
    looked_at = people.order, people.recorded_decile, people.since, people.proposed_since
    for place in range(persons.size):
        fetch_ahead(looked_at, persons, place)
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
def waiting_list(city: City, moment: Moment, terms: Terms) -> tuple[Long, Long]:
    """Everybody who waits for a place, in the regulation's order; nobody knows who has gone meanwhile."""
    return regulation_order(city, moment, terms)


def cut_places_columns(city: City, moment: Moment, terms: Terms, carried: int) -> Rolls:
    """When places or money were cut below the list, the last to come lose theirs; without places nobody
    waits. The rolls afterwards.
    """
    places = int(terms.policy.places)
    if places == 0:
        for status in (*FILED, WAITING):
            city.people.status[with_status(city, status)] = NOT_LISTED
    enrolled = city.rolls.recipients
    places = min(places, places_carried(enrolled.size, carried, terms.policy))
    if enrolled.size <= places:
        return city.rolls
    leaving = longest_enrolled(city, moment, enrolled).rest(places)
    end_subsidies(city, moment, terms, leaving, np.full(leaving.size, ELIGIBLE))
    return without(city, leaving)


@called_from_compiled
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
def give_places_to(city: City, moment: Moment, admitted: Long) -> None:
    """As `give_places`, for people who were chosen before."""
    give_places(city, moment, admitted)


@touches(
    "people.decile",
    "people.enrolled_since",
    "people.kecamatan_cell",
    "people.order",
    "people.proposed_since",
    "people.recorded_decile",
    "people.risk_rank",
    "people.since",
    "people.status",
    "people.trait_cell",
    "cells",
    "ledger",
    "rolls.files",
)
def admit_first(city: City, moment: Moment, terms: Terms, count: int) -> Long:
    """Admit the first of the waiting list, whichever kelurahan they live in; who they are."""
    keys, persons = regulation_order(city, moment, terms)
    admitted: Long = first_in(keys, persons, count)
    give_places(city, moment, admitted)
    return admitted


def admit_columns(city: City, moment: Moment, terms: Terms, carried: int) -> Long:
    """Admit from the waiting list as many as places and money allow; who they are."""
    enrolled = city.rolls.recipients
    count = int(admissions(enrolled.size, carried, terms.policy))
    if count == 0:
        return NOBODY_LISTED
    if is_by_order_alone(terms.policy):
        return admit_first(city, moment, terms, count)
    queue = Queue(*waiting_list(city, moment, terms))
    admitted = first_for_places(city, terms.policy, queue, enrolled, count)
    give_places_to(city, moment, admitted)
    return admitted
