"""Counts that are too small to be shown, and further ones that would give them away.

A count below `SMALLEST_CELL` people is not shown; nought is below five too, for "nobody" also says something
of everybody. Where a total, or what is left of a row, would tell a hidden count exactly, the smallest count
that prevents it is hidden as well (complementary suppression).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SMALLEST_CELL = 5
"""People below whom a count is not shown."""

Int64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Cell = tuple[int, int]


class Shown(NamedTuple):
    """A table of counts with its totals, and what of it is hidden.

    Attributes
    ----------
    counts:
        Cells with a last column of row totals and a last row of column totals.
    is_small:
        Below the smallest count that is shown.
    is_hidden_too:
        Hidden because it would give another one away.
    """

    counts: Int64
    is_small: Mask
    is_hidden_too: Mask

    @property
    def is_hidden(self) -> Mask:
        """Whatever is not shown."""
        return self.is_small | self.is_hidden_too


def with_totals(counts: Int64) -> Int64:
    """A table of counts with row totals, column totals and the total of all."""
    wide = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)], axis=0)


def suppressed(counts: Int64) -> Shown:
    """A table of counts of people, its totals, and what may be shown of it.

    Nobody who knows the shown numbers, that small ones are below five and that the other hidden ones are
    not, can tell a hidden number exactly.
    """
    table = with_totals(counts)
    is_small = table < SMALLEST_CELL
    is_hidden_too = np.zeros_like(is_small)
    while revealed := revealed_cells(Shown(table, is_small, is_hidden_too)):
        is_hidden_too[companion(table, is_small | is_hidden_too, revealed)] = True
    return Shown(table, is_small, is_hidden_too)


def companion(table: Int64, is_hidden: Mask, revealed: Sequence[Cell]) -> Cell:
    """The shown cell to be hidden next, for the sake of cells that can be told.

    It stands in a row or column in which a revealed cell is the only hidden one; when there is none, in any
    row or column of a revealed cell. Counts come before totals, then those in whose other line something is
    hidden already, which closes the circle; of these the smallest.
    """
    lines = [line for cell in revealed for line in _lines_of(cell, table.shape)]
    alone = [line for line in lines if sum(bool(is_hidden[place]) for place in line) == 1]
    candidates = {place for line in alone or lines for place in line if not is_hidden[place]}
    candidates = candidates or {(row, column) for row, column in np.argwhere(~is_hidden).tolist()}
    among = is_hidden.astype(np.int64)
    crossing = among.sum(axis=0)[None, :] * among.sum(axis=1)[:, None]

    def cost(place: Cell) -> tuple[int, bool, int, Cell]:
        return _totals_in(place, table.shape), not crossing[place], int(table[place]), place

    return min(candidates, key=cost)


def _lines_of(cell: Cell, shape: tuple[int, ...]) -> tuple[list[Cell], list[Cell]]:
    """The cells of a cell's row and those of its column."""
    row, column = cell
    return [(row, other) for other in range(shape[1])], [(other, column) for other in range(shape[0])]


def _totals_in(place: Cell, shape: tuple[int, ...]) -> int:
    return (place[0] == shape[0] - 1) + (place[1] == shape[1] - 1)


def revealed_cells(shown: Shown) -> list[Cell]:
    """Hidden cells that can be told exactly from what is shown.

    A table with its totals is a circulation: each row, each column and the two margins are nodes, each cell
    an arc. A hidden number can be another one just when a cycle of changes runs through its arc, every
    change within what is known of the number: whole, small ones from 0 to 4, the others at least 5.
    """
    steps = _possible_steps(shown)
    rows, columns = shown.counts.shape
    found = []
    for row, column in np.argwhere(shown.is_hidden).tolist():
        ends = _arc((row, column), rows, columns)
        if not (_can_flow(steps, *ends) or _can_flow(steps, *reversed(ends))):
            found.append((row, column))
    return found


def _can_flow(steps: dict[int, set[int]], tail: int, head: int) -> bool:
    """Whether one unit can flow along an arc and return by other arcs."""
    return head in steps[tail] and _reaches(steps, head, tail, (head, tail))


def _arc(cell: Cell, rows: int, columns: int) -> tuple[int, int]:
    """Nodes of a cell's arc: rows, then columns; the last row and the last column are the margins.

    A cell leads from its row to its column, a row total from the margin of rows to the row, a column total
    from the column to the margin of columns, and the total of all closes the circle.
    """
    row, column = cell
    margin_of_rows, margin_of_columns = rows - 1, rows + columns - 1
    if row == rows - 1 and column == columns - 1:
        return margin_of_columns, margin_of_rows
    if column == columns - 1:
        return margin_of_rows, row
    if row == rows - 1:
        return rows + column, margin_of_columns
    return row, rows + column


def _possible_steps(shown: Shown) -> dict[int, set[int]]:
    """From each node the nodes to which one unit more, or one unit less on the arc back, can flow."""
    rows, columns = shown.counts.shape
    steps: dict[int, set[int]] = {node: set() for node in range(rows + columns)}
    for row, column in np.argwhere(shown.is_hidden).tolist():
        tail, head = _arc((row, column), rows, columns)
        count, is_small = int(shown.counts[row, column]), bool(shown.is_small[row, column])
        lowest = 0 if is_small else SMALLEST_CELL
        if not is_small or count < SMALLEST_CELL - 1:
            steps[tail].add(head)
        if count > lowest:
            steps[head].add(tail)
    return steps


def _reaches(steps: dict[int, set[int]], start: int, goal: int, avoided: tuple[int, int]) -> bool:
    """Whether steps lead from a node to another one without the step between the two that is avoided."""
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        for after in steps[node] - seen:
            if (node, after) == avoided:
                continue
            if after == goal:
                return True
            seen.add(after)
            waiting.append(after)
    return False
