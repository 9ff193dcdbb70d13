"""A folder of the user's own, and the command line called as a user would."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from jamsos_sim.cli import exit_code


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """Lines on standard error."""
        return self.err.splitlines()


Jamsos = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def jamsos(folder: Path, capsys: pytest.CaptureFixture[str]) -> Jamsos:
    """Carry out a command line in an empty directory; words may be paths."""

    def carry_out(*words: str | Path) -> Said:
        capsys.readouterr()
        code = exit_code([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return carry_out


def start(words: list[str], folder: Path) -> "subprocess.Popen[str]":
    """Start the command in a process of its own."""
    # A job in the background of a shell ignores interrupts, and so would its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, "-c", "from jamsos_sim.cli_entry import main; main()", *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"},
        )
    finally:
        signal.signal(signal.SIGINT, before)
