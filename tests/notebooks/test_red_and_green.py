"""nbval turns red when one rupiah changes, and stays green when a table is only shown in another way."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

SETUP = """\
import pandas as pd

from jamsos_sim.law.contributions import contribution_owed
from jamsos_sim.law.in_force import law_of
from jamsos_sim.notebook.checkpoint import Checkpoint
from jamsos_sim.units import month_of

check = Checkpoint("en")
owed = contribution_owed(1_000_000, 0, 0, law_of(month_of("2026-06")))
table = pd.DataFrame({"month": range(1, 13), "owed": [owed] * 12})
"""
DISPLAY = "with pd.option_context('display.max_rows', 20):\n    print(table)"
EXACT = "check.exactly('owed', owed, 16_800)"
DIGEST = "check.digest('table', table)"


@pytest.fixture(scope="module")
def executed():
    """A notebook that shows a table and checks its numbers."""
    shown = new_code_cell(DISPLAY, metadata={"tags": ["nbval-ignore-output"]})
    notebook = new_notebook(cells=[new_code_cell(SETUP), shown, new_code_cell(EXACT), new_code_cell(DIGEST)])
    NotebookClient(notebook, timeout=120, record_timing=False).execute()
    return nbformat.writes(notebook)


def nbval(folder, executed, **replaced):
    """Exit code and words of nbval on the notebook with the sources of some cells replaced."""
    notebook = nbformat.reads(executed, as_version=4)
    for number, source in replaced.items():
        notebook.cells[int(number.removeprefix("cell_"))].source = source
    path = folder / "notebook.ipynb"
    nbformat.write(notebook, path)
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    options = ["-q", "--nbval", "--nbval-current-env", "--nbval-cell-timeout", "120", str(path)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return run.returncode, run.stdout


def test_a_table_shown_in_another_way_stays_green(tmp_path, executed):
    code, words = nbval(tmp_path, executed, cell_1=DISPLAY.replace("20", "4"))
    assert code == 0, words
    assert "4 passed" in words


def test_one_rupiah_turns_red_in_the_exact_check_and_in_the_digest(tmp_path, executed):
    code, words = nbval(tmp_path, executed, cell_0=f"{SETUP}owed += 1\ntable.loc[11, 'owed'] += 1\n")
    assert code == 1, words
    assert "2 failed, 2 passed" in words
    assert "should be 16,800 and is 16,801" in words
