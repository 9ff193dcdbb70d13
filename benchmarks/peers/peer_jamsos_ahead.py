"""The lean month as this project's kernel would do it: looking ahead, eight months at once.

Whoever waits for a rare event is asked for the months in which it can come true at all, by one hash for
eight months (`jamsos_sim.chance.word`); all months before it are alike and counted together. What happens in
a month that can matter is decided by the rules of ``peer_jamsos.py``, with the recurring draws of the model.
"""

import month as lean
import numpy as np
from measured import Columns, main
from numba.cpython.unsafe.numbers import trailing_zeros
from peer_jamsos import benefit, paid_after

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, compiled
from jamsos_sim.model.draws_ahead import bytes_of, months_to_look_at

(
    HEARD,
    AWARE,
    ENROLLED,
    LAPSED,
    PAID,
    RUPIAH,
    DEATHS,
    ACCIDENTS,
    DEATH_CLAIMS,
    ACCIDENT_CLAIMS,
    BENEFITS,
    UNCOVERED,
) = range(len(lean.QUANTITIES))
"""Places of the quantities in the totals."""


@called_from_compiled
def awaited(is_aware, paid):
    """The decision that somebody waits for beside death and accident, and its threshold."""
    if paid != lean.NOT_MEMBER:
        return lean.LAPSE, lean.TO_LAPSE
    return (lean.ENROL, lean.TO_ENROL) if is_aware else (lean.HEAR, lean.TO_HEAR)


@called_from_compiled
def next_month(key, month, end, decision, threshold):
    """The first month from this one to before ``end``, both within a word, in which a draw may lie below a
    threshold; ``end`` without one.
    """
    number = month // chance.MONTHS_PER_WORD
    passed = np.uint64(chance.BITS_PER_BYTE * (month % chance.MONTHS_PER_WORD))
    word = chance.word(key, number, decision)
    possible = (months_to_look_at(word, bytes_of(threshold), np.uint64(0)) >> passed) << passed
    if possible == np.uint64(0):
        return end
    found = number * chance.MONTHS_PER_WORD + np.int64(trailing_zeros(possible)) // chance.BITS_PER_BYTE
    return min(end, found)


@called_from_compiled
def live(key, month, is_aware, before, totals):
    """Hearing, enrolment, lapse and payment of a month: who knows, and months paid after it."""
    if not is_aware:
        is_aware = chance.recurring_draw(key, month, lean.HEAR) < lean.TO_HEAR
        totals[HEARD] += is_aware
    if not is_aware:
        return is_aware, before
    decision, _ = awaited(is_aware, before)
    drawn = chance.recurring_draw(key, month, decision)
    paid = paid_after(before, is_aware, drawn, drawn)
    totals[ENROLLED] += before == lean.NOT_MEMBER and paid != before
    totals[LAPSED] += before != lean.NOT_MEMBER and paid == lean.NOT_MEMBER
    return is_aware, paid


@called_from_compiled
def book_event(is_death, paid, totals):
    """A death or an accident, and what is paid for it."""
    amount = benefit(is_death, paid)
    totals[DEATHS if is_death else ACCIDENTS] += 1
    totals[DEATH_CLAIMS if is_death else ACCIDENT_CLAIMS] += amount > 0
    totals[UNCOVERED] += is_death and amount == 0
    totals[BENEFITS] += amount


@compiled
def simulate_people(keys, risk, months, death, accident, totals):  # noqa: PLR0913
    """All months of all workers, one worker after the other."""
    for person in range(keys.size):
        key, group = keys[person], risk[person]
        is_aware, paid, month = False, lean.NOT_MEMBER, 1
        while month <= months:
            end = min(months + 1, (month // chance.MONTHS_PER_WORD + 1) * chance.MONTHS_PER_WORD)
            hit = next_month(key, month, end, lean.RISK, death[group] + accident[group])
            turn = next_month(key, month, end, *awaited(is_aware, paid))
            quiet = min(hit, turn) - month
            month += quiet
            totals[AWARE] += quiet * is_aware
            if paid != lean.NOT_MEMBER:
                totals[PAID] += quiet
                paid += quiet
            if month == end:
                continue
            is_aware, paid = live(key, month, is_aware, paid, totals)
            totals[PAID] += paid != lean.NOT_MEMBER
            drawn = chance.recurring_draw(key, month, lean.RISK) if month == hit else lean.SCALE
            if drawn < death[group] + accident[group]:
                book_event(drawn < death[group], paid, totals)
            if drawn < death[group]:
                break
            totals[AWARE] += is_aware
            month += 1
    totals[RUPIAH] = totals[PAID] * lean.CONTRIBUTION


def simulate(workers: int, months: int, seed: int) -> Columns:
    """All months; totals by quantity."""
    keys = chance.keys_of(seed, workers)
    risk = (chance.draws(keys, 0, 63) % lean.CLASSES).astype(np.int8)
    totals = np.zeros(len(lean.QUANTITIES), dtype=np.int64)
    simulate_people(keys, risk, months, np.array(lean.DEATH), np.array(lean.ACCIDENT), totals)
    return totals.tolist()


if __name__ == "__main__":
    main(simulate)
