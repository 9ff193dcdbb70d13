"""The draws of a month, hashed in blocks; of everybody's only those are kept that can matter."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.model.ahead import ORDINARY_SHARE_PPM, bounds_of_risk, widest_move
from jamsos_sim.model.context import Keys, Long
from jamsos_sim.model.world import World
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share
from numpy_month.groups import by_month_of_birth, members_of

BLOCK = 16_384
"""People hashed at once: their draws and what hashing needs beside them stay in the cache of one core."""


class Drawn(NamedTuple):
    """People whose draw can matter, and their draws."""

    rows: Long
    draws: Long

    def only(self, kept: npt.NDArray[np.bool_]) -> "Drawn":
        """Some of these people."""
        return Drawn(self.rows.compress(kept), self.draws.compress(kept))


def below(keys: Keys, month: int, decision: int, bound: int) -> Drawn:
    """Everybody whose draw is below a bound."""
    rows, draws = [], []
    for at in range(0, keys.size, BLOCK):
        drawn = chance.draws(keys[at : at + BLOCK], month, decision)
        found = np.flatnonzero(drawn < bound)
        draws.append(drawn[found])
        found += at
        rows.append(found)
    return Drawn(np.concatenate(rows), np.concatenate(draws))


def outside(keys: Keys, month: int, decision: int, safe: tuple[Long, Keys]) -> Drawn:
    """Everybody whose draw lies outside the own safe stretch: where it begins, and how wide it is."""
    first, width = safe
    rows, draws = [], []
    for at in range(0, keys.size, BLOCK):
        stop = min(at + BLOCK, keys.size)
        drawn = chance.draws(keys[at:stop], month, decision)
        # One comparison for both ends: below the first the difference wraps around to a huge number.
        found = np.flatnonzero((drawn - first[at:stop]).view(np.uint64) >= width[at:stop])
        draws.append(drawn[found])
        found += at
        rows.append(found)
    return Drawn(np.concatenate(rows), np.concatenate(draws))


class Luck:
    """What can be known of a world's people before any scenario, and who has to be looked at in each month.

    What has been found is kept when another scenario is to meet the same world, as the kernel's foresight is.
    """

    def __init__(self, world: World, is_kept: bool = False) -> None:
        self.members = members_of(world.workers.community)
        self.births = by_month_of_birth(world.workers.birth_month)
        self.ordinary_hearing = rounded_share(
            world.chances.hear_from_peers, ORDINARY_SHARE_PPM, PARTS_PER_MILLION
        )
        bounds = bounds_of_risk(world.workers, world.hazards, world.period.stop)
        self.keys = world.keys
        self.safe = bounds.below, (bounds.above - bounds.below).view(np.uint64)
        self.move_bound = widest_move(world.chances)
        self.is_kept = is_kept
        self.found: dict[tuple[int, int], Drawn] = {}

    def movers(self, month: int, arrived: int) -> Drawn:
        """Whose draw is low enough for any move."""
        decision, keys = chance.DECISION_MOVE, self.keys[:arrived]
        return self.kept(month, decision, lambda: below(keys, month, decision, self.move_bound))

    def at_risk(self, month: int, arrived: int) -> Drawn:
        """Whose draw is not safe from death and accident."""
        decision, keys = chance.DECISION_RISK, self.keys[:arrived]
        safe = self.safe[0][:arrived], self.safe[1][:arrived]
        return self.kept(month, decision, lambda: outside(keys, month, decision, safe))

    def hearers(self, month: int, arrived: int) -> Drawn:
        """Who hears where nothing unusual happens."""
        decision, keys = chance.DECISION_HEAR, self.keys[:arrived]
        return self.kept(month, decision, lambda: below(keys, month, decision, self.ordinary_hearing))

    def comers(self, month: int, arrived: int, bound: int) -> Drawn:
        """Who comes to the office where no threshold is above a bound, which is the same in all months."""
        decision, keys = chance.DECISION_APPLY, self.keys[:arrived]
        return self.kept(month, decision, lambda: below(keys, month, decision, bound))

    def kept(self, month: int, decision: int, find: Callable[[], Drawn]) -> Drawn:
        """What was found before, or is found now."""
        if not self.is_kept:
            return find()
        if (month, decision) not in self.found:
            self.found[month, decision] = find()
        return self.found[month, decision]
