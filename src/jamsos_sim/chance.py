"""Addressed chance: every draw is a pure function of its address, never of how many draws came before.

A world has a seed; a person (or a community) has a key made of seed and number; a draw belongs to key, month
and decision. The same person therefore meets the same luck in every scenario, whatever else happens, and
raising a chance never turns a yes into a no. The mixing function is the finaliser of SplitMix64 (Steele, Lea
and Flood 2014) on a Weyl sequence; plain Python and compiled code give the same 32 bits.

Some decisions are asked of everybody in every month and come true for few. Their draws (`recurring_draw`)
have their highest byte from a word that eight months share, a byte for each: one look at the word says in
which of the eight months a small chance can come true at all (`model/draws_ahead.py`).
"""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import overload, register_jitable

from jamsos_sim.compiled import compiled, is_plain
from jamsos_sim.units import CHANCE_SCALE

MASK = 2**64 - 1
WEYL = 0x9E3779B97F4A7C15
FIRST_FACTOR = 0xBF58476D1CE4E5B9
SECOND_FACTOR = 0x94D049BB133111EB
NUMBER_FACTOR = 0xD1342543DE82EF95
DECISIONS_PER_MONTH = 64
MONTHS_PER_WORD = 8
"""Months whose recurring draws have their highest byte from the same word."""
FIRST_WORD = 2**20
"""Words are addressed like the months from this one on, which no run reaches."""
BITS_PER_BYTE = 8
DRAW_BITS = 32
LARGE_COLUMN = 2**14
"""Keys from which on a compiled loop draws: below, NumPy draws sooner than the loop is loaded."""

(
    DECISION_ASSUMPTION,
    DECISION_CELL,
    DECISION_BIRTH_MONTH,
    DECISION_INCOME,
    DECISION_INCOME_LINK,
    DECISION_FIRST_CHILD,
    DECISION_SECOND_CHILD,
    DECISION_INSURED,
    DECISION_NIK,
    DECISION_RECORDED,
    DECISION_RECORD_ERROR,
    DECISION_RECORD_SHIFT,
    DECISION_ARRIVAL,
    DECISION_COMMUNITY,
    DECISION_AWARE_AT_START,
    DECISION_LIST_ORDER,
    DECISION_MOVE,
    DECISION_REFRESH,
    DECISION_MEETING,
    DECISION_HEAR,
    DECISION_APPLY,
    DECISION_ATTEMPT,
    DECISION_HANDOVER,
    DECISION_MATCH,
    DECISION_CONTINUE,
    DECISION_LAPSE,
    DECISION_RISK,
    DECISION_SEVERITY,
    DECISION_DAYS_LOST,
    DECISION_MEDICAL_COST,
    DECISION_IMPAIRMENT,
    DECISION_REPORT,
    DECISION_DELAY,
    DECISION_MISREPORTED,
    DECISION_STRAY_RECORD,
    DECISION_CIVIL,
    DECISION_NIK_REPAIR,
    DECISION_GROUND_VISIT,
    DECISION_GROUND,
    DECISION_KELURAHAN,
    DECISION_DISABILITY,
    DECISION_STUNTING,
    DECISION_TUBERCULOSIS,
    DECISION_REMOTE_HOME,
    DECISION_HELP,
    DECISION_PAY_REST,
    DECISION_DEATH_GRANT,
    DECISION_MONTHLY_INCOME,
    DECISION_HOUSEHOLD,
    DECISION_OTHER_EARNER,
    DECISION_DECILE_STEP,
    DECISION_DISEASE,
    DECISION_BLINDNESS,
    DECISION_SUPPORT_ORDER,
    DECISION_COMPLETE,
    DECISION_FORMAL_WORK,
    DECISION_HEAR_AT_CONTACT,
    DECISION_HELPED_REGISTRATION,
    DECISION_DELIBERATION,
    DECISION_RETURN,
    DECISION_GROUP,
    DECISION_TRAFFIC,
) = range(62)


def _mixed(value: int) -> int:
    value &= MASK
    value = ((value ^ (value >> 30)) * FIRST_FACTOR) & MASK
    value = ((value ^ (value >> 27)) * SECOND_FACTOR) & MASK
    return value ^ (value >> 31)


def key_of(seed: int, number: int) -> int:
    """Key of a person, community or other numbered thing in the world of a seed: 64 bits."""
    return _mixed(_mixed(seed + WEYL) ^ ((number * NUMBER_FACTOR) & MASK))


def draw(key: int, month: int, decision: int) -> int:
    """Uniform whole number from 0 to 2**32 - 1 at the address (key, month, decision)."""
    address = int(month) * DECISIONS_PER_MONTH + int(decision) + 1
    return _mixed(int(key) + address * WEYL) >> 32


def word(key: int, number: int, decision: int) -> int:
    """Highest bytes of the recurring draws of eight months, the first month's lowest: 64 bits."""
    address = (FIRST_WORD + int(number)) * DECISIONS_PER_MONTH + int(decision) + 1
    return _mixed(int(key) + address * WEYL)


