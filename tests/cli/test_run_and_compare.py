"""``jamsos run`` and ``jamsos compare``: what is printed where, and what is kept."""

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from jamsos_sim import compare
from jamsos_sim.model.cells import DIMENSIONS, CellRows
from jamsos_sim.model.ledger import Rows
from jamsos_sim.report.tables import SHOWN
from tests.cli.conftest import Jamsos

SMALL = ("--workers", "300", "--worlds", "3", "--to", "2024-06")
DOCUMENTED = {
    "enrolled",
    "covered_person_months",
    "city_contributions",
    "appropriation",
    "jkk_cases",
    "jkk_paid",
    "jkm_cases",
    "jkm_paid",
}
NUMBERS = ("mean", "low", "high")


def json_on(out: str) -> dict[str, Any]:
    """The one JSON object on standard output, and nothing else."""
    assert out.endswith("}\n") and out.count("\n") == 1
    found = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is not a number"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("lang", ["id", "en"])
def test_json_is_one_object_with_table_differences_and_folder(
    jamsos: Jamsos, folder: Path, lang: str
) -> None:
    words = ("compare", "program_berjalan", "tambah_kuota", *SMALL, "--out", "hasil", "--lang", lang)
    said = jamsos(*words, "--json")
    assert said.code == 0 and said.err != ""
    found = json_on(said.out)
    assert {"table", "differences", "results"} <= set(found)
    assert found["results"] == "hasil" and (folder / "hasil" / "manifest.json").exists()
    assert all(list(row) == ["scenario", "year", "quantity", *NUMBERS] for row in found["table"])
    assert all(list(row) == ["scenario", "to", "year", "quantity", *NUMBERS] for row in found["differences"])
    assert {row["quantity"] for row in found["table"]} == set(Rows._fields) >= DOCUMENTED
    assert {(row["scenario"], row["year"]) for row in found["table"]} == {
        (name, year) for name in ("program_berjalan", "tambah_kuota") for year in (2023, 2024)
    }
    assert {(row["scenario"], row["to"]) for row in found["differences"]} == {
        ("tambah_kuota", "program_berjalan")
    }
    for row in found["table"]:
        assert all(math.isfinite(row[number]) for number in NUMBERS)
        assert row["low"] <= row["high"]


def test_the_documented_quantities_are_in_the_printed_table() -> None:
    assert set(SHOWN) >= DOCUMENTED


def test_json_holds_the_numbers_of_the_python_functions(jamsos: Jamsos) -> None:
    found = json_on(jamsos("compare", "program_berjalan", "pemangkasan_anggaran", *SMALL, "--json").out)
    results = compare("program_berjalan", "pemangkasan_anggaran", worlds=3, workers=300, last="2024-06")
    assert found["table"] == results.summary.to_dict("records")
    assert found["differences"] == results.differences.to_dict("records")


def test_json_tells_what_happens_by_kecamatan_decile_trade_and_sex(jamsos: Jamsos) -> None:
    found = json_on(jamsos("compare", "program_berjalan", "tambah_kuota", *SMALL, "--json").out)
    results = compare("program_berjalan", "tambah_kuota", worlds=3, workers=300, last="2024-06")
    assert found["cell_summary"] == results.cell_summary.to_dict("records")
    assert found["cell_differences"] == results.cell_differences.to_dict("records")
    assert {row["dimension"] for row in found["cell_summary"]} == set(DIMENSIONS)
    assert {row["quantity"] for row in found["cell_differences"]} == set(CellRows._fields)
    told = [row for row in found["cell_coverage"] if row["indicator"] == "coverage_share"]
    shares = results.cell_coverage.query("indicator == 'coverage_share'")
    expected = shares["mean"].astype(object).where(shares["mean"].notna(), None)
    assert [row["mean"] for row in told] == expected.tolist()
    assert {row["cell"] for row in told if row["mean"] is not None} > {"Pamulang", "1", "male"}
    assert [row["indicator"] for row in found["cell_indicators"]] == results.cell_indicators[
        "indicator"
    ].tolist()
    assert {row["dimension"] for row in found["cell_indicators"]} == set(DIMENSIONS)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "id",
            (
                *("Menurut kecamatan, desil, dan jenis kelamin, 2024", "Pamulang", "Desil 1", "Perempuan"),
                *("Menunggu dan keluarga menurut kecamatan, desil, pekerjaan", "berduka"),
            ),
        ),
        (
            "en",
            (
                *("By kecamatan, decile and sex, 2024", "Pamulang", "Decile 1", "Women"),
                *("Waiting and families by kecamatan, decile, trade and sex", "Bereaved"),
            ),
        ),
    ],
)
def test_with_all_the_last_year_is_printed_by_kecamatan_decile_and_sex(
    jamsos: Jamsos, lang: str, words: tuple[str, ...]
) -> None:
    said = jamsos("run", "program_berjalan", *SMALL, "--lang", lang, "--all")
    assert all(word in said.out for word in words), said.out
    assert "--all" not in said.out


