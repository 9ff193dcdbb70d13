"""Part of the step *verify*: the ward (kelurahan) deliberates over its candidates before they go to the city.

Neighbours know who has died or moved away, whose second record it is and who works no more; they know less
of who is better off than the registry says, and say it less readily. A deliberation (musyawarah) misses more
than a visit and costs less; whom it strikes off takes nobody's time at the city's desks.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_DECILE, is_decile_admitted
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import (
    IN_DELIBERATION,
    NO_PERSON,
    NOT_LISTED,
    PROPOSED,
    REFUSED_DUPLICATE,
    REFUSED_NOT_FOUND,
    REFUSED_NOT_WORKING,
    RETIRED,
)
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.model.steps.verify import book_refusals


class Neighbour(NamedTuple):
    """A candidate as the ward meets one: where the person is, true decile, recorded decile."""

    presence: int
    decile: int
    recorded_decile: int


@rule
def first_status(policy: Policy) -> int:
    """Where a file lies first: with the ward when it deliberates, else at the city's desk."""
    return IN_DELIBERATION if policy.has_deliberation else PROPOSED


@rule
def is_said_gone(presence: int, drawn: int, chances: Chances) -> bool:
    """Whether neighbours say that nobody of that name lives and works here."""
    return bool((not is_here(presence) or presence == RETIRED) and drawn >= chances.deliberation_miss_gone)


@rule
def decile_in_deliberation(neighbour: Neighbour, drawn: int, chances: Chances) -> int:
    """Recorded decile after the deliberation: the true one when neighbours know it and say it."""
    is_said = is_here(neighbour.presence) and drawn >= chances.deliberation_miss_means
    return neighbour.decile if is_said else neighbour.recorded_decile


@rule
def deliberation_reason(neighbour: Neighbour, drawn: int, terms: Terms) -> int:
    """What the ward says of a candidate: `ELIGIBLE` or a reason to strike the name off."""
    presence, chances = neighbour.presence, terms.chances
    if is_said_gone(presence, drawn, chances):
        if presence == RETIRED:
            return REFUSED_NOT_WORKING
        return REFUSED_DUPLICATE if presence == NO_PERSON else REFUSED_NOT_FOUND
    decile = decile_in_deliberation(neighbour, drawn, chances)
    return ELIGIBLE if is_decile_admitted(decile, terms.policy.decile_ceiling) else REFUSED_DECILE


@touches("people.decile", "people.key", "people.presence", "people.recorded_decile")
def deliberate(city: City, moment: Moment, terms: Terms, persons: Long) -> Long:
    """Deliberate over these candidates and put right what came to light; the reasons."""
    people = city.people
    reasons = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_DELIBERATION)
        neighbour = Neighbour(people.presence[person], people.decile[person], people.recorded_decile[person])
        reasons[place] = deliberation_reason(neighbour, drawn, terms)
        people.recorded_decile[person] = decile_in_deliberation(neighbour, drawn, terms.chances)
    return reasons


def deliberate_columns(city: City, moment: Moment, terms: Terms) -> None:
    """The wards' deliberations of the month."""
    before = city.ledger[ROW.in_deliberation, moment.elapsed - 1] if moment.elapsed else 0
    if not terms.policy.has_deliberation and before == 0:
        return  # no candidate of this month or of an earlier one lies with a ward
    people, filed = city.people, with_status(city, IN_DELIBERATION)
    if filed.size == 0:
        return
    persons = filed[moment.month - people.since[filed] >= terms.chances.deliberation_months]
    reasons = deliberate(city, moment, terms, persons)
    people.status[persons] = np.where(reasons == ELIGIBLE, PROPOSED, NOT_LISTED)
    people.refusal[persons] = reasons
    people.since[persons] = moment.month
    struck = int(np.count_nonzero(reasons != ELIGIBLE))
    book_refusals(city, moment, reasons)
    ledger, at = city.ledger, moment.elapsed
    ledger[ROW.deliberated, at] += persons.size
    ledger[ROW.struck_by_kelurahan, at] += struck
    ledger[ROW.deliberation_cost, at] += persons.size * terms.costs.deliberation
