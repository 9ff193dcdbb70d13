"""How many people are new to the city's informal work in each month.

The expected stock follows `population.growth_annual`; newcomers replace those expected to leave for formal
work (less those who come back), to move away, to die or to retire, and add the growth. The recursion uses
expected numbers only, so newcomers are the same in every scenario of a world.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from jamsos_sim.population.fitting import fit
from jamsos_sim.population.hazards import death_thresholds, mean_decile_factor
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, monthly_probability, year_of

MIDDLE_OF_GROUP = 2
YEARS_OF_GROUP = 5


class MonthlyChances(NamedTuple):
    """Expected monthly chances of a worker, and of one in formal work to come back."""

    to_formal: float
    to_informal: float
    moving_out: float
    death: float
    retirement: float


def arrivals_by_month(
    region: Region, draws: Mapping[str, float], size: int, period: tuple[int, int]
) -> Int64:
    """Newcomers in each month of ``start <= month < stop``; none in the first month.

    Parameters
    ----------
    size:
        People present in the first month.
    """
    start, stop = period
    chances = monthly_chances(region, draws, year_of(start))
    growth = draws["population.growth_annual"]
    arrivals = [0]
    expected, arrived, away = 0.0, 0, 0.0
    for elapsed in range(stop - start - 1):
        stock = expected_stock(size, growth, elapsed)
        returning = away * chances.to_informal
        leaving = stock * chances.to_formal
        staying_away = 1.0 - chances.moving_out - chances.death
        away = (away - returning + leaving) * staying_away
        lost = stock * (chances.moving_out + chances.death + chances.retirement)
        needed = expected_stock(size, growth, elapsed + 1) - stock + leaving - returning + lost
        expected += max(0.0, needed)
        arrivals.append(int(expected) - arrived)
        arrived = int(expected)
    return np.array(arrivals[: stop - start], dtype=np.int64)


def expected_stock(size: int, growth_annual: float, elapsed: int) -> float:
    """People expected in informal work months after the start: yearly growth, even inside a year."""
    stock = float(size)
    for _ in range(elapsed // MONTHS_PER_YEAR):
        stock *= 1.0 + growth_annual
    return stock * (1.0 + growth_annual * (elapsed % MONTHS_PER_YEAR) / MONTHS_PER_YEAR)


def monthly_chances(region: Region, draws: Mapping[str, float], year: int) -> MonthlyChances:
    """Expected monthly chances over the fitted workers, with the mortality of a year."""
    by_sex_and_age = fit(region, draws).weights.sum(axis=(2, 3))
    share_old = _share_above(region, by_sex_and_age.sum(axis=0), draws["mobility.retirement_age"])
    return MonthlyChances(
        to_formal=monthly_probability(draws["mobility.to_formal_annual"]),
        to_informal=monthly_probability(draws["mobility.to_informal_annual"]),
        moving_out=monthly_probability(draws["mobility.moving_out_annual"]),
        death=_mean_death(region, draws, year),
        retirement=monthly_probability(draws["mobility.retirement_annual"]) * share_old,
    )


def _share_above(region: Region, by_age: Int64, age: float) -> float:
    """Share of the fitted workers above an age, ages lying evenly inside their five-year group."""
    reached = [(start + YEARS_OF_GROUP - age) / YEARS_OF_GROUP for start in region.age_starts]
    pairs = zip(by_age.tolist(), reached, strict=True)
    above = sum(int(count) * min(1.0, max(0.0, share)) for count, share in pairs)
    return float(above) / int(by_age.sum())


def _mean_death(region: Region, draws: Mapping[str, float], year: int) -> float:
    ages = [start + MIDDLE_OF_GROUP for start in region.age_starts]
    thresholds = death_thresholds(region, draws, year, year)[0][:, ages]
    weights = fit(region, draws).weights.sum(axis=(2, 3))
    pairs = zip(weights.ravel().tolist(), thresholds.ravel().tolist(), strict=True)
    deaths = sum(int(weight) * int(threshold) for weight, threshold in pairs)
    return mean_decile_factor(region, draws) * deaths / (int(weights.sum()) * CHANCE_SCALE)
