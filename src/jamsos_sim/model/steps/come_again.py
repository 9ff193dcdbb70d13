"""Part of the step *propose*: people who come again after a failed attempt, and whole communities."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import NOBODY_LISTED, Chances, City, Long, Terms
from jamsos_sim.model.draws import draws_of
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import NEVER, NOT_LISTED
from jamsos_sim.model.steps.propose import come_at_first, is_barred, may_apply, propose_rows, put_proposed


@rule
def is_drawn_to_return(drawn: int, chances: Chances) -> bool:
    """Whether a month's draw would bring somebody back whose last attempt failed."""
    return bool(drawn < chances.return_monthly)


@rule
def comes_again(failed_since: int, month: int, drawn: int, chances: Chances) -> bool:
    """Whether one whose last attempt failed in an earlier month comes again."""
    return bool(failed_since != NEVER and failed_since < month and is_drawn_to_return(drawn, chances))


@touches("people.is_aware", "people.presence", "people.refusal", "people.since", "people.status")
def are_free(city: City, moment: Moment, persons: Long) -> Long:
    """Which of these people may come: ones and zeros."""
    people = city.people
    free = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        barred = is_barred(people.refusal[person], moment.month - people.since[person])
        is_aware = people.is_aware[person] == 1
        free[place] = may_apply(people.presence[person], people.status[person], is_aware, barred)
    return free


@called_from_compiled
def coming_again(city: City, moment: Moment, terms: Terms) -> Long:
    """Rows of the people who come again this month after a failed attempt."""
    people, month, count = city.people, moment.month, 0
    coming = np.empty(city.rolls.failed.size, dtype=np.int64)
    failed = city.rolls.failed.view(np.uint64)
    # The draws first: they spare most people all further looking.
    drawn = draws_of(people.key, failed, month, chance.DECISION_RETURN)
    for place in range(failed.size):
        person = failed[place]
        if not is_drawn_to_return(drawn[place], terms.chances):
            continue
        if not comes_again(people.failed_since[person], month, drawn[place], terms.chances):
            continue
        barred = is_barred(people.refusal[person], month - people.since[person])
        is_aware = people.is_aware[person] == 1
        if may_apply(people.presence[person], people.status[person], is_aware, barred):
            coming[count] = person
            count += 1
    return coming[:count]


@touches(
    "people.failed_since",
    "people.is_aware",
    "people.key",
    "people.presence",
    "people.refusal",
    "people.since",
    "people.status",
    "rolls.failed",
)
def who_comes_again(city: City, moment: Moment, terms: Terms) -> Long:
    """As `coming_again`, for who only wants to know."""
    return coming_again(city, moment, terms)


@called_from_compiled
def come_again(city: City, moment: Moment, terms: Terms) -> Long:
    """The month's attempts of people whose last attempt failed, which may fail too. Who is proposed."""
    people, ledger, month, passed = city.people, city.ledger, moment.month, 0
    coming = coming_again(city, moment, terms)
    proposed = np.empty(coming.size, dtype=np.int64)
    for person in coming:
        if chance.draw(people.key[person], month, chance.DECISION_ATTEMPT) < terms.chances.attempt_failure:
            people.failed_since[person] = month
            continue
        put_proposed(people, person, month, terms.policy)
        proposed[passed] = person
        passed += 1
    ledger[ROW.attempts, moment.elapsed] += coming.size
    ledger[ROW.returned_attempts, moment.elapsed] += coming.size
    ledger[ROW.failed_attempts, moment.elapsed] += coming.size - passed
    ledger[ROW.proposed, moment.elapsed] += passed
    return proposed[:passed].copy()


@touches(
    "people.failed_since",
    "people.is_aware",
    "people.key",
    "people.presence",
    "people.proposed_since",
    "people.refusal",
    "people.since",
    "people.status",
    "communities.application",
    "ahead.apply",
    "ahead.members",
    "ledger",
    "rolls.failed",
)
def come_columns(city: City, moment: Moment, terms: Terms) -> tuple[Long, Long, Long]:
    """Everybody who may register comes by chance, then come those whose last attempt failed: who of either is
    proposed, and who fails for the first time at the counter.
    """
    proposed, failed = come_at_first(city, moment, terms)
    return proposed, come_again(city, moment, terms), failed


def register_groups_columns(city: City, moment: Moment, terms: Terms) -> Long:
    """Where one member came through this month, members who know of the programme join by chance; who."""
    people, month = city.people, moment.month
    if not terms.policy.registers_groups:
        return NOBODY_LISTED
    came = np.flatnonzero((people.proposed_since == month) & (people.status != NOT_LISTED))
    has_file = np.zeros(city.communities.key.size, dtype=np.bool_)
    has_file[people.community[came]] = True
    members = np.flatnonzero(has_file[people.community])
    free = members[are_free(city, moment, members) == 1]
    drawn = chance.draws(people.key[free], month, chance.DECISION_GROUP)
    joining: Long = free[drawn < terms.chances.group_joins]
    propose_rows(city, moment, terms.policy, joining)
    city.ledger[ROW.joined_by_group, moment.elapsed] += joining.size
    return joining
