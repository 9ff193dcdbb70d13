"""A helper compiles what a first run needs from the other end, and only where that helps."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jamsos_sim.model import compile_ahead


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compile_ahead, "code_folder", lambda: tmp_path)
    monkeypatch.setattr(compile_ahead, "IS_COMPILING", True)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return tmp_path


def test_a_helper_is_useful_until_a_whole_run_has_kept_its_code(kept: Path) -> None:
    assert compile_ahead.is_helper_useful()
    (kept / "jamsos_sim.loop.bin").write_bytes(b"")
    assert compile_ahead.is_helper_useful()
    (kept / compile_ahead.MARK).touch()
    assert not compile_ahead.is_helper_useful()


def test_a_helper_is_of_no_use_without_compiler_folder_or_a_second_core(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, name, value in (
        (os, "cpu_count", lambda: 1),
        (compile_ahead, "code_folder", lambda: None),
        (compile_ahead, "IS_COMPILING", False),
    ):
        with monkeypatch.context() as alone:
            alone.setattr(place, name, value)
            assert not compile_ahead.is_helper_useful()


def test_one_helper_is_started_and_ended(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compile_ahead, "HELPERS", [])
    monkeypatch.setattr(sys, "executable", "sleep")
    monkeypatch.setattr(compile_ahead.atexit, "register", lambda *_: None)
    started = []

    def start(command: list[str], **_: int) -> subprocess.Popen[bytes]:
        started.append(command)
        return real([sys.executable, "60"])

    real = subprocess.Popen
    monkeypatch.setattr(compile_ahead.subprocess, "Popen", start)
    compile_ahead.start_helper()
    compile_ahead.start_helper()
    (helper,) = compile_ahead.HELPERS
    compile_ahead.end_helper(helper)
    assert len(started) == 1 and helper.returncode != 0


def test_the_steps_can_be_walked_from_the_last_to_the_first() -> None:
    command = [sys.executable, "-c", "from jamsos_sim.model.compile_ahead import *; compile_backwards()"]
    subprocess.run(command, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, check=True)
