"""The people of one world: workers who match the margins of the world, and later newcomers."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.errors import InputError
from jamsos_sim.population.arrivals import arrivals_by_month
from jamsos_sim.population.communities import communities_of, first_communities
from jamsos_sim.population.fitting import Fitted, fit
from jamsos_sim.population.kelurahan import kelurahan_weights
from jamsos_sim.population.ordering import in_drawn_order
from jamsos_sim.population.region import Region
from jamsos_sim.population.sampling import Sample, codes_of, sampled
from jamsos_sim.population.traits import Places, Traits, blocks_of, traits_of, workers_of
from jamsos_sim.population.workers import Int32, Int64, Keys, Workers

__all__ = ["Span", "city_size", "made_people", "synthesise"]

INITIAL_PEOPLE = 0
NEWCOMERS = 1
ADDRESS_OF_ORDER = 0
ADDRESS_OF_COMPANION = 2


class _City(NamedTuple):
    """What all people of a world have in common."""

    region: Region
    draws: Mapping[str, float]
    seed: int
    fitted: Fitted
    kelurahan: Int64


class Span(NamedTuple):
    """Months for which people are made, ``start <= month < stop``, and the month from which on those who come
    are left out again: so whoever comes earlier is the same however many months are looked at.
    """

    start: int
    stop: int
    seen: int


class Made(NamedTuple):
    """People with what their traits follow from, in the order of their arrival."""

    people: Sample
    places: Places
    traits: Traits


def city_size(draws: Mapping[str, float]) -> int:
    """Informal workers of the city: employed residents times the informal share of the world."""
    return round(draws["population.employed"] * draws["population.informal_share"])


def synthesise(
    region: Region, draws: Mapping[str, float], seed: int, size: int | None, period: tuple[int, int]
) -> Workers:
    """Workers of the world of a seed, present at the start or arriving later.

    Parameters
    ----------
    period:
        First month, and the month after the last one; the others as in `made_people`, which says what is
        raised.
    """
    return workers_of(*made_people(region, draws, seed, size, Span(*period, period[1])))


def made_people(region: Region, draws: Mapping[str, float], seed: int, size: int | None, span: Span) -> Made:
    """Who is in the world of a seed, present at the start or arriving later; their traits are open yet.

    Parameters
    ----------
    draws:
        Value of every assumption in this world.
    size:
        People present in the first month; None takes the size of the city. Newcomers scale with it.
    span:
        Months for which people are made, and of which people are wanted.

    Raises
    ------
    InputError
        When the size is below one, or the margins of the world cannot hold together.
    """
    present = city_size(draws) if size is None else size
    if present < 1:
        raise InputError("population.too_few_workers", size=present)
    arrivals = arrivals_by_month(region, draws, present, (span.start, span.stop))
    seen = arrivals[: span.seen - span.start]
    city = _City(region, draws, seed, fit(region, draws), kelurahan_weights(region, draws, seed))
    keys = chance.keys_of(seed, present + int(arrivals.sum()))
    initial = _initial_people(city, keys[:present])
    newcomers = _newcomers(city, keys[present:], int(seen.sum()))
    keys = keys[: present + newcomers.kind.size]
    community = _communities(city, initial, newcomers, keys[present:])
    months = np.arange(span.start, span.start + seen.size, dtype=np.int32)
    arrival = np.concatenate([np.full(present, span.start, dtype=np.int32), np.repeat(months, seen)])
    people = Sample(*(np.concatenate(columns) for columns in zip(initial, newcomers, strict=True)))
    traits = traits_of(region, draws, city.fitted, span.stop)
    return Made(people, Places(keys, community, arrival), traits)


def _initial_people(city: _City, keys: Keys) -> Sample:
    """People of the first month, ordered by kelurahan and occupation and shuffled inside."""
    people = sampled(city.fitted.weights, city.kelurahan, keys.size, _offset(city, INITIAL_PEOPLE))
    cell = _cells(city, people)
    shuffle = chance.draws(keys, ADDRESS_OF_ORDER, chance.DECISION_COMMUNITY)
    order = in_drawn_order(shuffle, cell, _trades(city) * city.kelurahan.size)
    return Sample(people.kind[order], people.kelurahan[order])


def _newcomers(city: _City, keys: Keys, seen: int) -> Sample:
    """The first newcomers in order of arrival: the kinds of all are spread evenly over the months by
    shuffling.
    """
    people = sampled(city.fitted.entry_weights, city.kelurahan, keys.size, _offset(city, NEWCOMERS))
    order = in_drawn_order(chance.draws(keys, 0, chance.DECISION_ARRIVAL))[:seen]
    return Sample(people.kind[order], people.kelurahan[order])


def _offset(city: _City, group: int) -> int:
    return chance.draw(chance.key_of(city.seed, group), group, chance.DECISION_CELL)


def _trades(city: _City) -> int:
    return len(city.region.occupations)


def _cells(city: _City, people: Sample) -> Int64:
    """Number of each person's cell of kelurahan and trade."""
    trade = codes_of(city.fitted.weights.shape).occupation
    return people.kelurahan.astype(np.int64) * _trades(city) + trade[people.kind]


def _communities(city: _City, initial: Sample, newcomers: Sample, keys: Keys) -> Int32:
    """Communities of all people; a newcomer joins one present person of the same kelurahan and trade."""
    by_cell = np.bincount(_cells(city, initial), minlength=city.kelurahan.size * _trades(city))
    by_kelurahan = by_cell.reshape(city.kelurahan.size, -1).sum(axis=1)
    present = communities_of(by_kelurahan, city.seed).astype(np.int32)
    joinable = np.concatenate([present, first_communities(by_kelurahan)[:-1].astype(np.int32)])
    companions = _companions(by_cell.reshape(city.kelurahan.size, -1), present.size)
    joined = np.empty(keys.size, dtype=np.int32)
    for rows in blocks_of(keys.size):
        cell = _cells(city, Sample(newcomers.kind[rows], newcomers.kelurahan[rows]))
        drawn = chance.draws(keys[rows], ADDRESS_OF_COMPANION, chance.DECISION_COMMUNITY)
        joined[rows] = joinable[companions.first[cell] + ((drawn * companions.people[cell]) >> 32)]
    return np.concatenate([present, joined])


class _Companions(NamedTuple):
    """For each cell of kelurahan and trade: first row and number of those whom a newcomer may join."""

    first: Int64
    people: Int64


def _companions(by_cell: Int64, present: int) -> _Companions:
    """People of the own trade; without them all of the kelurahan; without any its first community.

    Parameters
    ----------
    by_cell:
        People present, axes kelurahan and trade; their rows are ordered alike.
    present:
        People present; the first communities of the kelurahan stand behind them.
    """
    by_kelurahan = by_cell.sum(axis=1, keepdims=True)
    first_of_cell = (np.cumsum(by_cell) - by_cell.reshape(-1)).reshape(by_cell.shape)
    first_of_kelurahan = np.cumsum(by_kelurahan, axis=0) - by_kelurahan
    own_community = present + np.arange(by_cell.shape[0])[:, None]
    neighbours = np.where(by_kelurahan > 0, first_of_kelurahan, own_community)
    first = np.where(by_cell > 0, first_of_cell, neighbours)
    return _Companions(first.reshape(-1), np.where(by_cell > 0, by_cell, by_kelurahan).reshape(-1))
