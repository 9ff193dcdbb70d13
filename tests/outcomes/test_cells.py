"""Yearly cells are sums of the events of a world, and the same for every way to cut the people."""

import threading
from functools import cache

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.api import plan_of
from jamsos_sim.ensemble import Ledgers, Plan, simulate_world
from jamsos_sim.ensemble_events import COLUMNS, events_of_world, worlds_named
from jamsos_sim.errors import InputError
from jamsos_sim.model.ledger import ROW
from jamsos_sim.outcomes_cells import DIMENSIONS, cell_shares, cell_table

SCENARIOS = ("program_berjalan", "tambah_kuota")
LAST_YEAR = 2026


def plan(engine: str = "kernel") -> Plan:
    settings = {"worlds": 2, "workers": 1_000, "last": f"{LAST_YEAR}-12", "engine": engine}
    return plan_of(SCENARIOS, settings)


@cache
def events(engine: str = "kernel") -> pd.DataFrame:
    return events_of_world(plan(engine), 1)


@cache
def cells() -> pd.DataFrame:
    return cell_table(events(), LAST_YEAR)


@cache
def ledgers() -> Ledgers:
    return simulate_world(plan(), 1, threading.Event(), lambda months: None)


def by_year(scenario: int, *rows: int) -> list[int]:
    return ledgers()[scenario, list(rows)].sum(axis=0).reshape(-1, 12).sum(axis=1).tolist()


def test_both_engines_tell_the_same_events_in_words() -> None:
    pd.testing.assert_frame_equal(events("kernel"), events("reference"))
    assert list(events().columns) == COLUMNS
    assert not events().isna().any().any()


def test_events_name_people_by_their_row_and_nothing_else() -> None:
    assert events()["person"].min() == -1
    assert not {"nik", "name", "key", "birth_month"} & set(events().columns)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize(
    ("quantity", "rows"),
    [
        ("deaths", (ROW.deaths,)),
        ("accidents", (ROW.accidents,)),
        ("admitted", (ROW.admitted,)),
        ("contributions", (ROW.city_contributions, ROW.self_contributions)),
        ("claims", (ROW.jkk_cases, ROW.jkm_cases, ROW.self_cases)),
        ("benefits", (ROW.jkk_paid, ROW.jkm_paid, ROW.self_paid)),
        ("loss", (ROW.unprotected_loss,)),
    ],
)
def test_cells_of_every_cut_add_up_to_the_ledger(
    dimension: str, quantity: str, rows: tuple[int, ...]
) -> None:
    for place, scenario in enumerate(SCENARIOS):
        own = cells()[(cells()["scenario"] == scenario) & (cells()["dimension"] == dimension)]
        sums = own[own["quantity"] == quantity].groupby("year")["value"].sum()
        assert sums.reindex(range(2023, LAST_YEAR + 1), fill_value=0).tolist() == by_year(place, *rows)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_enrolled_of_all_cells_are_those_of_the_ledger(dimension: str) -> None:
    for place, scenario in enumerate(SCENARIOS):
        own = cells()[(cells()["scenario"] == scenario) & (cells()["dimension"] == dimension)]
        enrolled = own[own["quantity"] == "enrolled"].groupby("year")["value"].sum()
        last = ledgers()[place, ROW.enrolled, 11::12]
        assert enrolled.reindex(range(2023, LAST_YEAR + 1), fill_value=0).tolist() == last.tolist()


def test_shares_of_a_dimension_add_up_to_one() -> None:
    sums = cell_shares(cells()).groupby(["scenario", "year", "dimension", "quantity"])["mean"].sum()
    assert np.allclose(sums[sums > 0], 1.0)
    assert (sums > 0).any()


def test_worlds_are_named_by_numbers_and_ranges() -> None:
    assert worlds_named("0,3-5") == (0, 3, 4, 5)
    assert worlds_named("2") == (2,)


@pytest.mark.parametrize("given", ["", "a", "1-", "-1", "1,,2", "1.5"])
def test_anything_else_names_no_world(given: str) -> None:
    with pytest.raises(InputError):
        worlds_named(given)
