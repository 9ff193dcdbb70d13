"""What a command loads before it shows its first table: what a run needs, and nothing that others need."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("matplotlib", "mesa", "networkx", "distributed", "dask", "tqdm", "asyncio", "ruamel", "IPython")
"""Libraries of figures, of the readable model, of clusters, of notebooks, and of files not read before."""
COMMAND = """
import sys
from jamsos_sim import cli_runs
from jamsos_sim.cli import exit_code

def shown(*given):
    print(*{name.partition(".")[0] for name in sys.modules})
    raise SystemExit

cli_runs.print_tables = shown
exit_code(sys.argv[1:])
"""

COLLECTING = """
import gc, sys
from jamsos_sim.cli_entry import main

class AfterTables:
    def find_spec(self, name, path, target=None):
        if name == "matplotlib":
            print(len(collections), file=sys.stderr)
            sys.exit(0)

collections = []
sys.meta_path.insert(0, AfterTables())
gc.callbacks.append(lambda phase, told: collections.append(phase))
main()
"""


def loaded_by(script: str, *words: str) -> set[str]:
    """Names of the libraries that a script loads in a process of its own, which it prints."""
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_a_run_shows_its_tables_before_it_loads_what_only_others_need(tmp_path: Path) -> None:
    small = ["--workers", "100", "--worlds", "1", "--to", "2023-03", "--out", str(tmp_path / "run")]
    loaded_by(COMMAND, "run", "program_berjalan", *small)  # what files say is kept
    loaded = loaded_by(COMMAND, "run", "program_berjalan", *small[:-1], str(tmp_path / "again"))
    assert "pandas" in loaded and not loaded & set(HEAVY)


def test_until_its_tables_a_run_does_not_look_for_objects_that_could_go(tmp_path: Path) -> None:
    small = ["program_berjalan", "--workers", "100", "--worlds", "1", "--to", "2023-03"]
    script = [sys.executable, "-c", COLLECTING, "run", *small, "--out", str(tmp_path / "run")]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "0"), done.stderr


@pytest.mark.parametrize("module", ["cli", "cli_entry"])
def test_help_needs_no_library_of_numbers(module: str) -> None:
    script = f"import sys, jamsos_sim.{module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    assert not loaded_by(script) & {"numpy", "pandas", "numba", "pyarrow", "scipy", *HEAVY}
