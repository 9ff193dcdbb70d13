"""Fit report: every margin of a world, its target against what the fit and the people made of it.

Beside the margins of the fit stand the traits that people are given by chance: nobody has published how
frequent they are, so each is a ranged assumption.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.population.fitting import fit
from jamsos_sim.population.hardships import expected_hardships, hardships_of
from jamsos_sim.population.kelurahan import MODELLED, kelurahan_weights
from jamsos_sim.population.margins import margins, mix_of
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64, Workers
from jamsos_sim.units import MONTHS_PER_YEAR

Draws = Mapping[str, float]
Float64 = npt.NDArray[np.float64]

COLUMNS = ["margin", "category", "basis", "target", "fitted", "achieved", "people"]
SEXES = ("M", "F")


class Target(NamedTuple):
    """Target of one category of a margin: a share, and how it was found."""

    margin: str
    category: str
    basis: str
    share: float


def fit_report(region: Region, draws: Draws, seed: int, workers: Workers) -> pd.DataFrame:
    """Shares of informal workers per category of every margin, in the world of a seed.

    Columns: ``margin``, ``category``, ``basis`` (published, derived or modelled), ``target``, ``fitted`` (in
    the fitted table; for traits, which are not fitted, the target) and ``achieved`` (among the people), all
    as shares of the people present; for known ages of a trade as shares of that trade; ``people`` is their
    number.

    Parameters
    ----------
    workers:
        The people present in the first month of that world.
    """
    targets = targets_of(region, draws, seed)
    fitted = _fitted_shares(region, draws, seed)
    counts = _counts(region, workers)
    wholes = _wholes(region, workers, len(targets))
    shares = [count / max(1, whole) for count, whole in zip(counts, wholes, strict=True)]
    rows = [
        (*target, share, reached, count)
        for target, share, reached, count in zip(targets, fitted, shares, counts, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["margin", "category", "basis", "target", *COLUMNS[4:]])
    return pd.concat([table, _traits(region, draws, workers)], ignore_index=True)[COLUMNS]


def with_ranges(report: pd.DataFrame, targets: Iterable[Sequence[float]]) -> pd.DataFrame:
    """The report with the columns ``low`` and ``high``: 5th and 95th percentile of the target over worlds.

    Parameters
    ----------
    targets:
        For each world the targets in the order of the report (`all_targets`).
    """
    low, high = np.quantile(np.array(list(targets), dtype=np.float64), [LOW, HIGH], axis=0)
    return report.assign(low=low, high=high)


def all_targets(region: Region, draws: Draws, seed: int, workers: Workers) -> list[float]:
    """Targets of the margins and traits of the world of a seed, in the order of the report."""
    shares = [target.share for target in targets_of(region, draws, seed)]
    return [*shares, *_expected(region, draws, workers).values()]


def targets_of(region: Region, draws: Draws, seed: int) -> list[Target]:
    """Targets of all margins of the fit in the world of a seed, in the order of the report."""
    residents = kelurahan_weights(region, draws, seed)
    shares = (residents / int(residents.sum())).tolist()
    wards = zip(region.kelurahan, shares, strict=True)
    found = [Target("kelurahan", each.name, each.basis, share) for each, share in wards]
    for margin in margins(region, mix_of(region, draws)):
        names = _categories(region, margin.name)
        pairs = zip(names, margin.shares.ravel().tolist(), strict=True)
        found += [Target(margin.name, name, MODELLED, share) for name, share in pairs]
    for known in region.occupation_ages:
        name = f"{region.occupations[known.occupation].key} {known.from_age}-{known.stop_age - 1}"
        found.append(Target("occupation_age", name, known.basis, known.share))
    return found


def _categories(region: Region, margin: str) -> list[str]:
    """Names of the categories of a margin of the table, in the order of its shares."""
    if margin == "decile":
        return [str(number + 1) for number in range(len(region.decile_shares))]
    starts = range(len(region.age_starts))
    labels = [_age_label(region, group) for group in starts] if margin == "sex_age" else [
        each.key for each in region.occupations
    ]  # fmt: skip
    return [f"{sex} {label}" for sex, label in product(SEXES, labels)]


def _age_label(region: Region, group: int) -> str:
    starts = region.age_starts
    return f"{starts[group]}+" if group == len(starts) - 1 else f"{starts[group]}-{starts[group + 1] - 1}"


def _fitted_shares(region: Region, draws: Draws, seed: int) -> list[float]:
    """Shares in the fitted table, in the order of the targets."""
    weights = fit(region, draws).weights
    residents = kelurahan_weights(region, draws, seed)
    found: list[float] = (residents / int(residents.sum())).tolist()
    for margin in margins(region, mix_of(region, draws)):
        dropped = tuple(axis for axis in range(weights.ndim) if axis not in margin.axes)
        found += (weights.sum(axis=dropped) / int(weights.sum())).ravel().tolist()
    for known in region.occupation_ages:
        by_age = weights[:, :, known.occupation].sum(axis=(0, 2))
        inside = [known.from_age <= start < known.stop_age for start in region.age_starts]
        found.append(int(by_age[inside].sum()) / max(1, int(by_age.sum())))
    return found


def _ages(workers: Workers) -> Int64:
    """Age of each person in years, in the person's first month."""
    months = workers.arrival_month.astype(np.int64) - workers.birth_month
    return np.asarray(months // MONTHS_PER_YEAR, dtype=np.int64)


def _counts(region: Region, workers: Workers) -> list[int]:
    """People in each category, in the order of the targets."""
    ages, groups = _ages(workers), len(region.age_starts)
    group = np.searchsorted(np.array(region.age_starts), ages, side="right") - 1
    sex, trades = workers.sex.astype(np.int64), len(region.occupations)
    found = [
        *np.bincount(workers.kelurahan, minlength=len(region.kelurahan)).tolist(),
        *np.bincount(workers.decile, minlength=len(region.decile_shares) + 1)[1:].tolist(),
        *np.bincount(sex * groups + group, minlength=2 * groups).tolist(),
        *np.bincount(sex * trades + workers.occupation, minlength=2 * trades).tolist(),
    ]
    for known in region.occupation_ages:
        inside = (ages >= known.from_age) & (ages < known.stop_age) & (workers.occupation == known.occupation)
        found.append(int(np.count_nonzero(inside)))
    return found


def _wholes(region: Region, workers: Workers, count: int) -> list[int]:
    """People of whom each category is a share: all of them, or those of one trade."""
    trades = [
        int(np.count_nonzero(workers.occupation == known.occupation)) for known in region.occupation_ages
    ]
    return [workers.sex.size] * (count - len(trades)) + trades


def _expected(region: Region, draws: Draws, workers: Workers) -> dict[str, float]:
    """Traits given by chance, each with the share of these people expected to have it."""
    chances = hardships_of(fit(region, draws), draws)
    return {
        "is_insured_elsewhere": draws["population.insured_elsewhere"],
        "has_invalid_nik": draws["population.inactive_nik_share"],
        **expected_hardships(workers, chances),
    }


def _traits(region: Region, draws: Draws, workers: Workers) -> pd.DataFrame:
    """What is expected of the traits of these people, and how many have each."""
    columns = workers._asdict() | {"has_invalid_nik": 1 - workers.has_valid_nik}
    size = max(1, workers.sex.size)
    rows = []
    for name, target in _expected(region, draws, workers).items():
        people = int(np.count_nonzero(columns[name]))
        rows.append(("trait", name, MODELLED, target, target, people / size, people))
    return pd.DataFrame(rows, columns=COLUMNS)
