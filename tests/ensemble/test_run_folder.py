"""The folder of a run: resumed when unfinished, refused when it is another's, and complete when finished."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pandas as pd
import pytest

from jamsos_sim import InputError, Results, api_run, simulate
from jamsos_sim.api import Settings
from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.ensemble import Advance, Plan, Simulated
from jamsos_sim.ensemble_digest import table_digest
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from jamsos_sim.model.ledger import Rows
from jamsos_sim.population.region_file import read_region
from jamsos_sim.scenario import load_scenario

NAMES = ("program_berjalan", "raperda_data_terpadu")
WORLDS = 4


def settings_of(**changes: object) -> Settings:
    usual = Settings(worlds=WORLDS, workers=150, last="2024-03", threads=2)
    return cast(Settings, {**usual, **changes})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "hasil" / "percobaan"


def store(folder: Path, **changes: object) -> Results:
    return simulate(*NAMES, **settings_of(out=folder, **changes))


def digests_in(folder: Path) -> dict[str, str]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return dict(manifest["digests"])


class StoppedAfterTwoWorldsError(Exception):
    """Stands for a run that was killed."""


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the worlds that were simulated."""
    numbers: list[int] = []

    def watched(
        plan: Plan, wanted: list[int], hands: Hands, advance: Advance
    ) -> Iterator[tuple[int, Simulated]]:
        numbers.extend(wanted)
        return simulate_worlds(plan, wanted, hands, advance)

    monkeypatch.setattr(api_run, "simulate_worlds", watched)
    return numbers


def interrupt_after_two_worlds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(
        plan: Plan, wanted: list[int], hands: Hands, advance: Advance
    ) -> Iterator[tuple[int, Simulated]]:
        for kept, done in enumerate(simulate_worlds(plan, wanted, hands, advance)):
            if kept == 2:
                raise StoppedAfterTwoWorldsError
            yield done

    with monkeypatch.context() as patch:
        patch.setattr(api_run, "simulate_worlds", interrupted)
        with pytest.raises(StoppedAfterTwoWorldsError):
            store(folder)


def test_a_finished_folder_holds_the_tables_that_were_returned(folder: Path) -> None:
    results = store(folder)
    assert results.folder == folder
    for name, table in (("monthly", results.monthly), ("yearly", results.yearly)):
        stored = pd.read_parquet(folder / f"{name}.parquet")
        pd.testing.assert_frame_equal(stored, table)
        assert digests_in(folder)[name] == table_digest(stored)
    assert {path.name for path in folder.iterdir()} == {
        "plan.json",
        "cells.parquet",
        "manifest.json",
        "monthly.parquet",
        "yearly.parquet",
    }


def test_a_run_without_a_folder_gives_the_same_tables(folder: Path) -> None:
    stored = store(folder)
    free = simulate(*NAMES, **settings_of())
    assert free.folder is None
    pd.testing.assert_frame_equal(free.monthly, stored.monthly)


def test_an_unfinished_run_computes_only_what_is_missing_and_ends_alike(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, computed: list[int]
) -> None:
    whole = store(tmp_path / "sekali jalan")
    assert computed == list(range(WORLDS))
    interrupt_after_two_worlds(folder, monkeypatch)
    kept = sorted(path.name for path in (folder / "parts").iterdir())
    assert len(kept) == 2 and all(name.endswith(".npy") for name in kept)
    assert not (folder / "manifest.json").exists() and not (folder / "monthly.parquet").exists()
    computed.clear()
    resumed = store(folder)
    assert sorted(computed) == sorted(set(range(WORLDS)) - {int(name[6:12]) for name in kept})
    assert digests_in(folder) == digests_in(tmp_path / "sekali jalan")
    pd.testing.assert_frame_equal(resumed.monthly, whole.monthly)
    assert not list(folder.rglob("*.partial")) and not (folder / "parts").exists()


def test_a_half_written_part_is_computed_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, computed: list[int]
) -> None:
    interrupt_after_two_worlds(folder, monkeypatch)
    (folder / "parts" / "world-000003.partial").write_bytes(b"\x93NUMPY half")
    (folder / "parts" / "world-000003.npy").unlink(missing_ok=True)
    store(folder)
    store(tmp_path / "sekali jalan")
    assert digests_in(folder) == digests_in(tmp_path / "sekali jalan")
    assert not list(folder.rglob("*.partial"))


