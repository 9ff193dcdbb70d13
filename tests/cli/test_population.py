"""``jamsos population``: the pool first, then the people; the report as tables and figure."""

from pathlib import Path

import pandas as pd
import pytest

EXAMPLE = Path(__file__).parents[2] / "src/jamsos_sim/regions/tangsel/example"
KOTA_CONTOH = Path(__file__).parents[1] / "region" / "kota_contoh"
QUICK = ("--region", KOTA_CONTOH, "--worlds", 2)


def test_the_pool_is_said_before_anything_else(jamsos):
    said = jamsos("population", "--worlds", 2, "--lang", "en")
    assert said.code == 0
    first = " ".join(said.out.split())
    assert first.startswith("People who could be listed by age, recorded decile and recorded income:")
    assert "92,000–107,000" in first
    assert first.index("92,000–107,000") < first.index("Mean age")


def test_the_report_is_a_table_of_every_margin_and_a_figure(jamsos, folder):
    said = jamsos("population", "--report", "--out", "laporan", *QUICK)
    assert said.code == 0
    assert {path.name for path in (folder / "laporan").iterdir()} == {
        "fit.csv", "fit.parquet", "pool.csv", "fit.png",
    }  # fmt: skip
    table = pd.read_csv(folder / "laporan" / "fit.csv")
    assert {"margin", "category", "basis", "target", "achieved", "low", "high"} <= set(table.columns)
    assert (table["target"] - table["fitted"]).abs().max() < 1e-5
    assert len(pd.read_parquet(folder / "laporan" / "fit.parquet")) == len(table)
    assert len(pd.read_csv(folder / "laporan" / "pool.csv")) == 3
    assert (folder / "laporan" / "fit.png").read_bytes().startswith(b"\x89PNG")


def test_the_same_command_writes_the_same_bytes(jamsos, folder):
    for name in ("satu", "dua"):
        assert jamsos("population", "--report", "--world", 1, "--out", name, *QUICK).code == 0
    for path in (folder / "satu").iterdir():
        assert path.read_bytes() == (folder / "dua" / path.name).read_bytes()


def test_without_a_folder_the_report_goes_to_results(jamsos, folder):
    assert jamsos("population", "--report", *QUICK).code == 0
    assert len(list((folder / "results").glob("*/fit.csv"))) == 1


def test_without_a_report_nothing_is_written(jamsos, folder):
    assert jamsos("population", *QUICK).code == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--out", "x"), "--report"),
        (("--worlds", 0), "--worlds"),
        (("--world", -1), "--world"),
        (("--world", "9" * 23), "--world"),
        (("--seed", -1), "--seed"),
        (("--region", "tangsle"), "tangsel"),
        (("--lang", "xx"), "--lang"),
    ],
)
def test_a_word_that_cannot_be_is_told_in_one_sentence(jamsos, folder, words, names):
    said = jamsos("population", *words)
    assert said.code == 2 and said.out == ""
    assert len(said.sentences) == 1 and names in said.err
    assert list(folder.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told_in_one_sentence(jamsos, folder):
    (folder / "laporan").write_text("milik saya", encoding="utf-8")
    said = jamsos("population", "--report", "--out", "laporan", *QUICK)
    assert said.code == 2 and len(said.sentences) == 1
    assert (folder / "laporan").read_text(encoding="utf-8") == "milik saya"


def test_a_folder_that_cannot_be_made_is_told_before_the_work(jamsos, folder, monkeypatch):
    def work(*arguments):
        raise AssertionError("the people were made before the folder was looked at")

    monkeypatch.setattr("jamsos_sim.cli_population_show.city_of", work)
    (folder / "berkas").write_text("milik saya", encoding="utf-8")
    for out in ("berkas", "berkas/dalam/lagi"):
        said = jamsos("population", "--report", "--out", out, *QUICK)
        assert said.code == 2 and said.out == ""
        assert len(said.sentences) == 1 and "--out" in said.err
    assert [path.name for path in folder.iterdir()] == ["berkas"]


@pytest.fixture
def register(jamsos, folder, monkeypatch):
    """The example register, taken in."""
    monkeypatch.setenv("JAMSOS_NIK_KEY", "kunci-untuk-uji-saja-0123456789abcdef")
    words = ("intake", EXAMPLE / "register.csv", "--map", EXAMPLE / "map.yaml", "--out", "workers.parquet")
    assert jamsos(*words).code == 0
    return "workers.parquet"


def test_the_people_of_a_register_are_told_in_counts_of_five_or_more(jamsos, folder, register):
    said = jamsos("population", "--population", register, "--report", "--out", "laporan", "--lang", "en")
    assert said.code == 0
    assert said.out.startswith(f"Register {register} of South Tangerang City: 391 people.")
    for name in ("kecamatan", "trade"):
        kept = folder / "laporan" / f"people_by_{name}.csv"
        cells = pd.read_csv(kept, dtype=str, index_col=0)
        assert cells.loc["Total", "Total"] == "391"
        words = set(cells.to_numpy().ravel())
        assert "<5" in words
        assert all(int(word) >= 5 for word in words - {"<5", "*"})


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--world", 1), "--world"),
        (("--region", KOTA_CONTOH), "tangsel"),
    ],
)
def test_a_register_is_shown_as_it_is_and_for_its_own_city(jamsos, folder, register, words, names):
    said = jamsos("population", "--population", register, *words)
    assert said.code == 2 and said.out == ""
    assert len(said.sentences) == 1 and names in said.err


def test_a_table_that_is_no_register_is_told_in_one_sentence(jamsos, folder):
    said = jamsos("population", "--population", EXAMPLE / "register.csv")
    assert said.code == 2 and len(said.sentences) == 1 and "jamsos intake" in said.err
