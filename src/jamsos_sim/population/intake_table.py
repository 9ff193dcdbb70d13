"""A register as a table, whatever the file: column names found, cells handed on in parts.

Only the columns that the map names leave this door; names and addresses are never taken from a row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from jamsos_sim.errors import InputError
from jamsos_sim.population import intake_fields as fields
from jamsos_sim.population.intake_fields import FIELD
from jamsos_sim.population.intake_habits import Wrong
from jamsos_sim.population.intake_map import RegisterMap
from jamsos_sim.population.intake_words import plain
from jamsos_sim.yaml_file import closest

ROWS_LOOKED_AT = 30
"""Rows at the top of a table among which the column names are looked for; titles may stand before them."""
ROWS_OF_A_PART = 50_000


class Line(NamedTuple):
    """One row of a file: its number there, and its cells; or what is wrong with it as a whole."""

    number: int
    cells: Sequence[object]
    wrong: Wrong | None = None


class Part(NamedTuple):
    """Some rows: their numbers, the cells by field, and the rows that could not be taken apart."""

    numbers: list[int]
    cells: dict[str, Sequence[object]]
    broken: list[tuple[int, Wrong]]


@dataclass(frozen=True)
class Table:
    """A register whose column names are found.

    Attributes
    ----------
    names:
        Field to the column's name as the file writes it.
    parts:
        The rows, some at a time; to be walked once.
    """

    names: Mapping[str, str]
    parts: Iterator[Part]


def found_in(lines: Iterator[Line], register_map: RegisterMap, file: object) -> Table:
    """The table that begins with the row of the map's column names.

    Raises `InputError` when the file is empty, has no rows below its column names, or lacks a column. What
    the file holds is shown only when it is the row of column names beyond doubt.
    """
    top = list(islice(lines, ROWS_LOOKED_AT))
    if not any(is_filled(line) for line in top):
        raise InputError("intake.empty_file", file=file)
    heading = max(top, key=lambda line: len(named_columns(line, register_map)))
    positions = named_columns(heading, register_map)
    check_columns(register_map, heading, positions, file)
    below = (line for line in top if line.number > heading.number)
    names = {field: str(heading.cells[place]).strip() for field, place in positions.items()}
    kept = {field: place for field, place in positions.items() if FIELD[field].kind != fields.DROPPED}
    return Table(names, _parts(_chained(below, lines), kept, len(heading.cells)))


def _chained(first: Iterable[Line], rest: Iterable[Line]) -> Iterator[Line]:
    yield from first
    yield from rest


def is_filled(line: Line) -> bool:
    """Whether a row holds anything."""
    return line.wrong is not None or any(map(_is_filled, line.cells))


def _is_filled(cell: object) -> bool:
    return bool(cell) and not (isinstance(cell, str) and cell.isspace())


def named_columns(line: Line, register_map: RegisterMap) -> dict[str, int]:
    """Field to position of the columns that a row names."""
    places: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        places.setdefault(plain(cell), place)
    wanted = {field: plain(column) for field, column in register_map.columns.items()}
    return {field: places[spelling] for field, spelling in wanted.items() if spelling in places}


def check_columns(
    register_map: RegisterMap, heading: Line, positions: Mapping[str, int], file: object
) -> None:
    """Raise `InputError` for a column that the file has not, or has twice."""
    spellings = [plain(cell) for cell in heading.cells]
    for field, column in register_map.columns.items():
        if field in positions and spellings.count(plain(column)) > 1:
            raise register_map.fault("intake.column_repeated", field, column=column, table=file)
        if field in positions:
            continue
        if not positions:
            raise register_map.fault("intake.no_heading", field, table=file, rows=ROWS_LOOKED_AT)
        taken = {plain(register_map.columns[found]) for found in positions}
        free = [str(cell).strip() for cell in heading.cells if plain(cell) and plain(cell) not in taken]
        near = closest(column, free)
        if near is not None:
            raise register_map.fault("intake.no_column_near", field, column=column, table=file, near=near)
        known = ", ".join(free) or "–"
        raise register_map.fault("intake.no_column", field, column=column, table=file, known=known)


def _parts(lines: Iterator[Line], positions: Mapping[str, int], width: int) -> Iterator[Part]:
    wanted = itemgetter(*positions.values())
    while part := list(islice(lines, ROWS_OF_A_PART)):
        broken = [(line.number, line.wrong) for line in part if line.wrong is not None]
        filled = [line for line in part if line.wrong is None and is_filled(line)]
        whole = [line for line in filled if len(line.cells) == width]
        broken += [(line.number, Wrong("cells")) for line in filled if len(line.cells) != width]
        columns = (
            zip(*(wanted(line.cells) for line in whole), strict=True) if whole else [()] * len(positions)
        )
        yield Part([line.number for line in whole], dict(zip(positions, columns, strict=True)), broken)
