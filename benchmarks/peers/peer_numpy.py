"""The lean month in tuned NumPy: small columns, index lists, draws only for those whom a step concerns.

The draws are those of the compiled loop, so that the totals must be equal number for number.
"""

import month as lean
import numpy as np
from measured import Columns, main

FIRST, SECOND, WEYL = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15
NUMBER = 0xD1342543DE82EF95
MASK = 2**64 - 1


def mixed(value):  # type: ignore[no-untyped-def]
    """The finaliser of SplitMix64 over a column, in place."""
    other = value >> np.uint64(30)
    other ^= value
    other *= np.uint64(FIRST)
    np.right_shift(other, np.uint64(27), out=value)
    value ^= other
    value *= np.uint64(SECOND)
    np.right_shift(value, np.uint64(31), out=other)
    other ^= value
    return other


def draws(keys, month: int, decision: int):  # type: ignore[no-untyped-def]
    """One draw of 32 bits for each key."""
    return mixed(keys + np.uint64(((month * 64 + decision + 1) * WEYL) & MASK)) >> np.uint64(32)


def keys_of(seed: int, workers: int):  # type: ignore[no-untyped-def]
    """Keys of the numbers from 0 on."""
    start = int(mixed(np.array([(seed + WEYL) & MASK], dtype=np.uint64))[0])
    return mixed(np.uint64(start) ^ (np.arange(workers, dtype=np.uint64) * np.uint64(NUMBER)))


def simulate(workers: int, months: int, seed: int) -> Columns:
    """All months; totals by quantity."""
    keys = keys_of(seed, workers)
    risk = (draws(keys, 0, 63) % np.uint64(lean.CLASSES)).astype(np.int8)
    death = np.array(lean.DEATH, dtype=np.uint64)
    bound = (death + np.array(lean.ACCIDENT, dtype=np.uint64))[risk]
    aware, paid = np.zeros(workers, bool), np.full(workers, lean.NOT_MEMBER, np.int16)
    totals = dict.fromkeys(lean.QUANTITIES, 0)
    for month in range(1, months + 1):
        alive = paid != lean.DEAD
        asked = np.flatnonzero(alive & ~aware)
        heard = asked[draws(keys[asked], month, lean.HEAR) < lean.TO_HEAR]
        aware[heard] = True
        free = np.flatnonzero(aware & (paid == lean.NOT_MEMBER))
        members = np.flatnonzero(paid >= 0)
        joined = free[draws(keys[free], month, lean.ENROL) < lean.TO_ENROL]
        lapsed = draws(keys[members], month, lean.LAPSE) < lean.TO_LAPSE
        paid[members] += 1
        paid[members[lapsed]] = lean.NOT_MEMBER
        paid[joined] = 1
        paying = members.size - np.count_nonzero(lapsed) + joined.size
        drawn = draws(keys, month, lean.RISK)
        hit = np.flatnonzero((drawn < bound) & alive)
        is_death, months_paid = drawn[hit] < death[risk[hit]], paid[hit]
        is_covered = months_paid >= 1
        full = np.where(months_paid >= lean.FULL_AFTER, lean.FULL, lean.FUNERAL)
        amount = np.where(is_covered, np.where(is_death, full, lean.CARE), 0)
        paid[hit[is_death]] = lean.DEAD
        totals["heard"] += heard.size
        totals["aware"] += int(np.count_nonzero(aware & (paid != lean.DEAD)))
        totals["newly_enrolled"] += joined.size
        totals["lapsed"] += int(np.count_nonzero(lapsed))
        totals["paid_person_months"] += paying
        totals["contributions"] += paying * lean.CONTRIBUTION
        totals["deaths"] += int(np.count_nonzero(is_death))
        totals["accidents"] += int(np.count_nonzero(~is_death))
        totals["death_claims"] += int(np.count_nonzero(is_death & is_covered))
        totals["accident_claims"] += int(np.count_nonzero(~is_death & is_covered))
        totals["benefits"] += int(amount.sum())
        totals["deaths_without_cover"] += int(np.count_nonzero(is_death & ~is_covered))
    return [int(value) for value in totals.values()]


if __name__ == "__main__":
    main(simulate)
