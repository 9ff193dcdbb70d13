"""How the list is shared out, counted each December: women, those past the age of registration, and welfare
ranks of those on it; and the scholarships that are still to be paid.

Where every decile has the same chance, the mean welfare rank of those on the list is the number of informal
workers, and lower where the poor are preferred; the concentration index is made of it.
"""

import numpy as np
import numpy.typing as npt

from jamsos_sim.law.in_force import Law
from jamsos_sim.model.cells import CELL, DECILES, by_trait, year_place
from jamsos_sim.model.context import City, Long
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.month import Moment
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import INFORMAL, SETTLED, SPONSORED
from jamsos_sim.population.workers import FEMALE
from jamsos_sim.units import MONTHS_PER_YEAR


def is_year_end(month: int) -> bool:
    """Whether a month is the last one of a year."""
    return (month + 1) % MONTHS_PER_YEAR == 0


def sum_of_ranks(enrolled: npt.NDArray[np.int64], working: npt.NDArray[np.int64]) -> int:
    """Sum of the welfare ranks of those on the list, from how many are in each decile.

    Parameters
    ----------
    enrolled, working:
        Informal workers on the list, and all of them, by decile.
    """
    ranks = 2 * np.cumsum(working) - working
    return int((enrolled * ranks).sum())


def working_by_decile(city: City, moment: Moment) -> Long:
    """How many men and women are in informal work, as the cells of the year have counted them: two rows, a
    column for each decile.
    """
    row, year = CELL.informal_workers, year_place(moment, moment.elapsed)
    of_year = city.cells[row : row + 1, year : year + 1]
    working: Long = by_trait(of_year, city.hazards.accident.size)[0, 0].sum(axis=0)
    return working


def count_shared_out(city: City, moment: Moment, law: Law) -> None:
    """Count how the list is shared out among the informal workers on it."""
    if not is_year_end(moment.month):
        return
    people, ledger, at = city.people, city.ledger, moment.elapsed
    men, women = working_by_decile(city, moment)
    on_list = np.concatenate((with_status(city, SPONSORED), with_status(city, SETTLED)))
    enrolled = on_list[people.presence[on_list] == INFORMAL]
    listed = np.bincount(people.decile[enrolled], minlength=DECILES)
    ledger[ROW.women_working, at] = women.sum()
    ledger[ROW.women_enrolled, at] = np.count_nonzero(people.sex[enrolled] == FEMALE)
    ledger[ROW.enrolled_past_age, at] = np.count_nonzero(people.age[enrolled] >= law.maximum_age)
    ledger[ROW.ranks_of_enrolled, at] = sum_of_ranks(listed, men + women)


def count_committed(ledger: Totals, at: int) -> None:
    """Carry forward what of the scholarships promised is still to be paid at the end of a month."""
    before = ledger[ROW.scholarships_committed, at - 1] if at else 0
    new = ledger[ROW.scholarships_promised, at] - ledger[ROW.scholarships_paid, at]
    ledger[ROW.scholarships_committed, at] = before + new
