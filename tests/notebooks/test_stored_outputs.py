"""nbval passes silently over a cell without a stored output; so the stored outputs are looked at here."""

import ast
from itertools import pairwise

import nbformat
import pytest

from tests.notebooks.masters import (
    NAMES,
    PATHS,
    checks,
    code_cells,
    label,
    load,
    must_show,
    words_of,
)

each = pytest.mark.parametrize("path", PATHS, ids=label)


def test_the_notebooks_of_the_path_from_start_to_model_are_there():
    assert [name[:2] for name in NAMES][:1] == ["00"]
    assert {"10", "15", "20", "30", "40", "60", "99"} <= {name[:2] for name in NAMES}


@each
def test_every_code_cell_was_executed_in_order(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each
def test_every_cell_that_shows_a_result_has_one_stored(path):
    showing = [cell for cell in code_cells(path) if must_show(cell.source)]
    assert showing
    for cell in showing:
        assert cell.outputs, cell.source


@each
def test_no_stored_output_is_an_error_or_a_warning(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source


@each
def test_what_is_displayed_may_change_its_look_and_what_is_checked_may_not(path):
    for cell in code_cells(path):
        is_ignored = "nbval-ignore-output" in cell.metadata.get("tags", [])
        has_look = any(
            "text/html" in output.get("data", {}) or "image/png" in output.get("data", {})
            for output in cell.outputs
        )
        assert is_ignored or not has_look, cell.source
        assert not (is_ignored and checks(cell.source)), cell.source


@each
def test_a_picture_has_its_numbers_or_their_digest_printed_in_the_same_notebook(path):
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    if any("image/png" in output.get("data", {}) for output in outputs):
        printed = "".join(words_of(output) for output in outputs)
        assert "SIDIK: " in printed or "DIGEST: " in printed or "funnel" in printed


@each
def test_there_is_one_cell_of_parameters_that_only_assigns(path):
    tagged = [cell for cell in load(path).cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert all(isinstance(node, ast.Assign) for node in ast.parse(tagged[0].source).body)


@each
def test_a_notebook_is_small_enough_to_read(path):
    for cell in code_cells(path):
        assert len(cell.source.splitlines()) <= 30, cell.source
    assert path.stat().st_size < 500_000


@each
def test_a_notebook_keeps_nothing_of_its_run_but_the_outputs(path):
    notebook = load(path)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    assert [cell.id for cell in notebook.cells] == [f"cell-{n:02d}" for n in range(len(notebook.cells))]
    assert path.read_text(encoding="utf-8") == nbformat.writes(notebook) + "\n"


def test_a_cell_that_only_assigns_needs_no_output_and_one_that_shows_or_checks_does():
    assert not must_show("worlds = 4")
    assert must_show("worlds = 4\nworlds")
    assert must_show("for year in (1, 2):\n    print(year)")
    assert must_show("if worlds:\n    check.exactly('a', 1, 1)")


@each
def test_what_a_cell_prints_is_stored_in_one_piece_whenever_it_came(path):
    for cell in code_cells(path):
        kinds = [output.output_type for output in cell.outputs]
        assert ("stream", "stream") not in list(pairwise(kinds)), cell.source
