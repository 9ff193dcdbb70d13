"""Yearly cells of every world: the sums of its events and of its yearly table, with intervals and shares."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd
import pytest

from jamsos_sim import Results, compare
from jamsos_sim.api import plan_of
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_events import COLUMNS, events_of_world, worlds_named
from jamsos_sim.errors import InputError
from jamsos_sim.model.cells import CELL_STOCKS, DECILES, DIMENSIONS, OF_LEDGER, CellRows
from jamsos_sim.model.ledger import FAMILIES
from jamsos_sim.outcomes_cells import CELL_INDICATORS, COVERAGE, cell_indicators, cell_shares
from jamsos_sim.report.families import families_of_hundred
from jamsos_sim.units import MONTHS_PER_YEAR

SCENARIOS = ("program_berjalan", "tambah_kuota")
LAST_YEAR = 2026
WITH_NOTHING = ("not_claimed", "gap", "insured_elsewhere", "too_old", "unprotected")
STEPS = {"risen": 1, "fallen": -1}
"""What a household's step, as the events tell it, does to its decile."""


def plan(engine: str = "kernel") -> Plan:
    settings = {"worlds": 2, "workers": 1_000, "last": f"{LAST_YEAR}-12", "engine": engine}
    return plan_of(SCENARIOS, settings)


@cache
def events(engine: str = "kernel") -> pd.DataFrame:
    return events_of_world(plan(engine), 1)


