"""A run tells the events of the worlds that it names, under its seal, and those of no real person."""

from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.api import Settings, compare, plan_of
from jamsos_sim.certificate import verify
from jamsos_sim.cli import exit_code
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_events import events_of_world
from jamsos_sim.errors import InputError
from jamsos_sim.population.register import Register

SMALL: Settings = {"worlds": 3, "workers": 300, "last": "2024-12", "events": "0,2"}
NAMES = ("program_berjalan", "tambah_kuota")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stored run with the events of two of its three worlds."""
    path = tmp_path_factory.mktemp("runs") / "run"
    compare(*NAMES, out=path, **SMALL)
    return path


def test_a_run_keeps_one_table_of_events_for_each_world_named(folder: Path) -> None:
    tables = {file.name for file in folder.glob("*.parquet")}
    assert tables == {
        "monthly.parquet",
        "yearly.parquet",
        "events-0.parquet",
        "events-2.parquet",
        "cells.parquet",
    }
    stored = pd.read_parquet(folder / "events-2.parquet")
    again = events_of_world(plan_of(NAMES, SMALL), 2)
    pd.testing.assert_frame_equal(stored, again)
    assert set(stored["world"]) == {2}
    assert set(stored["scenario"]) == set(NAMES)


def test_results_read_the_stored_events(folder: Path) -> None:
    results = compare(*NAMES, out=folder, **SMALL)
    assert len(results.events(0)) == len(pd.read_parquet(folder / "events-0.parquet"))
    with pytest.raises(InputError):
        results.events(1)


def test_a_stored_run_with_events_is_verified_and_a_changed_rupiah_is_found(folder: Path) -> None:
    assert verify(folder).is_match
    file = folder / "events-0.parquet"
    whole = file.read_bytes()
    table = pd.read_parquet(file)
    row = int(np.flatnonzero(table["amount"] > 0)[0])
    table.loc[row, "amount"] += 1
    table.to_parquet(file, index=False)
    verdict = verify(folder)
    file.write_bytes(whole)
    assert not verdict.is_match
    assert verdict.difference is not None
    assert (verdict.difference.table, verdict.difference.column) == ("events-0", "amount")


def test_the_events_of_a_register_are_refused() -> None:
    plan = plan_of(NAMES, {"worlds": 1, "workers": 300})
    with pytest.raises(InputError, match="--events"):
        Plan(**{**vars(plan), "register": cast(Register, object()), "workers": None, "events": (0,)})


@pytest.mark.parametrize("events", ["3", "0-3", "satu", "1-"])
def test_worlds_that_are_not_there_end_in_a_sentence(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "run",
        "program_berjalan",
        "--worlds",
        "3",
        "--workers",
        "300",
        "--events",
        events,
        "--lang",
        "en",
    ]
    assert exit_code(words) == 2
    assert "--events" in capsys.readouterr().err
