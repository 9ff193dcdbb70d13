"""What the social registry (DTSEN) holds on each worker, apart from what is true.

A person may be missing, or stand in a wrong decile some places above or below the true one; the declared
income is lower than the true one. With all error rates at zero and a declared ratio of one the registry
tells the truth bit for bit.
"""

from collections.abc import Mapping

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.workers import NO_RECORD, Int64, Records, Workers
from jamsos_sim.units import PARTS_PER_MILLION, threshold_of

HIGHEST_DECILE = 10


def records_of(workers: Workers, draws: Mapping[str, float], seed: int) -> Records:
    """Records of all workers in the world of a seed.

    Reads the assumptions ``registry.unrecorded_share``, ``registry.wrong_decile_share``,
    ``registry.widest_decile_shift`` and ``registry.declared_income_ratio``.
    """
    keys = chance.keys_of(seed, workers.decile.size)
    is_missing = _is_hit(chance.draws(keys, 0, chance.DECISION_RECORDED), draws["registry.unrecorded_share"])
    is_wrong = _is_hit(
        chance.draws(keys, 0, chance.DECISION_RECORD_ERROR), draws["registry.wrong_decile_share"]
    )
    widest = round(draws["registry.widest_decile_shift"])
    shift = _shifts(chance.draws(keys, 0, chance.DECISION_RECORD_SHIFT), widest)
    shifted = np.clip(workers.decile + shift, 1, HIGHEST_DECILE)
    decile = np.where(is_missing, NO_RECORD, np.where(is_wrong, shifted, workers.decile))
    income = _declared(workers.income.astype(np.int64), draws["registry.declared_income_ratio"])
    return Records(decile.astype(np.int8), income.astype(np.int32))


def _is_hit(drawn: Int64, share: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return drawn < threshold_of(share)


def _shifts(drawn: Int64, widest: int) -> Int64:
    """Whole numbers from -widest to -1 and from 1 to widest, equally likely."""
    step = (drawn * (2 * widest)) >> 32
    return np.where(step < widest, step - widest, step - widest + 1)


def _declared(income: Int64, ratio: float) -> Int64:
    """Declared income in whole rupiah, halves upwards."""
    millionths = round(ratio * PARTS_PER_MILLION)
    return (2 * income * millionths + PARTS_PER_MILLION) // (2 * PARTS_PER_MILLION)
