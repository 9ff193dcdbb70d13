"""Fit report: every margin of a world, its target against what the fit and the people made of it.

Beside the margins of the fit stand the incomes of each trade, the children of school age, and the traits that
people are given by chance; none of these is fitted. Targets rest on tables of the region, which say how they
were found, or on assumptions, whose sources say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.assumptions_file import Assumption
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.population.expected_children import children_at_school, expected_at_school
from jamsos_sim.population.fitting import fit
from jamsos_sim.population.hardships import expected_hardships, hardships_of
from jamsos_sim.population.households import Family, family_of
from jamsos_sim.population.kelurahan import MODELLED, kelurahan_weights
from jamsos_sim.population.margins import margins, mix_of
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import NO_CHILD, Int64, Workers
from jamsos_sim.units import MONTHS_PER_YEAR

Draws = Mapping[str, float]
Float64 = npt.NDArray[np.float64]

COLUMNS = ["margin", "category", "basis", "unit", "target", "fitted", "achieved", "people"]
SHARE, RUPIAH = "share", "rupiah a month"
SEXES = ("M", "F")
QUARTILES = {"p25": 25, "p50": 50, "p75": 75}
DERIVED = "derived"

BEHIND_TRAITS = {
    "is_insured_elsewhere": ("insured_elsewhere",),
    "has_invalid_nik": ("inactive_nik_share",),
    "has_disability": ("disability_at_20", "disability_at_65"),
    "has_stunted_child": ("stunted_share", "hardship_decile_ratio"),
    "has_tuberculosis": ("tuberculosis_share", "hardship_decile_ratio"),
    "is_in_remote_home": ("remote_home_share",),
}
BEHIND_CHILDREN = (
    "parent_share",
    "second_child_share",
    "first_birth_age_women",
    "first_birth_age_men",
    "first_birth_age_spread",
    "birth_gap",
    "birth_gap_shortest",
)
"""Assumptions of the population on which the targets of what is not fitted rest."""


class Target(NamedTuple):
    """Target of one category of a margin: a share, and how it was found."""

    margin: str
    category: str
    basis: str
    share: float


class Row(NamedTuple):
    """One line of the report, see `fit_report`."""

    margin: str
    category: str
    basis: str
    unit: str
    target: float
    fitted: float
    achieved: float
    people: int


class World(NamedTuple):
    """A world whose people are looked at: the value of every assumption, and its seed."""

    draws: Draws
    seed: int


def fit_report(
    region: Region, assumptions: Mapping[str, Assumption], world: World, workers: Workers
) -> pd.DataFrame:
    """Every margin of the informal workers of a world, category by category.

    Columns: ``margin``, ``category``, ``basis`` (published, derived or modelled), ``unit``, ``target``,
    ``fitted`` (in the fitted table; the target for what is not fitted), ``achieved`` (among the people), and
    ``people`` in the category. Numbers are shares of the people present; for known ages of a trade shares of
    that trade; for incomes the quartiles of a trade in rupiah a month, and ``people`` are those of the trade.

    Parameters
    ----------
    assumptions:
        The assumptions of the region; their sources say what targets are derived from publications.
    workers:
        The people present in the first month of that world.
    """
    targets = targets_of(region, *world)
    fitted = _fitted_shares(region, *world)
    counts = _counts(region, workers)
    wholes = _wholes(region, workers, len(targets))
    shares = [count / max(1, whole) for count, whole in zip(counts, wholes, strict=True)]
    rows = [
        Row(*target[:3], SHARE, target.share, share, reached, count)
        for target, share, reached, count in zip(targets, fitted, shares, counts, strict=True)
    ]
    rows += _incomes(region, workers)
    rows += _children(assumptions, world.draws, workers)
    rows += _traits(region, assumptions, world.draws, workers)
    return pd.DataFrame(rows, columns=COLUMNS)


def basis_of(assumptions: Iterable[Assumption]) -> str:
    """How a target was found that rests on assumptions: derived when all of them are, otherwise modelled.

    An assumption is derived when its source begins with that word, or when we trust it more than little.
    """
    are_derived = [
        each.source.startswith(DERIVED) or each.confidence in {"high", "medium"} for each in assumptions
    ]
    return DERIVED if all(are_derived) else MODELLED


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
    """Targets of a world in the order of the report."""
    shares = [target.share for target in targets_of(region, draws, seed)]
    incomes = [float(income) for trade in region.occupations for income in trade.income_quartiles]
    children = expected_at_school(workers, _family(draws))
    return [*shares, *incomes, *children, *_expected(region, draws, workers).values()]


def targets_of(region: Region, draws: Draws, seed: int) -> list[Target]:
    """Targets of all margins of the fit in the world of a seed, in the order of the report."""
    districts = zip(region.kecamatan, region.kecamatan_basis, strict=True)
    wards = [(each.name, each.basis) for each in region.kelurahan]
    places = [("kecamatan", *each) for each in districts] + [("kelurahan", *each) for each in wards]
    shares = _shares_of_places(region, draws, seed)
    found = [Target(*place, share) for place, share in zip(places, shares, strict=True)]
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
    found = _shares_of_places(region, draws, seed)
    for margin in margins(region, mix_of(region, draws)):
        dropped = tuple(axis for axis in range(weights.ndim) if axis not in margin.axes)
        found += (weights.sum(axis=dropped) / int(weights.sum())).ravel().tolist()
    for known in region.occupation_ages:
        by_age = weights[:, :, known.occupation].sum(axis=(0, 2))
        inside = [known.from_age <= start < known.stop_age for start in region.age_starts]
        found.append(int(by_age[inside].sum()) / max(1, int(by_age.sum())))
    return found


def _shares_of_places(region: Region, draws: Draws, seed: int) -> list[float]:
    """Shares of the workers in each kecamatan, and then in each kelurahan."""
    residents = kelurahan_weights(region, draws, seed)
    districts = np.zeros(len(region.kecamatan), dtype=np.int64)
    np.add.at(districts, _district_of_ward(region), residents)
    shares: list[float] = (np.concatenate([districts, residents]) / int(residents.sum())).tolist()
    return shares


def _district_of_ward(region: Region) -> Int64:
    return np.array([each.kecamatan for each in region.kelurahan], dtype=np.int64)


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
        *np.bincount(_district_of_ward(region)[workers.kelurahan], minlength=len(region.kecamatan)).tolist(),
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


def _incomes(region: Region, workers: Workers) -> list[Row]:
    """Quartiles of each trade's incomes; the tables of a region do not say how they were found."""
    rows = []
    for number, trade in enumerate(region.occupations):
        own = workers.income[workers.occupation == number]
        for (name, percent), target in zip(QUARTILES.items(), trade.income_quartiles, strict=True):
            reached = float(np.percentile(own, percent, method="inverted_cdf")) if own.size else np.nan
            category = f"{trade.key} {name}"
            rows.append(Row("income", category, MODELLED, RUPIAH, target, target, reached, own.size))
    return rows


