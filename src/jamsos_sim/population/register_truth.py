"""What may be true of a person whose record is known: the errors of the registry, looked at from behind.

For synthetic people the truth comes first and the record errs from it; here the record is given. How likely a
true decile is follows from both, by Bayes' rule: how many workers of the trade the world has in that decile,
times the chance that its record reads as this one does. Without errors the truth is the record, bit for bit.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate
from math import ceil
from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.fitting import Fitted
from jamsos_sim.population.registry import HIGHEST_DECILE
from jamsos_sim.population.workers import (
    DUPLICATE_RECORD,
    PERSON,
    RECORD_OF_DEAD,
    RECORD_OF_MOVED,
    Int8,
    Int64,
    Keys,
)
from jamsos_sim.units import CHANCE_SCALE, threshold_of

DECILES = range(1, HIGHEST_DECILE + 1)
IS_RIGHT = 0
"""First outcome of a record: it is right; the others are the true deciles of a wrong one."""

STRAY_SHARES = (
    (DUPLICATE_RECORD, "registry.duplicate_share"),
    (RECORD_OF_DEAD, "registry.dead_share"),
    (RECORD_OF_MOVED, "registry.moved_share"),
)


class Truth(NamedTuple):
    """True decile of each person, and whether the record was wrong from the survey on."""

    decile: Int64
    is_misreported: Int8


def true_deciles(
    keys: Keys, occupation: Int64, recorded: Int64, fitted: Fitted, draws: Mapping[str, float]
) -> Truth:
    """Draw the truth behind recorded deciles, 1 to 10, in one world."""
    edges = outcome_edges(fitted, draws)
    drawn = chance.draws(keys, 0, chance.DECISION_RECORD_SHIFT)
    outcome = (drawn[:, None] >= edges[occupation, recorded - 1]).sum(axis=1)
    is_wrong = outcome != IS_RIGHT
    wrong, misreported = _error_chances(draws)
    of_the_wrong = threshold_of(float(misreported / wrong)) if wrong else 0
    lied = is_wrong & (chance.draws(keys, 0, chance.DECISION_MISREPORTED) < of_the_wrong)
    return Truth(np.where(is_wrong, outcome, recorded), lied.astype(np.int8))


def _error_chances(draws: Mapping[str, float]) -> tuple[Fraction, Fraction]:
    """Chance that a record is wrong for either reason, and that it was misreported."""
    stale = Fraction(draws["registry.stale_share"])
    misreported = Fraction(draws["registry.misreported_share"])
    return 1 - (1 - stale) * (1 - misreported), misreported


def outcome_edges(fitted: Fitted, draws: Mapping[str, float]) -> Int64:
    """Thresholds between the outcomes of a record, axes: trade, recorded decile, outcome."""
    wrong, _ = _error_chances(draws)
    widest = round(draws["registry.widest_decile_shift"])
    workers = fitted.weights.sum(axis=(0, 1)).tolist()
    chances = {true: _records_of(true, widest) for true in DECILES}
    edges = [
        [_edges_of([of_trade[true - 1] for true in DECILES], read, wrong, chances) for read in DECILES]
        for of_trade in workers
    ]
    return np.array(edges, dtype=np.int64)


def _records_of(true: int, widest: int) -> dict[int, Fraction]:
    """What a wrong record of a true decile reads, and how likely."""
    found: dict[int, Fraction] = {}
    for shift in [*range(-widest, 0), *range(1, widest + 1)]:
        read = min(max(true + shift, 1), HIGHEST_DECILE)
        found[read] = found.get(read, Fraction(0)) + Fraction(1, 2 * widest)
    return found


def _edges_of(
    workers: list[int], read: int, wrong: Fraction, chances: Mapping[int, Mapping[int, Fraction]]
) -> list[int]:
    weights = [workers[read - 1] * (1 - wrong)]
    weights += [workers[true - 1] * wrong * chances[true].get(read, Fraction(0)) for true in DECILES]
    total = sum(weights, Fraction(0))
    if not total:  # the world has no such workers: the record is believed
        return [CHANCE_SCALE] * len(weights)
    return [ceil(reached * CHANCE_SCALE / total) for reached in accumulate(weights)]


def behind_records(keys: Keys, draws: Mapping[str, float]) -> Int8:
    """What stands behind each record; the shares are records over people, so their sum is over one more."""
    shares = [Fraction(draws[name]) for _, name in STRAY_SHARES]
    records = 1 + sum(shares, Fraction(0))
    edges = [ceil(reached * CHANCE_SCALE / records) for reached in accumulate(shares)]
    drawn = chance.draws(keys, 0, chance.DECISION_STRAY_RECORD)
    codes = np.array([*(code for code, _ in STRAY_SHARES), PERSON], dtype=np.int8)
    return codes[np.searchsorted(np.array(edges, dtype=np.int64), drawn, side="right")]
