"""A small run compiles nothing where no code is at hand, gives the same digests, and a large one compiles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jamsos_sim import compiled_folder, ensemble_walk
from jamsos_sim.api import Settings, plan_of
from jamsos_sim.compiled import IS_COMPILING, Loop, is_plain, plainly
from jamsos_sim.ensemble_walk import MOST_PLAINLY, Walks, is_walked_plainly
from jamsos_sim.model.rolls import rows_with

needs_compiler = pytest.mark.skipif(not IS_COMPILING, reason="the compiler is switched off")

SMALL = Settings(workers=300, worlds=2, last="2024-06")
RUN = """
import sys
from numba.core.event import install_recorder
from jamsos_sim import ensemble_walk, simulate
from jamsos_sim.ensemble_digest import table_digest
if sys.argv[1] == "compile":
    ensemble_walk.MOST_PLAINLY = 0
with install_recorder("numba:compile") as compiled:
    results = simulate("raperda_data_terpadu", workers=300, worlds=2, last="2024-06", events="1")
    events = table_digest(results.events(1))
print(len(compiled.buffer), table_digest(results.monthly), table_digest(results.yearly), events)
"""


def told(kept: Path | str | None, how: str = "as it is") -> tuple[int, list[str]]:
    """Compilations and digests of a run in a process of its own; ``None`` is the folder of these tests."""
    surroundings = {} if kept is None else {"JAMSOS_CACHE": str(kept)}
    command = [sys.executable, "-W", "error", "-c", RUN, how]
    done = subprocess.run(
        command, env={**os.environ, **surroundings}, capture_output=True, text=True, check=True
    )
    count, *digests = done.stdout.split()
    return int(count), digests


@needs_compiler
def test_a_small_cold_run_compiles_nothing_and_gives_the_digests_of_compiled_code(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a_file"
    in_the_way.write_text("", encoding="utf-8")
    plain = told(tmp_path / "kept")
    assert plain[0] == 0 and not list(tmp_path.rglob("*.bin"))
    assert told(in_the_way / "kept") == told("off") == plain
    assert told(None, "compile")[1] == plain[1]


@needs_compiler
def test_a_compiled_run_leaves_word_that_its_code_is_kept(
    tmp_path: Path, walks: Walks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(ensemble_walk, "WALKS", walks)
    monkeypatch.setattr(compiled_folder, "code_folder", lambda: tmp_path)
    plan = plan_of(["program_berjalan"], SMALL)
    with plainly():
        ensemble_walk.remember_world(plan)
    assert not ensemble_walk.is_code_kept()
    ensemble_walk.remember_world(plan)
    assert ensemble_walk.is_code_kept() and walks.is_compiled


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> Walks:
    """A process that has walked nothing yet, with no code on disk."""
    walks = Walks()
    monkeypatch.setattr(ensemble_walk, "WALKS", walks)
    monkeypatch.setattr(ensemble_walk, "IS_COMPILING", True)
    monkeypatch.setattr(ensemble_walk, "is_code_kept", lambda: False)
    return walks


def is_plan_walked_plainly(**settings: object) -> bool:
    return is_walked_plainly(plan_of(["program_berjalan"], Settings(**{**SMALL, **settings})))


def test_only_a_small_run_is_walked_plainly(walks: Walks) -> None:
    assert is_plan_walked_plainly()
    assert not is_plan_walked_plainly(workers=None)
    assert not is_plan_walked_plainly(worlds=40)
    assert is_plan_walked_plainly(worlds=19)
    assert not is_plan_walked_plainly(worlds=19, events="0-18")


def test_with_code_at_hand_nothing_is_walked_plainly(walks: Walks, monkeypatch: pytest.MonkeyPatch) -> None:
    walks.is_compiled = True
    assert not is_plan_walked_plainly()
    walks.is_compiled = False
    monkeypatch.setattr(ensemble_walk, "is_code_kept", lambda: True)
    assert not is_plan_walked_plainly()


def test_many_small_runs_make_a_large_one(walks: Walks) -> None:
    plan = plan_of(["program_berjalan"], SMALL)
    runs = 0
    while is_walked_plainly(plan):
        with ensemble_walk.walking(plan):
            for _ in range(plan.worlds):
                ensemble_walk.remember_world(plan)
        runs += 1
    assert runs == MOST_PLAINLY // (300 * 2 * 18)


@needs_compiler
def test_a_loop_is_walked_plainly_only_within_the_block() -> None:
    assert isinstance(rows_with, Loop) and not is_plain()
    with plainly():
        assert is_plain()
        with plainly(False):
            assert not is_plain()
        assert is_plain()
    assert not is_plain()
