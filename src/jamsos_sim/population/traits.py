"""Traits of people: from the kind, the key and the first month of each person to the columns of `Workers`.

Columns are filled block by block, because a block of people fits into a processor's cache. Every value is a
function of the person alone, so the length of a block changes nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.fitting import Fitted
from jamsos_sim.population.hardships import (
    Hardships,
    hardships_of,
    has_disability,
    has_stunted_child,
    has_tuberculosis,
    is_in_remote_home,
)
from jamsos_sim.population.households import Family, ages_in_months, children_of, family_of
from jamsos_sim.population.incomes import Incomes, incomes_of, incomes_of_people
from jamsos_sim.population.region import Region
from jamsos_sim.population.sampling import Codes, Sample, codes_of
from jamsos_sim.population.workers import PERSON, Int8, Int32, Int64, Keys, Workers
from jamsos_sim.units import threshold_of

BLOCK = 2**15
WIDE = ("birth_month", "income", "first_child", "second_child")
"""Columns of traits that need 32 bits."""


class Places(NamedTuple):
    """Key, community and first month of all people."""

    keys: Keys
    community: Int32
    arrival: Int32


class Traits(NamedTuple):
    """Numbers of a world from which the traits of its people follow."""

    codes: Codes
    age_starts: Int64
    sectors: Int8
    incomes: Incomes
    family: Family
    hardships: Hardships
    insured: int
    inactive_nik: int


def traits_of(region: Region, draws: Mapping[str, float], fitted: Fitted, stop: int) -> Traits:
    """Numbers of a world; children are born before the month ``stop``."""
    return Traits(
        codes=codes_of(fitted.weights.shape),
        age_starts=np.array(region.age_starts, dtype=np.int64),
        sectors=np.array([each.sector for each in region.occupations], dtype=np.int8),
        incomes=incomes_of(region, draws, fitted),
        family=family_of(draws, stop),
        hardships=hardships_of(fitted, draws),
        insured=threshold_of(draws["population.insured_elsewhere"]),
        inactive_nik=threshold_of(draws["population.inactive_nik_share"]),
    )


def blocks_of(count: int) -> Iterator[slice]:
    """Rows 0 to ``count - 1`` in blocks."""
    return (slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK))


def workers_of(people: Sample, places: Places, traits: Traits) -> Workers:
    """All columns of the people."""
    workers = _empty(people, places)
    for rows in blocks_of(places.keys.size):
        own = Sample(people.kind[rows], people.kelurahan[rows])
        block = Places(places.keys[rows], places.community[rows], places.arrival[rows])
        for name, values in _block(own, block, traits).items():
            getattr(workers, name)[rows] = values
    return workers


def _empty(people: Sample, places: Places) -> Workers:
    """Columns without traits; place, community and arrival are known already."""
    count = places.keys.size
    columns: dict[str, Any] = {name: np.empty(count, dtype=np.int8) for name in Workers._fields}
    for name in WIDE:
        columns[name] = np.empty(count, dtype=np.int32)
    columns |= {"kelurahan": people.kelurahan, "community": places.community}
    columns |= {"arrival_month": places.arrival, "behind": np.full(count, PERSON, dtype=np.int8)}
    return Workers(**columns)


def _block(people: Sample, places: Places, traits: Traits) -> dict[str, np.ndarray]:
    """Traits of a block of people, by column."""
    keys, arrival, codes = places.keys, places.arrival.astype(np.int64), traits.codes
    kind = people.kind.astype(np.int64)
    sex, occupation, decile = codes.sex[kind], codes.occupation[kind], codes.decile[kind]
    age = ages_in_months(keys, codes.age_group[kind], traits.age_starts)
    birth = arrival - age
    children = children_of(keys, birth, sex, traits.family)
    return {
        "birth_month": birth,
        "sex": sex,
        "occupation": occupation,
        "sector": traits.sectors[occupation],
        "decile": decile + 1,
        "income": incomes_of_people(keys, occupation, decile, traits.incomes),
        "first_child": children[0],
        "second_child": children[1],
        "is_insured_elsewhere": chance.draws(keys, 0, chance.DECISION_INSURED) < traits.insured,
        "has_valid_nik": chance.draws(keys, 0, chance.DECISION_NIK) >= traits.inactive_nik,
        "has_disability": has_disability(keys, age, traits.hardships),
        "has_stunted_child": has_stunted_child(keys, children, arrival, decile, traits.hardships),
        "has_tuberculosis": has_tuberculosis(keys, decile, traits.hardships),
        "is_in_remote_home": is_in_remote_home(keys, traits.hardships),
    }
