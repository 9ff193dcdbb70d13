"""Indicators: risks, accounts and principles are shares and sums of the ledger, world by world."""

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.messages import LANGUAGES, catalogue
from jamsos_sim.model.ledger import FAMILIES
from jamsos_sim.model.steps.justice import sum_of_ranks
from jamsos_sim.outcomes_indicators import INDICATORS, QUANTITIES, RISKS, indicator_table
from jamsos_sim.population.region import CityBudget

PLAIN = {
    "appropriation": 1_000,
    "city_contributions": 800,
    "paid_person_months": 100,
    "unfunded_person_months": 0,
    "entitled_workers": 50,
    "entitled_enrolled": 20,
    "waiting": 5,
    "jkm_cases": 2,
    "jkm_months_to_payment": 6,
    "jkm_paid": 400,
    "families_full": 1,
    "families_gap_waiting": 1,
    "families_unprotected": 2,
}


def yearly(*worlds: dict[str, int]) -> pd.DataFrame:
    """A yearly table of one scenario and two equal years, each world with numbers of its own."""
    rows = [
        ("skenario", world, year, quantity, {**PLAIN, **own}.get(quantity, 0))
        for world, own in enumerate(worlds)
        for year in (2025, 2026)
        for quantity in QUANTITIES
    ]
    return pd.DataFrame(rows, columns=["scenario", "world", "year", "quantity", "value"])


def told(table: pd.DataFrame, indicator: str, year: int = 2025) -> pd.Series:
    chosen = table[(table["indicator"] == indicator) & (table["year"] == year)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_there_is_one_row_for_each_scenario_year_and_indicator() -> None:
    table = indicator_table(yearly({}, {}))
    assert list(table.columns) == ["scenario", "year", "indicator", "mean", "low", "high"]
    assert len(table) == 2 * len(INDICATORS)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("money_unspent", 200.0),
        ("money_unspent_share", 0.2),
        ("people_left_out", 30.0),
        ("left_out_share", 0.6),
        ("overrun", 0.0),
        ("insurer_ratio", 0.5),
        ("families_full_of_100", 25.0),
        ("families_paid_of_100", 50.0),
        ("jkm_months_to_payment_mean", 3.0),
    ],
)
def test_an_indicator_is_the_share_that_its_name_says(indicator: str, expected: float) -> None:
    assert told(indicator_table(yearly({}, {})), indicator)["mean"] == pytest.approx(expected)


def test_families_of_100_add_up_to_100() -> None:
    table = indicator_table(yearly({}))
    assert sum(told(table, f"{name}_of_100")["mean"] for name in FAMILIES) == pytest.approx(100.0)


def test_a_risk_is_the_share_of_worlds_in_which_it_happens() -> None:
    table = indicator_table(yearly({"unfunded_person_months": 10, "waiting": 0}, {}, {"waiting": 0}, {}))
    assert told(table, "overrun_risk")["mean"] == 0.25
    assert told(table, "money_idle_risk")["mean"] == 0.5
    assert told(table, "either_risk")["mean"] == 0.75
    assert all(np.isnan(told(table, name)["low"]) for name in RISKS)


def test_money_that_carries_nobody_more_is_not_idle() -> None:
    spent = {"city_contributions": 800, "enrolled": 40}
    worlds = yearly(*({**spent, "appropriation": 800 + left} for left in (0, 19, 20, 21)))
    assert told(indicator_table(worlds), "money_idle_risk")["mean"] == 0.5
    nobody = {"city_contributions": 0, "enrolled": 0, "appropriation": 5}
    assert told(indicator_table(yearly(nobody)), "money_idle_risk")["mean"] == 1.0


def test_an_overrun_is_what_the_unpaid_months_would_have_cost() -> None:
    assert told(indicator_table(yearly({"unfunded_person_months": 10})), "overrun")["mean"] == 80.0


def test_the_citys_cost_is_all_that_the_city_pays() -> None:
    table = indicator_table(yearly({"outreach_cost": 100, "jkm_paid": 7, "death_grants_paid": 50}))
    assert told(table, "city_cost")["mean"] == 950.0


def test_a_year_without_a_published_budget_has_no_share_of_it() -> None:
    table = indicator_table(yearly({}), [CityBudget(2025, 80_000)])
    assert told(table, "city_cost_share", 2025)["mean"] == pytest.approx(0.01)
    assert np.isnan(told(table, "city_cost_share", 2026)["mean"])


@pytest.mark.parametrize(
    ("enrolled", "expected"),
    [((10, 0, 0), -2 / 3), ((0, 0, 10), 2 / 3), ((5, 5, 5), 0.0), ((0, 10, 0), 0.0), ((8, 4, 0), -4 / 9)],
)
def test_the_list_is_concentrated_on_those_who_are_on_it(enrolled: tuple[int, ...], expected: float) -> None:
    ranks = sum_of_ranks(np.array(enrolled), np.array((20, 20, 20)))
    counts = {"informal_workers": 60, "vulnerable_enrolled": sum(enrolled), "ranks_of_enrolled": ranks}
    assert told(indicator_table(yearly(counts)), "concentration_index")["mean"] == pytest.approx(expected)


def test_women_are_counted_of_the_list_and_of_the_workers() -> None:
    counts = {"informal_workers": 60, "vulnerable_enrolled": 10, "women_working": 20, "women_enrolled": 5}
    table = indicator_table(yearly(counts))
    assert told(table, "women_share_of_list")["mean"] == 0.5
    assert told(table, "women_share_of_workers")["mean"] == pytest.approx(1 / 3)


def test_a_year_without_a_december_has_no_shares_of_the_list() -> None:
    table = indicator_table(yearly({"informal_workers": 60, "vulnerable_enrolled": 10}))
    for name in ("concentration_index", "women_share_of_list", "women_share_of_workers"):
        assert np.isnan(told(table, name)["mean"])


def test_contributions_weigh_on_incomes() -> None:
    table = indicator_table(yearly({"recipients_due": 16_800, "recipients_earned": 1_680_000}))
    assert told(table, "recipients_burden")["mean"] == pytest.approx(0.01)
    assert np.isnan(told(table, "self_payers_burden")["mean"])


def test_nothing_to_share_out_is_not_a_number() -> None:
    table = indicator_table(yearly({"jkm_cases": 0, "appropriation": 0}))
    assert np.isnan(told(table, "jkm_months_to_payment_mean")["mean"])
    assert np.isnan(told(table, "money_unspent_share")["mean"])


@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_is_described_in_both_languages(name: str) -> None:
    assert set(catalogue()[f"quantities.indicator_{name}"]) == set(LANGUAGES)
