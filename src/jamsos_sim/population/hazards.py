"""Monthly chance of death and of a work accident, as whole thresholds for an addressed draw.

A constant yearly rate m gives the monthly chance ``1 - exp(-m / 12)``. Death rates are those of the
region's mortality table times the assumption `risk.mortality_scalar`, which is that of the vulnerable
workers, and differ by welfare decile; accident rates are a mean of all
workers, shared out by the relative risk of the trade so that the mean over the fitted workers is the mean
given. Mix of trades and relative risks are those of the world.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population.fitting import fit
from jamsos_sim.population.region import MortalityPeriod, Region
from jamsos_sim.population.registry import HIGHEST_DECILE
from jamsos_sim.population.table_assumptions import RELATIVE_RISK
from jamsos_sim.population.workers import Int64
from jamsos_sim.units import PARTS_PER_MILLION, monthly_probability_of_rate, threshold_of

OLDEST_AGE = 100


def death_thresholds(region: Region, draws: Mapping[str, float], first_year: int, last_year: int) -> Int64:
    """Thresholds of death in a month, axes: year from ``first_year`` to ``last_year``, sex, age 0 to 100.

    Raises `InputError` when the mortality table of the region lacks one of the years.
    """
    years = range(first_year, last_year + 1)
    periods = [_period_of(region, year) for year in years]
    scalar = draws["risk.mortality_scalar"]
    return np.array([_thresholds_of_period(period, scalar) for period in periods], dtype=np.int64)


def decile_factors(region: Region, draws: Mapping[str, float]) -> Int64:
    """Mortality by welfare decile over that of the fitted vulnerable workers, in parts per million.

    The place of a decile is its number. Mortality falls evenly from the poorest decile to the richest, at the
    same age and sex.
    """
    steps = HIGHEST_DECILE - 1
    more = draws["risk.mortality_poorest"] - 1.0
    relative = [
        1.0 + more * (HIGHEST_DECILE - max(1, decile)) / steps for decile in range(HIGHEST_DECILE + 1)
    ]
    vulnerable = slice(1, region.vulnerable_decile + 1)
    mean = _mean_over_workers(region, draws, relative, vulnerable)
    return np.array([round(each / mean * PARTS_PER_MILLION) for each in relative], dtype=np.int64)


def mean_decile_factor(region: Region, draws: Mapping[str, float]) -> float:
    """Mean of `decile_factors` over all fitted workers, as a multiple."""
    factors = (decile_factors(region, draws) / PARTS_PER_MILLION).tolist()
    return _mean_over_workers(region, draws, factors, slice(1, HIGHEST_DECILE + 1))


def _mean_over_workers(
    region: Region, draws: Mapping[str, float], by_decile: list[float], deciles: slice
) -> float:
    """Mean of a number by decile over the fitted workers of some deciles; where there are none, over these
    deciles alike.
    """
    workers = [0, *(int(count) for count in fit(region, draws).weights.sum(axis=(0, 1, 2)))][deciles]
    workers = workers if any(workers) else [1] * len(workers)
    pairs = zip(workers, by_decile[deciles], strict=True)
    return sum(count * each for count, each in pairs) / sum(workers)


def accident_thresholds(region: Region, draws: Mapping[str, float], annual_rate: float) -> Int64:
    """Thresholds of a work accident in a month, by occupation.

    Parameters
    ----------
    annual_rate:
        Accidents per person-year, the mean over all workers.
    """
    rates = [annual_rate * risk for risk in relative_risks(region, draws)]
    return np.array([threshold_of(monthly_probability_of_rate(rate)) for rate in rates], dtype=np.int64)


def fatal_accident_thresholds(region: Region, draws: Mapping[str, float], annual_rate: float) -> Int64:
    """Thresholds of a fatal work accident in a month, by occupation; the trades differ as in all accidents.

    Parameters
    ----------
    annual_rate:
        Fatal accidents per person-year, the mean over all workers.
    """
    return accident_thresholds(region, draws, annual_rate)


def relative_risks(region: Region, draws: Mapping[str, float]) -> list[float]:
    """Accident risk of each occupation over the mean of the fitted workers.

    Raises `InputError` when no trade with workers has a risk.
    """
    workers = [int(count) for count in fit(region, draws).weights.sum(axis=(0, 1, 3))]
    risks = [draws[RELATIVE_RISK + each.key] for each in region.occupations]
    mean = sum(count * risk for count, risk in zip(workers, risks, strict=True)) / sum(workers)
    if mean <= 0.0:
        raise InputError("population.no_risk")
    return [risk / mean for risk in risks]


def _period_of(region: Region, year: int) -> MortalityPeriod:
    for period in region.mortality:
        if period.first_year <= year < period.stop_year:
            return period
    first, last = region.mortality[0].first_year, region.mortality[-1].stop_year - 1
    raise InputError("population.no_mortality", region=region.name, year=year, first=first, last=last)


@lru_cache(maxsize=64)
def _thresholds_of_period(period: MortalityPeriod, scalar: float) -> npt.NDArray[np.int64]:
    table = np.array([_thresholds_by_age(rates, scalar) for rates in period.rates], dtype=np.int64)
    table.flags.writeable = False
    return table


def _thresholds_by_age(rates: tuple[tuple[int, float], ...], scalar: float) -> list[int]:
    thresholds: list[int] = []
    for position, (start, rate) in enumerate(rates):
        stop = rates[position + 1][0] if position + 1 < len(rates) else OLDEST_AGE + 1
        monthly = threshold_of(monthly_probability_of_rate(rate * scalar))
        thresholds.extend([monthly] * (stop - start))
    return thresholds
