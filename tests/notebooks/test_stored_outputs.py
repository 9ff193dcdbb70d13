"""nbval passes silently over a cell without a stored output; so the stored outputs are looked at here."""

import ast
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SHOWING_CALLS = {"display", "print"}


def load(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in load(path).cells if cell.cell_type == "code"]


def must_show(source):
    """Whether a cell's last statement is a value, or it prints or displays something."""
    body = ast.parse(source).body
    calls = {node.func.id for node in ast.walk(ast.Module(body, [])) if isinstance(node, ast.Call)
             and isinstance(node.func, ast.Name)}  # fmt: skip
    return bool(body) and (isinstance(body[-1], ast.Expr) or bool(calls & SHOWING_CALLS))


def test_there_are_notebooks():
    assert [path.name for path in NOTEBOOKS][:1] == ["00_mulai_di_sini.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_code_cell_was_executed_in_order(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_that_shows_a_result_has_one_stored(path):
    showing = [cell for cell in code_cells(path) if must_show(cell.source)]
    assert showing
    for cell in showing:
        assert cell.outputs, cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_stored_output_is_an_error_or_a_warning(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_picture_has_its_numbers_printed_in_the_same_notebook(path):
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    numbers = [output for output in outputs if any(character.isdigit() for character in words_of(output))]
    assert len(numbers) > len(pictures)


def words_of(output):
    """The text of a stored output, without that of a picture."""
    data = output.get("data", {})
    return "" if "image/png" in data else output.get("text", "") + data.get("text/plain", "")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_there_is_one_parameter_cell_and_both_languages_speak(path):
    tagged = [cell for cell in load(path).cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert all(isinstance(node, ast.Assign) for node in ast.parse(tagged[0].source).body)
    narrative = [cell.source for cell in load(path).cells if cell.cell_type == "markdown"]
    assert narrative[0].startswith("# ")
    for source in narrative:
        assert source.rstrip().splitlines()[-1].startswith("*"), source


def test_a_cell_that_only_assigns_needs_no_output_and_one_that_shows_does():
    assert not must_show("worlds = 4")
    assert must_show("worlds = 4\nworlds")
    assert must_show("for year in (1, 2):\n    print(year)")
