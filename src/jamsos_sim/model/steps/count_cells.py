"""The cells of a run, counted over columns: people at one moment, and at the end of a year how everybody
stands, and the months and contributions that each person kept count of.
"""

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import rule
from jamsos_sim.model.cells import CELL, STANDINGS, is_stock_month, year_place
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Column, Long
from jamsos_sim.model.month import Moment
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import SETTLED, SPONSORED, WAITING

KINDS = 2 ** len(STANDINGS)
"""How many standings there are, of those that cells tell apart."""


@rule
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
def count_by_standing(city: City, standing: npt.NDArray[np.uint8]) -> Column:
    """How many people of each standing are in each cell: cell by standing."""
    people = city.people
    # One number for each person rather than one for each quantity: whoever is told apart later.
    found = np.zeros((city.cells.shape[2], KINDS), dtype=np.int32)
    for person in range(standing.size):
        kind = standing[person] & (KINDS - 1)
        found[people.trait_cell[person] + people.decile[person], kind] += 1
        found[people.kecamatan_cell[person], kind] += 1
    return found


@touches(
    "people.decile",
    "people.kecamatan_cell",
    "people.trait_cell",
    "people.year_contributed",
    "people.year_covered",
    "people.year_paid",
    "people.year_wrong",
    "cells",
)
def tell_year(city: City, year: int) -> None:
    """Add everybody's months and contributions of a year to the cells, and begin the next one."""
    people, cells = city.people, city.cells
    for person in range(people.decile.size):
        covered, paid = people.year_covered[person], people.year_paid[person]
        contributed = people.year_contributed[person]
        # Most people have nothing to tell, and a look at them is all that they cost.
        if (covered | paid | contributed) == 0:
            continue
        trait, kecamatan = people.trait_cell[person] + people.decile[person], people.kecamatan_cell[person]
        cells[CELL.covered_person_months, year, trait] += covered
        cells[CELL.covered_person_months, year, kecamatan] += covered
        cells[CELL.paid_person_months, year, trait] += paid
        cells[CELL.paid_person_months, year, kecamatan] += paid
        cells[CELL.wrongly_paid_months, year, trait] += people.year_wrong[person]
        cells[CELL.wrongly_paid_months, year, kecamatan] += people.year_wrong[person]
        cells[CELL.contributions_paid, year, trait] += contributed
        cells[CELL.contributions_paid, year, kecamatan] += contributed
        people.year_covered[person] = people.year_paid[person] = people.year_wrong[person] = 0
        people.year_contributed[person] = 0


def close_year(city: City, moment: Moment, standing: npt.NDArray[np.uint8]) -> None:
    """Count at the end of a year, or of the run, how everybody stands and what the year has brought.

    Parameters
    ----------
    standing:
        One byte for everybody, as `steps.standing.standings` gives it.
    """
    if not is_stock_month(city, moment):
        return
    for status, row in ((SPONSORED, CELL.enrolled), (SETTLED, CELL.enrolled), (WAITING, CELL.waiting)):
        count_in_cells(city, row, moment, with_status(city, status))
    tell_year(city, year_place(moment, moment.elapsed))
    by_standing, year = count_by_standing(city, standing), year_place(moment, moment.elapsed)
    of_year = city.cells[:, year]
    for bit, row in enumerate(STANDINGS):
        of_year[row] = by_standing[:, (np.arange(KINDS) >> bit) & 1 == 1].sum(axis=1)
    of_year[CELL.people_left_out] = of_year[CELL.entitled_workers] - of_year[CELL.entitled_enrolled]
    of_year[CELL.wrongly_enrolled] = of_year[CELL.enrolled] - of_year[CELL.entitled_enrolled]