FURTHER = {
    "id": ("Ketepatan sasaran", "Empat asas", "Rumah tangga sesudah kematian", "Desil 1"),
    "en": ("Targeting", "Four principles", "Households after a death", "Decile 1"),
}
SUPPORT = {"id": "Program pendukung: ", "en": "Support programmes: "}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_support_programmes_are_printed_for_the_scenarios_that_have_any(jamsos: Jamsos, lang: str) -> None:
    words = ("--workers", "3000", "--worlds", "1", "--to", "2027-02", "--lang", lang, "--all")
    title = {"id": "Pelatihan dan paket sembako", "en": "Training and food parcels"}[lang]
    said = jamsos("compare", "program_berjalan", "pelatihan_paket", *words)
    assert said.out.count(SUPPORT[lang]) == 2, "one table and one note"
    assert f"{SUPPORT[lang]}{title}" in said.out
    assert SUPPORT[lang] not in jamsos("run", "program_berjalan", *words).out


@pytest.mark.parametrize("lang", ["id", "en"])
def test_only_the_main_quantities_are_printed_and_how_to_see_the_others(jamsos: Jamsos, lang: str) -> None:
    words = ("compare", "program_berjalan", "tambah_kuota", *SMALL, "--lang", lang)
    said = jamsos(*words)
    assert not any(word in said.out for word in FURTHER[lang]) and len(said.out.splitlines()) < 120
    told = " ".join(said.out.split()).partition("--all --out ")[2]
    again = jamsos(*words, "--all", "--out", told.split(",")[0])
    assert all(word in again.out for word in FURTHER[lang])
    assert len(list(Path("results").iterdir())) == 1


def test_both_engines_print_the_same_json(jamsos: Jamsos) -> None:
    words = ("run", "program_berjalan", "--workers", "200", "--worlds", "2", "--to", "2023-10", "--json")
    tables = [
        json_on(jamsos(*words, "--engine", engine, "--out", engine).out)["table"]
        for engine in ("kernel", "reference")
    ]
    assert tables[0] == tables[1]


def test_a_scenario_compared_with_itself_is_zero_everywhere(jamsos: Jamsos) -> None:
    found = json_on(jamsos("compare", "tambah_kuota", "tambah_kuota", *SMALL, "--json").out)
    assert {row["quantity"] for row in found["differences"]} == set(Rows._fields)
    assert all(row[number] == 0 for row in found["differences"] for number in NUMBERS)


def test_from_and_to_bound_the_years_of_the_table(jamsos: Jamsos) -> None:
    words = ("run", "program_berjalan", "--workers", "150", "--worlds", "1", "--json")
    found = json_on(jamsos(*words, "--from", "2024-03", "--to", "2025-02").out)
    assert {row["year"] for row in found["table"]} == {2024, 2025}


def test_run_compares_with_the_current_programme_when_it_is_there(jamsos: Jamsos) -> None:
    beside = json_on(jamsos("run", "tanpa_program", "program_berjalan", *SMALL, "--json").out)
    assert {row["to"] for row in beside["differences"]} == {"program_berjalan"}
    alone = json_on(jamsos("run", "tanpa_program", "tambah_kuota", *SMALL, "--json", "--out", "lain").out)
    assert alone["differences"] == []


def test_the_folder_holds_tables_figures_and_manifest_and_nothing_half_written(
    jamsos: Jamsos, folder: Path
) -> None:
    assert jamsos("run", "program_berjalan", *SMALL, "--out", "hasil").code == 0
    names = {path.name for path in (folder / "hasil").iterdir()}
    assert {"plan.json", "manifest.json", "monthly.parquet", "yearly.parquet"} < names
    assert {f"{figure}.id.png" for figure in ("enrolment", "cost", "families", "cells")} < names
    assert not [name for name in names if name.endswith(".partial")] and "parts" not in names
    for figure in (folder / "hasil").glob("*.png"):
        assert figure.read_bytes().startswith(b"\x89PNG") and figure.stat().st_size > 5_000
    yearly = pd.read_parquet(folder / "hasil" / "yearly.parquet")
    assert yearly["world"].nunique() == 3 and set(yearly["quantity"]) == set(Rows._fields)


def test_without_out_every_run_has_a_folder_of_its_own_below_results(jamsos: Jamsos, folder: Path) -> None:
    found = json_on(jamsos("run", "tanpa_program", *SMALL, "--json").out)
    place = folder / found["results"]
    assert place.parent == folder / "results" and place.name.endswith("-tanpa_program")
    assert (place / "manifest.json").exists()