def recurring_draw(key: int, month: int, decision: int) -> int:
    """Uniform whole number from 0 to 2**32 - 1 for a decision that is asked of everybody in every month."""
    bytes_of_months = word(key, month // MONTHS_PER_WORD, decision)
    highest = (bytes_of_months >> (BITS_PER_BYTE * (month % MONTHS_PER_WORD))) & 0xFF
    return with_highest_byte(highest, draw(key, month, decision))


@register_jitable
def with_highest_byte(highest: int, drawn: int) -> int:
    """A draw that begins with this byte and goes on with the highest bits of ``drawn``."""
    return (highest << (DRAW_BITS - BITS_PER_BYTE)) | (drawn >> BITS_PER_BYTE)


def keys_of(seed: int, count: int) -> npt.NDArray[np.uint64]:
    """Keys of the numbers 0 to ``count - 1`` as one column; the same values as `key_of`."""
    return keys_from(seed, 0, count)


def keys_from(seed: int, first: int, count: int) -> npt.NDArray[np.uint64]:
    """Keys of ``count`` numbers from ``first`` on as one column; the same values as `key_of`."""
    return keys_of_numbers(seed, np.arange(first, first + count, dtype=np.uint64))


def keys_of_numbers(seed: int, numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Keys of any numbers as one column; the same values as `key_of`."""
    numbered = numbers * np.uint64(NUMBER_FACTOR)
    numbered ^= np.uint64(_mixed(seed + WEYL))
    return _mixed_column(numbered, 0, 0)


def draws(keys: npt.NDArray[np.uint64], month: int, decision: int) -> npt.NDArray[np.int64]:
    """One draw for each key, 0 to 2**32 - 1; the same values as `draw`."""
    address = month * DECISIONS_PER_MONTH + decision + 1
    return _mixed_column(keys, address, DRAW_BITS).view(np.int64)


def words(keys: npt.NDArray[np.uint64], number: int, decision: int) -> npt.NDArray[np.uint64]:
    """One word for each key; the same values as `word`."""
    return _mixed_column(keys, (FIRST_WORD + number) * DECISIONS_PER_MONTH + decision + 1, 0)


def recurring_draws(keys: npt.NDArray[np.uint64], month: int, decision: int) -> npt.NDArray[np.int64]:
    """One draw for each key; the same values as `recurring_draw`."""
    number, at = divmod(month, MONTHS_PER_WORD)
    highest = words(keys, number, decision)
    highest >>= np.uint64(BITS_PER_BYTE * at)
    highest &= np.uint64(0xFF)
    highest <<= np.uint64(DRAW_BITS - BITS_PER_BYTE)
    drawn = draws(keys, month, decision)
    drawn >>= BITS_PER_BYTE
    drawn |= highest.view(np.int64)
    return drawn


def _mixed_column(keys: npt.NDArray[np.uint64], address: int, dropped: int) -> npt.NDArray[np.uint64]:
    """The words of many keys at one address, without their lowest bits."""
    step = np.uint64((address * WEYL) & MASK)
    if keys.size >= LARGE_COLUMN and not is_plain():
        mixed = np.empty(keys.size, dtype=np.uint64)
        _mix(keys, step, dropped, mixed)
        return mixed
    # In place, because writing fresh columns takes longer than the arithmetic.
    second = keys + step
    first = second >> np.uint64(30)
    first ^= second
    first *= np.uint64(FIRST_FACTOR)
    np.right_shift(first, np.uint64(27), out=second)
    second ^= first
    second *= np.uint64(SECOND_FACTOR)
    np.right_shift(second, np.uint64(31), out=first)
    first ^= second
    first >>= np.uint64(dropped)
    return first


@register_jitable
def _mixed_value(value: Any) -> Any:
    """Twin of `_mixed` in machine words, which wrap where the plain body masks."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(FIRST_FACTOR)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(SECOND_FACTOR)
    return value ^ (value >> np.uint64(31))


@compiled
def _mix(keys: npt.NDArray[np.uint64], step: np.uint64, dropped: int, mixed: npt.NDArray[np.uint64]) -> None:
    """Write the words of `_mixed_column`, which NumPy needs ten passes over the columns for."""
    for row in range(keys.size):
        mixed[row] = _mixed_value(keys[row] + step) >> np.uint64(dropped)


def scaled(drawn: int, count: int) -> int:
    """A draw as a whole number from 0 to ``count - 1``."""
    return drawn * count // CHANCE_SCALE


@register_jitable
def _mixed_word(key: Any, number: Any, decision: Any) -> Any:
    """The word at an address."""
    address = np.uint64(np.int64(number) * DECISIONS_PER_MONTH + np.int64(decision) + 1)
    return _mixed_value(np.uint64(key) + address * np.uint64(WEYL))


@overload(draw)
def _compiled_draw(key: Any, month: Any, decision: Any) -> Any:
    """Twin of `draw`."""
    if key is not types.uint64:
        return None

    def twin(key: Any, month: Any, decision: Any) -> Any:
        return np.int64(_mixed_word(key, month, decision) >> np.uint64(DRAW_BITS))

    return cast(Any, twin)


@overload(word)
def _compiled_word(key: Any, number: Any, decision: Any) -> Any:
    """Twin of `word`."""
    if key is not types.uint64:
        return None

    def twin(key: Any, number: Any, decision: Any) -> Any:
        return _mixed_word(key, np.int64(number) + FIRST_WORD, decision)

    return cast(Any, twin)


@overload(recurring_draw)
def _compiled_recurring_draw(key: Any, month: Any, decision: Any) -> Any:
    """Twin of `recurring_draw`."""
    if key is not types.uint64:
        return None

    def twin(key: Any, month: Any, decision: Any) -> Any:
        at: Any = np.uint64(month)
        bytes_of_months = word(key, at // np.uint64(MONTHS_PER_WORD), decision)
        shift = np.uint64(BITS_PER_BYTE) * (at % np.uint64(MONTHS_PER_WORD))
        highest: Any = np.int64((bytes_of_months >> shift) & np.uint64(0xFF))
        return with_highest_byte(highest, draw(key, month, decision))

    return cast(Any, twin)
