"""The draws of many people at once, within a loop.

Keys are gathered first and hashed afterwards: side by side a processor hashes several at once, which between
other work on each person it can not (`benchmarks/kernel.py` shows what a decision costs one by one).
"""

from typing import Any

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled
from jamsos_sim.model.context import Keys, Long


@called_from_compiled
def gathered_keys(keys: Keys, persons: Any) -> Keys:
    """The keys of these people, side by side."""
    gathered = np.empty(persons.size, dtype=np.uint64)
    for place in range(persons.size):
        gathered[place] = keys[persons[place]]
    return gathered


@called_from_compiled
def draws_of(keys: Keys, persons: Any, month: int, decision: int) -> Long:
    """One draw for each of these people, as `chance.draw` gives it."""
    drawn = gathered_keys(keys, persons)
    for place in range(drawn.size):
        drawn[place] = chance.draw(drawn[place], month, decision)
    return drawn.view(np.int64)


@called_from_compiled
def recurring_draws_of(keys: Keys, persons: Any, month: int, decision: int) -> Long:
    """One draw for each of these people, as `chance.recurring_draw` gives it."""
    drawn = gathered_keys(keys, persons)
    for place in range(drawn.size):
        drawn[place] = chance.recurring_draw(drawn[place], month, decision)
    return drawn.view(np.int64)
