import numpy as np
import pytest

from jamsos_sim.population.arrivals import arrivals_by_month, expected_stock
from jamsos_sim.population.hazards import death_thresholds, decile_factors
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION, monthly_probability, year_of

SIZE = 20_000


def expected_people(workers, region, central, period):
    """Expected stock and mean age in every month, each person walked through with the own age."""
    monthly = {name: monthly_probability(central[f"mobility.{name}_annual"]) for name in
               ("to_formal", "to_informal", "moving_out", "retirement")}  # fmt: skip
    deaths = death_thresholds(region, central, year_of(period[0]), year_of(period[1] - 1)) / CHANCE_SCALE
    factors = decile_factors(region, central)[workers.decile] / PARTS_PER_MILLION
    informal = np.zeros(workers.sex.size)
    formal = np.zeros(workers.sex.size)
    stocks, mean_ages = [], []
    for month in range(*period):
        informal[workers.arrival_month == month] = 1.0
        age = np.clip((month - workers.birth_month) // MONTHS_PER_YEAR, 0, 100)
        stocks.append(informal.sum())
        mean_ages.append((informal * age).sum() / informal.sum())
        death = factors * deaths[year_of(month) - year_of(period[0]), workers.sex, age]
        retiring = np.where(age >= central["mobility.retirement_age"], monthly["retirement"], 0.0)
        leaving, returning = informal * monthly["to_formal"], formal * monthly["to_informal"]
        staying = (1.0 - death) * (1.0 - monthly["moving_out"])
        informal, formal = (
            (informal - leaving + returning) * staying * (1.0 - retiring),
            (formal + leaving - returning) * staying,
        )
    return np.array(stocks), np.array(mean_ages)


def test_the_stock_grows_as_assumed_when_everybody_takes_the_expected_way(region, central, period):
    workers = synthesise(region, central, 2, SIZE, period)
    stocks, mean_ages = expected_people(workers, region, central, period)
    wanted = [
        expected_stock(SIZE, central["population.growth_annual"], month) for month in range(stocks.size)
    ]
    assert stocks == pytest.approx(np.array(wanted), rel=0.02)
    assert abs(mean_ages[-1] - mean_ages[0]) < 1.5


def test_without_exits_newcomers_are_the_growth_alone(region, central, period):
    still = {key: 0.0 for key in central if key.startswith("mobility.") and key.endswith("_annual")}
    draws = {**central, **still, "risk.mortality_scalar": 0.0}
    arrivals = arrivals_by_month(region, draws, 100_000, period)
    assert arrivals[:13].sum() == pytest.approx(1_500, abs=1)
    assert arrivals.sum() == pytest.approx(100_000 * (1.015**8 - 1) - 100_000 * 1.015**7 * 0.015 / 12, abs=2)


def test_newcomers_scale_with_the_city(region, central, period):
    small, large = (arrivals_by_month(region, central, size, period).sum() for size in (3_000, 300_000))
    assert large / small == pytest.approx(100, rel=0.001)


def test_nobody_is_new_in_the_first_month_and_newcomers_come_in_order(everyone, present, period):
    newcomers = everyone.arrival_month[present.sex.size :]
    assert newcomers.min() == period[0] + 1 and newcomers.max() == period[1] - 1
    assert (np.diff(newcomers) >= 0).all()


def test_newcomers_come_evenly_over_the_months_of_a_year(region, central, period):
    first_year = arrivals_by_month(region, central, 268_000, period)[1:13]
    assert first_year.max() / first_year.min() < 1.15


def test_stock_compounds_by_the_year():
    assert expected_stock(1_000, 0.10, 24) == pytest.approx(1_210)
    assert expected_stock(1_000, 0.10, 18) == pytest.approx(1_155)


def test_a_period_of_one_month_has_no_newcomers(region, central, period):
    workers = synthesise(region, central, 2, 1_000, (period[0], period[0] + 1))
    assert workers.sex.size == 1_000
