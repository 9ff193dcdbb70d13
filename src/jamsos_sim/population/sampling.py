"""Systematic sampling of people from the fitted table, with one addressed offset for a whole world.

The kinds of people (sex, age group, occupation, decile) are laid end to end with lengths equal to their
weights, and people are picked at equal distances: each kind gets its expected number, up to one. The
kelurahan of the picked people follow a golden-ratio sequence through the weights of the kelurahan, which
keeps every kelurahan close to its share, also within a kind. Only whole numbers are used.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.population.workers import Int16, Int64

PLACE_BITS = 18
"""The kelurahan stand on a line of 2**18 places, about one for each worker of a city."""


class Codes(NamedTuple):
    """What each kind of a table stands for; one entry for each kind, in the order of the table."""

    sex: Int64
    age_group: Int64
    occupation: Int64
    decile: Int64


class Sample(NamedTuple):
    """Picked people, equally long columns: kind in the table (see `codes_of`) and kelurahan."""

    kind: Int16
    kelurahan: Int16


def sampled(weights: Int64, places: Int64, count: int, offset: int) -> Sample:
    """``count`` people from a fitted table, ordered by kind.

    Parameters
    ----------
    weights:
        Axes sex, age group, occupation, decile; at least one is above zero.
    places:
        Weights of the kelurahan; at least one is above zero.
    count:
        People to pick, up to 50 million.
    offset:
        A draw of the world, 0 to 2**32 - 1.
    """
    kind = _kinds(weights.reshape(-1), count, offset)
    return Sample(kind, _line_of(places)[_golden_sequence(count, offset)])


@lru_cache(maxsize=8)
def codes_of(shape: tuple[int, ...]) -> Codes:
    """Codes of every kind of a table of this shape."""
    return Codes(*(np.ascontiguousarray(axis).reshape(-1) for axis in np.indices(shape, dtype=np.int64)))


def _kinds(weights: Int64, count: int, offset: int) -> Int16:
    """Kind of each person: person k stands at ``(k * total + start) / count`` on the line of weights."""
    stops = np.cumsum(weights)
    total = int(stops[-1])
    start = chance.scaled(offset, total)
    picked_before_stop = -((start - stops * count) // total)
    return np.repeat(np.arange(weights.size, dtype=np.int16), np.diff(picked_before_stop, prepend=0))


def _line_of(places: Int64) -> Int16:
    """Kelurahan at each place of a line on which they lie end to end, with lengths as their weights."""
    stops = (np.cumsum(places) << PLACE_BITS) // int(places.sum())
    return np.repeat(np.arange(places.size, dtype=np.int16), np.diff(stops, prepend=0))


def _golden_sequence(count: int, offset: int) -> npt.NDArray[np.uint64]:
    steps = np.arange(count, dtype=np.uint64) * np.uint64(chance.WEYL) + np.uint64(offset << 32)
    return steps >> np.uint64(64 - PLACE_BITS)