@cache
def events_with_deciles_of_their_month() -> pd.DataFrame:
    """The events with the decile to which all steps up to their month have led, as a month begins with its
    steps, and with that of the end of the year, in which contributions are counted.
    """
    told = events().astype({"scenario": str})
    is_step = told["kind"] == "decile_step"
    steps = told["reason"].astype(str).map(STEPS).where(is_step, 0).astype(int)
    ordered = told.assign(step=steps, follows=~is_step).sort_values(["month", "follows"], kind="stable")
    decile = ordered["decile"] + ordered.groupby(["scenario", "person"])["step"].cumsum()
    of_year = [ordered["scenario"], ordered["person"], ordered["month"] // MONTHS_PER_YEAR]
    return told.assign(decile=decile, decile_at_end_of_year=decile.groupby(of_year).transform("last"))


def test_deciles_move_within_the_events() -> None:
    """Otherwise the sums by decile below would be those of the start."""
    told = events_with_deciles_of_their_month()
    for kind in ("death", "accident", "admission"):
        was, own = events()["decile"], told["kind"] == kind
        assert (told["decile"] != was)[own].any()
    assert told.loc[told["person"] >= 0, "decile"].between(1, DECILES - 1).all()


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


@pytest.mark.parametrize("dimension", DIMENSIONS)
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
        *((name, ("death",)) for name in FAMILIES),
    ],
)
def test_cells_are_the_sums_of_the_events(dimension: str, quantity: str, kinds: tuple[str, ...]) -> None:
    told = events_with_deciles_of_their_month()
    own = told[told["kind"].isin(kinds)]
    if quantity in FAMILIES:
        own = own[own["family"] == quantity.removeprefix("families_")]
    is_paid = own["kind"].isin(["claim", "benefit", "scholarship"])
    year = own["payment_month"].where(is_paid, own["month"]) // MONTHS_PER_YEAR
    is_of_year = (dimension, quantity) == ("decile", "contributions_paid")
    told_by = "decile_at_end_of_year" if is_of_year else dimension
    counts = quantity in ("deaths", "accidents", "admitted", "claims", *FAMILIES)
    told = own.assign(year=year, value=1 if counts else own["amount"], cell=own[told_by].astype(str))
    expected = (
        told[year <= LAST_YEAR].astype({"scenario": str}).groupby(["scenario", "year", "cell"])["value"]
    )
    table = results().cells.query("world == 1 and dimension == @dimension and quantity == @quantity")
    found = table.set_index(["scenario", "year", "cell"])["value"]
    assert found[found != 0].sort_index().to_dict() == expected.sum().to_dict()


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_months_waited_are_those_from_the_last_proposal_to_the_place(dimension: str) -> None:
    told = events_with_deciles_of_their_month()
    own = told[told["kind"].isin(["proposal", "admission"])]
    person = own.groupby(["scenario", "person"], sort=False)
    admitted = own.assign(waited=own["month"] - person["month"].shift())[own["kind"] == "admission"]
    assert admitted["waited"].sum() > 0
    cell = [admitted["scenario"], admitted["month"] // MONTHS_PER_YEAR, admitted[dimension].astype(str)]
    expected = admitted["waited"].groupby(cell).sum()
    table = results().cells.query(
        "world == 1 and dimension == @dimension and quantity == 'months_waited' and value > 0"
    )
    found = table.set_index(["scenario", "year", "cell"])["value"].sort_index()
    assert found.to_dict() == expected[expected > 0].sort_index().to_dict()


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


def test_coverage_is_that_of_all_people_of_all_worlds_with_the_interval_of_the_worlds() -> None:
    rows = results().cells.query(
        "scenario == 'tambah_kuota' and year == 2026 and dimension == 'decile' and cell == '2'"
    )
    by_world = rows.pivot(index="world", columns="quantity", values="value")
    told = results().cell_coverage.query(
        "scenario == 'tambah_kuota' and year == 2026 and dimension == 'decile' and cell == '2'"
    )
    found = told.set_index("indicator")
    meant = by_world["entitled_workers"]
    share = found.loc["coverage_share"]
    assert share["mean"] == pytest.approx(by_world["entitled_enrolled"].sum() / meant.sum())
    low, high = (by_world["entitled_enrolled"] / meant).quantile([0.05, 0.95])
    assert (share["low"], share["high"]) == pytest.approx((low, high))
    assert found["mean"]["people_left_out"] == by_world["people_left_out"].mean()
    assert found["counted"].tolist() == [meant.sum()] * 2
    assert list(found.index) == list(COVERAGE)


def test_where_nobody_is_meant_there_is_no_share() -> None:
    told = results().cell_coverage.query("dimension == 'decile' and indicator == 'coverage_share'")
    assert told[told["cell"] == "10"]["mean"].isna().all()
    assert told[told["cell"] == "1"]["mean"].between(0, 1).all()


def indicators_of(dimension: str, cell: str) -> "pd.Series[float]":
    """Means of a cell of the current programme in the last year."""
    told = results().cell_indicators.query(
        "scenario == 'program_berjalan' and year == @LAST_YEAR and dimension == @dimension and cell == @cell"
    )
    assert list(told["indicator"]) == list(CELL_INDICATORS)
    return told.set_index("indicator")["mean"]


def worlds_of(dimension: str, cell: str) -> pd.DataFrame:
    """Quantities of the same cell, world by world."""
    rows = results().cells.query(
        "scenario == 'program_berjalan' and year == @LAST_YEAR and dimension == @dimension and cell == @cell"
    )
    return rows.pivot(index="world", columns="quantity", values="value")


@pytest.mark.parametrize("cell", [("kecamatan", "Pamulang"), ("decile", "2"), ("sex", "male")])
def test_the_wait_and_the_families_of_a_cell_are_those_of_all_worlds_together(cell: tuple[str, str]) -> None:
    told, by_world = indicators_of(*cell), worlds_of(*cell)
    assert told["months_waited_mean"] == pytest.approx(
        by_world["months_waited"].sum() / by_world["admitted"].sum()
    )
    families = by_world[list(FAMILIES)].sum(axis=1)
    assert told["bereaved_families"] == families.mean() > 0
    assert told["families_full_of_100"] == pytest.approx(
        100 * by_world["families_full"].sum() / families.sum()
    )
    assert sum(told[f"{name}_of_100"] for name in FAMILIES) == pytest.approx(100)
    with_nothing = [f"families_{why}_of_100" for why in WITH_NOTHING]
    assert told["families_nothing_of_100"] == pytest.approx(told[with_nothing].sum())


def cells_made_up(of_worlds: Sequence[Mapping[str, int]]) -> pd.DataFrame:
    """One cell of one year, with some quantities in each world and nought of all others."""
    rows = [
        ("a", world, 2030, "decile", "5", quantity, values.get(quantity, 0))
        for world, values in enumerate(of_worlds)
        for quantity in CellRows._fields
    ]
    return pd.DataFrame(rows, columns=["scenario", "world", "year", "dimension", "cell", "quantity", "value"])


def test_a_world_with_many_counts_for_more_than_a_world_with_few_and_one_with_none_for_nothing() -> None:
    cells = cells_made_up(
        [{"admitted": 8, "months_waited": 16}, {"admitted": 1, "months_waited": 11}, {"families_full": 2}]
    )
    told = cell_indicators(lambda quantities: cells[cells["quantity"].isin(quantities)])
    found = told.set_index("indicator")
    wait = found.loc["months_waited_mean"]
    assert (wait["mean"], wait["counted"]) == (3.0, 9)
    assert (wait["low"], wait["high"]) == pytest.approx((2.45, 10.55))
    families = found.loc["families_full_of_100"]
    assert (families["mean"], families["low"], families["high"], families["counted"]) == (100, 100, 100, 2)
    assert found.loc["bereaved_families", "mean"] == pytest.approx(2 / 3)
    assert found.loc["bereaved_poor", "counted"] == 0 and np.isnan(found.loc["bereaved_poor", "mean"])


@pytest.mark.parametrize("dimension", ["decile", "sex"])
def test_families_of_the_cells_together_are_the_families_of_the_city(dimension: str) -> None:
    """Pooled shares, weighed by the families on which they stand, are those of the families' figure."""
    city = families_of_hundred(results().yearly, (LAST_YEAR, LAST_YEAR))
    own = results().cell_indicators.query("year == @LAST_YEAR and dimension == @dimension")
    for scenario, name, mean in city[["scenario", "quantity", "mean"]].itertuples(index=False):
        if name not in FAMILIES:
            continue
        told = own[(own["scenario"] == scenario) & (own["indicator"] == f"{name}_of_100")]
        told = told[told["counted"] > 0]
        assert np.average(told["mean"], weights=told["counted"]) == pytest.approx(mean)


def test_where_nobody_waited_or_died_nothing_is_shared_out() -> None:
    told = indicators_of("decile", "10")
    assert told["bereaved_families"] == 0
    assert told.drop("bereaved_families").isna().all()


def test_what_is_told_of_a_cell_of_everybody_is_told_of_the_city() -> None:
    """A city of one sex would be a cell; here the two sexes lie on both sides of the city's mean."""
    city = results().indicators.query("scenario == 'program_berjalan' and year == @LAST_YEAR")
    mean = city.set_index("indicator")["mean"]["months_waited_mean"]
    waits = sorted(indicators_of("sex", sex)["months_waited_mean"] for sex in ("male", "female"))
    assert waits[0] <= mean <= waits[1]


def test_worlds_are_named_by_numbers_and_ranges() -> None:
    assert worlds_named("0,3-5") == (0, 3, 4, 5)
    assert worlds_named("2") == (2,)


@pytest.mark.parametrize("given", ["", "a", "1-", "-1", "1,,2", "1.5"])
def test_anything_else_names_no_world(given: str) -> None:
    with pytest.raises(InputError):
        worlds_named(given)
