"""Runs side by side: two on one folder never mix, new processes can run and fail, a notebook stays free."""

import json
import multiprocessing
import pickle
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from jamsos_sim import InputError, simulate, start
from jamsos_sim.api import Settings
from jamsos_sim.ensemble_folder import RunFolder
from jamsos_sim.ensemble_lock import LOCK_FILE, locked
from jamsos_sim.errors import StoppedError
from jamsos_sim.yaml_file import FileError

NAME = "program_berjalan"
SMALL = Settings(worlds=2, workers=150, last="2024-03", threads=1)
METHODS = ["spawn", "fork"] if sys.platform.startswith("linux") else ["spawn"]


def digests_in(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["digests"])


def run_in(folder: Path, worlds: int = 2) -> str:
    """What became of a run into a folder: the key of a sentence, or nothing."""
    try:
        simulate(NAME, **{**SMALL, "worlds": worlds}, out=folder)
    except InputError as fault:
        return fault.key
    return ""


@pytest.fixture
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as started:
        yield started


def test_a_second_run_on_a_folder_is_refused_while_the_first_one_writes(
    tmp_path: Path, pool: ProcessPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    keep = RunFolder.keep

    def keep_and_try(folder: RunFolder, world: int, *rest: object) -> None:
        keep(folder, world, *rest)
        seen.append(pool.submit(run_in, tmp_path / "hasil").result())

    with monkeypatch.context() as patch:
        patch.setattr(RunFolder, "keep", keep_and_try)
        assert run_in(tmp_path / "hasil") == ""
    assert seen == ["run.in_use"] * 2
    assert not (tmp_path / "hasil" / LOCK_FILE).exists()


def test_two_processes_that_begin_at_once_leave_one_whole_run(
    tmp_path: Path, pool: ProcessPoolExecutor
) -> None:
    told = list(pool.map(run_in, [tmp_path / "hasil"] * 2, [6, 6]))
    assert set(told) <= {"", "run.in_use"} and "" in told
    simulate(NAME, **{**SMALL, "worlds": 6}, out=tmp_path / "sekali-jalan")
    assert digests_in(tmp_path / "hasil") == digests_in(tmp_path / "sekali-jalan")


def test_a_finished_run_is_read_while_somebody_holds_its_folder(tmp_path: Path) -> None:
    assert run_in(tmp_path / "hasil") == ""
    with locked(tmp_path / "hasil"):
        assert run_in(tmp_path / "hasil") == ""
        assert run_in(tmp_path / "hasil", 3) == "run.other_run"


def test_threads_of_one_process_are_kept_apart_too(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(InputError) as refused, locked(tmp_path):
        pass
    assert refused.value.key == "run.in_use"
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_processes_of_either_kind_simulate_what_this_one_does(method: str, tmp_path: Path) -> None:
    simulate(NAME, **SMALL, out=tmp_path / "di-sini")
    folders = [tmp_path / f"{method}-{number}" for number in range(2)]
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(run_in, folders) == ["", ""]
    assert all(digests_in(folder) == digests_in(tmp_path / "di-sini") for folder in folders)


def test_a_fault_keeps_its_sentence_on_its_way_to_another_process() -> None:
    fault = InputError("run.bad_threads", threads=0)
    faults = FileError([fault, InputError("run.bad_seed", seed=-1)])
    for each in (fault, faults):
        again = pickle.loads(pickle.dumps(each))
        assert type(again) is type(each) and again.key == each.key
        assert again.sentence("en") == each.sentence("en")


def test_a_run_beside_a_notebook_leaves_it_free_and_gives_the_same() -> None:
    running = start(NAME, **SMALL, progress=False)
    assert "results()" in repr(running)
    results = running.results()
    assert running.is_done and repr(running) == "Simulasi selesai; .results() memberikan hasilnya."
    assert results.yearly.equals(simulate(NAME, **SMALL).yearly)


def test_a_run_beside_a_notebook_is_stopped_and_keeps_what_is_done(tmp_path: Path) -> None:
    many = Settings(**{**SMALL, "worlds": 100_000, "out": tmp_path / "hasil", "progress": False})
    running = start(NAME, **many)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("hasil/parts/*.npy")) and time.monotonic() < deadline:
        time.sleep(0.02)  # this thread is free meanwhile
    assert not running.is_done
    running.stop()
    assert running.is_done and list(tmp_path.glob("hasil/parts/*.npy"))
    with pytest.raises(StoppedError) as stopped:
        running.results()
    assert stopped.value.folder == tmp_path / "hasil"
    assert not (tmp_path / "hasil" / LOCK_FILE).exists()


def test_a_fault_of_a_run_beside_a_notebook_is_raised_where_its_results_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    running = start(NAME, **SMALL, out=tmp_path / "berkas" / "hasil", progress=False)
    with pytest.raises(InputError) as refused:
        running.results()
    assert refused.value.key == "run.not_writable"
    with pytest.raises(InputError):
        start("tidak_ada", **SMALL)
