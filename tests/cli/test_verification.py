"""``jamsos verification``: what each check of the data costs, saves and reaches, of a city or a register."""

import json
from pathlib import Path

import pandas as pd
import pytest

from jamsos_sim.study.verification import MEASURES

SMALL = ("--workers", 4_000, "--worlds", 2, "--from", "2026-01", "--to", "2026-12")
EXAMPLE = Path(__file__).parents[2] / "src/jamsos_sim/regions/tangsel/example"
KEY = "kunci-untuk-uji-saja-0123456789abcdef"


@pytest.fixture
def register(jamsos, folder, monkeypatch):
    """The example register, taken in."""
    monkeypatch.setenv("JAMSOS_NIK_KEY", KEY)
    words = ("intake", EXAMPLE / "register.csv", "--map", EXAMPLE / "map.yaml", "--out", "workers.parquet")
    assert jamsos(*words).code == 0
    return folder / "workers.parquet"


def test_the_table_is_printed_and_kept(jamsos, folder):
    said = jamsos("verification", "program_berjalan", *SMALL, "--out", "hasil", "--lang", "en")
    assert said.code == 0
    table = pd.read_csv(folder / "hasil" / "verification.csv")
    assert set(table["measure"]) == set(MEASURES)
    assert set(table["quantity"]) == {"checks", "cost", "saved", "reached"}
    assert {"mean", "low", "high"} <= set(table.columns)
    ground = table[(table["measure"] == "ground") & (table["quantity"] == "cost")]
    assert (ground["mean"] > 0).all()
    assert "2026" in said.out and all(len(line) <= 80 for line in said.out.splitlines())
    assert {"checked", "avoided", "Avoided"} <= set(said.out.split())  # the last column is whole


def test_one_json_object_says_the_same(jamsos, folder):
    said = jamsos("verification", "program_berjalan", *SMALL, "--out", "hasil", "--json")
    answer = json.loads(said.out)
    assert (answer["scenario"], answer["workers"], answer["worlds"]) == ("program_berjalan", 4_000, 2)
    told = pd.DataFrame(answer["worth"])
    kept = pd.read_csv(folder / "hasil" / "verification.csv")
    pd.testing.assert_frame_equal(told, kept, check_dtype=False)


def test_the_worth_of_checks_in_a_register_hides_what_few_people_would_be(jamsos, register):
    years = ("--from", "2026-01", "--to", "2026-12")
    said = jamsos(
        "verification", "program_berjalan", "--population", register, "--worlds", 2, *years, "--out", "hasil"
    )
    assert said.code == 0
    kept = register.parent / "hasil"
    assert {"verification.csv", "manifest.json"} <= {path.name for path in kept.iterdir()}
    assert not {"yearly.parquet", "monthly.parquet"} & {path.name for path in kept.iterdir()}
    reached = pd.read_csv(kept / "verification.csv").query("quantity == 'reached'").dropna()
    numbers = reached[["mean", "low", "high"]].abs()
    assert ((numbers >= 5) | (numbers == 0)).all(axis=None)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("program_berjalan", "tanpa_program"), "2"),
        (("program_berjalan", "--from", "2030-06", "--to", "2030-12"), "2030-06"),
        (("program_berjaln",), "program_berjalan"),
        (("program_berjalan", "--lang", "xx"), "--lang"),
    ],
)
def test_a_word_that_cannot_be_is_told_in_one_sentence(jamsos, folder, words, names):
    said = jamsos("verification", *words)
    assert said.code == 2 and said.out == ""
    assert len(said.sentences) == 1 and names in said.err
    assert list(folder.iterdir()) == []
