"""What the fitted table of a world must meet: shares by sex and age, by trade and sex, and by decile.

The shares follow the uncertain numbers of a world. With every assumption at its central value they are those
of the region's own tables.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population.exact_sums import exact_sum, exact_sums
from jamsos_sim.population.region import Occupation, Region
from jamsos_sim.population.table_assumptions import DECILE_INCOME_TILT, DIGITS, LOW_DECILE_SHARE, MIX

Float64 = npt.NDArray[np.float64]

AXES = ("sex", "age", "occupation", "decile")
OLDER_WORKER_RATIO = "population.older_worker_ratio"
TILT_AGE = 45
YEARS_OF_TILT = 10
YOUNGEST_GROUP, OLDER_GROUP = 15, 60
SMALLEST_FACTOR = 0.05


class Margin(NamedTuple):
    """A target of the fit: the axes it keeps and the shares there, which add up to one."""

    name: str
    axes: tuple[int, ...]
    shares: Float64


class Mix(NamedTuple):
    """The uncertain numbers behind the margins of a world.

    Attributes
    ----------
    trades:
        Weight of each trade; only ratios matter.
    low_decile_share:
        Share of the workers who stand in the vulnerable deciles.
    decile_income_tilt:
        How strongly trades with low incomes stand in low deciles.
    older_worker_ratio:
        How much likelier people of 60 work informally, against the region's table, than people of 15.
    """

    trades: tuple[float, ...]
    low_decile_share: float
    decile_income_tilt: float
    older_worker_ratio: float


def central_mix(region: Region) -> Mix:
    """The numbers that stand in the region's own tables."""
    return Mix(
        trades=tuple(each.share for each in region.occupations),
        low_decile_share=_low_share(region),
        decile_income_tilt=region.decile_income_tilt,
        older_worker_ratio=1.0,
    )


def mix_of(region: Region, draws: Mapping[str, float]) -> Mix:
    """The numbers of a world."""
    return Mix(
        trades=tuple(draws[MIX + each.key] for each in region.occupations),
        low_decile_share=draws[LOW_DECILE_SHARE],
        decile_income_tilt=draws[DECILE_INCOME_TILT],
        older_worker_ratio=draws[OLDER_WORKER_RATIO],
    )


def margins(region: Region, mix: Mix) -> tuple[Margin, ...]:
    """Margins the table must meet: decile, sex and age, sex and occupation.

    Raises `InputError` when no trade has a share.
    """
    occupations = _occupations(region, mix)
    ages = _ages(region, mix)
    men_and_women = exact_sums(occupations, (0,))
    ages = ages / exact_sums(ages, (0,))[:, None] * men_and_women[:, None]
    return (
        Margin("decile", (3,), _deciles(region, mix)),
        Margin("sex_age", (0, 1), ages / exact_sum(ages)),
        Margin("sex_occupation", (0, 2), occupations),
    )


def seed_of_table(region: Region, mix: Mix) -> Float64:
    """What is known of how the axes hang together: the table from which the fit starts."""
    occupations = region.occupations
    by_age = np.array([[_age_factor(each, start) for each in occupations] for start in region.age_starts])
    by_decile = decile_factors(region, mix)
    sexes = np.ones((2, 1, 1, 1))
    return np.asarray(sexes * by_age[None, :, :, None] * by_decile[None, None, :, :], dtype=np.float64)


def decile_factors(region: Region, mix: Mix) -> Float64:
    """Weights of deciles 1 to 10 (columns) in each trade (rows): poor trades lean to low deciles."""
    occupations = region.occupations
    reference = sum(each.share * each.income_quartiles[1] for each in occupations)
    count = len(region.decile_shares)
    middle = (count - 1) / 2
    rows = []
    for each in occupations:
        tilt = mix.decile_income_tilt * (reference / each.income_quartiles[1] - 1.0)
        weights = [1.0 + tilt * (middle - decile) / middle for decile in range(count)]
        rows.append([max(SMALLEST_FACTOR, weight) for weight in weights])
    return np.array(rows)


def _occupations(region: Region, mix: Mix) -> Float64:
    pairs = zip(mix.trades, region.occupations, strict=True)
    shares = [[share * each.male_share, share * (1.0 - each.male_share)] for share, each in pairs]
    by_sex = np.array(shares).T
    if not (by_sex > 0.0).any():
        raise InputError("population.no_trade")
    return np.asarray(by_sex / exact_sum(by_sex), dtype=np.float64)


def _ages(region: Region, mix: Mix) -> Float64:
    years = OLDER_GROUP - YOUNGEST_GROUP
    slope = mix.older_worker_ratio - 1.0
    factors = [1.0 + slope * ((start - YOUNGEST_GROUP) / years) for start in region.age_starts]
    leaning = np.array([max(SMALLEST_FACTOR, factor) for factor in factors])
    workers = np.array(region.residents, dtype=np.float64) * np.array(region.informal_rates)
    return np.asarray(workers * leaning, dtype=np.float64)


def _deciles(region: Region, mix: Mix) -> Float64:
    central = _low_share(region)
    low = np.arange(len(region.decile_shares)) < region.vulnerable_decile
    inside = mix.low_decile_share / central if central > 0.0 else 1.0
    outside = (1.0 - mix.low_decile_share) / (1.0 - central) if central < 1.0 else 1.0
    shares = np.array(region.decile_shares) * np.where(low, inside, outside)
    return np.asarray(shares / exact_sum(shares), dtype=np.float64)


def _low_share(region: Region) -> float:
    return round(sum(region.decile_shares[: region.vulnerable_decile]), DIGITS)


def _age_factor(occupation: Occupation, age_start: int) -> float:
    if age_start > occupation.oldest_age:
        return 0.0
    decades_younger = (TILT_AGE - age_start) / YEARS_OF_TILT
    return max(SMALLEST_FACTOR, 1.0 + occupation.youth_tilt * decades_younger)
