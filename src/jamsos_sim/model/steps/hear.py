"""Step *hear*: how knowledge of the programme travels: meetings, enrolled friends, a claim nearby."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Column, Long, Terms
from jamsos_sim.model.draws import recurring_draws_of
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL
from jamsos_sim.model.steps.budget_lines import book_meetings, is_held


@rule
def hearing_threshold(meets: int, enrolled: int, size: int, has_claim: bool, chances: Chances) -> int:
    """Threshold of hearing this month for a member of a community.

    Meeting, friends and claim add up: a meeting in the community, friends in proportion to the share
    enrolled now, and a claim filed last month.
    """
    threshold = chances.hear_at_meeting * meets
    threshold += chances.hear_from_peers * enrolled // size
    if has_claim:
        threshold += chances.hear_of_claim
    return threshold


@rule
def application_threshold(meets: int, chances: Chances) -> int:
    """Threshold of coming to the office this month, for one who knows of the programme and attends a meeting
    if there is one.
    """
    return chances.application + chances.meeting_gain * meets


@rule
def comes_unattended(drawn: int, chances: Chances) -> bool:
    """Whether a draw brings people to the office who have attended no meeting, and at most heard of one."""
    return bool(drawn < chances.application + chances.spillover_gain)


@rule
def attends(attendance: int, chances: Chances) -> bool:
    """Whether a member attends the meeting of a community, by the draw that decides on hearing there."""
    return bool(attendance < chances.hear_at_meeting)


@rule
def is_moved(drawn: int, attendance: int, chances: Chances) -> bool:
    """Whether one whose draw lies below the community's threshold comes indeed.

    A meeting moves those most who attend it; those who only hear of it from them come less often.
    """
    return comes_unattended(drawn, chances) or attends(attendance, chances)


@called_from_compiled
def stir_communities(city: City, moment: Moment, terms: Terms) -> None:
    """What each community does to its members this month, worked out once for all of them; the meetings held
    are booked.
    """
    communities, enrolled, held = city.communities, city.communities.enrolled, 0
    for at in range(communities.key.size):
        drawn = chance.draw(communities.key[at], moment.month, chance.DECISION_MEETING)
        meets = int(is_held(drawn, terms.policy))
        held += meets
        has_claim = communities.claim_month[at] == moment.month - 1
        size = communities.size[at]
        communities.hearing[at] = hearing_threshold(meets, enrolled[at], size, has_claim, terms.chances)
        communities.application[at] = application_threshold(meets, terms.chances)
    book_meetings(city, moment, terms, held)


@called_from_compiled
def workers_above(city: City, thresholds: Long, ordinary: int, is_aware: int) -> tuple[Column, Column]:
    """Informal workers in the communities whose threshold is above what is foreseen, and their communities:
    those who know of the programme, or those who do not.
    """
    members, arrived, count = city.ahead.members, city.people.key.size, 0
    presence, aware = city.people.presence, city.people.is_aware
    for at in range(thresholds.size):
        count += int(thresholds[at] > ordinary) * (members.start[at + 1] - members.start[at])
    persons, community = np.empty(count + 1, dtype=np.int32), np.empty(count + 1, dtype=np.int32)
    found = 0
    for at in range(thresholds.size):
        if thresholds[at] <= ordinary:
            continue
        for place in range(members.start[at], members.start[at + 1]):
            person = np.uint64(members.persons[place])
            # Members stand in the order of their arrival.
            if person >= arrived:
                break
            # Written always and counted sometimes: nobody could guess who knows.
            persons[found], community[found] = person, at
            found += int(presence[person] == INFORMAL) & int(aware[person] == is_aware)
    return persons[:found], community[:found]


@touches(
    "people.is_aware",
    "people.key",
    "people.presence",
    "communities.application",
    "communities.claim_month",
    "communities.enrolled",
    "communities.hearing",
    "communities.key",
    "communities.size",
    "ahead.hear",
    "ahead.members",
    "ahead.ordinary_hearing",
    "ledger",
)
def hear_columns(city: City, moment: Moment, terms: Terms) -> None:
    """What each community does to its members this month, and the month's hearing: of the people expected
    where a community is as usual, of all its members where it is not.
    """
    stir_communities(city, moment, terms)
    people, hearing, ahead = city.people, city.communities.hearing, city.ahead
    is_aware, presence = people.is_aware, people.presence
    expected = ahead.hear
    for place in range(expected.start[moment.elapsed], expected.start[moment.elapsed + 1]):
        # Worked out for everybody: nobody could guess who knows already, and a wrong guess costs a processor
        # more than the rest.
        person = np.uint64(expected.persons[place])
        threshold = hearing[np.uint64(expected.community[place])]
        hears = int(threshold <= ahead.ordinary_hearing) & int(expected.drawn[place] < threshold)
        is_aware[person] |= hears & int(presence[person] == INFORMAL)
    persons, community = workers_above(city, hearing, ahead.ordinary_hearing, 0)
    drawn = recurring_draws_of(people.key, persons, moment.month, chance.DECISION_HEAR)
    for place in range(persons.size):
        hears = int(drawn[place] < hearing[np.uint64(community[place])])
        is_aware[np.uint64(persons[place])] = hears
