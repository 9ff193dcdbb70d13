"""The commands on regions: what a folder holds, the regions at hand, and bad words on the command line."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Jamsos

KOTA_CONTOH = Path(__file__).parents[1] / "region" / "kota_contoh"
SMALL = ("--workers", "150", "--worlds", "1", "--to", "2023-03")


@pytest.fixture
def city(folder: Path) -> Path:
    return Path(shutil.copytree(KOTA_CONTOH, folder / "regions" / "kota_contoh"))


def test_a_whole_folder_is_described(jamsos: Jamsos, city: Path) -> None:
    said = jamsos("region", "check", city, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Sample City (kota_contoh): the folder is whole.\n")
    assert "2 districts, 5 wards, 90,000 residents; 4 trades" in said.out
    assert "Informal workers: 20,000 (18,720 – 21,320); vulnerable workers: deciles 1–3" in said.out
    assert "2 of this folder, 10 of its tables" in said.out and "occupation_ages" in said.out
    assert "Kota Contoh (kota_contoh): folder utuh." in jamsos("region", "check", city).out


def test_the_shipped_region_is_whole(jamsos: Jamsos) -> None:
    said = jamsos("region", "check", "tangsel", "--lang", "en")
    assert said.code == 0 and "7 districts, 54 wards, 1,404,785 residents; 14 trades" in said.out


def test_regions_of_the_working_folder_stand_beside_the_shipped_one(jamsos: Jamsos, city: Path) -> None:
    said = jamsos("region", "list")
    assert said.code == 0 and "Kota Contoh" in said.out and "tangsel" in said.out
    assert jamsos("region", "check", "kota_contoh").code == 0
    (city / "deciles.csv").unlink()
    assert "deciles.csv" in jamsos("region", "list").out.replace("\n", "")


CANNOT_BE_SIMULATED = {
    "deaths that begin late": ("mortality.csv", ",2020,2030,", ",2024,2030,", "2023"),
    "a city of nobody": ("assumptions/population.yaml", "000\n", "\n", "population.employed"),
    "a published number of nothing": (
        "region.yaml",
        "vulnerable_decile",
        "published_totals: [{quantity: enroled, year: 2024, low: 1, high: 1, source: {id: x, en: x}}]\n"
        "vulnerable_decile",
        '"enroled", which the model does not count; did you mean enrolled?',
    ),
    "a month of what a year sums up": (
        "region.yaml",
        "vulnerable_decile",
        "published_totals: [{quantity: city_contributions, year: 2024, month: 6, low: 1, high: 1, "
        "source: {id: x, en: x}}]\nvulnerable_decile",
        '"city_contributions" of 2024, but this quantity is a sum of the year; remove month',
    ),
    "ages that nobody of the trade has": (
        "region.yaml",
        "vulnerable_decile",
        "occupation_ages: [{occupation: nelayan, from_age: 70, stop_age: 75, share: 0.4, basis: modelled, "
        "source: x, confidence: low}]\nvulnerable_decile",
        "nelayan comes to 0.000 instead of 0.400",
    ),
}


@pytest.mark.parametrize("case", CANNOT_BE_SIMULATED)
def test_tables_that_cannot_be_simulated_together_are_refused(jamsos: Jamsos, city: Path, case: str) -> None:
    file, old, new, named = CANNOT_BE_SIMULATED[case]
    path = city / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    said = jamsos("region", "check", city, "--lang", "en")
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert named in said.err


def test_margins_that_disagree_are_refused(jamsos: Jamsos, city: Path) -> None:
    """Every trade ends at 15 to 19, but most workers are older."""
    path = city / "occupations.csv"
    text = path.read_text(encoding="utf-8").replace(",65,made", ",15,made").replace(",70,made", ",15,made")
    path.write_text(text, encoding="utf-8")
    said = jamsos("region", "check", city, "--lang", "en")
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert "cannot be fitted to each other" in said.err


BAD_WORDS = {
    "an unknown region": (("--region", "tangsal"), '"tangsel"'),
    "a region that is a file": (("--region", "berkas"), "berkas"),
    "a folder that is no region": (("--region", "kosong"), "region.yaml"),
    "no register": (("--population", "tidak_ada.parquet"), "tidak_ada.parquet"),
    "a register that is none": (("--population", "berkas"), "berkas"),
    "a register and workers": (("--population", "berkas", "--workers", "200"), ""),
}


@pytest.mark.parametrize("command", ["run", "compare"])
@pytest.mark.parametrize("case", BAD_WORDS)
def test_a_bad_city_or_register_ends_in_a_sentence(
    jamsos: Jamsos, folder: Path, case: str, command: str
) -> None:
    (folder / "berkas").write_text("bukan data", encoding="utf-8")
    (folder / "kosong").mkdir()
    words, named = BAD_WORDS[case]
    said = jamsos(command, "program_berjalan", "--out", "hasil", "--lang", "en", *words)
    assert (said.code, said.out) == (2, "")
    assert named in said.err and not (folder / "hasil").exists()


@pytest.mark.parametrize("command", ["run", "compare"])
def test_run_and_compare_have_the_same_options(jamsos: Jamsos, command: str) -> None:
    said = jamsos(command, "--help").out
    options = ("--region", "--population", "--worlds", "--seed", "--workers", "--from", "--to", "--engine")
    assert all(option in said for option in (*options, "--out", "--threads", "--lang", "--json"))


def test_bad_words_of_the_region_command(jamsos: Jamsos, folder: Path) -> None:
    assert jamsos("region", "check").code == 2
    assert jamsos("region", "periksa").code == 2
    said = jamsos("region", "check", "tangsel", "--lang", "jawa")
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert jamsos("check", "program_berjalan", "--region", "tangsal", "--lang", "en").code == 2