def test_the_same_command_reads_the_finished_run_and_another_is_refused(jamsos: Jamsos) -> None:
    words = ("run", "program_berjalan", *SMALL, "--out", "hasil", "--json")
    first, again = jamsos(*words), jamsos(*words)
    assert first.code == again.code == 0 and first.out == again.out
    refused = jamsos(*words, "--seed", "4", "--lang", "en")
    assert (refused.code, refused.out, len(refused.sentences)) == (2, "", 1)
    assert "holds another run" in refused.err and "--out" in refused.err
    assert jamsos(*words).out == first.out


@pytest.mark.parametrize("damage", ["missing", "broken", "swapped"])
def test_a_damaged_folder_is_refused_in_a_sentence(jamsos: Jamsos, folder: Path, damage: str) -> None:
    words = ("run", "program_berjalan", *SMALL, "--out", "hasil")
    assert jamsos(*words).code == 0
    table = folder / "hasil" / "yearly.parquet"
    if damage == "missing":
        table.unlink()
    elif damage == "broken":
        table.write_bytes(b"PAR1")
    else:
        changed = pd.read_parquet(table)
        changed.assign(value=changed["value"] + 1).to_parquet(table, index=False)
    said = jamsos(*words)
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert "hasil" in said.err


@pytest.mark.parametrize(
    ("lang", "words"), [("id", ("Peserta", "Selisih")), ("en", ("Enrolled", "Difference"))]
)
def test_tables_are_printed_in_the_language_asked_for(
    jamsos: Jamsos, lang: str, words: tuple[str, ...]
) -> None:
    said = jamsos("compare", "program_berjalan", "tanpa_program", *SMALL, "--lang", lang)
    assert said.code == 0
    assert all(word in said.out for word in words), said.out
    assert "2023" in said.out and "2024" in said.out
    assert len(said.sentences) == 1 and "results" in said.err


@pytest.mark.parametrize("title", ["Draf [/tutup] [merah]", "Rp$5 dan $x_{ $ & 100%", "<b>Draf</b>\\n"])
def test_a_title_with_odd_signs_is_printed_as_it_stands(jamsos: Jamsos, folder: Path, title: str) -> None:
    text = f"name: draf\ntitle: {{id: '{title}', en: b}}\ndiffers_from: tambah_kuota\n"
    (folder / "draf.yaml").write_text(text, encoding="utf-8")
    said = jamsos("compare", "program_berjalan", "draf.yaml", *SMALL, "--out", "hasil")
    assert said.code == 0
    assert "".join(title.split()) in "".join(said.out.split())
    assert len(list((folder / "hasil").glob("*.png"))) == 4


PAIRED = {
    "id": ("Berkat orang dan nasib yang sama", "iuran yang dibayar kota", "keluarga penerima santunan"),
    "en": (
        "Thanks to the same people and luck",
        "the contributions that the city pays",
        "families that receive something",
    ),
}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_comparison_says_how_many_times_fewer_worlds_pairing_needs(jamsos: Jamsos, lang: str) -> None:
    words = ("program_berjalan", "tambah_kuota", "tanpa_program", "--lang", lang, "--to", "2028-12")
    said = jamsos("compare", *words, "--workers", "300", "--worlds", "3", "--out", "hasil")
    told = " ".join(said.out.split())
    assert told.count(PAIRED[lang][0]) == 2  # one for each draft
    assert all(part in told for part in PAIRED[lang])
    one = jamsos("compare", *words, "--workers", "300", "--worlds", "1")
    assert "--worlds 2" in one.out and PAIRED[lang][0] not in " ".join(one.out.split())


def test_the_saving_of_pairs_is_that_of_the_worlds(jamsos: Jamsos) -> None:
    words = ("compare", "program_berjalan", "tambah_kuota", "program_berjalan", "--to", "2028-12", "--json")
    found = json_on(jamsos(*words, "--workers", "300", "--worlds", "4", "--out", "hasil").out)
    (pairing,) = found["pairing"]
    yearly = pd.read_parquet("hasil/yearly.parquet")
    families = ["families_full", "families_work_death", "families_funeral_only", "families_gap_waiting"]
    rows = yearly[(yearly["year"] == 2028) & yearly["quantity"].isin(families)]
    wide = rows.pivot_table(index="world", columns="scenario", values="value", aggfunc="sum")
    paired = (wide["tambah_kuota"] - wide["program_berjalan"]).var(ddof=0)
    unpaired = wide.var(ddof=0).sum()
    assert pairing["families"] == (pytest.approx(unpaired / paired) if paired > 0 else None)
    assert (pairing["scenario"], pairing["year"]) == ("tambah_kuota", 2028)
