"""The month in NumPy, which the benchmarks measure the kernel against, is the same month."""

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.model.cells import CellRows
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import Period, World, world_of
from jamsos_sim.population.region_file import load_region
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import month_of

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
PERIOD = Period(month_of("2023-01"), month_of("2029-07"))
WORKERS = 3_000


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(load_region("tangsel"), load_assumptions("tangsel"), 3, PERIOD, WORKERS)


@pytest.fixture
def in_numpy(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("numpy_month.month")


def differing(rows: tuple[str, ...], own: np.ndarray, expected: np.ndarray) -> list[str]:
    return [row for row, ours, theirs in zip(rows, own, expected, strict=True) if (ours != theirs).any()]


@pytest.mark.parametrize("name", ["program_berjalan", "raperda_data_terpadu", "tempat_per_wilayah"])
def test_its_ledger_is_the_kernels_number_for_number(name: str, world: World, in_numpy: ModuleType) -> None:
    kernel, months = Kernel(world), rules_of(load_scenario(name), world)
    for rules in months:
        kernel.run_month(rules)
    own, expected = in_numpy.run_numpy(months, world), kernel.city
    assert differing(Rows._fields, own.ledger, expected.ledger) == []
    assert differing(CellRows._fields, own.cells, expected.cells) == []
    assert expected.ledger.any(axis=1).sum() > 60


def test_drawing_for_everybody_changes_no_number(world: World, in_numpy: ModuleType) -> None:
    months = rules_of(load_scenario("program_berjalan"), world)
    whole = in_numpy.Luck(world, kind=importlib.import_module("numpy_month.luck").WholeDraws)
    own, expected = in_numpy.run_numpy(months, world, whole), in_numpy.run_numpy(months, world)
    assert differing(Rows._fields, own.ledger, expected.ledger) == []
    assert differing(CellRows._fields, own.cells, expected.cells) == []


def test_what_was_found_is_kept_for_another_scenario(world: World, in_numpy: ModuleType) -> None:
    months = rules_of(load_scenario("program_berjalan"), world)
    luck = in_numpy.Luck(world, is_kept=True)
    first = in_numpy.run_numpy(months, world, luck)
    for draws in luck.draws.values():
        draws.keys = draws.keys[:0]
    assert (in_numpy.run_numpy(months, world, luck).ledger == first.ledger).all()


def test_a_lever_that_it_does_not_have_is_refused(world: World, in_numpy: ModuleType) -> None:
    months = rules_of(load_scenario("transfer_terlambat"), world)
    with pytest.raises(Exception, match="transfer_delay"):
        in_numpy.run_numpy(months, world)
