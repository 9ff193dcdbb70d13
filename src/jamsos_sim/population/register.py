"""People of a world who stand in a city's register, and the newcomers after them.

What the register records is its own; the truth behind it, and what it does not say, is drawn as for
synthetic people. Luck belongs to the person's hash, so the same person has the same luck whatever the order
of the register's rows.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.communities import communities_of, first_communities
from jamsos_sim.population.fitting import Fitted, fit
from jamsos_sim.population.hardships import (
    hardships_of,
    has_disability,
    has_stunted_child,
    has_tuberculosis,
    is_in_remote_home,
)
from jamsos_sim.population.hazards import OLDEST_AGE
from jamsos_sim.population.households import children_of, family_of
from jamsos_sim.population.incomes import incomes_of, incomes_of_people
from jamsos_sim.population.intake_fields import CHILDREN
from jamsos_sim.population.ordering import in_drawn_order
from jamsos_sim.population.region import Region
from jamsos_sim.population.register_list import UNKNOWN, Register, codes_in, load_register, must_be_of
from jamsos_sim.population.register_truth import Truth, behind_records, true_deciles
from jamsos_sim.population.registry import records_of
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.population.workers import PERSON, Int64, Keys, Population, Records, Workers
from jamsos_sim.units import MONTHS_PER_YEAR, PARTS_PER_MILLION, threshold_of

__all__ = ["Register", "load_register", "people_of_register"]

ADDRESS_OF_ORDER = 0
ADDRESS_OF_COMPANION = 2
LARGEST_INCOME = 2**31 - 1


class _World(NamedTuple):
    """What all people of a world have in common."""

    region: Region
    draws: Mapping[str, float]
    seed: int
    fitted: Fitted
    period: tuple[int, int]


class _Listed(NamedTuple):
    """The register's people in the world: key, places in the region's tables, the record and its columns."""

    keys: Keys
    kelurahan: Int64
    occupation: Int64
    recorded: Int64
    columns: Mapping[str, Int64]


def people_of_register(
    register: Register, region: Region, draws: Mapping[str, float], seed: int, period: tuple[int, int]
) -> Population:
    """People of the world of a seed: the register's, ordered by kelurahan and trade, then newcomers.

    Registered people who are too young at the start come when they reach the age of the youngest workers.

    Parameters
    ----------
    draws:
        Value of every assumption in this world.
    period:
        First month, and the month after the last one.

    Raises
    ------
    InputError
        When the register is of another region, or uses words that its tables no longer have.
    """
    must_be_of(register, region)
    world = _World(region, draws, seed, fit(region, draws), period)
    listed = _listed(register, world)
    workers, truth = _workers(listed, world)
    records = _records(listed, workers, truth, world)
    return _with_newcomers(Population(listed.keys, workers, records), world)


def _listed(register: Register, world: _World) -> _Listed:
    """The people of the register in the order of the world: those present by kelurahan and trade, then the
    others by the month in which they come.
    """
    keys = chance.keys_of_numbers(world.seed, register.people)
    kelurahan, occupation = (codes_in(register, world.region, name) for name in ("kelurahan", "occupation"))
    arrival = _arrivals(register.columns["birth_date"], world)
    trades = len(world.region.occupations)
    cell = kelurahan * trades + occupation
    later = arrival - world.period[0]
    group = np.where(later > 0, len(world.region.kelurahan) * trades + later, cell)
    shuffle = chance.draws(keys, ADDRESS_OF_ORDER, chance.DECISION_COMMUNITY)
    order = in_drawn_order(shuffle, group, int(group.max()) + 1)
    columns = {name: column[order] for name, column in register.columns.items()}
    return _Listed(keys[order], kelurahan[order], occupation[order], columns["decile"], columns)


def _arrivals(birth: Int64, world: _World) -> Int64:
    return np.maximum(birth + world.region.age_starts[0] * MONTHS_PER_YEAR, world.period[0])


def _workers(listed: _Listed, world: _World) -> tuple[Workers, Truth]:
    """What is true of the register's people in this world; communities of those who come later are open."""
    draws, keys = world.draws, listed.keys
    birth, sex = listed.columns["birth_date"], listed.columns["sex"]
    arrival = _arrivals(birth, world)
    truth = true_deciles(keys, listed.occupation, listed.recorded, world.fitted, draws)
    children = _children(listed, world)
    drawn = _drawn_flags(listed, truth.decile - 1, children, world)
    flags = {name: _known_or(listed.columns.get(name), values) for name, values in drawn.items()}
    sectors = np.array([each.sector for each in world.region.occupations], dtype=np.int64)
    present = arrival == world.period[0]
    community = np.zeros(keys.size, dtype=np.int64)
    by_kelurahan = np.bincount(listed.kelurahan[present], minlength=len(world.region.kelurahan))
    community[present] = communities_of(by_kelurahan, world.seed)
    columns = {
        "birth_month": birth,
        "sex": sex,
        "kelurahan": listed.kelurahan,
        "occupation": listed.occupation,
        "sector": sectors[listed.occupation],
        "decile": truth.decile,
        "income": _incomes(listed, truth.decile - 1, world),
        "community": community,
        "first_child": children[0],
        "second_child": children[1],
        "arrival_month": arrival,
        "is_insured_elsewhere": flags.pop("insured_elsewhere"),
        "has_valid_nik": chance.draws(keys, 0, chance.DECISION_NIK)
        >= threshold_of(draws["population.inactive_nik_share"]),
        "behind": np.where(present, behind_records(keys, draws), PERSON),
        **flags,
    }
    return _typed(columns), truth


