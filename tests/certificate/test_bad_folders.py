"""What is no run, no whole run, or garbage ends in a sentence and exit code 2, whatever it holds."""

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from jamsos_sim import InputError, certificate, simulate, verify
from jamsos_sim.cli import exit_code
from jamsos_sim.ensemble_folder import stored_table
from tests.certificate.conftest import SMALL, change_manifest, manifest_in
from tests.region.conftest import KOTA_CONTOH, write_programme

GARBAGE: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    0.5,
    "",
    "x",
    "\ud800",
    [],
    [1],
    {},
    {"x": 1},
    [{}],
    [None],
)
TEXTS = (b"", b"\xff\xfe", b"null", b"[]", b"{}", b"1", b'"x"', b"[" * 100_000, b'{"plan": ' * 900 + b"1")


def refused(folder: Path, **words: Any) -> str:
    with pytest.raises(InputError) as fault:
        verify(folder, **words)
    assert fault.value.sentence("id") != fault.value.sentence("en")
    return fault.value.key


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    for place in (tmp_path, tmp_path / "tidak-ada", tmp_path / "berkas"):
        assert refused(place) == "verify.no_run"


def test_an_unfinished_run_is_refused(stored: Path) -> None:
    (stored / "manifest.json").unlink()
    assert refused(stored) == "verify.unfinished"


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_manifest_of_something_else_is_refused(stored: Path, text: bytes) -> None:
    (stored / "manifest.json").write_bytes(text)
    assert refused(stored).startswith("verify.damaged")


def test_half_a_manifest_is_refused(stored: Path) -> None:
    content = (stored / "manifest.json").read_bytes()
    for share in (0.1, 0.5, 0.9, 0.999):
        (stored / "manifest.json").write_bytes(content[: int(len(content) * share)])
        assert refused(stored) == "verify.damaged_manifest"


def places_in(manifest: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """The keys that the verification reads."""
    yield from ((key,) for key in manifest)
    yield from (("plan", key) for key in manifest["plan"])
    yield from (("plan", "scenarios", 0), ("plan", "region", "name"), ("plan", "region", "digest"))
    yield from (("plan", "scenarios", 1, key) for key in ("name", "chain", "texts"))
    yield ("plan", "scenarios", 1, "texts", "usulan")
    yield ("plan", "scenarios", 1, "chain", 1)
    yield ("assumptions", "usulan")
    yield ("seal", "plan.seed")


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_anywhere_in_a_manifest_ends_without_a_trace(
    stored: Path, garbage: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = {name: stored_table(stored, name) for name in ("monthly", "yearly", "cells")}
    monkeypatch.setattr(certificate, "computed_tables", lambda *_: tables)
    original = manifest_in(stored)
    for place in places_in(original):
        changed = json.loads(json.dumps(original))
        inner = changed
        for key in place[:-1]:
            inner = inner[key]
        if inner[place[-1]] == garbage:
            continue
        inner[place[-1]] = garbage
        (stored / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
        code = exit_code(["verify", str(stored)])
        said = capsys.readouterr()
        assert code in (1, 2), place
        assert (said.out == "") == (code == 2) and (said.err == "") == (code == 1), place


def test_a_scenario_that_can_no_longer_be_read_is_told_with_its_faults(stored: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        texts = manifest["plan"]["scenarios"][1]["texts"]
        texts["usulan"] = texts["usulan"].replace("places", "placess")

    change_manifest(stored, change)
    with pytest.raises(InputError) as fault:
        verify(stored)
    first, second = fault.value.sentence("en").splitlines()
    assert str(stored) in first and "placess" in second


def test_a_region_that_is_gone_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    city = Path(shutil.copytree(KOTA_CONTOH, tmp_path / "kota_contoh"))
    programme = write_programme(tmp_path / "program_kami.yaml")
    simulate(programme, **{**SMALL, "region": "kota_contoh"}, out=tmp_path / "hasil")
    elsewhere = city.rename(tmp_path / "tempat_lain")
    assert refused(tmp_path / "hasil") == "verify.needs_region"
    (tmp_path / "baru").mkdir()
    moved = elsewhere.rename(tmp_path / "baru" / "kota_contoh")
    assert verify(tmp_path / "hasil", region=moved).is_match


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example register after its intake, and one of fewer people."""
    folder = tmp_path_factory.mktemp("register")
    example = Path(str(files("jamsos_sim").joinpath("regions/tangsel/example")))
    (folder / "kunci").write_text("kunci-rahasia-yang-cukup-panjang-untuk-uji\n", encoding="utf-8")
    lines = (example / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    made = []
    for name, kept in (("semua", lines), ("sebagian", lines[:300])):
        (folder / name).mkdir()
        (folder / name / "register.csv").write_text("".join(kept), encoding="utf-8")
        out = folder / name / "workers.parquet"
        words = ["intake", str(folder / name / "register.csv"), "--map", str(example / "map.yaml")]
        assert exit_code([*words, "--key-file", str(folder / "kunci"), "--out", str(out)]) == 0
        made.append(out)
    return made[0], made[1]


def test_a_run_on_a_register_is_verified_with_its_register(
    registers: tuple[Path, Path], tmp_path: Path
) -> None:
    settings = {**SMALL, "workers": None, "population": registers[0]}
    simulate("program_berjalan", **settings, out=tmp_path / "hasil")
    assert refused(tmp_path / "hasil") == "verify.needs_population"
    assert verify(tmp_path / "hasil", population=registers[0]).is_match
    verdict = verify(tmp_path / "hasil", population=registers[1])
    assert verdict.difference is not None
    assert [(cause.kind, cause.what) for cause in verdict.causes] == [("data", ("register",))]


def test_a_register_for_a_run_without_one_is_refused(stored: Path, registers: tuple[Path, Path]) -> None:
    assert refused(stored, population=registers[0]) == "verify.needs_no_population"
