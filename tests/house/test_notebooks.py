"""Committed notebooks show what they compute; nbval compares only outputs that are there."""

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def shows_something(source: str) -> bool:
    """Whether a cell ends in an expression, whose value Jupyter shows."""
    plain = "\n".join(line for line in source.splitlines() if not line.startswith(("%", "!")))
    statements = ast.parse(plain).body
    return bool(statements) and isinstance(statements[-1], ast.Expr)


def test_there_is_a_notebook_to_start_with() -> None:
    assert (FOLDER / "00_mulai_di_sini.ipynb") in NOTEBOOKS


@each_notebook
def test_cells_were_executed_once_from_top_to_bottom(path: Path) -> None:
    counts = [cell.execution_count for cell in cells_of(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_every_cell_that_shows_something_has_its_output(path: Path) -> None:
    silent = [
        cell.source for cell in cells_of(path, "code") if shows_something(cell.source) and not cell.outputs
    ]
    assert silent == []


@each_notebook
def test_a_notebook_begins_with_its_question(path: Path) -> None:
    assert cells_of(path, "markdown")[0].source.startswith("# ")


@each_notebook
def test_a_notebook_keeps_nothing_of_the_machine_that_ran_it(path: Path) -> None:
    metadata = nbformat.read(path, as_version=4).metadata
    assert set(metadata) == {"kernelspec", "language_info"}
    assert metadata["kernelspec"]["name"] == "python3"
    assert "version" not in metadata["language_info"]


@pytest.mark.parametrize(
    ("source", "expected"), [("%matplotlib inline\n1 + 1", True), ("a = 1", False), ("", False)]
)
def test_a_cell_that_ends_in_an_expression_shows_something(source: str, expected: bool) -> None:
    assert shows_something(source) is expected