def _typed(columns: Mapping[str, Any]) -> Workers:
    types: dict[str, Any] = {"kelurahan": np.int16} | dict.fromkeys(
        ("birth_month", "income", "community", "first_child", "second_child", "arrival_month"), np.int32
    )
    return Workers(**{name: column.astype(types.get(name, np.int8)) for name, column in columns.items()})


def _children(listed: _Listed, world: _World) -> tuple[Int64, Int64]:
    """Birth months of children: the register's, where it has them."""
    if set(CHILDREN) <= set(listed.columns):
        first, second = (listed.columns[name] for name in CHILDREN)
        return first, second
    family = family_of(world.draws, world.period[1])
    return children_of(listed.keys, listed.columns["birth_date"], listed.columns["sex"], family)


def _drawn_flags(
    listed: _Listed, decile: Int64, children: tuple[Int64, Int64], world: _World
) -> dict[str, np.ndarray]:
    """What is drawn where the register says neither yes nor no, by field."""
    keys = listed.keys
    arrival = _arrivals(listed.columns["birth_date"], world)
    oldest = OLDEST_AGE * MONTHS_PER_YEAR
    age = np.minimum(arrival - listed.columns["birth_date"], oldest)
    chances = hardships_of(world.fitted, world.draws)
    insured = threshold_of(world.draws["population.insured_elsewhere"])
    return {
        "insured_elsewhere": chance.draws(keys, 0, chance.DECISION_INSURED) < insured,
        "has_disability": has_disability(keys, age, chances),
        "has_stunted_child": has_stunted_child(keys, children, arrival, decile, chances),
        "has_tuberculosis": has_tuberculosis(keys, decile, chances),
        "is_in_remote_home": is_in_remote_home(keys, chances),
    }


def _known_or(column: Int64 | None, drawn: np.ndarray) -> np.ndarray:
    """A register's column where it is known, else what was drawn."""
    return drawn if column is None else np.where(column == UNKNOWN, drawn, column)


def _incomes(listed: _Listed, decile: Int64, world: _World) -> Int64:
    """True income: the declared one over the world's ratio, halves upwards; drawn where none is declared."""
    drawn = incomes_of_people(
        listed.keys, listed.occupation, decile, incomes_of(world.region, world.draws, world.fitted)
    )
    declared = listed.columns.get("declared_income")
    ratio = round(world.draws["registry.declared_income_ratio"] * PARTS_PER_MILLION)
    if declared is None or ratio <= 0:
        return drawn
    true = (2 * declared * PARTS_PER_MILLION + ratio) // (2 * ratio)
    return np.where(declared == UNKNOWN, drawn, np.minimum(true, LARGEST_INCOME))


def _records(listed: _Listed, workers: Workers, truth: Truth, world: _World) -> Records:
    """The register's own records; an income that it does not state is declared as others are."""
    drawn = records_of(workers, world.draws, listed.keys)
    declared = listed.columns.get("declared_income")
    income = drawn.income if declared is None else _known_or(declared, drawn.income)
    return Records(listed.recorded.astype(np.int8), income.astype(np.int32), truth.is_misreported)


def _with_newcomers(population: Population, world: _World) -> Population:
    """The people with newcomers of the fitted table, as many as replace and add to those present."""
    workers = population.workers
    is_present = (workers.arrival_month == world.period[0]) & (workers.behind == PERSON)
    made = max(1, int(is_present.sum()))
    synthetic = synthesise(world.region, world.draws, world.seed, made, world.period)
    new = Workers(*_taken(synthetic, np.arange(made, synthetic.decile.size)))
    new_keys = chance.keys_from(world.seed, made, new.decile.size)
    keys = np.concatenate([population.keys, new_keys])
    records = Records(*_after(population.records, records_of(new, world.draws, new_keys)))
    everybody = Workers(*_after(workers, new))
    order = np.argsort(everybody.arrival_month, kind="stable")
    everybody = Workers(*_taken(everybody, order))
    return Population(
        keys[order], _in_communities(everybody, keys[order], world), Records(*_taken(records, order))
    )


def _after(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Columns, one after the other."""
    return [np.concatenate(pair) for pair in zip(first, second, strict=True)]


def _taken(columns: Iterable[Any], order: Int64) -> list[Any]:
    """Columns in another order."""
    return [column[order] for column in columns]


def _in_communities(workers: Workers, keys: Keys, world: _World) -> Workers:
    """Let everybody who comes later join the community of one present person of the same kelurahan and trade,
    else of the same kelurahan, else the first community there.
    """
    trades, places = len(world.region.occupations), len(world.region.kelurahan)
    present = int((workers.arrival_month == world.period[0]).sum())
    kelurahan = workers.kelurahan.astype(np.int64)
    cell = kelurahan * trades + workers.occupation
    of_cell = np.bincount(cell[:present], minlength=places * trades)
    of_place = of_cell.reshape(places, trades).sum(axis=1)
    later_cell, later_place = cell[present:], kelurahan[present:]
    drawn = chance.draws(keys[present:], ADDRESS_OF_COMPANION, chance.DECISION_COMMUNITY)
    has_mates = of_cell[later_cell] > 0
    count = np.where(has_mates, of_cell[later_cell], of_place[later_place])
    first = np.where(
        has_mates, (np.cumsum(of_cell) - of_cell)[later_cell], (np.cumsum(of_place) - of_place)[later_place]
    )
    companion = np.minimum(first + ((drawn * count) >> 32), max(present - 1, 0))
    alone = first_communities(of_place)[later_place]
    community = workers.community.copy()
    joined = community[companion] if present else alone
    community[present:] = np.where(count > 0, joined, alone)
    return workers._replace(community=community)
