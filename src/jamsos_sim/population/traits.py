"""Traits of people: from the kind, the key and the first month of each person to the columns of `Workers`.

Columns are filled block by block, because a block of people fits into a processor's cache. Every value is a
function of the person alone, so the length of a block changes nothing.
"""

from collections.abc import Iterator, Mapping
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
    draw_for_block,
    drawn,
    is_worth_compiling,
    room_for,
)
from jamsos_sim.population.fitting import Fitted
from jamsos_sim.population.hardships import (
    HARDSHIP_ADDRESSES,
    Hardships,
    hardships_of,
    has_disability,
    has_stunted_child,
    has_tuberculosis,
    is_in_remote_home,
)
from jamsos_sim.population.households import BIRTH_ADDRESSES, Family, ages_in_months, children_of, family_of
from jamsos_sim.population.incomes import INCOME_ADDRESSES, Incomes, incomes_of, incomes_of_people
from jamsos_sim.population.region import Region
from jamsos_sim.population.sampling import Codes, Sample, codes_of
from jamsos_sim.population.workers import PERSON, Int8, Int16, Int32, Int64, Keys, Workers
from jamsos_sim.units import threshold_of

ROWS_AT_ONCE = 2**15
"""Rows that NumPy fills at once."""
WIDE = ("birth_month", "income", "first_child", "second_child")
"""Columns of traits that need 32 bits."""

ADDRESSES = addresses_of(
    (
        *BIRTH_ADDRESSES,
        *INCOME_ADDRESSES,
        *HARDSHIP_ADDRESSES,
        (0, chance.DECISION_INSURED),
        (0, chance.DECISION_NIK),
    )
)
"""Where all draws behind the traits are made."""


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


class Own(NamedTuple):
    """Traits as in `Workers`, of several people or of one."""

    birth_month: Any
    sex: Any
    occupation: Any
    sector: Any
    decile: Any
    income: Any
    first_child: Any
    second_child: Any
    is_insured_elsewhere: Any
    has_valid_nik: Any
    has_disability: Any
    has_stunted_child: Any
    has_tuberculosis: Any
    is_in_remote_home: Any


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
    return (slice(start, min(start + ROWS_AT_ONCE, count)) for start in range(0, count, ROWS_AT_ONCE))


def workers_of(people: Sample, places: Places, traits: Traits) -> Workers:
    """All columns of the people."""
    workers = _empty(people, places)
    if is_worth_compiling(places.keys.size):
        own = Own(*(getattr(workers, name) for name in Own._fields))
        fill(own, (places.keys, people.kind, places.arrival), room_for(ADDRESSES), ADDRESSES, traits)
        return workers
    for rows in blocks_of(places.keys.size):
        block = own_traits(places.keys[rows], people.kind[rows], places.arrival[rows], traits)
        for name, values in zip(Own._fields, block, strict=True):
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


@alike
def own_traits(keys: Any, kind: Int16, arrival: Any, traits: Traits) -> Own:
    """Traits of people with these keys, kinds and first months, or of one of them."""
    sex, occupation = traits.codes.sex[kind], traits.codes.occupation[kind]
    decile = traits.codes.decile[kind]
    age = ages_in_months(keys, traits.codes.age_group[kind], traits.age_starts)
    birth = arrival - age
    children = children_of(keys, birth, sex, traits.family)
    return Own(
        birth_month=birth,
        sex=sex,
        occupation=occupation,
        sector=traits.sectors[occupation],
        decile=decile + 1,
        income=incomes_of_people(keys, occupation, decile, traits.incomes),
        first_child=children[0],
        second_child=children[1],
        is_insured_elsewhere=drawn(keys, 0, chance.DECISION_INSURED) < traits.insured,
        has_valid_nik=drawn(keys, 0, chance.DECISION_NIK) >= traits.inactive_nik,
        has_disability=has_disability(keys, age, traits.hardships),
        has_stunted_child=has_stunted_child(keys, children, arrival, decile, traits.hardships),
        has_tuberculosis=has_tuberculosis(keys, decile, traits.hardships),
        is_in_remote_home=is_in_remote_home(keys, traits.hardships),
    )


@compiled
def fill(own: Own, people: tuple[Keys, Int16, Int32], luck: Words, addresses: Int64, traits: Traits) -> None:
    """Write the traits of all people, given by key, kind and first month, into columns."""
    fill_blocks(own, people, luck, addresses, traits)


@alike
def fill_blocks(
    own: Own, people: tuple[Keys, Int16, Int32], luck: Words, addresses: Int64, traits: Traits
) -> None:
    """The loop itself, in which no references are counted."""
    keys, kind, arrival = people
    for start in range(0, keys.size, BLOCK):
        count = draw_for_block(luck, keys, start, addresses)
        for place in range(count):
            row = start + place
            of_person = own_traits(Held(luck, place), kind[row], arrival[row], traits)
            own.birth_month[row] = of_person.birth_month
            own.sex[row] = of_person.sex
            own.occupation[row] = of_person.occupation
            own.sector[row] = of_person.sector
            own.decile[row] = of_person.decile
            own.income[row] = of_person.income
            own.first_child[row] = of_person.first_child
            own.second_child[row] = of_person.second_child
            own.is_insured_elsewhere[row] = of_person.is_insured_elsewhere
            own.has_valid_nik[row] = of_person.has_valid_nik
            own.has_disability[row] = of_person.has_disability
            own.has_stunted_child[row] = of_person.has_stunted_child
            own.has_tuberculosis[row] = of_person.has_tuberculosis
            own.is_in_remote_home[row] = of_person.is_in_remote_home
