"""Everything that is told of a city's people before a run: the pool first, then fit and portrait."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from jamsos_sim.assumptions import Assumption, draw_assumptions
from jamsos_sim.model.world import seed_of
from jamsos_sim.population.fit_report import World, all_targets, fit_report, with_ranges
from jamsos_sim.population.region import Region
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.population.workers import Workers
from jamsos_sim.report.people import Portrait, portrait_of
from jamsos_sim.report.pool import Pool, pool_of
from jamsos_sim.scenario import Scenario

CENTRAL = None
"""In the place of a world: every assumption at its central value."""


class Choice(NamedTuple):
    """Whose pool is counted, and which worlds are looked at.

    Attributes
    ----------
    scenario:
        Its criteria decide who could be listed.
    month:
        First month; the people present in it are told of.
    seed, worlds:
        Seed and number of the worlds over which intervals are taken.
    world:
        Number of the world whose fit is shown; `CENTRAL` for central assumptions.
    """

    scenario: Scenario
    month: int
    seed: int
    worlds: int
    world: int | None = CENTRAL


class City(NamedTuple):
    """The people of a city.

    Attributes
    ----------
    fit:
        Fit report of the chosen world, with the range of the targets over the worlds.
    workers:
        People of the chosen world.
    pool, pools:
        The funnel at central assumptions, and of each world.
    portrait, portraits:
        The portrait at central assumptions, and of each world.
    """

    fit: pd.DataFrame
    workers: Workers
    pool: Pool
    pools: list[Pool]
    portrait: Portrait
    portraits: list[Portrait]


def city_of(region: Region, assumptions: Mapping[str, Assumption], choice: Choice) -> City:
    """The people of a region's city at central assumptions and over worlds.

    Raises `InputError` when the margins of a world cannot hold together.
    """
    worlds = [_drawn(assumptions, seed_of(choice.seed, number)) for number in range(choice.worlds)]
    central = World({key: each.central for key, each in assumptions.items()}, seed_of(choice.seed, 0))
    shown = central if choice.world is None else _drawn(assumptions, seed_of(choice.seed, choice.world))
    workers = _people(region, shown, choice)
    own = _looked_at(region, central, choice)
    others = [_looked_at(region, world, choice) for world in worlds]
    return City(
        fit=with_ranges(fit_report(region, assumptions, shown, workers), [each.targets for each in others]),
        workers=workers,
        pool=own.pool,
        pools=[each.pool for each in others],
        portrait=own.portrait,
        portraits=[each.portrait for each in others],
    )


class _LookedAt(NamedTuple):
    """What is kept of a world."""

    pool: Pool
    portrait: Portrait
    targets: list[float]


def _drawn(assumptions: Mapping[str, Assumption], seed: int) -> World:
    return World(draw_assumptions(assumptions, seed), seed)


def _people(region: Region, world: World, choice: Choice) -> Workers:
    return synthesise(region, world.draws, world.seed, None, (choice.month, choice.month + 1))


def _looked_at(region: Region, world: World, choice: Choice) -> _LookedAt:
    workers = _people(region, world, choice)
    return _LookedAt(
        pool_of(choice.scenario, choice.month, workers, *world),
        portrait_of(workers, choice.month, region.vulnerable_decile),
        all_targets(region, *world, workers),
    )
