"""Fit report: every margin of a region, target against what was achieved."""

import numpy as np
import pandas as pd

from jamsos_sim.population.fitting import fit, margins
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64

Line = tuple[str, str, float, float, str]
COLUMNS = ["margin", "category", "target", "achieved", "basis"]
SEXES = ("M", "F")


def fit_report(region: Region) -> pd.DataFrame:
    """Shares of informal workers per category of every margin.

    Columns: ``margin``, ``category``, ``target`` and ``achieved`` (shares of all informal workers; for known
    ages of a trade shares of that trade), ``basis`` (published, derived or modelled).
    """
    weights = fit(region).weights
    return pd.DataFrame(_margin_lines(region, weights) + _age_lines(region, weights), columns=COLUMNS)


def _margin_lines(region: Region, weights: Int64) -> list[Line]:
    total = int(weights.sum())
    lines: list[Line] = []
    for margin in margins(region):
        dropped = tuple(axis for axis in range(weights.ndim) if axis not in margin.axes)
        achieved = weights.sum(axis=dropped) / total
        names = _categories(region, margin.name)
        columns = zip(names, margin.shares.ravel().tolist(), achieved.ravel().tolist(), strict=True)
        lines.extend(
            (margin.name, name, target, reached, basis) for (name, basis), target, reached in columns
        )
    return lines


def _age_lines(region: Region, weights: Int64) -> list[Line]:
    lines: list[Line] = []
    for known in region.occupation_ages:
        by_age = weights[:, :, known.occupation].sum(axis=(0, 2, 3))
        inside = np.array([known.from_age <= start < known.stop_age for start in region.age_starts])
        reached = int(by_age[inside].sum()) / int(by_age.sum())
        name = f"{region.occupations[known.occupation].key} {known.from_age}-{known.stop_age - 1}"
        lines.append(("occupation_age", name, known.share, reached, known.basis))
    return lines


def _categories(region: Region, margin: str) -> list[tuple[str, str]]:
    """Name and basis of each category of a margin, in the order of its shares."""
    if margin == "kelurahan":
        return [(each.name, each.basis) for each in region.kelurahan]
    if margin == "decile":
        return [(str(number + 1), "modelled") for number in range(len(region.decile_shares))]
    if margin == "sex_age":
        return [
            (f"{sex} {_age_label(region, group)}", "modelled") for sex in SEXES for group in _groups(region)
        ]
    return [(f"{sex} {each.key}", "modelled") for sex in SEXES for each in region.occupations]


def _groups(region: Region) -> range:
    return range(len(region.age_starts))


def _age_label(region: Region, group: int) -> str:
    starts = region.age_starts
    return f"{starts[group]}+" if group == len(starts) - 1 else f"{starts[group]}-{starts[group + 1] - 1}"
