"""Cells are counted alike in both engines, and those of each dimension add up to the ledger, in integers."""

import numpy as np
import pytest

from jamsos_sim.model.cells import CELL, CELL_STOCKS, OF_LEDGER, CellRows, Cells, by_dimension, cell_names
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.reference import JamsosModel
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario, load_scenario
from jamsos_sim.units import MONTHS_PER_YEAR
from tests.model.test_engines_agree import EVENTFUL, EVENTFUL_MONEY
from tests.model.worlds import SHIPPED, Counts, draft, world, world_under

DIMENSIONS = {dimension for dimension, _ in cell_names(world().region)}
EVERYTHING = {"eventful": EVENTFUL, "money": EVENTFUL_MONEY}
NOT_THERE = {"eventful": [], "money": ["families_funeral_only"]}
"""What is too rare to happen in the one happens in the other."""


def run_of(
    engine: type[Kernel] | type[JamsosModel], scenario: Scenario, where: World
) -> tuple[Totals, Cells]:
    """Ledger and cells of a run."""
    model = engine(where)
    for rules in rules_of(scenario, where):
        model.run_month(rules)
    return model.city.ledger, model.city.cells


def of_year(ledger: Totals, quantity: str, year: int) -> int:
    """What the ledger says a quantity of the cells must be in a year of the run."""
    added, taken = OF_LEDGER[quantity]
    months = ledger[:, year * MONTHS_PER_YEAR : (year + 1) * MONTHS_PER_YEAR]
    values = months[:, -1] if quantity in CELL_STOCKS else months.sum(axis=1)
    less = 0 if taken is None else int(values[getattr(ROW, taken)])
    return sum(int(values[getattr(ROW, name)]) for name in added) - less


def sums_by_dimension(cells: Cells) -> dict[str, Counts]:
    """Dimension to the sums of its cells: quantity by year."""
    region = world().region
    dimension = np.array([dimension for dimension, _ in cell_names(region)])
    values = by_dimension(cells, region)
    return {name: values[:, :, dimension == name].sum(axis=2) for name in DIMENSIONS}


def must_add_up(ledger: Totals, cells: Cells) -> None:
    for dimension, sums in sums_by_dimension(cells).items():
        for row, quantity in enumerate(CellRows._fields):
            expected = [of_year(ledger, quantity, year) for year in range(cells.shape[1])]
            assert sums[row].tolist() == expected, (dimension, quantity)


@pytest.mark.parametrize("name", SHIPPED)
def test_cells_of_every_dimension_add_up_to_the_ledger(name: str) -> None:
    ledger, cells = run_of(Kernel, load_scenario(name), world(0, 1_200))
    must_add_up(ledger, cells)
    assert (cells >= 0).all()


@pytest.mark.parametrize("name", EVERYTHING)
def test_both_engines_count_the_same_cells_where_everything_happens(name: str) -> None:
    scenario = draft(EVERYTHING[name])
    where = world_under(scenario, 0, 1_000, "2027-05")
    slow, fast = (run_of(engine, scenario, where) for engine in (JamsosModel, Kernel))
    differ = np.flatnonzero((slow[1] != fast[1]).any(axis=(1, 2)))
    assert [CellRows._fields[row] for row in differ] == []
    must_add_up(*fast)
    never = [name for name, of_row in zip(CellRows._fields, fast[1], strict=True) if not of_row.any()]
    assert never == NOT_THERE[name]
    assert (fast[1] >= 0).all()


def test_families_stand_where_the_vulnerable_died_and_a_benefit_makes_nobody_poor() -> None:
    where = world_under(draft(EVENTFUL), 0, 1_000, "2027-05")
    cells = run_of(Kernel, draft(EVENTFUL), where)[1]
    families = cells[CELL.families_full : CELL.families_unprotected + 1].sum(axis=0)
    assert (families <= cells[CELL.deaths]).all()
    region = where.region
    better_off = [
        dimension == "decile" and int(name) > region.vulnerable_decile
        for dimension, name in cell_names(region)
    ]
    assert not by_dimension(cells, region)[CELL.families_full :, :, better_off].any()
    for without, as_it_is in (
        (CELL.bereaved_poor_without_cover, CELL.bereaved_poor),
        (CELL.injured_poor_without_cover, CELL.injured_poor),
    ):
        assert (cells[as_it_is] <= cells[without]).all() and cells[as_it_is].sum() < cells[without].sum()


def test_a_run_that_ends_within_a_year_counts_its_stocks_in_its_last_month() -> None:
    ledger, cells = run_of(Kernel, load_scenario("program_berjalan"), world(0, 1_200, "2024-05"))
    assert cells.shape[1] == 2
    must_add_up(ledger, cells)
    assert cells[CELL.enrolled, 1].sum() == 2 * ledger[ROW.enrolled, -1] > 0


def test_a_run_that_goes_on_by_itself_leaves_the_cells_of_the_other_alone() -> None:
    where = world(0, 1_200)
    months = rules_of(load_scenario("program_berjalan"), where)
    kernel = Kernel(where)
    for rules in months[:30]:
        kernel.run_month(rules)
    before, twin = kernel.city.cells.copy(), kernel.copy()
    for rules in months[30:]:
        twin.run_month(rules)
    assert np.array_equal(kernel.city.cells, before)
    assert (twin.city.cells != before).any()
