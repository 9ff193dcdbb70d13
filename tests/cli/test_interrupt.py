"""Ctrl-C at any moment: one sentence, exit code 130, no trace, and a folder that can be gone on with."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Jamsos, Said, start

RUN = ("run", "program_berjalan", "tambah_kuota", "--workers", "2000", "--worlds", "40", "--to", "2026-12")
LONG_RUN = (*RUN[: RUN.index("40")], "40000", *RUN[RUN.index("40") + 1 :])
"""No machine ends it before it is interrupted."""
PATIENCE = 120.0
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that stands for Ctrl-C alone")


def interrupted(child: "subprocess.Popen[str]") -> Said:
    """Send Ctrl-C and wait for the end, which must come soon."""
    child.send_signal(signal.SIGINT)
    try:
        out, err = child.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        pytest.fail("the command went on for ten seconds after Ctrl-C")
    return Said(child.returncode, out, err)


@pytest.mark.parametrize("seconds", [0.3, 1.5, 5.0])
def test_an_early_interrupt_ends_at_once_with_one_sentence(tmp_path: Path, seconds: float) -> None:
    child = start([*LONG_RUN, "--out", "hasil"], tmp_path)
    time.sleep(seconds)
    said = interrupted(child)
    assert (said.code, said.out) == (130, "")
    assert len(said.sentences) == 1 and said.err.startswith("Dihentikan")
    assert {path.name for path in tmp_path.glob("hasil/*")} <= {"plan.json", "parts"}


def test_an_impatient_second_interrupt_leaves_no_trace_either(tmp_path: Path) -> None:
    child = start([*LONG_RUN, "--out", "hasil", "--lang", "en"], tmp_path)
    time.sleep(4.0)
    child.send_signal(signal.SIGINT)
    time.sleep(0.05)
    said = interrupted(child)
    assert said.code == 130
    assert len(said.sentences) == 1 and said.err.startswith("Stopped")


def test_an_interrupted_run_keeps_whole_worlds_and_is_gone_on_with(jamsos: Jamsos, folder: Path) -> None:
    parts = folder / "hasil" / "parts"
    child = start([*RUN, "--out", "hasil", "--lang", "en"], folder)
    deadline = time.monotonic() + PATIENCE
    while not list(parts.glob("world-*.npy")) and time.monotonic() < deadline:
        time.sleep(0.02)
    said = interrupted(child)
    kept = len(list(parts.glob("world-*.npy")))
    assert (said.code, said.out) == (130, "")
    assert 0 < kept < 40
    assert said.err == (
        f"Stopped; {kept} of 40 worlds are kept. Go on with the same command and --out hasil.\n"
    )
    assert {path.name for path in (folder / "hasil").iterdir()} == {"plan.json", "parts"}
    assert jamsos(*RUN, "--out", "hasil").code == 0
    assert jamsos(*RUN, "--out", "sekali_jalan").code == 0
    for table in ("monthly", "yearly"):
        pd.testing.assert_frame_equal(
            pd.read_parquet(folder / "hasil" / f"{table}.parquet"),
            pd.read_parquet(folder / "sekali_jalan" / f"{table}.parquet"),
        )
    assert not (folder / "hasil" / "parts").exists() and not list(folder.rglob("*.partial"))
