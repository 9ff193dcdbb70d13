"""Step *hear*: how knowledge of the programme travels: meetings, enrolled friends, a claim nearby."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL, SPONSORED


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
    """Threshold of coming to the office this month, for one who knows of the programme."""
    return chances.application + chances.meeting_gain * meets


@touches(
    "communities.application",
    "communities.claim_month",
    "communities.hearing",
    "communities.key",
    "communities.size",
)
def stir_communities(city: City, moment: Moment, terms: Terms, enrolled: Long) -> None:
    """What each community does to its members this month, worked out once for all of them."""
    communities = city.communities
    for at in range(communities.key.size):
        drawn = chance.draw(communities.key[at], moment.month, chance.DECISION_MEETING)
        meets = int(drawn < terms.policy.meetings)
        has_claim = communities.claim_month[at] == moment.month - 1
        size = communities.size[at]
        communities.hearing[at] = hearing_threshold(meets, enrolled[at], size, has_claim, terms.chances)
        communities.application[at] = application_threshold(meets, terms.chances)


def gather_communities(city: City, moment: Moment, terms: Terms) -> None:
    """Count each community's enrolled members and see what it does to its members this month."""
    is_friend = (city.people.status == SPONSORED) & (city.people.presence == INFORMAL)
    sponsored = city.people.community[is_friend]
    stir_communities(city, moment, terms, np.bincount(sponsored, minlength=city.communities.key.size))


@touches(
    "people.community",
    "people.is_aware",
    "people.key",
    "people.presence",
    "communities.hearing",
)
def hear_columns(city: City, moment: Moment) -> None:
    """Everybody's hearing in a month."""
    people, hearing = city.people, city.communities.hearing
    key, presence, is_aware, community = people.key, people.presence, people.is_aware, people.community
    # A draw above the highest threshold of the month needs no look at the person's community.
    highest = hearing.max()
    for person in range(key.size):
        if is_aware[person] == 0 and presence[person] == INFORMAL:
            drawn = chance.draw(key[person], moment.month, chance.DECISION_HEAR)
            if drawn < highest and drawn < hearing[community[person]]:
                is_aware[person] = 1
