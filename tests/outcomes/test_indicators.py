"""Indicators: risks, accounts and principles are shares and sums of the ledger, world by world."""

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.messages import LANGUAGES, catalogue
from jamsos_sim.model.ledger import FAMILIES
from jamsos_sim.outcomes_indicators import INDICATORS, QUANTITIES, RISKS, indicator_table

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


def test_an_overrun_is_what_the_unpaid_months_would_have_cost() -> None:
    assert told(indicator_table(yearly({"unfunded_person_months": 10})), "overrun")["mean"] == 80.0


def test_scholarships_are_committed_until_they_are_paid() -> None:
    table = indicator_table(yearly({"scholarships_promised": 100, "scholarships_paid": 30}))
    assert told(table, "committed_scholarships", 2025)["mean"] == 70.0
    assert told(table, "committed_scholarships", 2026)["mean"] == 140.0


def test_nothing_to_share_out_is_not_a_number() -> None:
    table = indicator_table(yearly({"jkm_cases": 0, "appropriation": 0}))
    assert np.isnan(told(table, "jkm_months_to_payment_mean")["mean"])
    assert np.isnan(told(table, "money_unspent_share")["mean"])


@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_is_described_in_both_languages(name: str) -> None:
    assert set(catalogue()[f"quantities.indicator_{name}"]) == set(LANGUAGES)
