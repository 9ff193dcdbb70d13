"""Registers as text: encodings, also mixed ones, separators, and rows whose quotation marks go wrong."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from jamsos_sim.errors import InputError
from jamsos_sim.population.intake_habits import Wrong
from jamsos_sim.population.intake_map import RegisterMap
from jamsos_sim.population.intake_table import ROWS_LOOKED_AT, Line, named_columns

SEPARATORS = (",", ";", "\t", "|")
BYTES_LOOKED_AT = 65_536
NUL, QUOTE = "\0", '"'

CONTROL_BYTES = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")))
LARGEST_CONTROL_SHARE = 0.05
"""Control bytes of a text are slips of a few rows; compressed or random bytes hold about a tenth of them."""

MOST_LINES = 20
"""Lines that the quoted cells of one row may take; addresses have a few, an unclosed mark has no end."""


class TextLines:
    """The lines of a text file, each decoded by itself.

    Attributes
    ----------
    odd:
        Lines that were no UTF-8 and were read as Windows-1252, once all are read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.odd = 0
        with path.open("rb") as file:
            self.start = file.read(BYTES_LOOKED_AT)
        is_utf16 = self.start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self.encoding = "utf-16" if is_utf16 else None
        if self.encoding is None and is_binary(self.start):
            raise InputError("intake.no_table", file=path)

    def __iter__(self) -> Iterator[str]:
        """The lines with their ends."""
        if self.encoding is not None:
            yield from self._in_one_encoding(self.encoding)
            return
        ends = b"\r" if b"\r" in self.start and b"\n" not in self.start else b"\n"
        lines = _split(self.path, ends)
        yield self._decoded(next(lines, b"").removeprefix(codecs.BOM_UTF8))
        yield from map(self._decoded, lines)

    def _in_one_encoding(self, encoding: str) -> Iterator[str]:
        try:
            with self.path.open(encoding=encoding, newline="") as file:
                yield from file
        except UnicodeError:
            raise InputError("intake.broken_text", file=self.path, encoding=encoding.upper()) from None

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self.odd += 1
            return line.decode("cp1252", errors="replace")


def is_binary(start: bytes) -> bool:
    """Whether the first bytes of a file hold too many control bytes to be a text."""
    others = len(start.translate(None, delete=CONTROL_BYTES))
    return len(start) - others > LARGEST_CONTROL_SHARE * len(start)


def _split(path: Path, ends: bytes) -> Iterator[bytes]:
    with path.open("rb") as file:
        if ends == b"\n":
            yield from file
            return
        yield from (line + ends for line in file.read().split(ends))


class _Layout(NamedTuple):
    """How a text is cut into cells: the separator, and the width of the row of column names."""

    columns_found: int
    separator: str
    width: int


def text_rows(lines: TextLines, register_map: RegisterMap) -> Iterator[Line]:
    """Rows of a text file, with the separator under which most of the map's columns are found."""
    layouts = [_layout(lines, mark, register_map) for mark in SEPARATORS]
    best = max(layouts, key=lambda layout: layout.columns_found)
    lines.odd = 0
    yield from rows_of(lines, best.separator, best.width)


def _layout(lines: TextLines, separator: str, register_map: RegisterMap) -> _Layout:
    top = islice(rows_of(lines, separator), ROWS_LOOKED_AT)
    found = [(len(named_columns(line, register_map)), len(line.cells)) for line in top]
    columns, width = max(found, key=lambda row: row[0], default=(0, 0))
    return _Layout(columns, separator, width)


class _Feed:
    """Lines one after the other; those of the row that is being read are held, and can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.row: list[str] = []
        self.returned: list[str] = []

    def __iter__(self) -> Iterator[str]:
        """Lines for a reader of rows; the lines end where a row has too many."""
        while len(self.row) < MOST_LINES:
            line = self.returned.pop() if self.returned else next(self.lines, None)
            if line is None:
                return
            self.row.append(line)
            yield line

    def keep_first(self) -> None:
        """Give back all lines of the row but the first."""
        self.returned += reversed(self.row[1:])
        del self.row[1:]


def rows_of(lines: TextLines, separator: str, width: int | None = None) -> Iterator[Line]:
    """Rows with the number of their first line; a row that can't be taken apart is a fault.

    An opening quotation mark without its end would swallow the rows below it. Only its own line is the
    faulty row then; the lines below are read again as rows of their own.

    Parameters
    ----------
    width:
        Cells of a row, by which a swallowed row is told from a line of a quoted cell, if known.
    """
    feed = _Feed(iter(lines))
    reader = csv.reader(feed, delimiter=separator, strict=True)
    number = 1
    while True:
        feed.row.clear()
        try:
            cells: Sequence[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells is None or (len(feed.row) > 1 and _has_swallowed(feed.row, cells, separator, width)):
            cells = None
            feed.keep_first()
            reader = csv.reader(feed, delimiter=separator, strict=True)
        yield _line(number, feed.row, cells, separator)
        number += len(feed.row)


def _line(number: int, row: Sequence[str], cells: Sequence[str] | None, separator: str) -> Line:
    """A row, or what is wrong with it; without quotation marks every separator ends a cell."""
    if NUL in "".join(row):
        return Line(number, (), Wrong("nul"))
    if cells is not None:
        return Line(number, cells)
    if QUOTE in row[0]:
        return Line(number, (), Wrong("quotes"))
    return Line(number, row[0].rstrip("\r\n").split(separator))


def _has_swallowed(lines: Sequence[str], cells: Sequence[str], separator: str, width: int | None) -> bool:
    """Whether lines that were read as one row hold rows of their own.

    Such a line has the cells of a whole row. The last line of a row whose first cell has several lines has
    them as well; then the row is as wide as it should be, and its first line is not.
    """
    if width is None or not any(_pieces(line, separator) >= width for line in lines[1:]):
        return False
    return len(cells) != width or _pieces(lines[0], separator) >= width


def _pieces(line: str, separator: str) -> int:
    return line.count(separator) + 1
