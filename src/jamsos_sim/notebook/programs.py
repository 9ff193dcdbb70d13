"""The programs that open and run notebooks, as children of the command line."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from jamsos_sim.errors import InputError
from jamsos_sim.notebook.settings import Settings, load_notebook

ONLY_HERE = (
    "--ip=127.0.0.1",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    f"--LabApp.app_settings_dir={Path(__file__).parent / 'lab_settings'}",
)
"""JupyterLab listens to this machine only, and asks the network for no news, updates or extensions."""
SECONDS_TO_END = 10.0
INPUT_FAULT = InputError.__name__


class Failure(NamedTuple):
    """The error in which a cell of a notebook ended."""

    kind: str
    reason: str

    @property
    def is_input_fault(self) -> bool:
        """Whether the user's input was at fault, as the cell itself has said."""
        return self.kind == INPUT_FAULT


def program(module: str) -> list[str]:
    """The words that start a program of the extra ``lab``.

    Raises `InputError` when it is not installed.
    """
    if importlib.util.find_spec(module) is None:
        raise InputError("notebooks.no_program", program=module)
    return [sys.executable, "-m", module]


def open_lab(folder: Path, options: list[str]) -> int:
    """Open JupyterLab on a folder, for this machine only, until it ends; its exit code.

    JupyterLab asks what an interrupt means, so this script leaves the answer to it. It refuses to serve the
    only user of a container, who is root, unless it is told.
    """
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    more = [*options, "--allow-root"] if is_root else options
    command = [*program("jupyterlab"), *ONLY_HERE, str(folder.resolve()), *more]
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def execute(source: Path, target: Path, settings: Settings) -> tuple[int, Failure | None]:
    """Run a notebook with settings into another file, which holds the cells up to the first that fails.

    The notebook runs in the present folder. Gives the program's exit code and the failure, if any. After an
    interrupt the program is given time to end, and no file is left.
    """
    partial = target.with_name(f".{target.stem}.part.ipynb")
    bar = "--progress-bar" if sys.stderr.isatty() else "--no-progress-bar"
    words = [
        str(source),
        str(partial),
        "--kernel",
        "python3",
        "--language",
        "python",
        bar,
        "-y",
        json.dumps(settings),
    ]
    try:
        code = _run([*program("papermill"), *words])
        failure = None
        if partial.exists():
            failure = failure_in(partial)
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return code, failure


def _run(command: list[str]) -> int:
    # What papermill says of a failing cell stands in the notebook, and the command says it in one sentence.
    child = subprocess.Popen(command, stderr=None if sys.stderr.isatty() else subprocess.DEVNULL)
    try:
        return child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise


def failure_in(path: Path) -> Failure | None:
    """The error in which a notebook ended, or ``None``."""
    cells = load_notebook(path)["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    for output in outputs:
        if output.get("output_type") == "error":
            return Failure(str(output.get("ename")), str(output.get("evalue")))
    return None
