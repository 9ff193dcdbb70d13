"""Bodies that are alike for one person and for columns of people.

Plain Python is slow person by person and fast column by column; compiled code is the other way round, because
what is known of a person then stays at hand. A body that is written with the words of this module,
comparisons, arithmetic and look-ups does either: NumPy gives it columns, and a compiled loop one person at a
time. The loop draws for a block of people before it looks at each of them, since the processor makes the same
draw of several people at once.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import overload, register_jitable

from jamsos_sim import chance
from jamsos_sim.compiled import is_plain
from jamsos_sim.compiled_folder import is_code_kept
from jamsos_sim.population.workers import Int64, Keys

F = TypeVar("F", bound=Callable[..., Any])
Words = npt.NDArray[np.uint32]

BLOCK = 512
"""People for whom a compiled loop draws at once: their draws stay in the nearest memory of a core."""


class Held(NamedTuple):
    """The draws of a block of people, address by person, and the place of one of them: stands for a key."""

    luck: Words
    place: int


def is_worth_compiling(count: int) -> bool:
    """Whether so many people are made by a compiled loop: not before a run has kept its code, because the
    loop takes longer to compile than NumPy takes to make many a city.
    """
    return count >= chance.LARGE_COLUMN and not is_plain() and is_code_kept()


def alike(function: F) -> F:
    """Mark a body that is called with columns, and from compiled loops with the values of one person.

    Tables that it looks things up in are not counted as references: whoever calls the loop holds them.
    """
    return register_jitable(no_cfunc_wrapper=True, _nrt=False)(function)


def addresses_of(drawn_at: Iterable[tuple[int, int]]) -> Int64:
    """The rows in which `Held` has the draws at these numbers and decisions."""
    return np.array([number * chance.DECISIONS_PER_MONTH + decision for number, decision in drawn_at])


def room_for(addresses: Int64) -> Words:
    """Room for the draws of a block."""
    return np.empty((int(addresses.max()) + 1, BLOCK), dtype=np.uint32)


@alike
def draw_for_block(luck: Words, keys: Keys, start: int, addresses: Int64) -> int:
    """Draw at these addresses for the people from a row on; how many there are in the block."""
    count = min(BLOCK, keys.size - start)
    for at in range(addresses.size):
        address = addresses[at]
        for place in range(count):
            luck[address, place] = chance.draw(keys[start + place], 0, address)
    return count


def drawn(keys: Any, number: int, decision: int) -> Any:
    """The draws of these keys at the address (key, number, decision), 0 to 2**32 - 1."""
    if isinstance(keys, Held):
        return np.int64(keys.luck[number * chance.DECISIONS_PER_MONTH + decision, keys.place])
    return chance.draws(keys, number, decision)


@overload(drawn)
def _drawn_for_one(keys: Any, number: Any, decision: Any) -> Any:
    def of_one(keys: Any, number: Any, decision: Any) -> Any:
        return np.int64(keys.luck[number * chance.DECISIONS_PER_MONTH + decision, keys.place])

    return of_one


def chosen(condition: Any, if_so: Any, otherwise: Any) -> Any:
    """One value where a condition holds and another elsewhere."""
    return np.where(condition, if_so, otherwise)


@overload(chosen)
def _chosen_for_one(condition: Any, if_so: Any, otherwise: Any) -> Any:
    if not isinstance(condition, types.Boolean):
        return None

    def of_one(condition: Any, if_so: Any, otherwise: Any) -> Any:
        return if_so if condition else otherwise

    return of_one
