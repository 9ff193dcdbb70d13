"""A stored run is carried out again and compared bit for bit; what differs is named, with its cause."""

import json
import shutil
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from jamsos_sim import InputError, certificate, certificate_causes, load_scenario, simulate, verify
from jamsos_sim.certificate import Verdict
from jamsos_sim.certificate_causes import Cause
from jamsos_sim.ensemble_digest import rule_sources
from jamsos_sim.ensemble_hands import Hands
from jamsos_sim.ensemble_manifest import versions
from jamsos_sim.units import month_of
from tests.certificate.conftest import DRAFT, SMALL, change_manifest, change_table, manifest_in

TANGSEL = files("jamsos_sim").joinpath("regions/tangsel")


def kinds_of(verdict: Verdict) -> set[str]:
    return {cause.kind for cause in verdict.causes}


def cause_of(verdict: Verdict) -> Cause:
    (cause,) = verdict.causes
    return cause


def test_an_untouched_run_matches_and_its_folder_is_only_read(stored: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in stored.iterdir()}
    verdict = verify(stored, threads=2)
    assert verdict.is_match and verdict.difference is None and not verdict.causes and not verdict.harmless
    assert {table.name: table.digest for table in verdict.compared} == manifest_in(stored)["digests"]
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in stored.iterdir()} == before


