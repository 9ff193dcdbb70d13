"""Registers as workbooks and Parquet files, and telling kinds of files apart by what is in them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pyarrow import ArrowInvalid, parquet
from python_calamine import CalamineError, PasswordError, load_workbook

from jamsos_sim.errors import InputError
from jamsos_sim.population.intake_map import RegisterMap
from jamsos_sim.population.intake_table import ROWS_LOOKED_AT, Line, Table, found_in, named_columns
from jamsos_sim.population.intake_text import TextLines, text_rows

ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
WEB_PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BYTES_LOOKED_AT = 512


class Opened(NamedTuple):
    """A register's table, and how many lines were in another encoding than the rest, once it is walked."""

    table: Table
    odd_lines: Callable[[], int]


def open_register(file: Path, register_map: RegisterMap, sheet: str | None) -> Opened:
    """Open a register in text, workbook or Parquet form, as its content says.

    Raises `InputError` when the file can't be read, is protected or of an old kind, or holds no table.
    """
    try:
        with file.open("rb") as opened:
            start = opened.read(BYTES_LOOKED_AT)
    except OSError as fault:
        raise InputError("intake.unreadable", file=file, reason=fault) from None
    if not start.strip(b"\0\r\n\t ") or start in {b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"}:
        raise InputError("intake.empty_file", file=file)
    if start.startswith(OLE):
        is_locked = ENCRYPTED in file.read_bytes()
        raise InputError("intake.locked" if is_locked else "intake.old_workbook", file=file)
    if start.startswith(NO_TABLES) or start.lstrip().lower().startswith(WEB_PAGES):
        raise InputError("intake.no_table", file=file)
    if start.startswith(ZIP):
        return Opened(found_in(_workbook_rows(file, register_map, sheet), register_map, file), lambda: 0)
    if sheet is not None:
        raise InputError("intake.no_sheets", file=file, sheet=sheet)
    if start.startswith(PARQUET):
        return Opened(found_in(_parquet_rows(file), register_map, file), lambda: 0)
    lines = TextLines(file)
    return Opened(found_in(text_rows(lines, register_map), register_map, file), lambda: lines.odd)


def _workbook_rows(file: Path, register_map: RegisterMap, sheet: str | None) -> Iterator[Line]:
    try:
        book = load_workbook(str(file))
        if sheet is not None and sheet not in book.sheet_names:
            raise InputError(
                "intake.unknown_sheet", file=file, sheet=sheet, known=", ".join(book.sheet_names)
            )
        names = book.sheet_names if sheet is None else [sheet]
        sheets = {name: book.get_sheet_by_name(name) for name in names}  # each is parsed once, here
        found = {name: _columns_found(own.iter_rows(), register_map) for name, own in sheets.items()}
        best = max(found, key=lambda name: found[name])
        if list(found.values()).count(found[best]) > 1 and found[best]:
            raise InputError("intake.which_sheet", file=file, known=", ".join(names))
        rows = sheets[best].iter_rows()
    except PasswordError:
        raise InputError("intake.locked", file=file) from None
    except (CalamineError, OSError, ValueError) as fault:
        raise InputError("intake.no_table", file=file) from fault
    yield from (Line(number, cells) for number, cells in enumerate(rows, start=1))


def _columns_found(rows: Iterator[list[Any]], register_map: RegisterMap) -> int:
    top = (Line(number, cells) for number, cells in zip(range(ROWS_LOOKED_AT), rows, strict=False))
    return max((len(named_columns(line, register_map)) for line in top), default=0)


def _parquet_rows(file: Path) -> Iterator[Line]:
    """Rows of a Parquet file; the column names count as row 1, as in a sheet."""
    try:
        opened = parquet.ParquetFile(file)
        yield Line(1, opened.schema_arrow.names)
        number = 1
        for batch in opened.iter_batches():
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield Line(number, cells)
    except (ArrowInvalid, OSError) as fault:
        raise InputError("intake.no_table", file=file) from fault
