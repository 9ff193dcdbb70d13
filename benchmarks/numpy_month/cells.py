"""The cells of a year, by kecamatan and by trade, sex and decile, counted beside the ledger."""

import numpy as np

from jamsos_sim.law.selectors import SECTOR_OTHER, SECTOR_TRANSPORT
from jamsos_sim.model.cells import CELL, STANDINGS, is_stock_month, year_place
from jamsos_sim.model.context import City, Long, Prices
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import SETTLED, SPONSORED, WAITING
from jamsos_sim.model.steps.prices import full_price
from jamsos_sim.units import MONTHS_PER_YEAR
from numpy_month.people import Flags
from numpy_month.roll import Roll


def add(city: City, row: Long | int, moment: Moment, rows: Long, amounts: Long | int = 1) -> None:
    """Add to a quantity of people's cells in the year of the month; ``row`` may differ between people."""
    people, cells = city.people, city.cells[:, year_place(moment, moment.elapsed)]
    np.add.at(cells, (row, people.trait_cell.take(rows) + people.decile.take(rows)), amounts)
    np.add.at(cells, (row, people.kecamatan_cell.take(rows)), amounts)


def add_later(city: City, row: int, moment: Moment, elapsed: Long, added: tuple[Long, Long | int]) -> None:
    """Add to a quantity of people's cells in the year of a month each; rows and amounts are added."""
    people, cells, (rows, amounts) = city.people, city.cells[row], added
    start = moment.month - moment.elapsed
    year = (start + elapsed) // MONTHS_PER_YEAR - start // MONTHS_PER_YEAR
    np.add.at(cells, (year, people.trait_cell.take(rows) + people.decile.take(rows)), amounts)
    np.add.at(cells, (year, people.kecamatan_cell.take(rows)), amounts)


def keep_count_of_payment(city: City, rows: Long, wrong: Flags, funder: int, prices: Prices) -> None:
    """Let people keep count of a month paid for them, and of whether it was paid wrongly."""
    people = city.people
    price = np.where(
        people.sector.take(rows) == SECTOR_TRANSPORT,
        full_price(funder, SECTOR_TRANSPORT, prices),
        full_price(funder, SECTOR_OTHER, prices),
    )
    people.year_paid[rows] += 1
    people.year_contributed[rows] += price.astype(np.int32)
    people.year_wrong[rows[wrong]] += 1


def count_by_standing(city: City, moment: Moment, first: int, flags: list[Flags]) -> None:
    """Count some consecutive people in the cells of the standings that are told apart."""
    people, of_year = city.people, city.cells[:, year_place(moment, moment.elapsed)]
    for row, flag in zip(STANDINGS, flags, strict=True):
        rows = np.flatnonzero(flag) + first
        trait = people.trait_cell.take(rows) + people.decile.take(rows)
        of_year[row] += np.bincount(trait, minlength=of_year.shape[1])
        of_year[row] += np.bincount(people.kecamatan_cell.take(rows), minlength=of_year.shape[1])


def close_year(city: City, roll: Roll, moment: Moment) -> None:
    """Count who is on the lists at the end of a year, or of the run, and what the year has brought."""
    if not is_stock_month(city, moment):
        return
    people, of_year = city.people, city.cells[:, year_place(moment, moment.elapsed)]
    for status, row in ((SPONSORED, CELL.enrolled), (SETTLED, CELL.enrolled), (WAITING, CELL.waiting)):
        add(city, row, moment, roll.of(status))
    kept = {
        CELL.covered_person_months: people.year_covered,
        CELL.paid_person_months: people.year_paid,
        CELL.wrongly_paid_months: people.year_wrong,
        CELL.contributions_paid: people.year_contributed,
    }
    for row, column in kept.items():
        rows = np.flatnonzero(column != 0)
        add(city, row, moment, rows, column.take(rows))
        column[:] = 0
    of_year[CELL.people_left_out] = of_year[CELL.entitled_workers] - of_year[CELL.entitled_enrolled]
    of_year[CELL.wrongly_enrolled] = of_year[CELL.enrolled] - of_year[CELL.entitled_enrolled]
