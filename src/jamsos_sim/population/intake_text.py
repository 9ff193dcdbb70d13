"""Registers as text: encodings, also mixed ones, separators, and rows whose quotation marks go wrong."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from jamsos_sim.errors import InputError
from jamsos_sim.population.intake_habits import Wrong
from jamsos_sim.population.intake_map import RegisterMap
from jamsos_sim.population.intake_table import ROWS_LOOKED_AT, Line, named_columns

SEPARATORS = (",", ";", "\t", "|")
BYTES_LOOKED_AT = 65_536


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
        if self.encoding is None and b"\0" in self.start:
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


def _split(path: Path, ends: bytes) -> Iterator[bytes]:
    with path.open("rb") as file:
        if ends == b"\n":
            yield from file
            return
        yield from (line + ends for line in file.read().split(ends))


def text_rows(lines: TextLines, register_map: RegisterMap) -> Iterator[Line]:
    """Rows of a text file, with the separator under which most of the map's columns are found."""
    separator = max(SEPARATORS, key=lambda mark: _columns_found(lines, mark, register_map))
    lines.odd = 0
    yield from rows_of(lines, separator)


def _columns_found(lines: TextLines, separator: str, register_map: RegisterMap) -> int:
    top = islice(rows_of(lines, separator), ROWS_LOOKED_AT)
    return max((len(named_columns(line, register_map)) for line in top), default=0)


def rows_of(lines: TextLines, separator: str) -> Iterator[Line]:
    """Rows with the number of their first line; every line of a row that can't be taken apart is a fault.

    An opening quotation mark without its end would swallow the rows below it; the strict reading finds that
    and no line is lost.
    """
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken = range(first, reader.line_num + 1)
            yield from (Line(number, (), Wrong("quotes")) for number in broken)
            continue
        yield Line(first, cells)
