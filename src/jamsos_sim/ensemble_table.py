"""A table of all worlds of a run that is never whole in memory: made, digested and stored a few worlds at a
time, and read again by quantity.

Its rows stand in the order scenario, world, time, quantity, so that a few worlds of one scenario are rows
that follow each other.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

Whole = npt.NDArray[np.int64]
ROWS_AT_ONCE = 2**18
"""Rows that are in memory while a table is made or read; about 20 MB for each table."""


class Piece(NamedTuple):
    """Rows that follow each other: worlds ``start <= world < stop`` of a scenario, by its place."""

    scenario: int
    start: int
    stop: int


Values = Callable[[Piece], Whole]
"""Values of a piece: world by time by quantity, or by whatever else the rows of a time are named by."""
Names = Sequence[tuple[str, ...]]
"""Words that name each row of a time: its quantity, or dimension, cell and quantity."""
QUANTITY = ("quantity",)


@dataclass(frozen=True)
class LongTable:
    """One row for each scenario, world, time and quantity, with a whole number as its ``value``.

    Attributes
    ----------
    scenarios, worlds, names:
        Names of the scenarios, the number of worlds, and what names the rows of a time; of each the last word
        is the quantity.
    time, moments:
        Name of the column of times (``month`` or ``year``), and the times.
    values:
        What makes the values of a piece.
    naming:
        Columns of the words of ``names``.
    """

    scenarios: Sequence[str]
    worlds: int
    time: str
    moments: Sequence[int]
    names: Names
    values: Values
    naming: tuple[str, ...] = QUANTITY

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return ("scenario", "world", self.time, *self.naming, "value")

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.scenarios) * self.worlds * self._rows_of_a_world

    @property
    def _rows_of_a_world(self) -> int:
        return len(self.moments) * len(self.names)

    def pieces(self) -> Iterator[Piece]:
        """All rows, in their order."""
        step = max(1, ROWS_AT_ONCE // self._rows_of_a_world)
        for scenario, start in product(range(len(self.scenarios)), range(0, self.worlds, step)):
            yield Piece(scenario, start, min(start + step, self.worlds))

    def frame(self, quantities: Collection[str] | None = None) -> pd.DataFrame:
        """The table in memory; only some quantities when they are given."""
        chosen = [place for place, name in enumerate(self.names) if _is_wanted(name[-1], quantities)]
        parts = [self.values(piece)[:, :, chosen].reshape(-1) for piece in self.pieces()]
        levels = [list(self.scenarios), range(self.worlds), list(self.moments), range(len(chosen))]
        index = pd.MultiIndex.from_product(levels, names=["scenario", "world", self.time, "name"])
        table = pd.DataFrame({"value": np.concatenate(parts)}, index=index).reset_index()
        place = table["name"].to_numpy()
        for number, column in enumerate(self.naming):
            table[column] = pd.Index([self.names[row][number] for row in chosen], dtype="str").take(place)
        return table[list(self.columns)]

    def write(self, file: IO[bytes], go_on: Callable[[], None] = lambda: None) -> str:
        """Write the table as Parquet; the digest of its values, that of `table_digest`.

        ``go_on`` is asked before each piece and may raise to end it.
        """
        digest = _Digest()
        for column in self.columns[:-1]:
            kind = "words" if column in self._worded else "whole"
            words = json.dumps(self._words(column)).encode() + b"\n" if kind == "words" else b""
            digest.begin(column, kind, len(words) + 8 * self.rows)
            digest.add(words)
            for piece in self.pieces():
                go_on()
                digest.add(self._places(column, piece))
        digest.begin("value", "whole", 8 * self.rows)
        schema = pa.Schema.from_pandas(self._head(), preserve_index=False)
        # In a large run values are nearly all different, and a dictionary of them is given up after a while.
        repeated = list(self.columns[:-1])
        with parquet.ParquetWriter(file, schema, compression="zstd", use_dictionary=repeated) as writer:
            for piece in self.pieces():
                go_on()
                values = np.ascontiguousarray(self.values(piece), dtype="<i8").reshape(-1)
                digest.add(values)
                writer.write_table(self._arrow(piece, values, schema))
        return digest.hexdigest()

    @property
    def _worded(self) -> tuple[str, ...]:
        return ("scenario", *self.naming)

    def _words(self, column: str) -> list[str]:
        """The words of a column, once each in the order in which they first occur."""
        if column == "scenario":
            return list(self.scenarios)
        number = self.naming.index(column)
        return list(dict.fromkeys(name[number] for name in self.names))

    def _places(self, column: str, piece: Piece) -> Whole:
        """What a column holds in a piece; of words, their places."""
        worlds = piece.stop - piece.start
        size = self._rows_of_a_world
        if column == "scenario":
            return np.full(worlds * size, piece.scenario, dtype="<i8")
        if column == "world":
            return np.repeat(np.arange(piece.start, piece.stop, dtype="<i8"), size)
        if column == self.time:
            return np.tile(np.repeat(np.array(self.moments, dtype="<i8"), len(self.names)), worlds)
        number, words = self.naming.index(column), {word: at for at, word in enumerate(self._words(column))}
        of_names = np.array([words[name[number]] for name in self.names], dtype="<i8")
        return np.tile(of_names, worlds * len(self.moments))

    def _arrow(self, piece: Piece, values: Whole, schema: pa.Schema) -> pa.Table:
        arrays = []
        for column in self.columns[:-1]:
            places = pa.array(self._places(column, piece))
            is_worded = column in self._worded
            arrays.append(pa.array(self._words(column)).take(places) if is_worded else places)
        table = pa.Table.from_arrays([*arrays, pa.array(values)], names=list(self.columns))
        return table.cast(schema.remove_metadata()).replace_schema_metadata(schema.metadata)

    def _head(self) -> pd.DataFrame:
        """A row as the data frame has it, for the kinds of its columns."""
        first = [self.scenarios[0], 0, self.moments[0], *self.names[0], 0]
        return pd.DataFrame([first], columns=list(self.columns))


class _Digest:
    """A digest of columns, one after the other, each a piece at a time."""

    def __init__(self) -> None:
        self.so_far = hashlib.sha256()

    def begin(self, column: str, kind: str, size: int) -> None:
        """Begin a column of a kind, whose content has a size in bytes."""
        for part in (column.encode(), kind.encode()):
            self.so_far.update(len(part).to_bytes(8, "little"))
            self.so_far.update(part)
        self.so_far.update(size.to_bytes(8, "little"))

    def add(self, content: bytes | Whole) -> None:
        """Add a piece of the column's content."""
        self.so_far.update(np.ascontiguousarray(content).data if isinstance(content, np.ndarray) else content)

    def hexdigest(self) -> str:
        """The digest, as it is written."""
        return self.so_far.hexdigest()


def _is_wanted(name: str, quantities: Collection[str] | None) -> bool:
    return quantities is None or name in quantities


def read_quantities(path: Path, quantities: Collection[str]) -> pd.DataFrame:
    """Rows of some quantities of a stored table, in their order; raises as the reading of Parquet does."""
    wanted = pa.array(sorted(quantities), type=pa.string())
    schema = parquet.read_schema(path)
    # As codes and not as words until most rows have gone: a third of the memory.
    words = [field.name for field in schema if not pa.types.is_integer(field.type)]
    with parquet.ParquetFile(path, read_dictionary=words) as file:
        kept = []
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group)
            names = rows["quantity"].cast(pa.string())
            kept.append(rows.filter(pc.is_in(names, value_set=wanted)))
        table: pd.DataFrame = pa.concat_tables(kept).cast(schema).to_pandas()
    return table
