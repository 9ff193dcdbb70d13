"""Iterative proportional fitting of the informal workers to the margins of a region.

The table has the axes sex, age group, occupation, welfare decile and kelurahan. It starts from a seed that
holds what is known of how the axes hang together (age pattern and oldest age of a trade, low deciles in
trades that earn little) and is scaled to one margin after the other until all hold. Sums are taken over
whole numbers, so the order in which a machine adds cannot change the answer, and the result is a table of
whole weights.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population.region import Occupation, Region
from jamsos_sim.population.workers import Int64

Float64 = npt.NDArray[np.float64]

WEIGHT_TOTAL = 2**36
WEIGHTS_PER_STEP = 2**12
RANK_SCALE = 2**30
ROUNDS = 200
TOLERANCE = 1e-7
TILT_AGE = 45
YEARS_OF_TILT = 10
SMALLEST_FACTOR = 0.05
AXES = ("sex", "age", "occupation", "decile", "kelurahan")


class Margin(NamedTuple):
    """A target of the fit: the axes it keeps and the shares there, which add up to one."""

    name: str
    axes: tuple[int, ...]
    shares: Float64


class Fitted(NamedTuple):
    """The fitted table as whole numbers.

    Attributes
    ----------
    weights:
        Axes sex, age group, occupation, decile, kelurahan; the sum is close to `WEIGHT_TOTAL`.
    entry_weights:
        The same for newcomers: younger, otherwise of the same make-up.
    rank_edges:
        For each occupation the edges of its deciles on the scale of income ranks, 0 to `RANK_SCALE`.
    """

    weights: Int64
    entry_weights: Int64
    rank_edges: Int64


@lru_cache(maxsize=8)
def fit(region: Region) -> Fitted:
    """Fit the table of a region once in a process.

    Raises `InputError` when the margins of the region cannot hold together.
    """
    table = _scaled_to(_seed(region), 1.0)
    targets = margins(region)
    for _ in range(ROUNDS):
        for margin in targets:
            table = table * _factors(table, margin)
        for ages in range(len(region.occupation_ages)):
            table = _with_known_ages(table, region, ages)
        error = _largest_error(table, targets)
        if error < TOLERANCE:
            return _fitted(region, table)
    raise InputError("population.margins_disagree", region=region.name, rounds=ROUNDS, error=f"{error:.6f}")


def margins(region: Region) -> tuple[Margin, ...]:
    """Margins the fit must meet: deciles, sex and age, occupation and sex, kelurahan."""
    occupations = np.array(
        [[each.share * each.male_share, each.share * (1.0 - each.male_share)] for each in region.occupations]
    ).T
    occupations = occupations / _exact_sum(occupations)
    ages = np.array(region.residents, dtype=np.float64) * np.array(region.informal_rates)
    men_and_women = _exact_sums(occupations, (0,))
    ages = ages / _exact_sums(ages, (0,))[:, None] * men_and_women[:, None]
    deciles = np.array(region.decile_shares)
    kelurahan = np.array([each.population for each in region.kelurahan], dtype=np.float64)
    return (
        Margin("kelurahan", (4,), kelurahan / _exact_sum(kelurahan)),
        Margin("decile", (3,), deciles / _exact_sum(deciles)),
        Margin("sex_age", (0, 1), ages / _exact_sum(ages)),
        Margin("sex_occupation", (0, 2), occupations),
    )


def _seed(region: Region) -> Float64:
    occupations = region.occupations
    by_age = np.array([[_age_factor(each, start) for each in occupations] for start in region.age_starts])
    reference = sum(each.share * each.income_quartiles[1] for each in occupations)
    by_decile = np.array(
        [_decile_factors(region, reference / each.income_quartiles[1]) for each in occupations]
    )
    sexes = np.ones((2, 1, 1, 1, 1))
    kelurahan = np.ones(len(region.kelurahan))
    seed: Float64 = sexes * by_age[None, :, :, None, None] * by_decile[None, None, :, :, None] * kelurahan
    return seed


def _age_factor(occupation: Occupation, age_start: int) -> float:
    if age_start > occupation.oldest_age:
        return 0.0
    decades_younger = (TILT_AGE - age_start) / YEARS_OF_TILT
    return max(SMALLEST_FACTOR, 1.0 + occupation.youth_tilt * decades_younger)


def _decile_factors(region: Region, poverty: float) -> list[float]:
    """Weights of deciles 1 to 10 in a trade; ``poverty`` is the usual income over the trade's median."""
    count = len(region.decile_shares)
    middle = (count - 1) / 2
    tilt = region.decile_income_tilt * (poverty - 1.0)
    return [max(SMALLEST_FACTOR, 1.0 + tilt * (middle - decile) / middle) for decile in range(count)]


