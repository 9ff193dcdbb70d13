"""Yearly cells of every world: the sums of its events and of its yearly table, with intervals and shares."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from jamsos_sim import Results, compare
from jamsos_sim.api import plan_of
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_events import COLUMNS, events_of_world, worlds_named
from jamsos_sim.errors import InputError
from jamsos_sim.model.cells import CELL_STOCKS, OF_LEDGER, CellRows
from jamsos_sim.outcomes_cells import COVERAGE, cell_shares
from jamsos_sim.units import MONTHS_PER_YEAR

SCENARIOS = ("program_berjalan", "tambah_kuota")
LAST_YEAR = 2026
FIXED = ("kecamatan", "occupation", "sex")
"""Dimensions that events tell as they are in the run; deciles move."""


def plan(engine: str = "kernel") -> Plan:
    settings = {"worlds": 2, "workers": 1_000, "last": f"{LAST_YEAR}-12", "engine": engine}
    return plan_of(SCENARIOS, settings)


@cache
def events(engine: str = "kernel") -> pd.DataFrame:
    return events_of_world(plan(engine), 1)


@cache
def results(first: str = "2023-01") -> Results:
    settings = {"worlds": 2, "workers": 1_000, "first": first, "last": f"{LAST_YEAR}-12"}
    return compare(*SCENARIOS, **settings)


def test_both_engines_tell_the_same_events_in_words() -> None:
    pd.testing.assert_frame_equal(events("kernel"), events("reference"))
    assert list(events().columns) == COLUMNS
    assert not events().isna().any().any()


def test_events_name_people_by_their_row_and_nothing_else() -> None:
    assert events()["person"].min() == -1
    assert not {"nik", "name", "key", "birth_month"} & set(events().columns)


@pytest.mark.parametrize("dimension", FIXED)
@pytest.mark.parametrize(
    ("quantity", "kinds"),
    [
        ("deaths", ("death",)),
        ("accidents", ("accident",)),
        ("admitted", ("admission",)),
        ("contributions_paid", ("contribution", "own_part")),
        ("claims", ("claim",)),
        ("benefits_paid", ("benefit", "scholarship")),
        ("unprotected_loss", ("loss",)),
    ],
)
def test_cells_are_the_sums_of_the_events(dimension: str, quantity: str, kinds: tuple[str, ...]) -> None:
    own = events()[events()["kind"].isin(kinds)]
    is_paid = own["kind"].isin(["claim", "benefit", "scholarship"])
    year = own["payment_month"].where(is_paid, own["month"]) // MONTHS_PER_YEAR
    counts = quantity in ("deaths", "accidents", "admitted", "claims")
    told = own.assign(year=year, value=1 if counts else own["amount"], cell=own[dimension].astype(str))
    expected = (
        told[year <= LAST_YEAR].astype({"scenario": str}).groupby(["scenario", "year", "cell"])["value"]
    )
    table = results().cells.query("world == 1 and dimension == @dimension and quantity == @quantity")
    found = table.set_index(["scenario", "year", "cell"])["value"]
    assert found[found != 0].sort_index().to_dict() == expected.sum().to_dict()


@pytest.mark.parametrize("quantity", CellRows._fields)
def test_cells_of_every_dimension_add_up_to_the_yearly_table(quantity: str) -> None:
    added, taken = OF_LEDGER[quantity]
    yearly = results().yearly.pivot_table(
        index=["scenario", "world", "year"], columns="quantity", values="value", aggfunc="sum"
    )
    expected = yearly[list(added)].sum(axis=1) - (0 if taken is None else yearly[taken])
    own = results().cells[results().cells["quantity"] == quantity]
    for _, cells in own.groupby("dimension"):
        sums = cells.groupby(["scenario", "world", "year"])["value"].sum()
        assert sums.tolist() == expected.loc[sums.index].tolist()


def test_a_year_counts_from_january_though_the_tables_begin_later() -> None:
    late = results("2024-07").cells
    whole = results().cells
    pd.testing.assert_frame_equal(late, whole[whole["year"] >= 2024].reset_index(drop=True))
    assert set(CELL_STOCKS) < set(late["quantity"])


def test_a_summary_tells_mean_and_interval_of_each_cell() -> None:
    row = "scenario == 'tambah_kuota' and year == 2026 and cell == 'female' and quantity == 'enrolled'"
    values = results().cells.query(row)["value"].to_numpy()
    (told,) = results().cell_summary.query(row).to_dict("records")
    assert told["mean"] == values.mean()
    assert values.min() < told["low"] < told["high"] < values.max()


def test_differences_are_taken_world_by_world() -> None:
    row = "year == 2026 and cell == '1' and quantity == 'entitled_enrolled'"
    values = results().cells.query(row).pivot(index="world", columns="scenario", values="value")
    (told,) = results().cell_differences.query(row).to_dict("records")
    assert (told["scenario"], told["to"]) == ("tambah_kuota", "program_berjalan")
    assert told["mean"] == (values["tambah_kuota"] - values["program_berjalan"]).mean()


def test_shares_of_a_dimension_add_up_to_one() -> None:
    sums = cell_shares(results().cells).groupby(["scenario", "year", "dimension", "quantity"])["mean"].sum()
    assert np.allclose(sums[sums > 0.6], 1.0)
    assert (sums > 0.6).any() and not sums.isna().any()


def test_coverage_is_told_world_by_world() -> None:
    rows = results().cells.query(
        "scenario == 'tambah_kuota' and year == 2026 and dimension == 'decile' and cell == '2'"
    )
    by_world = rows.pivot(index="world", columns="quantity", values="value")
    share = by_world["entitled_enrolled"] / by_world["entitled_workers"]
    told = results().cell_coverage.query(
        "scenario == 'tambah_kuota' and year == 2026 and dimension == 'decile' and cell == '2'"
    )
    found = told.set_index("indicator")["mean"]
    assert found["coverage_share"] == pytest.approx(share.mean())
    assert found["people_left_out"] == by_world["people_left_out"].mean()
    assert list(found.index) == list(COVERAGE)


def test_where_nobody_is_meant_there_is_no_share() -> None:
    told = results().cell_coverage.query("dimension == 'decile' and indicator == 'coverage_share'")
    assert told[told["cell"] == "10"]["mean"].isna().all()
    assert told[told["cell"] == "1"]["mean"].between(0, 1).all()


def test_worlds_are_named_by_numbers_and_ranges() -> None:
    assert worlds_named("0,3-5") == (0, 3, 4, 5)
    assert worlds_named("2") == (2,)


@pytest.mark.parametrize("given", ["", "a", "1-", "-1", "1,,2", "1.5"])
def test_anything_else_names_no_world(given: str) -> None:
    with pytest.raises(InputError):
        worlds_named(given)