def test_a_finished_run_is_read_and_not_computed_again(folder: Path, computed: list[int]) -> None:
    first = store(folder)
    computed.clear()
    again = store(folder)
    assert computed == []
    pd.testing.assert_frame_equal(first.monthly, again.monthly)
    pd.testing.assert_frame_equal(first.summary, again.summary)


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 5},
        {"worlds": WORLDS + 1},
        {"workers": 151},
        {"last": "2024-04"},
        {"first": "2023-02"},
        {"engine": "reference"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_run_is_refused_and_changes_nothing(folder: Path, changes: dict[str, object]) -> None:
    store(folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as refused:
        store(folder, **changes)
    assert refused.value.key == "run.other_run"
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_other_scenarios_or_another_text_of_the_same_scenario_are_another_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    draft = tmp_path / "draf.yaml"
    text = "name: draf\ntitle: {id: Draf, en: Draft}\ndiffers_from: program_berjalan\n"
    draft.write_text(text, encoding="utf-8")
    simulate(draft, **settings_of(out=folder, worlds=1))
    draft.write_text(text + "reading: {U3: keeps}\n", encoding="utf-8")
    for scenarios in (("draf.yaml",), ("program_berjalan",), ("draf.yaml", "program_berjalan")):
        with pytest.raises(InputError) as refused:
            simulate(*scenarios, **settings_of(out=folder, worlds=1))
        assert refused.value.key == "run.other_run"


def test_the_number_of_threads_is_not_part_of_the_run(folder: Path) -> None:
    store(folder, threads=2)
    assert store(folder, threads=1).folder == folder


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text("penting", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        store(tmp_path)
    assert refused.value.key == "run.foreign_folder"
    assert [path.name for path in tmp_path.iterdir()] == ["catatan.txt"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"seed": 2023}'])
def test_a_plan_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(InputError):
        store(tmp_path)
    assert (tmp_path / "plan.json").read_bytes() == content


@pytest.mark.parametrize("below", ["berkas", "berkas/anak", "berkas/anak/cucu"])
def test_a_folder_that_cannot_be_made_is_named_in_a_sentence(tmp_path: Path, below: str) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        store(tmp_path / below)
    assert refused.value.key == "run.not_writable"
    assert str(tmp_path / below) in refused.value.sentence("en")


def test_a_full_disk_in_the_middle_ends_in_a_sentence_and_keeps_what_is_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def save(file: BinaryIO, numbers: np.ndarray) -> None:
        written.append(1)
        if len(written) > 2:
            raise OSError(28, "No space left on device")
        np.lib.format.write_array(file, numbers)

    with monkeypatch.context() as patch:
        patch.setattr(np, "save", save)
        with pytest.raises(InputError) as refused:
            store(folder)
    assert refused.value.key == "run.disk_full"
    assert str(folder) in refused.value.sentence("id")
    assert len(list((folder / "parts").glob("world-*.npy"))) == 2
    assert store(folder).yearly["world"].nunique() == WORLDS
    assert not list(folder.rglob("*.partial"))


def test_the_manifest_says_what_was_run(folder: Path) -> None:
    store(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    plan = manifest["plan"]
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8")) == plan
    assert (plan["worlds"], plan["seed"], plan["workers"], plan["engine"]) == (WORLDS, 2023, 150, "kernel")
    assert (plan["from"], plan["to"], plan["region"]["name"]) == ("2023-01", "2024-03", "tangsel")
    assert plan["region"]["digest"] == read_region("tangsel").digest and plan["register"] is None
    assert [scenario["name"] for scenario in plan["scenarios"]] == list(NAMES)
    for described in plan["scenarios"]:
        scenario = load_scenario(described["name"])
        assert described["texts"] == dict(scenario.texts)
        assert described["chain"] == list(scenario.chain) and set(scenario.texts) == set(scenario.chain)
        assert described["readings"]["U3"] == "resets_on_lapse"
    assert manifest["quantities"] == list(Rows._fields)
    assert {"jamsos-sim", "python", "numpy", "pandas", "numba", "mesa"} <= set(manifest["versions"])
    assert len(plan["source"]) == 64


def test_the_manifest_holds_every_assumption_with_its_draw_in_every_world(folder: Path) -> None:
    store(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    known = load_assumptions("tangsel")
    for name in NAMES:
        drawn = manifest["assumptions"][name]
        assert list(drawn) == list(known)
        for key, described in drawn.items():
            assert len(described["draws"]) == WORLDS
            assert all(described["low"] <= value <= described["high"] for value in described["draws"]), key
            assert (described["low"], described["high"]) == (known[key].low, known[key].high)
    shares = manifest["assumptions"][NAMES[0]]["population.insured_elsewhere"]["draws"]
    assert len(set(shares)) == WORLDS
