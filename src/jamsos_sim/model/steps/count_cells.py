"""The cells of a run, counted over columns: people at one moment, and the stocks at the end of a year."""

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import compiled
from jamsos_sim.model.cells import CELL, STANDINGS, is_stock_month, year_place
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, with_status
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import SETTLED, SPONSORED, WAITING

KINDS = 2 ** len(STANDINGS)
"""How many standings there are, of those that cells tell apart."""


@compiled
def add_to_cells(city: City, person: int, row: int, year: int, amount: int) -> None:
    """Add to a quantity of a person's cells in a year of the run."""
    people, cells = city.people, city.cells
    cells[row, year, people.trait_cell[person] + people.decile[person]] += amount
    cells[row, year, people.kecamatan_cell[person]] += amount


@touches("people.decile", "people.kecamatan_cell", "people.trait_cell", "cells")
def count_in_cells(city: City, row: int, moment: Moment, persons: Long) -> None:
    """Count people in their cells of the year, each once."""
    people, cells = city.people, city.cells
    year = year_place(moment, moment.elapsed)
    for person in persons:
        cells[row, year, people.trait_cell[person] + people.decile[person]] += 1
        cells[row, year, people.kecamatan_cell[person]] += 1


@touches("people.decile", "people.kecamatan_cell", "people.trait_cell", "cells")
def count_by_standing(city: City, standing: npt.NDArray[np.uint8]) -> Long:
    """How many people of each standing are in each cell: cell by standing."""
    people = city.people
    # One number for each person rather than one for each quantity: whoever is told apart later.
    found = np.zeros((city.cells.shape[2], KINDS), dtype=np.int64)
    for person in range(standing.size):
        kind = standing[person] & (KINDS - 1)
        found[people.trait_cell[person] + people.decile[person], kind] += 1
        found[people.kecamatan_cell[person], kind] += 1
    return found


def count_stocks(city: City, moment: Moment, standing: npt.NDArray[np.uint8]) -> None:
    """Count how everybody stands at the end of a year, or of the run.

    Parameters
    ----------
    standing:
        One byte for everybody, as `steps.standing.standings` gives it.
    """
    if not is_stock_month(city, moment):
        return
    for status, row in ((SPONSORED, CELL.enrolled), (SETTLED, CELL.enrolled), (WAITING, CELL.waiting)):
        count_in_cells(city, row, moment, with_status(city, status))
    by_standing, year = count_by_standing(city, standing), year_place(moment, moment.elapsed)
    of_year = city.cells[:, year]
    for bit, row in enumerate(STANDINGS):
        of_year[row] = by_standing[:, (np.arange(KINDS) >> bit) & 1 == 1].sum(axis=1)
    of_year[CELL.people_left_out] = of_year[CELL.entitled_workers] - of_year[CELL.entitled_enrolled]
    of_year[CELL.wrongly_enrolled] = of_year[CELL.enrolled] - of_year[CELL.entitled_enrolled]
