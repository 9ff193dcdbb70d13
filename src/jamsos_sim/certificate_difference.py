"""The first cell in which two tables differ."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.ensemble_digest import column_content

NAMING = ("scenario", "to", "world", "month", "year", "dimension", "cell", "quantity", "indicator")
"""Columns that say which row it is."""


@dataclass(frozen=True)
class Difference:
    """The first difference of a stored table to the same table computed again.

    Attributes
    ----------
    table:
        Name of the table.
    row:
        Row, counted from 1; ``None`` when a whole column differs in name or kind.
    column:
        Column; ``None`` when a row stands in one of the tables only.
    where:
        What names the row: scenario, world, month (as a number) or year, quantity.
    stored, again:
        What stands there, in the stored table and in the one computed again; ``None`` for nothing.
    """

    table: str
    row: int | None
    column: str | None
    where: dict[str, Any] = field(default_factory=dict)
    stored: Any = None
    again: Any = None


def first_difference(name: str, stored: pd.DataFrame, again: pd.DataFrame) -> Difference | None:
    """The first row in which two tables differ and its first differing column; nothing when they are equal.

    Columns are compared before rows, and the values of common rows before the number of rows.
    """
    return (
        _different_column(name, stored, again)
        or _different_cell(name, stored, again)
        or _different_length(name, stored, again)
    )


def _different_column(name: str, stored: pd.DataFrame, again: pd.DataFrame) -> Difference | None:
    for place in range(max(stored.shape[1], again.shape[1])):
        ours, theirs = (
            str(table.columns[place]) if place < table.shape[1] else None for table in (stored, again)
        )
        if ours != theirs:
            return Difference(name, None, ours or theirs, {}, ours, theirs)
        kinds = [column_content(table.iloc[:, place])[0] for table in (stored, again)]
        if kinds[0] != kinds[1]:
            return Difference(name, None, ours, {}, *kinds)
    return None


def _different_cell(name: str, stored: pd.DataFrame, again: pd.DataFrame) -> Difference | None:
    rows = min(len(stored), len(again))
    found: list[tuple[int, int]] = []
    for place in range(stored.shape[1]):
        ours, theirs = (table.iloc[:rows, place] for table in (stored, again))
        if column_content(ours) != column_content(theirs):
            found.append((int(np.flatnonzero(_differs(ours, theirs))[0]), place))
    if not found:
        return None
    row, place = min(found)
    values = [_plain(table.iloc[row, place]) for table in (stored, again)]
    return Difference(name, row + 1, str(stored.columns[place]), _where(again, row), *values)


def _differs(ours: "pd.Series[Any]", theirs: "pd.Series[Any]") -> npt.NDArray[np.bool_]:
    kind, content = column_content(ours)
    if kind == "words":
        pairs = zip(ours.astype(object), theirs.astype(object), strict=True)
        return np.array([_plain(one) != _plain(other) for one, other in pairs])
    size = "u1" if kind == "truth" else "<i8"  # numbers bit for bit
    unequal: npt.NDArray[np.bool_] = np.frombuffer(content, size) != np.frombuffer(
        column_content(theirs)[1], size
    )
    return unequal


def _different_length(name: str, stored: pd.DataFrame, again: pd.DataFrame) -> Difference | None:
    if len(stored) == len(again):
        return None
    row = min(len(stored), len(again))
    longer = stored if len(stored) > len(again) else again
    return Difference(name, row + 1, None, _where(longer, row), len(stored), len(again))


def _where(table: pd.DataFrame, row: int) -> dict[str, Any]:
    return {name: _plain(table[name].iloc[row]) for name in NAMING if name in table.columns}


def _plain(value: Any) -> Any:
    """A cell as a plain value; nothing for what is missing."""
    if pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value
