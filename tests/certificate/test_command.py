"""``jamsos verify``: what it prints, in both languages and as JSON, and its exit codes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import jamsos_sim
from jamsos_sim.cli import exit_code
from tests.certificate.conftest import change_manifest, change_table

PACKAGE = Path(jamsos_sim.__file__).parent
WIDTH = 80


def carried_out(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = exit_code(["verify", *(str(word) for word in words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def add_one(table: pd.DataFrame) -> None:
    table.loc[70, "value"] += 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [("id", ("bit demi bit", "536 baris × 5 kolom")), ("en", ("bit for bit", "536 rows × 5 columns"))],
)
def test_a_match_says_what_was_compared(
    stored: Path, capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    rows = len(pd.read_parquet(stored / "yearly.parquet"))
    code, out, err = carried_out(capsys, stored, "--lang", lang, "--threads", 2)
    assert (code, err) == (0, "")
    assert out.startswith("MATCH: ") and out.count("\n") == 4
    told = f"{rows:,}".replace(",", "." if lang == "id" else ",")
    assert words[0] in out and words[1].replace("536", told) in out
    assert all(name in out for name in ("monthly", "yearly", "cells"))


@pytest.mark.parametrize(
    ("lang", "first", "place", "cause"),
    [
        ("id", "BERBEDA: ", "tabel yearly, baris 71 (", "Penyebab: hasil yang tersimpan diubah"),
        ("en", "DIFFERS: ", "table yearly, row 71 (", "Cause: the stored result was changed"),
    ],
)
def test_a_difference_names_place_and_cause_and_ends_with_one(
    stored: Path, capsys: pytest.CaptureFixture[str], lang: str, first: str, place: str, cause: str
) -> None:
    change_table(stored, "yearly", add_one)
    code, out, err = carried_out(capsys, stored, "--lang", lang)
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0].startswith(first) and place in lines[1] and lines[2].startswith(cause)
    assert "value" in lines[1] and "program_berjalan" in lines[1]


def test_json_is_one_object(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = carried_out(capsys, stored, "--json")
    matching = json.loads(out)
    assert code == 0 and matching["match"] is True and matching["difference"] is None
    assert {table["name"] for table in matching["compared"]} == {"monthly", "yearly", "cells"}
    change_table(stored, "yearly", add_one)
    code, out, _ = carried_out(capsys, stored, "--json")
    differing = json.loads(out)
    assert code == 1 and differing["match"] is False
    assert differing["difference"]["row"] == 71 and differing["difference"]["column"] == "value"
    assert differing["causes"] == [{"kind": "result", "what": ["yearly"]}]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_bad_input_is_one_sentence_and_exit_code_two(
    tmp_path: Path, stored: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    change_manifest(stored, lambda manifest: manifest["plan"]["region"].update(name="tidak-ada"))
    for folder in (tmp_path / "kosong", stored):
        code, out, err = carried_out(capsys, folder, "--lang", lang)
        assert (code, out) == (2, "") and err.count("\n") == 1
    assert carried_out(capsys, stored, "--lang", "fr")[0] == 2


def test_a_changed_rule_in_a_copied_package_is_the_cause(stored: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(PACKAGE, tmp_path / "lain" / "jamsos_sim"))
    rules = copy / "law" / "contributions.py"
    text = rules.read_text(encoding="utf-8")
    changed = text.replace("    return jkk_contribution(", "    return 100 + jkk_contribution(", 1)
    assert changed != text
    rules.write_text(changed, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", "from jamsos_sim.cli_entry import main; main()", "verify", stored, "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(copy.parent), "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    found = json.loads(ended.stdout)
    assert found["causes"] == [{"kind": "code", "what": ["law/contributions.py"]}]
    assert found["difference"]["table"] == "monthly" and found["difference"]["row"] is not None
