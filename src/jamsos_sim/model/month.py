"""The order of events in a month, stated once; both models walk it."""

from typing import NamedTuple

MONTH = (
    "age",
    "move",
    "refresh_registry",
    "hear",
    "propose",
    "verify",
    "admit",
    "contribute",
    "face_risk",
    "claim",
    "close_books",
)
"""The steps of a month (langkah satu bulan), from birthdays to the books."""


class Moment(NamedTuple):
    """Where a run stands."""

    month: int
    """The month, counted as in `jamsos_sim.units`."""
    elapsed: int
    """Months since the start of the run: the column of the ledger."""
