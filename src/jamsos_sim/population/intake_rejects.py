"""Rejected rows: every fault with its row, column and reason, and nothing that says who the person is."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from jamsos_sim.messages import text
from jamsos_sim.privacy import SMALLEST_CELL

WHOLE_ROW = ""
COLUMNS = ("row", "column", "field", "reason", "value")
LONGEST_SHOWN = 40
MOST_DIGITS = 7
"""A longer run of digits may be an identity or telephone number that slipped into another column."""
FORMULA_SIGNS = ("=", "+", "-", "@")


class Fault(NamedTuple):
    """One fault of a row.

    Attributes
    ----------
    row:
        Number of the row in the file.
    field:
        Field of the schema, or `WHOLE_ROW`.
    reason, near:
        Name of the sentence; the closest known name, or the row to which the sentence points.
    cell:
        What stands in the cell; never that of an identity number.
    """

    row: int
    field: str
    reason: str
    near: str = ""
    cell: str = ""


def rejected_rows(faults: Sequence[Fault]) -> int:
    """How many rows have a fault; a row with several counts once."""
    return len({fault.row for fault in faults})


def top_reasons(faults: Sequence[Fault], most: int) -> list[tuple[str, str, int]]:
    """Field, reason and number of rows of the most frequent kinds of fault."""
    counts = Counter((fault.field, fault.reason.removesuffix("_near")) for fault in faults)
    return [(field, reason, count) for (field, reason), count in counts.most_common(most)]


def sentence(reason: str, near: str, lang: str) -> str:
    """What a reason says."""
    return text(f"intake.reason_{reason}", lang, near=near)


def write_rejected(file: TextIO, faults: Sequence[Fault], names: Mapping[str, str], lang: str) -> None:
    """Write the faults in the order of the rows, one to a line, under the file's own column names."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([text(f"intake.rejected_{column}", lang) for column in COLUMNS])
    for fault, value in _with_values(sorted(faults)):
        reason = sentence(fault.reason, fault.near, lang)
        writer.writerow([fault.row, names.get(fault.field, ""), fault.field, reason, value])


def _with_values(faults: Sequence[Fault]) -> Iterator[tuple[Fault, str]]:
    """Each fault with what may be shown of its cell.

    A misplaced cell may hold a name, so a value is shown only where several rows have the very same one.
    """
    counts = Counter((fault.field, fault.cell) for fault in faults)
    for fault in faults:
        is_common = counts[fault.field, fault.cell] >= SMALLEST_CELL
        digits = sum(letter.isdecimal() for letter in fault.cell)
        is_shown = is_common and len(fault.cell) <= LONGEST_SHOWN and digits <= MOST_DIGITS
        shown = fault.cell if is_shown else ""
        yield fault, f"'{shown}" if shown.startswith(FORMULA_SIGNS) else shown
