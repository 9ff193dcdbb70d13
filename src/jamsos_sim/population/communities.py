"""Communities: groups of 20 to 50 neighbours or colleagues, such as a motorcycle-taxi stand or a row of
stalls.

People stand ordered by kelurahan and trade; each kelurahan is cut into consecutive groups, so most groups
hold one trade. A kelurahan with fewer than 20 simulated people is one smaller group, and one without people
keeps an empty group for its newcomers.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.workers import Int64

SMALLEST = 20
LARGEST = 50
USUAL = 35
ADDRESS_OF_EDGES = 1


def communities_of(people_of_kelurahan: Int64, seed: int) -> Int64:
    """Community of each person present at the start, in the order of kelurahan; numbers rise from 0."""
    first = first_communities(people_of_kelurahan)
    groups = np.diff(first)
    kelurahan = np.repeat(np.arange(groups.size), groups)
    inside = np.arange(first[-1]) - first[kelurahan]
    people, shares = people_of_kelurahan[kelurahan], groups[kelurahan]
    start_of_kelurahan = np.cumsum(people_of_kelurahan) - people_of_kelurahan
    edges = start_of_kelurahan[kelurahan] + inside * people // shares
    edges = edges + np.where(inside > 0, _shifts(people, shares, seed), 0)
    sizes = np.diff(np.append(edges, people_of_kelurahan.sum()))
    return np.repeat(np.arange(edges.size), sizes)


def first_communities(people_of_kelurahan: Int64) -> Int64:
    """Number of the first community of each kelurahan, and behind the last one the number of communities."""
    fewest = -(-people_of_kelurahan // LARGEST)
    usual = (people_of_kelurahan + USUAL // 2) // USUAL
    groups = np.maximum(1, np.maximum(fewest, usual))
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(groups)])


def _shifts(people: Int64, groups: Int64, seed: int) -> Int64:
    """How far each edge moves, so that groups differ in size and stay within the limits."""
    room = np.minimum(people // groups - SMALLEST, LARGEST - -(-people // groups))
    widest = np.maximum(room, 0) // 2
    drawn = chance.draws(chance.keys_of(seed, people.size), ADDRESS_OF_EDGES, chance.DECISION_COMMUNITY)
    shifts: Int64 = ((drawn * (2 * widest + 1)) >> 32) - widest
    return shifts
