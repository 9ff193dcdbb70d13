"""What the social registry (DTSEN) holds, apart from what is true.

A person may be missing, or stand in a wrong decile some places above or below the true one: because the
record is out of date (usang), or because it was wrong from the survey on (salah lapor). The declared income
is lower than the true one. Other records have nobody of their own behind them: the person has died or moved
away, or stands there a second time. With all error rates at zero and a declared ratio of one the registry
tells the truth bit for bit.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import compiled
from jamsos_sim.population.alike import (
    BLOCK,
    Held,
    Words,
    addresses_of,
    alike,
    chosen,
    draw_for_block,
    drawn,
    is_worth_compiling,
    room_for,
)
from jamsos_sim.population.traits import blocks_of
from jamsos_sim.population.workers import (
    DUPLICATE_RECORD,
    NO_CHILD,
    NO_RECORD,
    PERSON,
    RECORD_OF_DEAD,
    RECORD_OF_MOVED,
    Int8,
    Int32,
    Int64,
    Keys,
    Population,
    Records,
    Workers,
)
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share, threshold_of

LOWEST_DECILE, HIGHEST_DECILE = 1, 10

STRAY_NUMBERS = 2**41
"""Records without a person of their own are numbered apart from people, so that both keep their luck."""

STRAY_SHARES = (
    (DUPLICATE_RECORD, "registry.duplicate_share"),
    (RECORD_OF_DEAD, "registry.dead_share"),
    (RECORD_OF_MOVED, "registry.moved_share"),
)

ADDRESS_OF_MODEL = 0
ADDRESS_OF_OTHER = 1

ADDRESSES = addresses_of(
    (
        (0, chance.DECISION_RECORDED),
        (0, chance.DECISION_MISREPORTED),
        (0, chance.DECISION_RECORD_ERROR),
        (0, chance.DECISION_RECORD_SHIFT),
    )
)
"""Where the draws behind the records are made."""


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


class Errors(NamedTuple):
    """How the registry of a world errs: thresholds of a missing, a wrong and an outdated record, by how many
    deciles a wrong one is off at most, and declared over true income in parts per million.
    """

    missing: int
    misreported: int
    stale: int
    widest_shift: int
    declared_ppm: int


class OwnRecord(NamedTuple):
    """Records as in `Records`, of several people or of one."""

    decile: Any
    income: Any
    is_misreported: Any


def errors_of(draws: Mapping[str, float]) -> Errors:
    """The errors of a world."""
    return Errors(
        missing=threshold_of(draws["registry.unrecorded_share"]),
        misreported=threshold_of(draws["registry.misreported_share"]),
        stale=threshold_of(draws["registry.stale_share"]),
        widest_shift=round(draws["registry.widest_decile_shift"]),
        declared_ppm=round(draws["registry.declared_income_ratio"] * PARTS_PER_MILLION),
    )


def records_of(workers: Workers, draws: Mapping[str, float], keys: Keys) -> Records:
    """Records of all rows; whatever stands for nobody is recorded in any case."""
    errors, count = errors_of(draws), keys.size
    records = Records(np.empty(count, np.int8), np.empty(count, np.int32), np.empty(count, np.int8))
    decile, behind = workers.decile, workers.behind
    if is_worth_compiling(count):
        fill_records(records, (keys, decile, workers.income, behind), room_for(ADDRESSES), ADDRESSES, errors)
        return records
    for rows in blocks_of(count):
        own = own_record(
            keys[rows], decile[rows], workers.income[rows].astype(np.int64), behind[rows], errors
        )
        for name, values in zip(OwnRecord._fields, own, strict=True):
            getattr(records, name)[rows] = values
    return records


@alike
def own_record(keys: Any, decile: Int8, income: Any, behind: Int8, errors: Errors) -> OwnRecord:
    """Records of people with these keys, or of one of them, by what is true of them."""
    is_missing = (drawn(keys, 0, chance.DECISION_RECORDED) < errors.missing) & (behind == PERSON)
    is_misreported = drawn(keys, 0, chance.DECISION_MISREPORTED) < errors.misreported
    is_stale = drawn(keys, 0, chance.DECISION_RECORD_ERROR) < errors.stale
    shifted = decile + _shift(drawn(keys, 0, chance.DECISION_RECORD_SHIFT), errors.widest_shift)
    shifted = chosen(shifted < LOWEST_DECILE, LOWEST_DECILE, shifted)
    shifted = chosen(shifted > HIGHEST_DECILE, HIGHEST_DECILE, shifted)
    is_wrong = (is_misreported | is_stale) & (decile != NO_RECORD)
    return OwnRecord(
        decile=chosen(is_missing, NO_RECORD, chosen(is_wrong, shifted, decile)),
        income=_declared(income, errors.declared_ppm),
        is_misreported=is_misreported,
    )


@compiled
def fill_records(
    records: Records,
    people: tuple[Keys, Int8, Int32, Int8],
    luck: Words,
    addresses: Int64,
    errors: Errors,
) -> None:
    """Write the records of all people, given by key, decile, income and what is behind the row."""
    keys, decile, income, behind = people
    for start in range(0, keys.size, BLOCK):
        for place in range(draw_for_block(luck, keys, start, addresses)):
            row = start + place
            own = own_record(Held(luck, place), decile[row], np.int64(income[row]), behind[row], errors)
            records.decile[row] = own.decile
            records.income[row] = own.income
            records.is_misreported[row] = own.is_misreported


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


@alike
def _shift(luck: Int64, widest: int) -> Int64:
    """Whole numbers from -widest to -1 and from 1 to widest, equally likely."""
    step = (luck * (2 * widest)) >> 32
    shift: Int64 = chosen(step < widest, step - widest, step - widest + 1)
    return shift


@alike
def _declared(income: Int64, declared_ppm: int) -> Int64:
    """Declared income in whole rupiah, halves upwards."""
    return (2 * income * declared_ppm + PARTS_PER_MILLION) // (2 * PARTS_PER_MILLION)
