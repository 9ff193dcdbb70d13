"""However many worlds a run has, it holds a few at a time."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from jamsos_sim import ensemble_hands, ensemble_table, outcomes_tables, simulate
from jamsos_sim.api import Settings, plan_of
from jamsos_sim.ensemble import Ledgers, Simulated, cell_shape
from jamsos_sim.ensemble_digest import table_digest
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from jamsos_sim.model.cells import CELL, cell_names
from jamsos_sim.model.ledger import Rows
from jamsos_sim.outcomes import (
    Shown,
    difference_table,
    monthly_long,
    monthly_table,
    source_of,
    summary_table,
    yearly_long,
    yearly_table,
)
from jamsos_sim.outcomes_cells import cell_differences, cell_summary, cells_long

NAMES = ("program_berjalan", "tanpa_program")
START, MONTHS, WORLDS = 2023 * 12, 40, 7
MEBIBYTE = 2**20


@pytest.fixture
def ledgers() -> Ledgers:
    return np.random.default_rng(1).integers(-5, 10**12, (WORLDS, len(NAMES), len(Rows._fields), MONTHS))


@pytest.mark.parametrize("rows", [100, 10_000, 2**18])
@pytest.mark.parametrize("first", [START, START + 5])
def test_a_table_written_piece_by_piece_is_the_table_in_memory(
    tmp_path: Path, ledgers: Ledgers, rows: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble_table, "ROWS_AT_ONCE", rows)
    shown = Shown(NAMES, WORLDS, START, first, START + MONTHS)
    for long, table in ((monthly_long, monthly_table), (yearly_long, yearly_table)):
        streamed, whole = long(source_of(ledgers), shown), table(ledgers, NAMES, START, first)
        file = tmp_path / "table.parquet"
        with file.open("wb") as opened:
            assert streamed.write(opened) == table_digest(whole)
        pd.testing.assert_frame_equal(pd.read_parquet(file), whole)
        wanted = Rows._fields[3:6]
        some = whole[whole["quantity"].isin(wanted)].reset_index(drop=True)
        pd.testing.assert_frame_equal(ensemble_table.read_quantities(file, wanted), some)
        pd.testing.assert_frame_equal(streamed.frame(wanted), some)


@pytest.mark.parametrize("rows", [100, 2**18])
@pytest.mark.parametrize("first", ["2023-01", "2024-03"])
def test_cells_written_piece_by_piece_are_the_cells_in_memory(
    tmp_path: Path, rows: int, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble_table, "ROWS_AT_ONCE", rows)
    plan = plan_of(NAMES, Settings(worlds=WORLDS, workers=150, first=first, last="2025-04"))
    cells = np.random.default_rng(1).integers(0, 99, (WORLDS, len(NAMES), *cell_shape(plan)))
    shown = Shown(NAMES, WORLDS, plan.period.start, plan.first_reported, plan.period.stop)
    table, file = cells_long(source_of(cells), shown, plan.region.region), tmp_path / "cells.parquet"
    with file.open("wb") as opened:
        assert table.write(opened) == table_digest(table.frame())
    pd.testing.assert_frame_equal(pd.read_parquet(file), table.frame())
    year, place = int(first[:4]) - 2023, cell_names(plan.region.region).index(("sex", "female"))
    row = "scenario == 'tanpa_program' and world == 6 and cell == 'female' and quantity == 'deaths'"
    expected = cells[6, 1, CELL.deaths, year:, place].tolist()
    assert table.frame().query(row)["value"].tolist() == expected
    deaths = table.frame().query("quantity == 'deaths'").reset_index(drop=True)
    pd.testing.assert_frame_equal(table.frame(["deaths"]), deaths)


def test_a_piece_is_never_larger_than_asked_for_or_a_world(ledgers: Ledgers) -> None:
    shown = Shown(NAMES, 5_000, START, START, START + MONTHS)
    table = monthly_long(source_of(ledgers), shown)
    sizes = {(piece.stop - piece.start) * len(Rows._fields) * MONTHS for piece in table.pieces()}
    assert max(sizes) <= ensemble_table.ROWS_AT_ONCE
    assert sum(piece.stop - piece.start for piece in table.pieces()) == 5_000 * len(NAMES)


def test_summaries_of_few_quantities_at_a_time_are_those_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(worlds=3, workers=150, last="2024-03", threads=2)
    results = simulate(*NAMES, **settings)
    monkeypatch.setattr(outcomes_tables, "ROWS_AT_ONCE", 30)
    pd.testing.assert_frame_equal(results.summary, summary_table(results.yearly))
    others = difference_table(results.yearly, NAMES[0], [NAMES[1]])
    pd.testing.assert_frame_equal(results.differences, others)
    pd.testing.assert_frame_equal(results.cell_summary, cell_summary(results.cells))
    cells = cell_differences(results.cells, NAMES[0], [NAMES[1]])
    pd.testing.assert_frame_equal(results.cell_differences, cells)


def test_only_a_few_worlds_wait_for_their_consumer(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def quick(plan: object, number: int, *rest: object) -> Simulated:
        begun.append(number)
        return Simulated(np.zeros((1, 1, 1), dtype=np.int64), np.zeros((1, 1, 1, 1), dtype=np.int64))

    monkeypatch.setattr(ensemble_hands, "simulate_world", quick)
    plan = plan_of(NAMES, Settings(worlds=10_000, workers=150))
    for consumed, _ in enumerate(simulate_worlds(plan, range(10_000), Hands(2)), 1):
        assert len(begun) <= consumed + 2 * 2
        if consumed == 50:
            break
    assert threading.active_count() < 20


PEAK = """
import resource, sys
import numpy as np
from jamsos_sim import compare, ensemble_hands
from jamsos_sim.ensemble import Simulated, cell_shape, ledger_shape

def quick(plan, number, *rest):
    shapes = [(len(plan.scenarios), *shape(plan)) for shape in (ledger_shape, cell_shape)]
    return Simulated(*(np.random.default_rng(number).integers(0, 10**12, shape) for shape in shapes))

ensemble_hands.simulate_world = quick
settings = {"worlds": int(sys.argv[1]), "workers": 100, "last": "2025-12", "threads": 2}
results = compare(*sys.argv[3:], **settings, out=sys.argv[2])
assert len(results.summary) and len(results.differences) and len(results.targeting)
assert len(results.cell_summary) and len(results.cell_differences)
results.cost_figure(), results.enrolment_figure(), results.families_figure()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
"""Everything a command does with the worlds but simulate them."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is told in other units elsewhere")
def test_eight_times_the_worlds_take_hardly_more_memory(tmp_path: Path) -> None:
    peaks = []
    for worlds in (50, 400):
        words = ["-W", "ignore", "-c", PEAK, str(worlds), str(tmp_path / str(worlds)), *NAMES]
        said = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
        peaks.append(int(said.stdout) / 1024)
    assert peaks[1] - peaks[0] < 80, peaks
