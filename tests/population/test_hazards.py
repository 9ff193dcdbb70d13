import csv
import math
from importlib.resources import files

import numpy as np
import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.population.fitting import fit
from jamsos_sim.population.hazards import (
    accident_thresholds,
    death_thresholds,
    decile_factors,
    fatal_accident_thresholds,
    mean_decile_factor,
    relative_risks,
)
from jamsos_sim.units import CHANCE_SCALE

NATIONAL = {"risk.mortality_scalar": 1.0}


def test_monthly_death_is_the_closed_form_of_the_published_rate(region):
    thresholds = death_thresholds(region, NATIONAL, 2023, 2030)
    table = files("jamsos_sim").joinpath("regions/tangsel/mortality.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        closed_form = -math.expm1(-float(row["annual_rate"]) / 12)
        for year in range(max(2023, int(row["first_year"])), min(2031, int(row["stop_year"]))):
            reached = thresholds[year - 2023, "MF".index(row["sex"]), int(row["age_start"])] / CHANCE_SCALE
            assert reached == pytest.approx(closed_form, abs=2 / CHANCE_SCALE)


@pytest.mark.parametrize(
    ("age", "men", "women"), [(17, 1.07, 0.74), (42, 3.44, 2.71), (55, 14.16, 8.94), (74, 55.47, 36.54)]
)
def test_death_rates_of_2026_are_those_of_world_population_prospects(region, age, men, women):
    monthly = death_thresholds(region, NATIONAL, 2026, 2026)[0, :, age] / CHANCE_SCALE
    assert -np.log1p(-monthly) * 12_000 == pytest.approx([men, women], abs=0.006)


def test_the_scalar_multiplies_the_rate(region):
    full, part = (death_thresholds(region, {"risk.mortality_scalar": s}, 2024, 2024)[0] for s in (1.0, 0.5))
    assert -np.log1p(-part / CHANCE_SCALE) * 2 == pytest.approx(-np.log1p(-full / CHANCE_SCALE), rel=1e-4)


def test_every_age_up_to_100_has_a_rate_and_the_old_die_sooner(region):
    thresholds = death_thresholds(region, NATIONAL, 2023, 2030)
    assert thresholds.shape == (8, 2, 101)
    assert thresholds.dtype == np.int64
    assert (thresholds > 0).all()
    assert (np.diff(thresholds[:, :, 40:], axis=2) >= 0).all()


def test_a_year_outside_the_table_is_refused_with_its_reach(region):
    with pytest.raises(InputError) as refusal:
        death_thresholds(region, NATIONAL, 2023, 2060)
    assert "2035" in refusal.value.sentence("en") and "2034" in refusal.value.sentence("en")


def test_accidents_of_all_workers_come_to_the_mean_rate(region, central, present):
    monthly = accident_thresholds(region, central, 0.015)[present.occupation] / CHANCE_SCALE
    assert monthly.mean() * 12 == pytest.approx(0.015, rel=0.003)


def test_couriers_have_more_accidents_than_stall_keepers_in_the_ratio_of_their_risks(region, central):
    keys = [each.key for each in region.occupations]
    courier, stall = keys.index("ojek_online"), keys.index("warung_kios")
    risks = relative_risks(region, central)
    assert risks[courier] / risks[stall] == pytest.approx(2.6 / 0.45)
    rates = -np.log1p(-fatal_accident_thresholds(region, central, 0.0004) / CHANCE_SCALE)
    assert rates[courier] / rates[stall] == pytest.approx(2.6 / 0.45, rel=1e-3)


def test_no_accidents_at_a_rate_of_zero(region, central):
    assert (accident_thresholds(region, central, 0.0) == 0).all()


def test_a_world_in_which_couriers_are_safer_gives_the_accidents_to_the_others(region, central):
    keys = [each.key for each in region.occupations]
    safer = {**central, "relative_risk.ojek_online": 1.8}
    usual, other = (relative_risks(region, draws) for draws in (central, safer))
    courier, stall = keys.index("ojek_online"), keys.index("warung_kios")
    assert other[courier] < usual[courier] and other[stall] > usual[stall]


def test_trades_without_any_risk_are_refused_with_a_sentence(region, central):
    riskless = {key: 0.0 for key in central if key.startswith("relative_risk.")}
    with pytest.raises(InputError, match="relative_risk"):
        relative_risks(region, {**central, **riskless})


def test_the_poorest_die_more_often_and_the_vulnerable_as_the_table_says(region, central):
    steep = central | {"risk.mortality_poorest": 2.0}
    factors = decile_factors(region, steep)[1:]
    assert np.all(np.diff(factors) < 0)
    assert factors[0] / factors[-1] == pytest.approx(2.0, abs=1e-4)
    workers = fit(region, steep).weights.sum(axis=(0, 1, 2))[: region.vulnerable_decile]
    mean = (factors[: region.vulnerable_decile] * workers).sum() / workers.sum()
    assert mean == pytest.approx(1_000_000, abs=2)
    assert mean_decile_factor(region, steep) < 1.0


def test_without_a_difference_all_deciles_die_alike(region, central):
    level = central | {"risk.mortality_poorest": 1.0}
    assert set(decile_factors(region, level).tolist()) == {1_000_000}
    assert mean_decile_factor(region, level) == 1.0
