"""How knowledge travels and who comes to the office: the step *hear* and the first part of *propose*."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.eligibility import ELIGIBLE
from jamsos_sim.model.context import City, Long, People, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL, NEVER, NOT_LISTED, PROPOSED, SPONSORED, TERM_OVER
from jamsos_sim.model.steps.budget_lines import book_meetings
from jamsos_sim.units import MONTHS_PER_YEAR
from numpy_month.groups import Members
from numpy_month.luck import Drawn, Luck
from numpy_month.people import Flags
from numpy_month.roll import Roll


def stir_communities(city: City, roll: Roll, moment: Moment, terms: Terms) -> None:
    """What each community does to its members this month."""
    communities, chances = city.communities, terms.chances
    enrolled = roll.of(SPONSORED)
    friends = enrolled[city.people.presence.take(enrolled) == INFORMAL]
    in_each = np.bincount(city.people.community.take(friends), minlength=communities.key.size)
    drawn = chance.draws(communities.key, moment.month, chance.DECISION_MEETING)
    meets = drawn < terms.policy.meetings
    book_meetings(city, moment, terms, int(np.count_nonzero(meets)))
    communities.hearing[:] = chances.hear_from_peers * in_each // communities.size
    communities.hearing[meets] += chances.hear_at_meeting
    communities.hearing[communities.claim_month == moment.month - 1] += chances.hear_of_claim
    communities.application[:] = chances.application
    communities.application[meets] += chances.meeting_gain


def asked(
    city: City, members: Members, thresholds: Long, ordinary: int, expected: Drawn
) -> tuple[Drawn, Long]:
    """Of the people expected those in communities with an ordinary threshold, with their draws; and everybody
    in the other communities.
    """
    is_ordinary = thresholds <= ordinary
    kept = is_ordinary.take(city.people.community.take(expected.rows))
    return expected.only(kept), members.of(np.flatnonzero(~is_ordinary), city.people.key.size)


def hear(city: City, luck: Luck, moment: Moment) -> None:
    """The month's hearing of everybody on whom it can depend."""
    people, hearing = city.people, city.communities.hearing
    expected = luck.hearers(moment.month, people.key.size)
    few, many = asked(city, luck.members, hearing, luck.ordinary_hearing, expected)
    few = few.only(can_learn(people, few.rows))
    many = many.compress(can_learn(people, many))
    drawn = chance.recurring_draws(people.key.take(many), moment.month, chance.DECISION_HEAR)
    for rows, draws in (few, (many, drawn)):
        people.is_aware[rows[draws < hearing.take(people.community.take(rows))]] = 1


def can_learn(people: People, rows: Long) -> Flags:
    """Who works informally and does not know of the programme yet."""
    return (people.is_aware.take(rows) == 0) & (people.presence.take(rows) == INFORMAL)


def are_barred(people: People, rows: Long, month: int) -> Flags:
    """In whose way a refusal still stands."""
    refusal = people.refusal.take(rows)
    is_recent = month - people.since.take(rows) < MONTHS_PER_YEAR
    return (refusal == TERM_OVER) | ((refusal != ELIGIBLE) & is_recent)


def may_apply(people: People, rows: Long, month: int) -> Flags:
    """Who would come by themselves."""
    is_free = (people.presence.take(rows) == INFORMAL) & (people.status.take(rows) == NOT_LISTED)
    return is_free & (people.is_aware.take(rows) == 1) & ~are_barred(people, rows, month)


def who_comes(city: City, luck: Luck, moment: Moment, terms: Terms) -> Long:
    """Rows of the people who come to the office by themselves this month."""
    people, application, ordinary = city.people, city.communities.application, terms.chances.application
    expected = luck.comers(moment.month, people.key.size, ordinary)
    few, many = asked(city, luck.members, application, ordinary, expected)
    few = few.only(may_apply(people, few.rows, moment.month))
    many = many.compress(may_apply(people, many, moment.month))
    drawn = chance.recurring_draws(people.key.take(many), moment.month, chance.DECISION_APPLY)
    rows, drawn = np.concatenate((few.rows, many)), np.concatenate((few.draws, drawn))
    come = drawn < application.take(people.community.take(rows))
    rows, drawn = rows[come], drawn[come]
    attendance = chance.recurring_draws(people.key.take(rows), moment.month, chance.DECISION_HEAR)
    moved = drawn < terms.chances.application + terms.chances.spillover_gain
    return rows[moved | (attendance < terms.chances.hear_at_meeting)]


def try_to_register(city: City, roll: Roll, moment: Moment, terms: Terms, rows: Long) -> None:
    """Attempts at the counter, some of which fail there."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    drawn = chance.draws(people.key.take(rows), moment.month, chance.DECISION_ATTEMPT)
    fails = drawn < terms.chances.attempt_failure
    failed = rows[fails]
    people.failed_since[failed] = moment.month
    propose(city, roll, moment, rows[~fails])
    ledger[ROW.attempts, at] += rows.size
    ledger[ROW.failed_attempts, at] += failed.size


def propose(city: City, roll: Roll, moment: Moment, rows: Long) -> None:
    """Propose these people; their files lie at the city's desk."""
    people = city.people
    roll.enter(rows, PROPOSED)
    people.since[rows] = moment.month
    people.proposed_since[rows] = moment.month
    people.failed_since[rows] = NEVER
    city.ledger[ROW.proposed, moment.elapsed] += rows.size


def who_returns(city: City, moment: Moment, terms: Terms, failed: Long) -> Long:
    """Which of those whose last attempt has failed come again this month."""
    people = city.people
    earlier = failed[people.failed_since.take(failed) < moment.month]
    drawn = chance.draws(people.key.take(earlier), moment.month, chance.DECISION_RETURN)
    coming = earlier[drawn < terms.chances.return_monthly]
    return coming[may_apply(people, coming, moment.month)]
