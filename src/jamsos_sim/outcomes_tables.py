"""The tables of a run as its results read them: whole, or only the quantities that somebody asks for.

A run of a thousand worlds has tables larger than the memory of a laptop; a figure or a summary needs a few
quantities at a time.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from jamsos_sim.ensemble_folder import RunFolder
from jamsos_sim.ensemble_table import ROWS_AT_ONCE, LongTable

ORDER = ("scenario", "year", "dimension", "cell", "quantity")
"""Columns by which the rows of a summary stand in order."""


class Tables(Mapping[str, pd.DataFrame]):
    """Tables by name, as data frames."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = frames

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def of(self, name: str, quantities: Collection[str]) -> pd.DataFrame:
        """Rows of some quantities, in their order."""
        rows = self[name]
        return rows[rows["quantity"].isin(list(quantities))].reset_index(drop=True)


class MadeTables(Tables):
    """Tables that are made from worlds in memory when somebody asks for them."""

    def __init__(self, tables: Mapping[str, LongTable]) -> None:
        super().__init__(dict.fromkeys(tables, pd.DataFrame()))
        self._tables = tables
        self._whole = cache(lambda name: tables[name].frame())

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._whole(name)

    def of(self, name: str, quantities: Collection[str]) -> pd.DataFrame:
        """Rows of some quantities, in their order."""
        return self._tables[name].frame(quantities)


class StoredTables(Tables):
    """Tables that are read from the folder of a run when somebody asks for them."""

    def __init__(self, folder: RunFolder, names: Sequence[str]) -> None:
        super().__init__(dict.fromkeys(names, pd.DataFrame()))
        self._folder = folder
        self._whole = cache(folder.table)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._whole(name)

    def of(self, name: str, quantities: Collection[str]) -> pd.DataFrame:
        """Rows of some quantities, in their order."""
        return self._folder.quantities(name, quantities)


class Size(NamedTuple):
    """How large a table is: its quantities in their order, and the rows of each of them."""

    quantities: Sequence[str]
    rows_of_each: int


def in_blocks(
    tables: Tables, name: str, size: Size, summarise: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """A summary of a table, computed for as many quantities at a time as fit into memory.

    ``summarise`` gives rows by scenario, year (dimension and cell) and quantity, each from rows of that
    quantity alone.
    """
    step = max(1, ROWS_AT_ONCE // size.rows_of_each)
    blocks = [size.quantities[start : start + step] for start in range(0, len(size.quantities), step)]
    parts = [summarise(tables.of(name, block)) for block in blocks]
    if len(parts) == 1:
        return parts[0]
    together = pd.concat(parts, ignore_index=True)
    places = {
        name: {word: place for place, word in enumerate(parts[0][name].unique())}
        for name in ("scenario", "dimension", "cell")
        if name in together
    }
    places["quantity"] = {word: place for place, word in enumerate(size.quantities)}
    return together.sort_values(
        [name for name in ORDER if name in together],
        key=lambda column: column.map(places[column.name]) if column.name in places else column,
        ignore_index=True,
    )
