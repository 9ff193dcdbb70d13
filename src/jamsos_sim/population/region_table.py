"""Read one table of a region's folder: its rows, or every fault with file, line and column."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jamsos_sim.errors import InputError
from jamsos_sim.population.region_rows import TableRow
from jamsos_sim.yaml_checks import shown
from jamsos_sim.yaml_file import LARGEST_FILE, closest

R = TypeVar("R", bound=TableRow)

OTHER_SEPARATORS = (";", "\t")
FAULTS_SHOWN = 3
"""Faults of one kind in one column that are told one by one."""

SENTENCES = {
    "int_parsing": "not_whole_number",
    "int_parsing_size": "not_whole_number",
    "int_from_float": "not_whole_number",
    "float_parsing": "not_number",
    "finite_number": "not_number",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "string_pattern_mismatch": "bad_key",
}


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table that was read: its rows, and the line of each in the file."""

    name: str
    rows: tuple[R, ...]
    lines: tuple[int, ...]

    def fault(self, key: str, row: int, column: str, **values: object) -> InputError:
        """A fault in a column of a numbered row."""
        return InputError(key, file=self.name, line=self.lines[row], column=column, **values)

    def __iter__(self) -> Iterator[tuple[int, R]]:
        return iter(enumerate(self.rows))


def read_table(path: Path, kind: type[R]) -> tuple[Table[R] | None, list[InputError]]:
    """The table in a file, or ``None`` and its faults."""
    try:
        lines = list(_cells(path))
        header, rows = _header(path, lines, kind), lines[1:]
    except InputError as fault:
        return None, [fault]
    faults = _faults_of_header(path, header, kind)
    if faults:
        return None, faults
    name = _told(path)
    found = [(line, *_row(name, line, dict(zip(header, cells, strict=True)), kind)) for line, cells in rows]
    faults = [fault for *_, wrong in found for fault in wrong]
    if faults:
        return None, _summarised(faults)
    if not rows:
        return None, [InputError("region.empty_table", file=name)]
    whole = [(line, row) for line, row, _ in found if row is not None]
    return Table(name, tuple(row for _, row in whole), tuple(line for line, _ in whole)), []


def _told(path: Path) -> str:
    """A file as its user knows it: the folder's name and its own."""
    return f"{path.parent.name}/{path.name}"


def _text_of(path: Path) -> str:
    file = _told(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("region.too_large_file", file=file)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError("region.missing_file", file=file) from None
    except OSError as error:
        raise InputError("region.unreadable", file=file, problem=error) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("region.not_utf8", file=file, line=line) from None


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every line that holds something; the header comes first."""
    reader = csv.reader(StringIO(_text_of(path), newline=""), strict=True)
    width, start = 0, 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError("region.not_csv", file=_told(path), line=start, problem=error) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            width = width or len(cells)
            if len(cells) != width:
                told = {"file": _told(path), "line": start, "cells": len(cells), "width": width}
                raise InputError("region.ragged_row", **told)
            yield start, cells
        start = reader.line_num + 1


def _header(path: Path, lines: Sequence[tuple[int, list[str]]], kind: type[TableRow]) -> list[str]:
    if not lines:
        raise InputError("region.empty_table", file=_told(path))
    header = [cell.strip() for cell in lines[0][1]]
    if len(header) == 1 and any(mark in header[0] for mark in OTHER_SEPARATORS):
        raise InputError("region.other_separator", file=_told(path))
    return header


def _faults_of_header(path: Path, header: list[str], kind: type[TableRow]) -> list[InputError]:
    fields, file = kind.model_fields, _told(path)
    strange = [name for name in header if name not in fields]
    missing = [name for name, field in fields.items() if field.is_required() and name not in header]
    faults = [
        InputError("region.column_twice", file=file, column=name)
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    for name in missing:
        near = closest(name, strange)
        if near is None:
            faults.append(InputError("region.missing_column", file=file, column=name))
        else:
            strange.remove(near)
            faults.append(InputError("region.missing_column_near", file=file, column=name, near=near))
    known = ", ".join(fields)
    return faults + [
        InputError("region.unknown_column", file=file, column=name, known=known) for name in strange
    ]


def _row(file: str, line: int, cells: dict[str, str], kind: type[R]) -> tuple[R | None, list[InputError]]:
    filled = {name: cell for name, cell in cells.items() if cell.strip()}
    try:
        return kind.model_validate(filled), []
    except ValidationError as error:
        return None, [_fault(file, line, details) for details in error.errors()]


def _fault(file: str, line: int, details: ErrorDetails) -> InputError:
    kind, context = details["type"], details.get("ctx", {})
    column = str(context.get("column") or details["loc"][0])
    told = {"file": file, "line": line, "column": column, "value": shown(details["input"])}
    if kind == "missing":
        return InputError("region.empty_cell", file=file, line=line, column=column)
    if kind == "not_rising":
        names, values = context["columns"], context["values"]
        return InputError(
            "region.not_rising", file=file, line=line, column=column, columns=names, values=values
        )
    if kind == "literal_error":
        options = re.findall(r"'([^']+)'", str(context["expected"]))
        near = closest(str(details["input"]), options)
        if near is not None:
            return InputError("region.unknown_word_near", **told, near=near)
        return InputError("region.unknown_word", **told, known=", ".join(options))
    bound = context.get("ge", context.get("le"))
    return InputError(f"region.{SENTENCES.get(kind, 'bad_value')}", **told, bound=bound)


def _summarised(faults: Iterable[InputError]) -> list[InputError]:
    """The faults; of many of one kind in one column the first ones, and how many more there are."""
    by_kind: dict[tuple[str, object], list[InputError]] = {}
    for fault in faults:
        by_kind.setdefault((fault.key, fault.values.get("column")), []).append(fault)
    told: list[InputError] = []
    for alike in by_kind.values():
        told += alike[:FAULTS_SHOWN]
        rest = len(alike) - FAULTS_SHOWN
        if rest > 0:
            last = alike[-1].values
            told.append(
                InputError(
                    "region.more_of_the_same",
                    file=last["file"],
                    line=last["line"],
                    column=last.get("column", ""),
                    count=rest,
                )
            )
    return told
