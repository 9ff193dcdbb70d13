"""From ledgers to tables: sums and stocks by hand, percentiles, paired differences, and parts of years."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim import compare, simulate
from jamsos_sim.ensemble import Ledgers
from jamsos_sim.model.ledger import ROW, STOCKS, Rows
from jamsos_sim.outcomes import (
    difference_table,
    monthly_table,
    summary_table,
    worlds_saved_by_pairing,
    yearly_table,
)
from jamsos_sim.units import month_of

START = month_of("2023-01")
SCENARIOS = ("satu", "dua")
WORLDS, MONTHS = 3, 26


def made_up_worlds() -> Ledgers:
    """Enrolled and contributions that tell scenario, world and month by their digits; nothing else."""
    worlds = np.zeros((WORLDS, len(SCENARIOS), len(Rows._fields), MONTHS), dtype=np.int64)
    for world in range(WORLDS):
        for scenario in range(len(SCENARIOS)):
            for month in range(MONTHS):
                worlds[world, scenario, ROW.enrolled, month] = 10_000 * scenario + 1_000 * world + month
                worlds[world, scenario, ROW.city_contributions, month] = 100 * scenario + 10 * world + 1
    return worlds


def yearly(first: str = "2023-01") -> pd.DataFrame:
    return yearly_table(made_up_worlds(), SCENARIOS, START, month_of(first))


def value(table: pd.DataFrame, **place: object) -> int:
    """The one value at a place of a long table."""
    chosen = table
    for column, wanted in place.items():
        chosen = chosen[chosen[column] == wanted]
    assert len(chosen) == 1
    return int(chosen["value"].iloc[0])


def table_of(numbers: dict[str, list[int]]) -> pd.DataFrame:
    """A yearly table of one year and quantity: scenario to one value for each world."""
    rows = [
        {"scenario": name, "world": world, "year": 2026, "quantity": "enrolled", "value": value}
        for name, values in numbers.items()
        for world, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


def test_a_monthly_table_has_every_value_in_its_place() -> None:
    table = monthly_table(made_up_worlds(), SCENARIOS, START, START)
    assert list(table.columns) == ["scenario", "world", "month", "quantity", "value"]
    assert len(table) == len(SCENARIOS) * WORLDS * MONTHS * len(Rows._fields)
    assert table["value"].dtype == np.int64
    place = {"scenario": "dua", "world": 2, "month": month_of("2024-05")}
    assert value(table, quantity="enrolled", **place) == 10_000 + 2_000 + 16
    assert value(table, quantity="city_contributions", **place) == 100 + 20 + 1
    assert value(table, quantity="waiting", **place) == 0


def test_flows_are_summed_over_a_year_and_stocks_stand_at_its_end() -> None:
    table = yearly()
    assert table["year"].unique().tolist() == [2023, 2024, 2025]
    place = {"scenario": "satu", "world": 1}
    assert value(table, year=2023, quantity="city_contributions", **place) == 12 * 11
    assert value(table, year=2024, quantity="city_contributions", **place) == 12 * 11
    assert value(table, year=2023, quantity="enrolled", **place) == 1_000 + 11
    assert value(table, year=2024, quantity="enrolled", **place) == 1_000 + 23


def test_a_year_that_ends_early_has_the_months_there_are() -> None:
    place = {"scenario": "dua", "world": 0, "year": 2025}
    assert value(yearly(), quantity="city_contributions", **place) == 2 * 101
    assert value(yearly(), quantity="enrolled", **place) == 10_000 + 25


def test_a_table_that_begins_in_the_middle_of_a_year_leaves_out_the_months_before() -> None:
    table = yearly("2023-11")
    assert table["year"].unique().tolist() == [2023, 2024, 2025]
    place = {"scenario": "satu", "world": 2}
    assert value(table, year=2023, quantity="city_contributions", **place) == 2 * 21
    assert value(table, year=2023, quantity="enrolled", **place) == 2_000 + 11
    assert value(table, year=2024, quantity="city_contributions", **place) == 12 * 21
    assert yearly("2024-01")["year"].unique().tolist() == [2024, 2025]
    months = monthly_table(made_up_worlds(), SCENARIOS, START, month_of("2023-11"))["month"]
    assert (months.min(), months.max()) == (month_of("2023-11"), START + MONTHS - 1)


def test_the_appropriation_is_that_of_the_whole_fiscal_year_wherever_the_table_begins() -> None:
    worlds = made_up_worlds()
    worlds[:, :, ROW.appropriation, [0, 7, 12]] = [300, 50, 400]
    for first, years in (("2023-01", {2023: 350, 2024: 400}), ("2023-11", {2023: 350, 2024: 400})):
        table = yearly_table(worlds, SCENARIOS, START, month_of(first))
        for year, expected in years.items():
            assert value(table, scenario="satu", world=1, year=year, quantity="appropriation") == expected


def test_every_quantity_is_either_a_stock_or_a_flow() -> None:
    worlds = np.ones((1, 1, len(Rows._fields), 12), dtype=np.int64)
    table = yearly_table(worlds, ["satu"], START, START)
    found = dict(zip(table["quantity"], table["value"], strict=True))
    assert found == {name: 1 if name in STOCKS else 12 for name in Rows._fields}


def test_a_mean_stands_between_the_fifth_and_the_ninety_fifth_percentile() -> None:
    summary = summary_table(table_of({"satu": list(range(0, 2_100, 100))}))
    assert summary.to_dict("records") == [
        {
            "scenario": "satu",
            "year": 2026,
            "quantity": "enrolled",
            "mean": 1_000.0,
            "low": 100.0,
            "high": 1_900.0,
        }
    ]


def test_one_world_has_no_spread() -> None:
    summary = summary_table(table_of({"satu": [7]}))
    assert summary[["mean", "low", "high"]].to_numpy().tolist() == [[7.0, 7.0, 7.0]]


def test_differences_are_taken_world_by_world_before_the_percentiles() -> None:
    table = table_of({"dasar": [0, 1_000, 2_000, 3_000, 4_000], "lain": [10, 1_011, 2_012, 3_013, 4_014]})
    difference = difference_table(table, "dasar", ["lain"])
    assert list(difference.columns) == ["scenario", "to", "year", "quantity", "mean", "low", "high"]
    row = difference.iloc[0]
    assert (row["scenario"], row["to"], row["mean"]) == ("lain", "dasar", 12.0)
    assert (row["low"], row["high"]) == (pytest.approx(10.2), pytest.approx(13.8))
    back = difference_table(table, "lain", ["dasar"]).iloc[0]
    assert (back["mean"], back["low"], back["high"]) == (-12.0, pytest.approx(-13.8), pytest.approx(-10.2))


def test_rows_in_any_order_give_the_same_differences() -> None:
    table = table_of({"dasar": [3, 1, 4, 1, 5], "lain": [2, 7, 1, 8, 2]})
    shuffled = table.iloc[[7, 2, 9, 0, 4, 1, 8, 3, 6, 5]]
    pd.testing.assert_frame_equal(
        difference_table(table, "dasar", ["lain"]), difference_table(shuffled, "dasar", ["lain"])
    )


def test_without_others_there_is_no_difference_but_the_columns() -> None:
    empty = difference_table(table_of({"dasar": [1, 2]}), "dasar", [])
    assert empty.empty
    assert list(empty.columns) == ["scenario", "to", "year", "quantity", "mean", "low", "high"]


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15)), min_size=1, max_size=30
    )
)
def test_the_mean_difference_is_the_difference_of_means(pairs: list[tuple[int, int]]) -> None:
    base, other = [list(column) for column in zip(*pairs, strict=True)]
    table = table_of({"dasar": base, "lain": other})
    summary = summary_table(table).set_index("scenario")["mean"]
    mean = difference_table(table, "dasar", ["lain"])["mean"].iloc[0]
    assert mean == pytest.approx(summary["lain"] - summary["dasar"], abs=4.0)


def test_quantities_keep_the_order_of_the_ledger() -> None:
    summary = summary_table(yearly())
    assert list(dict.fromkeys(summary["quantity"])) == list(Rows._fields)
    assert list(dict.fromkeys(summary["scenario"])) == list(SCENARIOS)
    assert len(summary) == len(SCENARIOS) * 3 * len(Rows._fields)


def test_worlds_saved_compare_the_spread_of_differences_with_that_of_the_runs() -> None:
    table = table_of({"dasar": [0, 10, 20], "lain": [1, 10, 22], "sama": [5, 15, 25]})
    spread = (np.var([0, 10, 20]) + np.var([1, 10, 22])) / np.var([1, 0, 2])
    assert worlds_saved_by_pairing(table, "dasar", "lain", "enrolled", 2026) == pytest.approx(spread)
    assert worlds_saved_by_pairing(table, "dasar", "sama", "enrolled", 2026) == float("inf")


def test_a_run_reports_the_months_asked_for_and_simulates_all_before_them() -> None:
    whole = simulate("program_berjalan", worlds=2, workers=200, last="2025-06")
    part = simulate("program_berjalan", worlds=2, workers=200, first="2024-10", last="2025-06")
    shown = whole.monthly[whole.monthly["month"] >= month_of("2024-10")].reset_index(drop=True)
    pd.testing.assert_frame_equal(part.monthly, shown)
    assert part.yearly["year"].unique().tolist() == [2024, 2025]
    months = part.monthly[part.monthly["quantity"] == "paid_person_months"]
    paid = (
        part.yearly[part.yearly["quantity"] == "paid_person_months"].groupby(["world", "year"])["value"].sum()
    )
    by_hand = months.assign(year=months["month"] // 12).groupby(["world", "year"])["value"].sum()
    assert paid.tolist() == by_hand.tolist() and sum(paid.tolist()) > 0


def test_results_of_a_comparison_agree_with_their_own_tables() -> None:
    results = compare("program_berjalan", "tanpa_program", worlds=3, workers=500, last="2027-12")
    enrolled = results.yearly[results.yearly["quantity"] == "enrolled"]
    wide = enrolled[enrolled["year"] == 2027].pivot(index="world", columns="scenario", values="value")
    row = results.differences.query("quantity == 'enrolled' and year == 2027").iloc[0]
    assert row["scenario"] == "tanpa_program" and row["to"] == results.base == "program_berjalan"
    assert row["mean"] == (wide["tanpa_program"] - wide["program_berjalan"]).mean() < 0
    summary = results.summary.query("quantity == 'enrolled' and year == 2027").set_index("scenario")
    assert summary.loc["program_berjalan", "mean"] == wide["program_berjalan"].mean()
    assert summary.loc["program_berjalan", "high"] == np.percentile(wide["program_berjalan"], 95)
    assert results.titles["tanpa_program"]["en"] == "No programme from 2026"
