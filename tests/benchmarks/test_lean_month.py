"""The lean month that looks ahead is the lean month, number for number, where both make the same draws."""

import importlib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from jamsos_sim import chance
from jamsos_sim.compiled import plainly

PEERS = Path(__file__).resolve().parents[2] / "benchmarks" / "peers"
WORKERS, SEED = 400, 7


@pytest.fixture
def month_by_month(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PEERS))
    return importlib.import_module("peer_jamsos")


@pytest.mark.parametrize("months", [1, 7, 8, 9, 24, 50])
def test_looking_ahead_changes_no_number(
    months: int, month_by_month: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = importlib.import_module("peer_jamsos_ahead").simulate(WORKERS, months, SEED)
    recurring = SimpleNamespace(draw=chance.recurring_draw, draws=chance.draws, keys_of=chance.keys_of)
    monkeypatch.setattr(month_by_month, "chance", recurring)
    with plainly():
        assert ahead == month_by_month.simulate(WORKERS, months, SEED)
    assert sum(ahead) > 0


def test_every_quantity_of_the_lean_month_occurs(month_by_month: ModuleType) -> None:
    ahead = importlib.import_module("peer_jamsos_ahead").simulate(20 * WORKERS, 50, SEED)
    assert min(ahead) > 0
