"""No count below five can be told from what is shown: proved by linear algebra and by trying all tables."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.privacy import SMALLEST_CELL, Shown, suppressed, with_totals

Table = list[list[int]]


def equations(rows: int, columns: int) -> np.ndarray:
    """Every row and every column of the table with its total: parts minus the total make nothing."""
    lines = []
    for row in range(rows):
        line = np.zeros((rows, columns))
        line[row] = [1.0] * (columns - 1) + [-1.0]
        lines.append(line.ravel())
    for column in range(columns):
        line = np.zeros((rows, columns))
        line[:, column] = [1.0] * (rows - 1) + [-1.0]
        lines.append(line.ravel())
    return np.array(lines)


def solvable(shown: Shown) -> list[int]:
    """Hidden cells whose value the linear equations alone fix."""
    hidden = np.flatnonzero(shown.is_hidden.ravel())
    system = equations(*shown.counts.shape)[:, hidden]
    _, sizes, directions = np.linalg.svd(system)
    free = directions[int((sizes > 1e-9).sum()) :]
    return [int(cell) for place, cell in enumerate(hidden) if not np.any(np.abs(free[:, place]) > 1e-9)]


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@settings(max_examples=300, deadline=None)
@given(tables)
def test_no_hidden_count_follows_from_the_equations(table: Table) -> None:
    assert solvable(suppressed(np.array(table))) == []


@settings(max_examples=200, deadline=None)
@given(tables)
def test_no_shown_count_is_below_five(table: Table) -> None:
    shown = suppressed(np.array(table))
    assert (shown.counts[~shown.is_hidden] >= SMALLEST_CELL).all()
    assert np.array_equal(shown.counts, with_totals(np.array(table)))


def possible_values(shown: Shown) -> dict[tuple[int, int], set[int]]:
    """Values that each hidden cell takes in all tables that look like this one.

    Small counts run from 0 to 4, the other hidden ones from 5 to what lies a little above them.
    """
    rows, columns = shown.counts.shape[0] - 1, shown.counts.shape[1] - 1
    ranges = []
    for row, column in product(range(rows), range(columns)):
        count = int(shown.counts[row, column])
        if not shown.is_hidden[row, column]:
            ranges.append(range(count, count + 1))
        elif shown.is_small[row, column]:
            ranges.append(range(SMALLEST_CELL))
        else:
            ranges.append(range(SMALLEST_CELL, count + SMALLEST_CELL))
    seen: dict[tuple[int, int], set[int]] = {}
    for values in product(*ranges):
        other = with_totals(np.array(values).reshape(rows, columns))
        fits = np.where(shown.is_small, other < SMALLEST_CELL, other >= SMALLEST_CELL)
        fits = np.where(shown.is_hidden, fits, other == shown.counts)
        if fits.all():
            for cell in map(tuple, np.argwhere(shown.is_hidden).tolist()):
                seen.setdefault(cell, set()).add(int(other[cell]))
    return seen


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=1, max_size=3))
def test_trying_all_tables_leaves_every_hidden_count_more_than_one_value(table: Table) -> None:
    shown = suppressed(np.array(table))
    seen = possible_values(shown)
    assert set(seen) == set(map(tuple, np.argwhere(shown.is_hidden).tolist()))
    assert all(len(values) > 1 for values in seen.values())


@pytest.mark.parametrize("table", [[[0, 0], [9, 9]], [[4, 4], [9, 9]], [[4]], [[0]], [[0, 0, 0]], [[1, 9]]])
def test_bounds_that_meet_are_seen(table: Table) -> None:
    assert all(len(values) > 1 for values in possible_values(suppressed(np.array(table))).values())


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert not suppressed(np.array([[5, 8], [70, 12]])).is_hidden.any()


def test_the_smallest_count_is_hidden_beside_a_small_one() -> None:
    shown = suppressed(np.array([[3, 9, 50], [6, 30, 40], [80, 20, 90]]))
    assert sorted(shown.counts[shown.is_hidden_too].tolist()) == [6, 9, 30]
    assert not shown.is_hidden[-1].any()
