"""Systematic sampling of people from the fitted table, with one addressed offset for a whole world.

The kinds of people (sex, age group, occupation, decile) are laid end to end with lengths equal to their
weights, and people are picked at equal distances: each kind gets its expected number, up to one. The
kelurahan of the picked people follow a golden-ratio sequence through the weights of their kind, which keeps
every kelurahan close to its share too. Only whole numbers are used.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.workers import Int64

FRACTION_BITS = 26


class Kinds(NamedTuple):
    """Codes of sampled people, equally long columns."""

    sex: Int64
    age_group: Int64
    occupation: Int64
    decile: Int64
    kelurahan: Int64


def sampled(weights: Int64, count: int, offset: int) -> Kinds:
    """``count`` people from a fitted table.

    Parameters
    ----------
    weights:
        Axes sex, age group, occupation, decile, kelurahan; at least one is above zero.
    count:
        People to pick, up to 10 million.
    offset:
        A draw of the world, 0 to 2**32 - 1.
    """
    by_kind = weights.reshape(-1, weights.shape[-1])
    kind = _kinds(by_kind.sum(axis=1), count, offset)
    cell_stops = np.cumsum(by_kind)
    kind_starts = np.concatenate([[0], cell_stops[by_kind.shape[1] - 1 :: by_kind.shape[1]]])
    lengths = np.diff(kind_starts)[kind]
    positions = kind_starts[kind] + ((_golden_sequence(count, offset) * lengths) >> FRACTION_BITS)
    cells = np.searchsorted(cell_stops, positions, side="right")
    return Kinds(*(codes[cells] for codes in _codes(weights.shape)))


def _kinds(weights: Int64, count: int, offset: int) -> Int64:
    """Kind of each person: person k stands at ``(k * total + start) / count`` on the line of weights."""
    stops = np.cumsum(weights)
    total = int(stops[-1])
    start = chance.scaled(offset, total)
    picked_before_stop = -((start - stops * count) // total)
    return np.repeat(np.arange(weights.size), np.diff(picked_before_stop, prepend=0))


def _golden_sequence(count: int, offset: int) -> Int64:
    steps = np.arange(count, dtype=np.uint64) * np.uint64(chance.WEYL) + np.uint64(offset << 32)
    return (steps >> np.uint64(64 - FRACTION_BITS)).astype(np.int64)


@lru_cache(maxsize=8)
def _codes(shape: tuple[int, ...]) -> tuple[Int64, ...]:
    """Code of every cell of a table on every axis."""
    return tuple(np.ascontiguousarray(axis).reshape(-1) for axis in np.indices(shape, dtype=np.int64))
