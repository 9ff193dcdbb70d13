"""The people of one world: workers who match the margins of the region, and later newcomers."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.errors import InputError
from jamsos_sim.population.arrivals import arrivals_by_month
from jamsos_sim.population.communities import communities_of, first_communities
from jamsos_sim.population.fitting import Fitted, fit
from jamsos_sim.population.households import ages_in_months, children_of
from jamsos_sim.population.incomes import income_knots, income_ranks, incomes_of_ranks
from jamsos_sim.population.region import Region
from jamsos_sim.population.sampling import Kinds, sampled
from jamsos_sim.population.workers import Int64, Workers
from jamsos_sim.units import threshold_of

__all__ = ["Fitted", "city_size", "fit", "synthesise"]

INITIAL_PEOPLE = 0
NEWCOMERS = 1
ADDRESS_OF_ORDER = 0
ADDRESS_OF_COMPANION = 2

Keys = npt.NDArray[np.uint64]


def city_size(draws: Mapping[str, float]) -> int:
    """Informal workers of the city: employed residents times the informal share of the world."""
    return round(draws["population.employed"] * draws["population.informal_share"])


def synthesise(
    region: Region, draws: Mapping[str, float], seed: int, size: int | None, period: tuple[int, int]
) -> Workers:
    """Workers of the world of a seed, present at the start or arriving later.

    Parameters
    ----------
    draws:
        Value of every assumption in this world.
    size:
        People present in the first month; None takes the size of the city. Newcomers scale with it.
    period:
        First month, and the month after the last one.

    Raises
    ------
    InputError
        When the size is below one.
    """
    present = city_size(draws) if size is None else size
    if present < 1:
        raise InputError("population.too_few_workers", size=present)
    arrivals = arrivals_by_month(region, draws, present, period)
    keys = chance.keys_of(seed, present + int(arrivals.sum()))
    initial = _initial_people(region, keys[:present], seed)
    newcomers = _newcomers(region, keys[present:], seed)
    community = _communities(region, initial, newcomers, keys[present:], seed)
    arrival = np.concatenate([np.full(present, period[0]), np.repeat(np.arange(*period), arrivals)])
    people = Kinds(*(np.concatenate(columns) for columns in zip(initial, newcomers, strict=True)))
    return _workers(region, draws, people, _Places(keys, community, arrival, period[1]))


class _Places(NamedTuple):
    """Key, community and first month of all people, and the end of the period."""

    keys: Keys
    community: Int64
    arrival: Int64
    stop: int


def _initial_people(region: Region, keys: Keys, seed: int) -> Kinds:
    """People of the first month, ordered by kelurahan and occupation and shuffled inside."""
    offset = chance.draw(chance.key_of(seed, INITIAL_PEOPLE), INITIAL_PEOPLE, chance.DECISION_CELL)
    people = sampled(fit(region).weights, keys.size, offset)
    shuffle = chance.draws(keys, ADDRESS_OF_ORDER, chance.DECISION_COMMUNITY)
    cell = people.kelurahan.astype(np.int64) * len(region.occupations) + people.occupation
    order = np.argsort((cell << 32) | shuffle, kind="stable")
    return Kinds(*(column[order] for column in people))


def _newcomers(region: Region, keys: Keys, seed: int) -> Kinds:
    """Newcomers in order of arrival: their kinds are spread evenly over the months by shuffling."""
    offset = chance.draw(chance.key_of(seed, NEWCOMERS), NEWCOMERS, chance.DECISION_CELL)
    people = sampled(fit(region).entry_weights, keys.size, offset)
    order = np.argsort(chance.draws(keys, 0, chance.DECISION_ARRIVAL), kind="stable")
    return Kinds(*(column[order] for column in people))


def _communities(region: Region, initial: Kinds, newcomers: Kinds, keys: Keys, seed: int) -> Int64:
    """Communities of all people; a newcomer joins one present person of the same kelurahan and trade."""
    trades = len(region.occupations)
    by_cell = np.bincount(
        initial.kelurahan.astype(np.int64) * trades + initial.occupation,
        minlength=len(region.kelurahan) * trades,
    )
    by_kelurahan = by_cell.reshape(-1, trades).sum(axis=1)
    present = communities_of(by_kelurahan, seed)
    cell = newcomers.kelurahan.astype(np.int64) * trades + newcomers.occupation
    drawn = chance.draws(keys, ADDRESS_OF_COMPANION, chance.DECISION_COMMUNITY)
    same_trade = _someone(by_cell, cell, drawn)
    neighbour = _someone(by_kelurahan, newcomers.kelurahan.astype(np.int64), drawn)
    companion = np.where(by_cell[cell] > 0, same_trade, neighbour)
    joined = np.where(
        by_kelurahan[newcomers.kelurahan] > 0,
        present[np.minimum(companion, present.size - 1)],
        first_communities(by_kelurahan)[newcomers.kelurahan],
    )
    return np.concatenate([present, joined])


def _someone(counts: Int64, group: Int64, drawn: Int64) -> Int64:
    """Row of one member of a group, the rows being ordered by group; meaningless for an empty group."""
    starts = np.cumsum(counts) - counts
    return starts[group] + ((drawn * counts[group]) >> 32)


def _workers(region: Region, draws: Mapping[str, float], people: Kinds, places: _Places) -> Workers:
    keys = places.keys
    birth = places.arrival - ages_in_months(keys, people.age_group, region.age_starts)
    first, second = children_of(keys, birth, people.sex, draws, places.stop)
    sectors = np.array([each.sector for each in region.occupations], dtype=np.int8)
    insured = chance.draws(keys, 0, chance.DECISION_INSURED) < threshold_of(
        draws["population.insured_elsewhere"]
    )
    inactive = chance.draws(keys, 0, chance.DECISION_NIK) < threshold_of(
        draws["population.inactive_nik_share"]
    )
    return Workers(
        birth_month=birth.astype(np.int32),
        sex=people.sex.astype(np.int8),
        kelurahan=people.kelurahan.astype(np.int16),
        occupation=people.occupation.astype(np.int8),
        sector=sectors[people.occupation],
        decile=(people.decile + 1).astype(np.int8),
        income=_incomes(region, draws, people, keys).astype(np.int32),
        community=places.community.astype(np.int32),
        first_child=first.astype(np.int32),
        second_child=second.astype(np.int32),
        arrival_month=places.arrival.astype(np.int32),
        is_insured_elsewhere=insured.astype(np.int8),
        has_valid_nik=(~inactive).astype(np.int8),
    )


def _incomes(region: Region, draws: Mapping[str, float], people: Kinds, keys: Keys) -> Int64:
    link = draws["population.income_decile_link"]
    ranks = income_ranks(keys, people.occupation, people.decile, fit(region).rank_edges, link)
    return incomes_of_ranks(people.occupation, ranks, income_knots(region, draws))
