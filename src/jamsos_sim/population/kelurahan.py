"""How many of the workers live in each kelurahan, in one world.

Counts of residents that are published, or derived from published ones, hold in every world. Modelled counts
deviate by an addressed draw within the assumption `population.kelurahan_count_error`, and are brought back to
their sum in each kecamatan, so that its total stays. With an error of zero the region's own table holds.
"""

from collections.abc import Mapping

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION

COUNT_ERROR = "population.kelurahan_count_error"
MODELLED = "modelled"
PARTS_OF_RESIDENT = 2**10
"""Weights are counted in parts of one resident, so that rounding moves nobody."""
KELURAHAN_NUMBERS = 2**42
"""Kelurahan are numbered apart from people, communities and records, so that no two things share a key."""


def kelurahan_weights(region: Region, draws: Mapping[str, float], seed: int) -> Int64:
    """Weight of each kelurahan among the workers: residents of the world, in parts of one."""
    drawn = [_drawn(seed, number) for number in range(len(region.kelurahan))]
    error = round(draws[COUNT_ERROR] * PARTS_PER_MILLION)
    weights = [each.population * PARTS_OF_RESIDENT for each in region.kelurahan]
    for kecamatan in range(len(region.kecamatan)):
        members = [
            number
            for number, each in enumerate(region.kelurahan)
            if each.kecamatan == kecamatan and each.basis == MODELLED
        ]
        counts = [region.kelurahan[number].population for number in members]
        deviating = [
            count * (PARTS_PER_MILLION * CHANCE_SCALE + error * drawn[number])
            for count, number in zip(counts, members, strict=True)
        ]
        total, reached = sum(counts) * PARTS_OF_RESIDENT, max(1, sum(deviating))
        for number, weight in zip(members, deviating, strict=True):
            weights[number] = (2 * weight * total + reached) // (2 * reached)
    return np.array(weights, dtype=np.int64)


def _drawn(seed: int, number: int) -> int:
    """A whole number from -2**32 to 2**32 - 2, evenly spread: how far a count deviates, and to which side."""
    key = chance.key_of(seed, KELURAHAN_NUMBERS + number)
    return 2 * chance.draw(key, 0, chance.DECISION_KELURAHAN) - CHANCE_SCALE
