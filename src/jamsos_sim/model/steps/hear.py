"""Step *hear*: how knowledge of the programme travels: meetings, enrolled friends, a claim nearby."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL


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
def is_moved(drawn: int, attendance: int, chances: Chances) -> bool:
    """Whether one whose draw lies below the community's threshold comes indeed.

    A meeting moves those most who attend it; those who only hear of it from them come less often.
    """
    if drawn < chances.application + chances.spillover_gain:
        return True
    return bool(attendance < chances.hear_at_meeting)


@called_from_compiled
def stir_communities(city: City, moment: Moment, terms: Terms, enrolled: Long) -> None:
    """What each community does to its members this month, worked out once for all of them; ``enrolled`` as in
    `hear_columns`.
    """
    communities = city.communities
    for at in range(communities.key.size):
        drawn = chance.draw(communities.key[at], moment.month, chance.DECISION_MEETING)
        meets = int(drawn < terms.policy.meetings)
        has_claim = communities.claim_month[at] == moment.month - 1
        size = communities.size[at]
        communities.hearing[at] = hearing_threshold(meets, enrolled[at], size, has_claim, terms.chances)
        communities.application[at] = application_threshold(meets, terms.chances)


@touches(
    "people.is_aware",
    "people.key",
    "people.presence",
    "communities.application",
    "communities.claim_month",
    "communities.hearing",
    "communities.key",
    "communities.size",
    "ahead.hear",
    "ahead.members",
    "ahead.ordinary_hearing",
)
def hear_columns(city: City, moment: Moment, terms: Terms, enrolled: Long) -> None:
    """What each community does to its members this month, and the month's hearing: of the people expected
    where a community is as usual, of all its members where it is not.

    ``enrolled`` counts the members of each community who are on the city's list and in informal work.
    """
    stir_communities(city, moment, terms, enrolled)
    people, hearing, ahead = city.people, city.communities.hearing, city.ahead
    is_aware, presence = people.is_aware, people.presence
    expected, members = ahead.hear, ahead.members
    for place in range(expected.start[moment.elapsed], expected.start[moment.elapsed + 1]):
        # Worked out for everybody: nobody could guess who knows already, and a wrong guess costs a processor
        # more than the rest.
        person = np.uint64(expected.persons[place])
        threshold = hearing[np.uint64(expected.community[place])]
        hears = int(threshold <= ahead.ordinary_hearing) & int(expected.drawn[place] < threshold)
        is_aware[person] |= hears & int(presence[person] == INFORMAL)
    for at in range(hearing.size):
        if hearing[at] <= ahead.ordinary_hearing:
            continue
        for place in range(members.start[at], members.start[at + 1]):
            fetch_ahead((is_aware, presence, people.key), members.persons, place)
            person = members.persons[place]
            # Members stand in the order of their arrival.
            if person >= presence.size:
                break
            if is_aware[person] == 0 and presence[person] == INFORMAL:
                drawn = chance.recurring_draw(people.key[person], moment.month, chance.DECISION_HEAR)
                is_aware[person] = drawn < hearing[at]
