"""The ledger: what a run leaves, one whole number for each quantity and month."""

from typing import Annotated

import numpy as np
import numpy.typing as npt

from jamsos_sim.model.ledger_rows import Rows

__all__ = [
    "APPROPRIATIONS",
    "CONTRIBUTIONS",
    "ENTRIES",
    "EXITS",
    "FAMILIES",
    "ROW",
    "RUPIAH",
    "STOCKS",
    "UNSPENT",
    "Rows",
    "Totals",
    "empty_ledger",
]

Totals = Annotated[npt.NDArray[np.int64], 2]
"""Ledger of one run: quantity by month."""

ROW = Rows(*range(len(Rows._fields)))
"""Row numbers of the quantities."""

STOCKS = Rows._fields[: ROW.appropriation]
"""Quantities counted at the end of a month; all others are sums over the month."""

ENDINGS_OF_RUPIAH = (
    *("contributions", "appropriation", "_revision", "_unspent", "_relief", "_due", "_earned"),
    *("_cost", "_paid", "_promised", "_committed", "_loss", "_gain"),
)
RUPIAH = tuple(name for name in Rows._fields if name.endswith(ENDINGS_OF_RUPIAH))
"""Quantities in rupiah; all others count people, person-months, cases or families."""

APPROPRIATIONS = (
    ROW.appropriation,
    ROW.province_appropriation,
    ROW.village_appropriation,
    ROW.csr_appropriation,
    ROW.baznas_appropriation,
    ROW.donors_appropriation,
)
"""Rows of the money authorised, in the order of the payers (`jamsos_sim.levers_money.FUNDERS`)."""

CONTRIBUTIONS = tuple(range(ROW.city_contributions, ROW.donors_contributions + 1))
"""Rows of the contributions paid for recipients, in the order of the payers."""

UNSPENT = tuple(range(ROW.city_unspent, ROW.donors_unspent + 1))
"""Rows of the money left at the end of a fiscal year, in the order of the payers."""

ENTRIES = ("starting_workers", "newcomers", "came_from_formal")
"""Ways into informal work in the city,"""
EXITS = ("left_for_formal", "workers_moved_out", "retired", "disabled", "worker_deaths")
"""and ways out of it: at the end of a month there are as many informal workers as at the end of the month
before, and whoever has come less whoever has gone.
"""

FAMILIES = tuple(name for name in Rows._fields if name.startswith("families_"))
"""What became of the families of vulnerable workers who died; each family stands in exactly one."""


def empty_ledger(months: int) -> Totals:
    """A ledger of zeros for a number of months."""
    return np.zeros((len(Rows._fields), months), dtype=np.int64)
