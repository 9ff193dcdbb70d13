"""The cells of a run: what happened in a year by kecamatan, welfare decile, trade and sex, counted beside the
ledger while the run goes on.

A person stands in two cells: one of the kecamatan, one of trade, sex and true decile together. All four
dimensions are sums of these, so that a count takes two additions and no list of events. Stocks are counted at
the end of a year, or of the run within it, and a person's paid and covered months and contributions stand in
the decile of that moment; claims stand in the year of their payment, with the decile that the household had
at the death or accident. Families and households stand in the year of the death or accident, with the decile
of that moment.
"""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import rule
from jamsos_sim.model.ledger import CONTRIBUTIONS, ROW, Rows
from jamsos_sim.model.month import Moment
from jamsos_sim.population.region import Region
from jamsos_sim.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from jamsos_sim.model.context import City

Cells = Annotated[npt.NDArray[np.int64], 3]
"""Cells of one run: quantity by year by cell."""
Places = npt.NDArray[np.int16]
Codes = npt.NDArray[np.signedinteger[Any]]

SEXES = ("male", "female")
DECILES = 11
"""How many true deciles there can be; 0 is none."""
DIMENSIONS = ("kecamatan", "decile", "occupation", "sex")
"""By what people are told apart."""


class CellRows(NamedTuple):
    """The quantities of the cells, each with its row; those named as in the ledger are the same there."""

    informal_workers: int
    vulnerable_workers: int
    entitled_workers: int
    entitled_enrolled: int
    enrolled: int
    waiting: int
    people_left_out: int
    """Those of the entitled who are not on the city's list."""
    wrongly_enrolled: int
    """People on the city's list for whom the programme is not meant."""
    admitted: int
    months_waited: int
    covered_person_months: int
    paid_person_months: int
    wrongly_paid_months: int
    """Person-months paid for people who are not meant."""
    contributions_paid: int
    """Rupiah of contributions, by whichever payer, recipients and former recipients among them."""
    deaths: int
    accidents: int
    claims: int
    """Claims, at their first payment, whoever bears them."""
    benefits_paid: int
    """Rupiah paid on them, scholarships included."""
    unprotected_loss: int
    families_full: int
    """Families of vulnerable workers who died, by what the programme did, in the order of the ledger."""
    families_funeral_only: int
    families_gap_waiting: int
    families_work_death: int
    families_not_claimed: int
    families_gap: int
    families_insured_elsewhere: int
    families_too_old: int
    families_unprotected: int
    bereaved_households: int
    """Households of vulnerable workers who died and whom the programme covered or could have covered,"""
    bereaved_poor_without_cover: int
    """those who would be below the poverty line afterwards without any benefit,"""
    bereaved_poor: int
    """and those who are below it with what was claimed; the same for those hurt by an accident."""
    injured_households: int
    injured_poor_without_cover: int
    injured_poor: int


CELL = CellRows(*range(len(CellRows._fields)))
"""Row numbers of the quantities."""

CELL_STOCKS = CellRows._fields[: CELL.admitted]
"""Quantities counted at the end of a year; all others are sums over it."""

CELL_RUPIAH = ("contributions_paid", "benefits_paid", "unprotected_loss")
"""Quantities in rupiah; all others count people, person-months or cases."""

OF_LEDGER: dict[str, tuple[tuple[str, ...], str | None]] = {
    **{name: ((name,), None) for name in CellRows._fields if name in Rows._fields},
    "people_left_out": (("entitled_workers",), "entitled_enrolled"),
    "wrongly_enrolled": (("enrolled",), "entitled_enrolled"),
    "wrongly_paid_months": (tuple(name for name in Rows._fields if name.startswith("paid_for_")), None),
    "contributions_paid": (
        (*(Rows._fields[row] for row in CONTRIBUTIONS), "recipient_contributions", "self_contributions"),
        None,
    ),
    "claims": (("jkk_cases", "jkm_cases", "self_cases", "liability_cases"), None),
    "benefits_paid": (("jkk_paid", "jkm_paid", "self_paid", "liability_paid"), None),
}
"""Quantity to the rows of the ledger whose sum it is in every dimension, and the one to be taken from it."""

STANDINGS = (CELL.informal_workers, CELL.vulnerable_workers, CELL.entitled_workers, CELL.entitled_enrolled)
"""Rows counted by the lowest bits of a standing (`model.steps.standing`), the lowest first."""


class PersonCells(NamedTuple):
    """Cells of each person: the first one of the trade and sex, to which the decile is added, and that of the
    kecamatan.
    """

    trait: Places
    kecamatan: Places


def cells_of_people(region: Region, kelurahan: Codes, occupation: Codes, sex: Codes) -> PersonCells:
    """The cells of people of a region, from their codes."""
    of_traits = len(region.occupations) * len(SEXES) * DECILES
    trait = (occupation.astype(np.int16) * len(SEXES) + sex) * DECILES
    kecamatan = np.array([each.kecamatan for each in region.kelurahan], dtype=np.int16)
    return PersonCells(trait.astype(np.int16), (of_traits + kecamatan[kelurahan]).astype(np.int16))


def empty_cells(region: Region, start: int, stop: int) -> Cells:
    """Cells of zeros for the months ``start <= month < stop``."""
    years = (stop - 1) // MONTHS_PER_YEAR - start // MONTHS_PER_YEAR + 1
    cells = len(region.occupations) * len(SEXES) * DECILES + len(region.kecamatan)
    return np.zeros((len(CellRows._fields), years, cells), dtype=np.int64)


@rule
def family_cell(family: int) -> int:
    """Row of the cells for a family's row of the ledger."""
    return CELL.families_full + family - ROW.families_full


@rule
def year_place(moment: Moment, elapsed: int) -> int:
    """Place of the year of a month of the run, given in months since its start."""
    start = moment.month - moment.elapsed
    return int((start + elapsed) // MONTHS_PER_YEAR - start // MONTHS_PER_YEAR)


def is_stock_month(city: "City", moment: Moment) -> bool:
    """Whether the stocks of a year are counted: in its last month, or in the last one of the run."""
    return (moment.month + 1) % MONTHS_PER_YEAR == 0 or moment.elapsed + 1 == city.ledger.shape[1]


def cell_names(region: Region) -> list[tuple[str, str]]:
    """Dimension and name of each cell of `by_dimension`, in its order."""
    names = {
        "kecamatan": region.kecamatan,
        "decile": [str(decile) for decile in range(1, DECILES)],
        "occupation": [trade.key for trade in region.occupations],
        "sex": SEXES,
    }
    return [(dimension, name) for dimension in DIMENSIONS for name in names[dimension]]


def by_trait(cells: Cells, trades: int) -> npt.NDArray[np.int64]:
    """Cells of a run by trade, sex and decile: quantity by year by these three."""
    shape = (*cells.shape[:2], trades, len(SEXES), DECILES)
    return cells[:, :, : trades * len(SEXES) * DECILES].reshape(shape)


def by_dimension(cells: Cells, region: Region) -> Cells:
    """Cells of a run summed for each kecamatan, decile, trade and sex: quantity by year by `cell_names`."""
    kecamatan = cells[:, :, cells.shape[2] - len(region.kecamatan) :]
    traits = by_trait(cells, len(region.occupations))
    deciles, trades, sexes = traits.sum((2, 3)), traits.sum((3, 4)), traits.sum((2, 4))
    return np.concatenate((kecamatan, deciles[:, :, 1:], trades, sexes), axis=2)