def _exact_sums(values: Float64, kept: tuple[int, ...]) -> Float64:
    """Sums over the axes not kept, exact because they are sums of whole numbers.

    The values are first brought to a scale on which the total has about 48 binary digits.
    """
    largest = float(values.max()) * values.size
    step = largest / (WEIGHT_TOTAL * WEIGHTS_PER_STEP)
    dropped = tuple(axis for axis in range(values.ndim) if axis not in kept)
    whole = np.rint(values / step).astype(np.int64)
    return np.asarray(whole.sum(axis=dropped), dtype=np.float64) * step


def _exact_sum(values: Float64) -> float:
    return float(_exact_sums(values, ()))


def _scaled_to(table: Float64, total: float) -> Float64:
    return table * (total / _exact_sum(table))


def _spread(values: Float64, axes: tuple[int, ...]) -> Float64:
    """The values of a margin in a shape that fits the whole table."""
    shape = [1] * len(AXES)
    for axis, length in zip(axes, values.shape, strict=True):
        shape[axis] = length
    return values.reshape(shape)


def _factors(table: Float64, margin: Margin) -> Float64:
    reached = _exact_sums(table, margin.axes)
    factors = np.divide(margin.shares, reached, out=np.zeros_like(reached), where=reached > 0.0)
    return _spread(factors, margin.axes)


def _with_known_ages(table: Float64, region: Region, number: int) -> Float64:
    """Scale the ages of one trade so that the known share of them holds; the trade keeps its size."""
    known = region.occupation_ages[number]
    inside = np.array([known.from_age <= start < known.stop_age for start in region.age_starts])
    reached = _exact_sums(table[:, :, known.occupation], (1,))
    share = _exact_sum(reached[inside]) / _exact_sum(reached)
    factors = np.where(inside, known.share / share, (1.0 - known.share) / (1.0 - share))
    table = table.copy()
    table[:, :, known.occupation] *= factors[None, :, None, None]
    return table


def _largest_error(table: Float64, targets: tuple[Margin, ...]) -> float:
    errors = [np.abs(_exact_sums(table, margin.axes) - margin.shares) for margin in targets]
    return max(float(error.max()) for error in errors)


def _fitted(region: Region, table: Float64) -> Fitted:
    weights = np.rint(_scaled_to(table, float(WEIGHT_TOTAL))).astype(np.int64)
    entry_weights = _entry_weights(region, weights)
    for column in (weights, entry_weights):
        column.flags.writeable = False
    return Fitted(weights, entry_weights, _rank_edges(weights))


def _entry_weights(region: Region, weights: Int64) -> Int64:
    """Weights of newcomers: sex, trade, decile and kelurahan as before, ages by the entry weights."""
    percent = np.array(region.entry_weights, dtype=np.int64)[:, :, None, None, None]
    before = weights.sum(axis=1, keepdims=True)
    after = (weights * percent).sum(axis=1, keepdims=True)
    ratio = np.divide(before, after, out=np.zeros(after.shape), where=after > 0)
    entering: Int64 = np.rint(weights * percent * ratio).astype(np.int64)
    return entering


def _rank_edges(weights: Int64) -> Int64:
    by_decile = weights.sum(axis=(0, 1, 4))
    reached = np.cumsum(by_decile, axis=1)
    share = reached / reached[:, -1:]
    edges = np.rint(share * RANK_SCALE).astype(np.int64)
    return np.concatenate([np.zeros((edges.shape[0], 1), dtype=np.int64), edges], axis=1)
