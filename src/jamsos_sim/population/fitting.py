"""Iterative proportional fitting of the informal workers to the margins of a world.

The table has the axes sex, age group, occupation and welfare decile; the kelurahan is an axis of its own
(`population.kelurahan`), because nothing is known of how it hangs together with the others. The region's
table starts from a seed that holds what is known of how the axes hang together (age pattern and oldest age
of a trade, low deciles in trades that earn little) and is scaled to one margin after the other until all
hold. The table of a world starts from the region's, which is close, and takes milliseconds; with every
assumption at its central value it is the region's, bit for bit. Sums are taken over whole numbers, so the
order in which a machine adds cannot change the answer, and the result is a table of whole weights.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population.exact_sums import exact_sum, exact_sums
from jamsos_sim.population.margins import (
    AXES,
    Margin,
    Mix,
    central_mix,
    decile_factors,
    margins,
    mix_of,
    seed_of_table,
)
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64

Float64 = npt.NDArray[np.float64]

WEIGHT_TOTAL = 2**36
RANK_SCALE = 2**30
ROUNDS = 200
TOLERANCE = 1e-7


class Fitted(NamedTuple):
    """The fitted table as whole numbers.

    Attributes
    ----------
    weights:
        Axes sex, age group, occupation, decile; the sum is close to `WEIGHT_TOTAL`.
    entry_weights:
        The same for newcomers: younger, otherwise of the same make-up.
    rank_edges:
        For each occupation the edges of its deciles on the scale of income ranks, 0 to `RANK_SCALE`.
    """

    weights: Int64
    entry_weights: Int64
    rank_edges: Int64


def fit(region: Region, draws: Mapping[str, float]) -> Fitted:
    """The table of a world, from the value of every assumption in it.

    Raises `InputError` when its margins cannot hold together.
    """
    return _fit(region, mix_of(region, draws))


def central_fit(region: Region) -> Fitted:
    """The table of the region's own margins.

    Raises `InputError` when they cannot hold together.
    """
    return _fit(region, central_mix(region))


@lru_cache(maxsize=64)
def _fit(region: Region, mix: Mix) -> Fitted:
    return _fitted(region, _iterated(region, _start(region, mix), margins(region, mix)))


@lru_cache(maxsize=8)
def _central_table(region: Region) -> Float64:
    """The region's table, fitted once in a process; all weights together are one."""
    mix = central_mix(region)
    seed = seed_of_table(region, mix)
    return _iterated(region, seed / exact_sum(seed), margins(region, mix))


def _start(region: Region, mix: Mix) -> Float64:
    """A table with the associations of the world's seed, as near to its margins as is known."""
    central = central_mix(region)
    pairs = zip(margins(region, mix), margins(region, central), strict=True)
    if any(((own.shares > 0.0) & (usual.shares <= 0.0)).any() for own, usual in pairs):
        return seed_of_table(region, mix)
    if mix.decile_income_tilt == central.decile_income_tilt:
        return _central_table(region)
    other = decile_factors(region, mix) / decile_factors(region, central)
    return _central_table(region) * other[None, None, :, :]


def _iterated(region: Region, table: Float64, targets: tuple[Margin, ...]) -> Float64:
    """The table scaled to one margin after the other until all hold."""
    error = _largest_error(table, targets)
    for _ in range(ROUNDS):
        if error < TOLERANCE:
            return table
        for margin in targets:
            table = table * _factors(table, margin)
        for ages in range(len(region.occupation_ages)):
            table = _with_known_ages(table, region, ages)
        error = _largest_error(table, targets)
    raise InputError("population.margins_disagree", region=region.name, rounds=ROUNDS, error=f"{error:.6f}")


def _spread(values: Float64, axes: tuple[int, ...]) -> Float64:
    """The values of a margin in a shape that fits the whole table."""
    shape = [1] * len(AXES)
    for axis, length in zip(axes, values.shape, strict=True):
        shape[axis] = length
    return values.reshape(shape)


def _factors(table: Float64, margin: Margin) -> Float64:
    reached = exact_sums(table, margin.axes)
    factors = np.divide(margin.shares, reached, out=np.zeros_like(reached), where=reached > 0.0)
    return _spread(factors, margin.axes)


def _with_known_ages(table: Float64, region: Region, number: int) -> Float64:
    """Scale the ages of one trade so that the known share of them holds; the trade keeps its size."""
    known = region.occupation_ages[number]
    inside = np.array([known.from_age <= start < known.stop_age for start in region.age_starts])
    reached = exact_sums(table[:, :, known.occupation], (1,))
    within, beyond = exact_sum(reached[inside]), exact_sum(reached[~inside])
    if within <= 0.0 or beyond <= 0.0:
        return table
    share = within / (within + beyond)
    factors = np.where(inside, known.share / share, (1.0 - known.share) / (1.0 - share))
    table = table.copy()
    table[:, :, known.occupation] *= factors[None, :, None]
    return table


def _largest_error(table: Float64, targets: tuple[Margin, ...]) -> float:
    errors = [np.abs(exact_sums(table, margin.axes) - margin.shares) for margin in targets]
    return max(float(error.max()) for error in errors)


def _fitted(region: Region, table: Float64) -> Fitted:
    weights = np.rint(table * (WEIGHT_TOTAL / exact_sum(table))).astype(np.int64)
    entry_weights = _entry_weights(region, weights)
    rank_edges = _rank_edges(weights)
    for column in (weights, entry_weights, rank_edges):
        column.flags.writeable = False
    return Fitted(weights, entry_weights, rank_edges)


def _entry_weights(region: Region, weights: Int64) -> Int64:
    """Weights of newcomers: sex, trade and decile as before, ages by the entry weights."""
    percent = np.array(region.entry_weights, dtype=np.int64)[:, :, None, None]
    before = weights.sum(axis=1, keepdims=True)
    after = (weights * percent).sum(axis=1, keepdims=True)
    ratio = np.divide(before, after, out=np.zeros(after.shape), where=after > 0)
    entering: Int64 = np.rint(weights * percent * ratio).astype(np.int64)
    return entering


def _rank_edges(weights: Int64) -> Int64:
    reached = np.cumsum(weights.sum(axis=(0, 1)), axis=1)
    share = reached / np.maximum(reached[:, -1:], 1)
    edges = np.rint(share * RANK_SCALE).astype(np.int64)
    return np.concatenate([np.zeros((edges.shape[0], 1), dtype=np.int64), edges], axis=1)
