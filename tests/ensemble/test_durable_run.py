"""A run that is killed at any moment goes on with the same command and ends alike; no kept world is lost."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jamsos_sim import InputError, simulate
from jamsos_sim.api import Settings
from jamsos_sim.cli import exit_code

NAMES = ("program_berjalan", "tambah_kuota")
SMALL = Settings(worlds=3, workers=150, last="2024-03", threads=1)
WORDS = ("run", *NAMES, "--workers", "150", "--to", "2024-03", "--threads", "2")
TABLES = {"cells.parquet", "monthly.parquet", "yearly.parquet"}
FINISHED = {"plan.json", "manifest.json", *TABLES}
KILLS, KILLED_WORLDS = 20, 150
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"


def digests_in(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["digests"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Digests of the uninterrupted small run."""
    folder = tmp_path_factory.mktemp("utuh") / "hasil"
    simulate(*NAMES, **SMALL, out=folder)
    return digests_in(folder)


class KilledError(BaseException):
    """Stands for a kill: nothing that cleans up after faults sees it."""


def killed_at(moment: str, count: int, patch: pytest.MonkeyPatch) -> None:
    """Kill at a file's temporary writing (half of it is there), before its renaming, or after it."""
    seen = iter(range(count))
    rename, keep = os.replace, os.fsync

    def is_over() -> bool:
        return next(seen, None) is None

    def sync(number: int) -> None:
        if moment == "writing" and is_over():
            os.ftruncate(number, os.fstat(number).st_size // 2)
            raise KilledError
        keep(number)

    def replace(source: Path, target: Path) -> None:
        if moment == "before" and is_over():
            raise KilledError
        rename(source, target)
        if moment == "after" and is_over():
            raise KilledError

    patch.setattr(os, "fsync", sync)
    patch.setattr(os, "replace", replace)


@pytest.mark.parametrize("moment", ["writing", "before", "after"])
def test_a_kill_at_any_file_leaves_a_run_that_ends_alike(
    tmp_path: Path, whole: dict[str, str], moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = 1 + 3 + len(TABLES) + 1  # plan, worlds, tables, manifest
    for count in range(files):
        folder = tmp_path / f"hasil-{count}"
        with monkeypatch.context() as patch, pytest.raises(KilledError):
            killed_at(moment, count, patch)
            simulate(*NAMES, **SMALL, out=folder)
        simulate(*NAMES, **SMALL, out=folder)
        assert digests_in(folder) == whole, count
        assert {path.name for path in folder.iterdir()} == FINISHED


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY", None], ids=["empty", "half", "flipped"])
def test_a_part_that_a_power_cut_has_damaged_is_computed_again(
    tmp_path: Path, whole: dict[str, str], damage: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "hasil"
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        killed_at("after", 3, patch)
        simulate(*NAMES, **SMALL, out=folder)
    part = folder / "parts" / "world-000001.npy"
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(bytes(content) if damage is None else damage)
    simulate(*NAMES, **SMALL, out=folder)
    assert digests_in(folder) == whole


SERVER = """
import os, sys
from jamsos_sim.cli import exit_code
words = sys.argv[1:]
exit_code([*words, "--worlds", "1", "--out", "pemanasan"])
sys.stderr.write("ready\\n")
for line in sys.stdin:
    child = os.fork()
    if not child:
        os._exit(exit_code([*words, *line.split()]))
    sys.stderr.write(f"{child}\\n")
    sys.stderr.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\\n")
"""
"""Starts the command again and again, each time in a new process that need not compile anything."""


class Commands:
    """The command started in new processes, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-u", "-c", SERVER, *WORDS],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "MPLBACKEND": "agg"},
        )
        while self.said() != "ready":
            pass

    def said(self) -> str:
        assert self.server.stderr is not None
        line = self.server.stderr.readline()
        assert line, "the process that starts the command has ended"
        return line.strip()

    def start(self, folder: str) -> int:
        """Start the command into a folder; the number of its process."""
        assert self.server.stdin is not None
        self.server.stdin.write(f"--worlds {KILLED_WORLDS} --out {folder}\n")
        self.server.stdin.flush()
        return int(self.said())

    def ended(self) -> int:
        """Exit code of the process started last, which is waited for."""
        line = self.said()
        while not line.lstrip("-").isdigit():
            line = self.said()
        return int(line)


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    started = Commands(tmp_path)
    yield started
    assert started.server.stdin is not None and started.server.stderr is not None
    started.server.stdin.close()
    started.server.wait(timeout=10)
    started.server.stderr.close()


def parts_of(folder: Path) -> dict[str, int]:
    """Worlds that are stored, each with the moment in which it was written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("parts/world-*.npy")}


@pytest.mark.skipif(not CAN_FORK, reason="a process that has compiled can be doubled on Linux alone")
def test_twenty_kills_at_random_moments_lose_nothing_but_unfinished_worlds(
    tmp_path: Path, commands: Commands
) -> None:
    chance, folder = random.Random(20), tmp_path / "hasil"
    kept: dict[str, int] = {}
    for _ in range(KILLS):
        wanted, patience = len(kept) + chance.randrange(6), chance.uniform(0, 0.05)
        process = commands.start(folder.name)
        deadline = time.monotonic() + 20
        while len(parts_of(folder)) < wanted and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(patience)
        os.kill(process, signal.SIGKILL)
        assert commands.ended() == -signal.SIGKILL
        after = parts_of(folder)
        assert kept.items() <= after.items()  # what was there is neither lost nor written again
        kept = after
    assert 0 < len(kept) < KILLED_WORLDS
    commands.start(folder.name)
    assert commands.ended() == 0
    commands.start("sekali-jalan")
    assert commands.ended() == 0
    assert digests_in(folder) == digests_in(tmp_path / "sekali-jalan")
    assert {path.suffix for path in folder.iterdir()} == {".json", ".parquet", ".png"}


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def read_only(*_: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.parametrize(
    ("fault", "words"),
    [(full_disk, {"id": "Ruang simpan", "en": "No space"}), (read_only, {"id": "ditulisi", "en": "written"})],
)
@pytest.mark.parametrize(("files", "lang"), [(0, "id"), (2, "en"), (4, "id")])
def test_a_full_disk_and_a_read_only_folder_end_in_one_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    files: int,
    fault: Callable[..., None],
    words: dict[str, str],
    lang: str,
) -> None:
    folder, left, rename = tmp_path / "hasil", iter(range(files)), os.replace

    def replace(source: Path, target: Path) -> None:
        rename(source, target) if next(left, None) is not None else fault()

    command = [*WORDS, "--worlds", "3", "--out", str(folder), "--lang", lang]
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        assert exit_code(command) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert words[lang] in said.err and str(folder) in said.err
    assert not list(folder.rglob("*.partial"))  # their room is given back
    simulate(*NAMES, **SMALL, out=folder)


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="this user may write where the folder says no"
)
def test_a_folder_without_permission_ends_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, **SMALL, out=tmp_path / "hasil")
    tmp_path.chmod(0o700)
    assert refused.value.key == "run.not_writable"
