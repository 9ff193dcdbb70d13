"""Final tables are written side by side: when one fails or the user interrupts, all end, and nothing is
half-written.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jamsos_sim import InputError, ensemble_folder, ensemble_table
from jamsos_sim.api import Settings, plan_of
from jamsos_sim.assumptions_file import Range
from jamsos_sim.ensemble_folder import RunFolder
from jamsos_sim.ensemble_manifest import described_assumptions
from jamsos_sim.ensemble_table import LongTable, Piece

WORLDS = 2_000
"""Pieces of the slow table, each of which takes a while."""
NAMES = ("program_berjalan", "raperda_data_terpadu", "tambah_kuota")


def table_of(values: Callable[[Piece], Any]) -> LongTable:
    return LongTable(("satu",), WORLDS, "year", (2026,), (("deaths",),), values)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    monkeypatch.setattr(ensemble_table, "ROWS_AT_ONCE", 1)
    run = RunFolder(tmp_path / "hasil", plan_of(NAMES[:1], Settings(worlds=1, workers=150, last="2023-03")))
    with run.opened():
        return run


class Slow:
    """A table that is never done in time, and how many of its pieces have been made."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.pieces = 0
        self.table = table_of(self.values)

    def values(self, piece: Piece) -> Any:
        self.begun.set()
        self.pieces += 1
        time.sleep(0.005)
        return np.zeros((1, 1, 1), dtype=np.int64)


def left_in(folder: RunFolder) -> set[str]:
    return {path.name for path in folder.path.rglob("*") if path.is_file()}


def test_when_one_table_fails_the_others_end_and_a_sentence_says_why(folder: RunFolder) -> None:
    slow = Slow()

    def full(piece: Piece) -> Any:
        slow.begun.wait(timeout=60)
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError) as refused:
        folder.finish({"slow": slow.table, "full": table_of(full)}, threads=2)
    assert refused.value.key == "run.disk_full"
    assert 0 < slow.pieces < WORLDS
    assert left_in(folder) == {"plan.json"}


def test_an_interrupt_ends_all_tables(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow()

    def interrupted(*_: object, **__: object) -> None:
        slow.begun.wait(timeout=60)
        raise KeyboardInterrupt

    monkeypatch.setattr(ensemble_folder, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        folder.finish({"slow": slow.table, "other": Slow().table}, threads=2)
    assert 0 < slow.pieces < WORLDS
    assert left_in(folder) == {"plan.json"}


def test_assumptions_are_described_once_for_each_range_and_told_for_every_scenario() -> None:
    plan = plan_of(NAMES, Settings(worlds=3, workers=150, last="2024-03"))
    key, bounds = "uptake.aware_at_start", Range(low=0.01, central=0.02, high=0.03)
    first, second, third = plan.scenarios
    own = replace(plan, scenarios=(first, replace(second, assumptions={key: bounds}), third))
    told = described_assumptions(own)
    assert list(told) == list(NAMES)
    assert told[first.name] == told[third.name] == described_assumptions(plan)[second.name]
    assert (told[second.name][key]["low"], told[second.name][key]["high"]) == (0.01, 0.03)
    assert all(0.01 <= value <= 0.03 for value in told[second.name][key]["draws"])
    others = {name: each for name, each in told[second.name].items() if name != key}
    assert others == {name: each for name, each in told[first.name].items() if name != key}