def _children(assumptions: Mapping[str, Assumption], draws: Draws, workers: Workers) -> list[Row]:
    """How many workers have no, one or two children of school age."""
    basis = _basis_of_keys(assumptions, BEHIND_CHILDREN)
    size = max(1, workers.sex.size)
    pairs = zip(expected_at_school(workers, _family(draws)), children_at_school(workers), strict=True)
    return [
        Row("children", str(number), basis, SHARE, target, target, people / size, people)
        for number, (target, people) in enumerate(pairs)
    ]


def _family(draws: Draws) -> Family:
    return family_of(draws, NO_CHILD)  # no child of school age is born after the simulation


def _basis_of_keys(assumptions: Mapping[str, Assumption], names: Iterable[str]) -> str:
    return basis_of(assumptions[f"population.{name}"] for name in names)


def _traits(
    region: Region, assumptions: Mapping[str, Assumption], draws: Draws, workers: Workers
) -> list[Row]:
    """What is expected of the traits of these people, and how many have each."""
    columns = workers._asdict() | {"has_invalid_nik": 1 - workers.has_valid_nik}
    size = max(1, workers.sex.size)
    rows = []
    for name, target in _expected(region, draws, workers).items():
        people = int(np.count_nonzero(columns[name]))
        basis = _basis_of_keys(assumptions, BEHIND_TRAITS[name])
        rows.append(Row("trait", name, basis, SHARE, target, target, people / size, people))
    return rows
