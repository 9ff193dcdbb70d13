"""The draws of a month: of everybody's only those are made and kept that can matter; or, as most programs do,
all of them.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.model.ahead import ORDINARY_SHARE_PPM, bounds_of_risk, widest_move
from jamsos_sim.model.context import Keys, Long
from jamsos_sim.model.steps.climb import decile_steps_of
from jamsos_sim.model.world import World
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION, rounded_share
from numpy_month.groups import by_month_of_birth, members_of

Bytes = npt.NDArray[np.uint8]

DECISIONS = (chance.DECISION_MOVE, chance.DECISION_RISK, chance.DECISION_HEAR, chance.DECISION_APPLY)
LOWER_BITS = chance.DRAW_BITS - chance.BITS_PER_BYTE
LAST_BYTE = 255
BLOCK = 8_192
"""People hashed at once: their draws and what hashing needs beside them stay in the cache of one core, and
NumPy hashes them (`chance.LARGE_COLUMN`).
"""


class Drawn(NamedTuple):
    """People whose draw can matter, and their draws."""

    rows: Long
    draws: Long

    def only(self, kept: npt.NDArray[np.bool_]) -> "Drawn":
        """Some of these people."""
        return Drawn(self.rows.compress(kept), self.draws.compress(kept))


class Safe(NamedTuple):
    """Between which draws nothing can happen to each person: below the one and from the other on it may."""

    below: Long
    above: Long


class Draws:
    """Recurring draws of all people for one decision, of which only those are made that can matter.

    The word with the highest bytes of eight months is hashed once, in blocks that stay in the cache.
    """

    def __init__(self, keys: Keys, decision: int) -> None:
        self.keys = keys
        self.decision = decision
        self.number = -1
        self.words = np.empty_like(keys)

    def highest(self, month: int, count: int) -> Bytes:
        """Highest bytes of the first people's draws of a month."""
        number, at = divmod(month, chance.MONTHS_PER_WORD)
        if number != self.number:
            for start in range(0, self.keys.size, BLOCK):
                own = self.keys[start : start + BLOCK]
                self.words[start : start + BLOCK] = chance.words(own, number, self.decision)
            self.number = number
        return (self.words[:count] >> np.uint64(chance.BITS_PER_BYTE * at)).astype(np.uint8)

    def of(self, month: int, rows: Long) -> Long:
        """The draws of a few people."""
        return chance.recurring_draws(self.keys.take(rows), month, self.decision)

    def below(self, month: int, count: int, bound: int) -> Drawn:
        """Everybody whose draw is below a bound."""
        near = np.flatnonzero(self.highest(month, count) <= bound >> LOWER_BITS)
        drawn = Drawn(near, self.of(month, near))
        return drawn.only(drawn.draws < bound)

    def outside(self, month: int, count: int, safe: Safe) -> Drawn:
        """Everybody whose draw lies outside the own safe stretch."""
        highest = self.highest(month, count)
        first = np.minimum(safe.below[:count] >> LOWER_BITS, LAST_BYTE).astype(np.uint8)
        last = np.maximum((safe.above[:count] - 1) >> LOWER_BITS, 0).astype(np.uint8)
        near = np.flatnonzero((highest <= first) | (highest >= last))
        drawn = Drawn(near, self.of(month, near))
        is_outside = (drawn.draws < safe.below.take(near)) | (drawn.draws >= safe.above.take(near))
        return drawn.only(is_outside)


class WholeDraws(Draws):
    """The same draws, all of them made in every month and then compared."""

    def whole(self, month: int, count: int) -> Long:
        """Everybody's draws of a month."""
        drawn = np.empty(count, dtype=np.int64)
        highest = self.highest(month, count)
        for start in range(0, count, BLOCK):
            here = slice(start, min(start + BLOCK, count))
            lower = chance.draws(self.keys[here], month, self.decision)
            drawn[here] = chance.with_highest_byte(highest[here].astype(np.int64), lower)
        return drawn

    def below(self, month: int, count: int, bound: int) -> Drawn:
        """Everybody whose draw is below a bound."""
        drawn = self.whole(month, count)
        rows = np.flatnonzero(drawn < bound)
        return Drawn(rows, drawn.take(rows))

    def outside(self, month: int, count: int, safe: Safe) -> Drawn:
        """Everybody whose draw lies outside the own safe stretch."""
        drawn = self.whole(month, count)
        rows = np.flatnonzero((drawn < safe.below[:count]) | (drawn >= safe.above[:count]))
        return Drawn(rows, drawn.take(rows))


class OrdinaryDraws(WholeDraws):
    """As many draws from NumPy's own generator, which have no address: only the time of a run with them means
    something.
    """

    def __init__(self, keys: Keys, decision: int) -> None:
        super().__init__(keys, decision)
        self.generator = np.random.default_rng(decision)

    def whole(self, month: int, count: int) -> Long:
        """Any draws for everybody."""
        return self.generator.integers(0, CHANCE_SCALE, count)


class Luck:
    """What can be known of a world's people before any scenario, and who has to be looked at in each month.

    What has been found is kept when another scenario is to meet the same world, as the kernel's foresight is.
    """

    def __init__(self, world: World, is_kept: bool = False, kind: type[Draws] = Draws) -> None:
        self.members = members_of(world.workers.community)
        self.steps = decile_steps_of(world.beginning.people, world.chances, range(*world.period))
        self.births = by_month_of_birth(world.workers.birth_month)
        self.ordinary_hearing = rounded_share(
            world.chances.hear_from_peers, ORDINARY_SHARE_PPM, PARTS_PER_MILLION
        )
        bounds = bounds_of_risk(world.beginning.people, world.hazards, world.period.stop)
        self.safe = Safe(bounds.below.take(bounds.kind), bounds.above.take(bounds.kind))
        self.draws = {decision: kind(world.keys, decision) for decision in DECISIONS}
        self.move_bound = widest_move(world.chances)
        self.is_kept = is_kept
        self.found: dict[tuple[int, int], Drawn] = {}

    def movers(self, month: int, arrived: int) -> Drawn:
        """Whose draw is low enough for any move."""
        return self.below(month, arrived, chance.DECISION_MOVE, self.move_bound)

    def at_risk(self, month: int, arrived: int) -> Drawn:
        """Whose draw is not safe from death and accident."""
        draws = self.draws[chance.DECISION_RISK]
        return self.kept(month, chance.DECISION_RISK, lambda: draws.outside(month, arrived, self.safe))

    def hearers(self, month: int, arrived: int) -> Drawn:
        """Who hears where nothing unusual happens."""
        return self.below(month, arrived, chance.DECISION_HEAR, self.ordinary_hearing)

    def comers(self, month: int, arrived: int, bound: int) -> Drawn:
        """Who comes to the office where no threshold is above a bound, which is the same in all months."""
        return self.below(month, arrived, chance.DECISION_APPLY, bound)

    def below(self, month: int, arrived: int, decision: int, bound: int) -> Drawn:
        """Whose draw for a decision is below a bound."""
        draws = self.draws[decision]
        return self.kept(month, decision, lambda: draws.below(month, arrived, bound))

    def kept(self, month: int, decision: int, find: Callable[[], Drawn]) -> Drawn:
        """What was found before, or is found now."""
        if not self.is_kept:
            return find()
        if (month, decision) not in self.found:
            self.found[month, decision] = find()
        return self.found[month, decision]
