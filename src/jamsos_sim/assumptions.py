"""What nobody knows exactly: each assumption with range, unit, reason and source, and the draw of a world.

An assumption is ignorance, not choice; choices are levers (`jamsos_sim.levers`). The files lie in
``regions/<region>/assumptions/*.yaml``, one entry for each key; those of single trades and deciles stand in
the region's tables (`population.table_assumptions`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from jamsos_sim import chance
from jamsos_sim.assumptions_file import Assumption, Range
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.population.region_file import read_region
from jamsos_sim.units import CHANCE_SCALE

__all__ = [
    "DEFAULT_REGION",
    "Assumption",
    "Range",
    "apply_overrides",
    "draw_assumptions",
    "load_assumptions",
]

WHOLE_UNITS = ("months", "days")
SET_BY_SCENARIO = "scenario"


def load_assumptions(region: str | Path = DEFAULT_REGION) -> dict[str, Assumption]:
    """All assumptions of a region, by key, in the order of the keys.

    Raises `InputError` when there is no such region, and `FileError` with every fault of its folder.
    """
    return dict(read_region(region).assumptions)


def apply_overrides(
    assumptions: Mapping[str, Assumption], overrides: Mapping[str, Range]
) -> dict[str, Assumption]:
    """The assumptions with the ranges that a scenario gives.

    Raises `KeyError` for an override of an assumption that does not exist.
    """
    changed = {key: _overridden(assumptions[key], bounds) for key, bounds in overrides.items()}
    return {**assumptions, **changed}


def _overridden(assumption: Assumption, bounds: Range) -> Assumption:
    return replace(
        assumption,
        low=bounds.low,
        central=bounds.central,
        high=bounds.high,
        source=SET_BY_SCENARIO,
        confidence=SET_BY_SCENARIO,
    )


def draw_assumptions(assumptions: Mapping[str, Assumption], seed: int) -> dict[str, float]:
    """One world's value of every assumption.

    Half of the worlds draw uniformly between low and central, half between central and high. The draw of a
    key depends on the seed and the key alone, so that other assumptions may come and go. Values in months or
    days are whole numbers.
    """
    return {key: _drawn(assumption, seed) for key, assumption in assumptions.items()}


def _drawn(assumption: Assumption, seed: int) -> float:
    key = chance.key_of(seed, _number_of(assumption.key))
    share = chance.draw(key, 0, chance.DECISION_ASSUMPTION) / CHANCE_SCALE
    if share < 0.5:
        value = assumption.low + (assumption.central - assumption.low) * (2 * share)
    else:
        value = assumption.central + (assumption.high - assumption.central) * (2 * share - 1)
    return float(int(value + 0.5)) if assumption.unit in WHOLE_UNITS else value


@cache
def _number_of(key: str) -> int:
    """A stable number of 63 bits for a key."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:8], "big") >> 1