def test_scenarios_are_read_from_the_manifest_and_not_from_files_of_today(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    for name in ("usulan", "program_berjalan"):
        Path("scenarios", f"{name}.yaml").write_text(DRAFT.replace("20_000", "0"), encoding="utf-8")
    assert verify(stored).is_match


@pytest.mark.parametrize("name", ["monthly", "yearly", "cells"])
@pytest.mark.parametrize("row", [0, 77, -1])
def test_a_changed_cell_is_named_with_table_row_and_column(stored: Path, name: str, row: int) -> None:
    place = row % len(pd.read_parquet(stored / f"{name}.parquet"))

    def change(table: pd.DataFrame) -> None:
        table.loc[place, "value"] += 1

    change_table(stored, name, change)
    verdict = verify(stored)
    found = verdict.difference
    assert found is not None and not verdict.is_match
    assert (found.table, found.row, found.column) == (name, place + 1, "value")
    assert found.stored == found.again + 1
    assert cause_of(verdict) == Cause("result", (name,))


def test_the_first_of_many_changed_cells_is_named(stored: Path) -> None:
    def change(table: pd.DataFrame) -> None:
        table.loc[[40, 41], "value"] += 1
        table.loc[30, "quantity"] = "enroled"

    change_table(stored, "yearly", change)
    found = verify(stored).difference
    assert found is not None and (found.row, found.column, found.stored) == (31, "quantity", "enroled")
    assert set(found.where) == {"scenario", "world", "year", "quantity"}


LAST_ROW = 1_000_000
"""Stands for one past the last row that both tables have."""

TABLES: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], int | None, str | None]] = {
    "a row less": (lambda table: table.iloc[:-1], LAST_ROW, None),
    "a row more": (lambda table: pd.concat([table, table.iloc[:1]], ignore_index=True), LAST_ROW + 1, None),
    "other order": (lambda table: table.iloc[[1, 0, *range(2, len(table))]], 1, "quantity"),
    "other kind": (lambda table: table.astype({"value": "float64"}), None, "value"),
    "other name": (lambda table: table.rename(columns={"value": "nilai"}), None, "nilai"),
    "a column less": (lambda table: table.drop(columns="world"), None, "year"),
    "a column more": (lambda table: table.assign(note=1), None, "note"),
    "a word missing": (
        lambda table: table.assign(scenario=table["scenario"].where(table.index > 3)),
        1,
        "scenario",
    ),
    "dates": (lambda table: table.assign(year=pd.to_datetime("2024-01-01")), None, "year"),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_of_another_shape_is_told_from_the_run(stored: Path, case: str) -> None:
    change, row, column = TABLES[case]
    rows = len(pd.read_parquet(stored / "yearly.parquet"))
    change_table(stored, "yearly", change)
    found = verify(stored).difference
    assert found is not None and found.table == "yearly"
    expected = rows + row - LAST_ROW if row is not None and row >= LAST_ROW else row
    assert (found.row, found.column) == (expected, column)


def test_a_smaller_integer_type_is_the_same_values_in_another_file(stored: Path) -> None:
    change_table(stored, "yearly", lambda table: table.astype({"world": "int16"}))
    verdict = verify(stored)
    assert verdict.is_match and verdict.harmless == (Cause("file", ("yearly",)),)


def test_a_changed_seed_in_the_manifest_is_the_cause(stored: Path) -> None:
    change_manifest(stored, lambda manifest: manifest["plan"].update(seed=5))
    verdict = verify(stored)
    assert verdict.difference is not None
    assert cause_of(verdict) == Cause("seed", ("seed 2023 → 5",))


@pytest.mark.parametrize(
    "change", [{"worlds": 10**12}, {"workers": 151}, {"to": "2030-12"}, {"from": "2023-02"}]
)
def test_a_run_whose_size_was_changed_in_the_manifest_is_not_computed(
    stored: Path, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "computed_tables", lambda *_: pytest.fail("it was computed"))
    change_manifest(stored, lambda manifest: manifest["plan"].update(change))
    verdict = verify(stored)
    assert not verdict.is_match and cause_of(verdict).kind == "seed"
    assert cause_of(verdict).what[0].startswith(next(iter(change)))


@pytest.mark.parametrize(
    ("written", "moves"), [("sets: {places: 19_000}", True), ("sets:  {places: 20_000}", False)]
)
def test_a_changed_text_of_a_scenario_in_the_manifest_is_the_cause(
    stored: Path, written: str, moves: bool
) -> None:
    def change(manifest: dict[str, Any]) -> None:
        texts = manifest["plan"]["scenarios"][1]["texts"]
        texts["usulan"] = texts["usulan"].replace("sets: {places: 20_000}", written)

    change_manifest(stored, change)
    verdict = verify(stored)
    assert not verdict.is_match and cause_of(verdict) == Cause("scenario", ("usulan",))
    assert (verdict.difference is not None) == moves
    if verdict.difference is not None:
        assert verdict.difference.where["scenario"] == "usulan"


@pytest.mark.parametrize(
    "part", ["assumptions", "law", "quantities", "versions", "sources", "region_files", "digests", "files"]
)
def test_any_other_changed_part_of_the_manifest_is_named(stored: Path, part: str) -> None:
    def change(manifest: dict[str, Any]) -> None:
        text = json.dumps(manifest[part])
        letter = next(letter for letter in "aei" if letter in text)
        manifest[part] = json.loads(text.replace(letter, "o", 1))

    change_manifest(stored, change)
    verdict = verify(stored)
    assert not verdict.is_match and Cause("manifest", (part,)) in verdict.causes


def test_a_changed_draw_of_one_world_is_found(stored: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["assumptions"]["usulan"]["population.insured_elsewhere"]["draws"][1] += 1e-12

    change_manifest(stored, change)
    assert cause_of(verify(stored)) == Cause("manifest", ("assumptions",))


def region_with(folder: Path, key: str) -> Path:
    """A copy of the region's folder in which one assumption is another number."""
    copy = Path(shutil.copytree(str(TANGSEL), folder / "tangsel"))
    for path in sorted((copy / "assumptions").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if f"\n{key}:" not in text and not text.startswith(f"{key}:"):
            continue
        start = text.index(f"{key}:")
        line = text.index("central:", start)
        number = text[line + len("central:") :].split()[0].rstrip(",")
        low = text[text.index("low:", start) + len("low:") :].split()[0].rstrip(",")
        path.write_text(text[:line] + text[line:].replace(number, low, 1), encoding="utf-8")
    return copy


def test_a_changed_assumption_of_the_region_is_the_cause(stored: Path, tmp_path: Path) -> None:
    copy = region_with(tmp_path, "population.insured_elsewhere")
    verdict = verify(stored, region=copy)
    assert verdict.difference is not None
    cause = cause_of(verdict)
    assert cause.kind == "data" and cause.what[0].startswith("tangsel/assumptions/")
    assert cause.what[-1].startswith("population.insured_elsewhere: ")


def test_a_remark_in_the_region_moves_no_number_and_is_told(stored: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(str(TANGSEL), tmp_path / "tangsel"))
    about = copy / "region.yaml"
    about.write_text(about.read_text(encoding="utf-8") + "# catatan\n", encoding="utf-8")
    verdict = verify(stored, region=copy)
    assert verdict.is_match and verdict.harmless == (Cause("data", ("tangsel/region.yaml",)),)


def pretend(patch: pytest.MonkeyPatch, name: str, now: Mapping[str, str], *, moves: bool) -> None:
    """Let the package of today have other sources or libraries, and perhaps compute another number."""
    patch.setattr(certificate_causes, name, lambda: dict(now))
    if moves:
        compute = certificate.computed_tables

        def moved(*words: Any) -> dict[str, pd.DataFrame]:
            tables = compute(*words)
            tables["monthly"].loc[9, "value"] += 1
            return tables

        patch.setattr(certificate, "computed_tables", moved)


@pytest.mark.parametrize("moves", [True, False])
@pytest.mark.parametrize(
    ("name", "changed", "cause"),
    [
        ("rule_sources", {"law/benefits.py": "00"}, Cause("code", ("law/benefits.py",))),
        ("rule_sources", {"model/new.py": "00"}, Cause("code", ("model/new.py",))),
        ("rule_sources", {"law/tables/death.yaml": "00"}, Cause("data", ("law/tables/death.yaml",))),
        ("versions", {"numpy": "1.0"}, Cause("library", (f"numpy {versions()['numpy']} → 1.0",))),
    ],
    ids=["rule", "new file", "law table", "library"],
)
def test_code_data_or_libraries_that_have_changed_are_the_cause_when_a_number_moved(
    stored: Path,
    name: str,
    changed: dict[str, str],
    cause: Cause,
    moves: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = {"rule_sources": rule_sources, "versions": versions}[name]() | changed
    pretend(monkeypatch, name, now, moves=moves)
    verdict = verify(stored)
    assert verdict.is_match != moves
    assert (verdict.causes, verdict.harmless) == (((cause,), ()) if moves else ((), (cause,)))
    if moves:
        assert verdict.difference is not None and verdict.difference.row == 10


def test_a_changed_result_is_not_blamed_on_code_that_still_gives_what_was_stored(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(table: pd.DataFrame) -> None:
        table.loc[5, "value"] += 1

    change_table(stored, "monthly", change)
    pretend(monkeypatch, "rule_sources", {**rule_sources(), "units.py": "00"}, moves=False)
    verdict = verify(stored)
    assert verdict.causes == (Cause("result", ("monthly",)),)
    assert verdict.harmless == (Cause("code", ("units.py",)),)


def test_a_forged_result_with_a_forged_manifest_still_differs(stored: Path) -> None:
    from jamsos_sim.ensemble_digest import table_digest
    from jamsos_sim.ensemble_manifest import seal_of

    def change(table: pd.DataFrame) -> None:
        table.loc[5, "value"] += 1

    change_table(stored, "monthly", change)
    forged = table_digest(pd.read_parquet(stored / "monthly.parquet"))
    change_manifest(stored, lambda manifest: manifest["digests"].update(monthly=forged))
    change_manifest(stored, lambda manifest: manifest.update(seal=seal_of(manifest)))
    verdict = verify(stored)
    assert verdict.difference is not None and verdict.difference.row == 6
    assert verdict.causes == (Cause("result", ("monthly",)),)


@pytest.mark.parametrize("damage", ["truncated", "emptied", "removed", "folder"])
def test_a_table_that_cannot_be_read_is_named(stored: Path, damage: str) -> None:
    path = stored / "yearly.parquet"
    content = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "removed":
        path.write_bytes(content[: len(content) // 2] if damage == "truncated" else b"")
    verdict = verify(stored)
    assert verdict.unreadable == "yearly" and not verdict.is_match
    assert len(verdict.sentences("id")) == len(verdict.sentences("en")) == 2


def test_a_flipped_byte_anywhere_in_a_table_is_found(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsos_sim.certificate import certificate_of, verdict_on

    whole = certificate.computed_tables(certificate_of(stored).plan, Hands(1), lambda months: None)
    monkeypatch.setattr(
        certificate, "computed_tables", lambda *_: {name: table.copy() for name, table in whole.items()}
    )
    path = stored / "yearly.parquet"
    content = path.read_bytes()
    for place in range(0, len(content), max(1, len(content) // 30)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(bytes(flipped))
        verdict = verdict_on(certificate_of(stored), 1, lambda months: None)
        assert not verdict.is_match or verdict.harmless == (Cause("file", ("yearly",)),), place


def test_a_scenario_with_held_levers_is_read_back(tmp_path: Path) -> None:
    held = load_scenario("program_berjalan").with_levers(
        "program_berjalan+places=500",
        {"id": "Lima ratus", "en": "Five hundred"},
        month_of("2023-02"),
        {"places": 500},
    )
    simulate("program_berjalan", held, **SMALL, out=tmp_path / "hasil")
    assert verify(tmp_path / "hasil").is_match


@pytest.mark.parametrize("engine", ["kernel", "reference"])
@pytest.mark.parametrize("threads", [1, 2, 8])
def test_digests_are_the_same_for_any_number_of_threads_and_either_engine(
    tmp_path: Path, threads: int, engine: str
) -> None:
    settings = {**SMALL, "worlds": 4, "threads": threads, "engine": engine}
    simulate("program_berjalan", **settings, out=tmp_path / "hasil")
    simulate("program_berjalan", **{**SMALL, "worlds": 4}, out=tmp_path / "satu")
    assert manifest_in(tmp_path / "hasil")["digests"] == manifest_in(tmp_path / "satu")["digests"]
    assert verify(tmp_path / "hasil", threads=3).is_match


def test_a_bad_number_of_threads_is_refused(stored: Path) -> None:
    with pytest.raises(InputError) as refused:
        verify(stored, threads=0)
    assert refused.value.key == "run.bad_threads"
