"""What the social registry (DTSEN) holds, apart from what is true.

A person may be missing, or stand in a wrong decile some places above or below the true one: because the
record is out of date (usang), or because it was wrong from the survey on (salah lapor). The declared income
is lower than the true one. Other records have nobody of their own behind them: the person has died or moved
away, or stands there a second time. With all error rates at zero and a declared ratio of one the registry
tells the truth bit for bit.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.population.traits import blocks_of
from jamsos_sim.population.workers import (
    DUPLICATE_RECORD,
    NO_CHILD,
    NO_RECORD,
    PERSON,
    RECORD_OF_DEAD,
    RECORD_OF_MOVED,
    Int64,
    Keys,
    Population,
    Records,
    Workers,
)
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share, threshold_of

HIGHEST_DECILE = 10

STRAY_NUMBERS = 2**41
"""Records without a person of their own are numbered apart from people, so that both keep their luck."""

STRAY_SHARES = (
    (DUPLICATE_RECORD, "registry.duplicate_share"),
    (RECORD_OF_DEAD, "registry.dead_share"),
    (RECORD_OF_MOVED, "registry.moved_share"),
)

ADDRESS_OF_MODEL = 0
ADDRESS_OF_OTHER = 1

Mask = npt.NDArray[np.bool_]


def with_registry(workers: Workers, draws: Mapping[str, float], seed: int) -> Population:
    """People of the world of a seed with their records, and the records that nobody of their own is behind.

    The latter stand behind the people present at the start, before the newcomers. Reads the assumptions
    ``registry.*_share``, ``registry.widest_decile_shift`` and ``registry.declared_income_ratio``.
    """
    present = int(np.searchsorted(workers.arrival_month, workers.arrival_month[0], side="right"))
    keys = chance.keys_of(seed, workers.decile.size)
    strays, stray_keys = _stray_records(workers, draws, seed, present)
    pairs: Any = zip(workers, strays, strict=True)
    columns = [np.concatenate([own[:present], extra, own[present:]]) for own, extra in pairs]
    everybody = Workers(*columns)
    all_keys = np.concatenate([keys[:present], stray_keys, keys[present:]])
    return Population(all_keys, everybody, records_of(everybody, draws, all_keys))


def records_of(workers: Workers, draws: Mapping[str, float], keys: Keys) -> Records:
    """Records of all rows; whatever stands for nobody is recorded in any case."""
    is_missing = _hits(keys, chance.DECISION_RECORDED, draws["registry.unrecorded_share"])
    is_misreported = _hits(keys, chance.DECISION_MISREPORTED, draws["registry.misreported_share"])
    is_stale = _hits(keys, chance.DECISION_RECORD_ERROR, draws["registry.stale_share"])
    decile = workers.decile.astype(np.int8)
    decile[is_missing & (workers.behind == PERSON)] = NO_RECORD
    wrong = np.flatnonzero((is_misreported | is_stale) & (decile != NO_RECORD))
    widest = round(draws["registry.widest_decile_shift"])
    shift = _shifts(chance.draws(keys[wrong], 0, chance.DECISION_RECORD_SHIFT), widest)
    decile[wrong] = np.clip(workers.decile[wrong] + shift, 1, HIGHEST_DECILE)
    income, ratio = np.empty(keys.size, dtype=np.int32), draws["registry.declared_income_ratio"]
    for rows in blocks_of(keys.size):
        income[rows] = _declared(workers.income[rows].astype(np.int64), ratio)
    return Records(decile, income, is_misreported.view(np.int8))


def _stray_records(
    workers: Workers, draws: Mapping[str, float], seed: int, present: int
) -> tuple[Workers, Keys]:
    """Records without a person of their own: each repeats what is true of one present worker."""
    counts = [
        rounded_share(present, round(draws[share] * PARTS_PER_MILLION), PARTS_PER_MILLION)
        for _, share in STRAY_SHARES
    ]
    behind = np.repeat(np.array([code for code, _ in STRAY_SHARES], dtype=np.int8), counts)
    keys = chance.keys_from(seed, STRAY_NUMBERS, behind.size)
    model = _one_of(keys, ADDRESS_OF_MODEL, present)
    other = _one_of(keys, ADDRESS_OF_OTHER, present)
    # The dead were mostly old: of two workers drawn the record repeats the older.
    is_other = (behind == RECORD_OF_DEAD) & (workers.birth_month[other] < workers.birth_month[model])
    model = np.where(is_other, other, model)
    columns: list[Any] = [column[model] for column in workers]
    nobody = np.full(behind.size, NO_CHILD, dtype=np.int32)
    return Workers(*columns)._replace(behind=behind, first_child=nobody, second_child=nobody), keys


def _one_of(keys: Keys, address: int, count: int) -> Int64:
    drawn: Int64 = (chance.draws(keys, address, chance.DECISION_STRAY_RECORD) * count) >> 32
    return drawn


def _hits(keys: Keys, decision: int, share: float) -> Mask:
    return chance.draws(keys, 0, decision) < threshold_of(share)


def _shifts(drawn: Int64, widest: int) -> Int64:
    """Whole numbers from -widest to -1 and from 1 to widest, equally likely."""
    step = (drawn * (2 * widest)) >> 32
    return np.where(step < widest, step - widest, step - widest + 1)


def _declared(income: Int64, ratio: float) -> Int64:
    """Declared income in whole rupiah, halves upwards."""
    millionths = round(ratio * PARTS_PER_MILLION)
    return (2 * income * millionths + PARTS_PER_MILLION) // (2 * PARTS_PER_MILLION)
