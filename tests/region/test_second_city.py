"""Another city is a folder: everything runs on it without a change in code."""

import json
import shutil
from pathlib import Path

import pytest

from jamsos_sim import InputError, compare, simulate
from jamsos_sim.api import Settings
from jamsos_sim.cli import exit_code
from jamsos_sim.population.region_file import read_region
from jamsos_sim.scenario import load_scenario
from tests.region.conftest import write_programme

RUN = Settings(region="kota_contoh", worlds=2, last="2024-06", threads=2)
WORDS = ["--region", "kota_contoh", "--worlds", "2", "--to", "2024-06"]


def draft_of(programme: Path, more: str = "") -> Path:
    path = programme.with_name("usulan.yaml")
    path.write_text(
        f"name: usulan\ntitle: {{id: Usulan, en: Draft}}\ndiffers_from: {programme.stem}\n"
        "clauses: {kuota: {in_force: 2024-02, sets: {places: 1_500}}}\n" + more,
        encoding="utf-8",
    )
    return path


def test_the_city_has_its_own_size_places_and_published_numbers(programme: Path) -> None:
    results = simulate(programme, **RUN)
    first = results.monthly.query("month == month.min() and quantity == 'informal_workers'")["value"]
    assert first.between(18_000, 22_000).all()
    assert results.yearly.query("quantity == 'enrolled' and year == 2024")["value"].max() <= 1_200
    texts = [each.get_text() for each in results.enrolment_figure("id").axes[0].texts]
    assert any("1.200" in text for text in texts) and not any("15.000" in text for text in texts)


def test_the_budget_of_a_year_is_that_of_its_last_version(programme: Path, city: Path) -> None:
    assert simulate(programme, **RUN).indicators.query("indicator == 'city_cost_share'")["mean"].isna().all()
    heading = "year,version,expenditure,source,confidence\n"
    rows = "2024,revised,1000000000000,x,low\n2024,original,7,x,low\n"
    (city / "apbd.csv").write_text(heading + rows, encoding="utf-8")
    table = simulate(programme, **RUN).indicators.query("year == 2024").set_index("indicator")["mean"]
    assert table["city_cost_share"] == pytest.approx(table["city_cost"] / 10**12)
    sample = simulate(programme, **{**RUN, "workers": 300}).indicators
    assert sample.query("indicator == 'city_cost_share'")["mean"].isna().all()


def test_vulnerable_is_who_the_region_says(programme: Path, city: Path) -> None:
    narrow = simulate(programme, **RUN)
    about = city / "region.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("value: 3", "value: 6"), encoding="utf-8")
    wide = simulate(programme, **RUN)
    counts = [
        table.yearly.query("quantity == 'vulnerable_workers'")["value"].mean() for table in (narrow, wide)
    ]
    assert counts[1] > 1.3 * counts[0]


def test_a_first_scenario_of_ones_own_is_the_base_of_others(programme: Path) -> None:
    draft = draft_of(programme)
    results = simulate(draft, programme, **RUN)
    assert results.base == "program_kami"
    assert compare(programme, draft, **RUN).base == "program_kami"
    assert simulate(programme, **RUN).base is None
    admitted = results.differences.query("quantity == 'admitted' and year == 2024")["mean"]
    assert set(results.differences["scenario"]) == {"usulan"} and (admitted > 0).all()


def test_a_draft_may_narrow_the_assumptions_of_the_citys_own_trades(programme: Path) -> None:
    ranges = "assumptions: {mix.nelayan: {low: 0.5, central: 0.5, high: 0.5}}\n"
    draft = draft_of(programme, ranges)
    assert load_scenario(draft, "kota_contoh").assumptions["mix.nelayan"].central == 0.5
    with pytest.raises(InputError, match=r"mix\.nelayan"):
        load_scenario(draft)
    assert simulate(draft, **RUN).plan.scenarios[0].name == "usulan"
    foreign = write_programme(
        programme.with_name("asing.yaml"),
        "assumptions: {mix.ojek_online: {low: 0.1, central: 0.1, high: 0.1}}\n",
    )
    with pytest.raises(InputError) as refused:
        simulate(load_scenario(foreign), **RUN)
    assert refused.value.key == "run.assumption_of_another_region"


def test_both_engines_agree_on_the_second_city(programme: Path) -> None:
    fast, readable = (
        simulate(
            programme, region="kota_contoh", worlds=1, workers=300, last="2024-06", engine=engine
        ).monthly
        for engine in ("kernel", "reference")
    )
    assert fast.equals(readable)


def test_a_changed_folder_is_another_run(programme: Path, city: Path) -> None:
    kept = Settings(**RUN, out="hasil")
    simulate(programme, **kept)
    plan = json.loads(Path("hasil/plan.json").read_text(encoding="utf-8"))
    assert plan["region"] == {"name": "kota_contoh", "digest": read_region(city).digest}
    simulate(programme, **kept)
    deciles = city / "deciles.csv"
    deciles.write_text(deciles.read_text(encoding="utf-8").replace("made up", "made-up"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        simulate(programme, **kept)
    assert refused.value.key == "run.other_run"


def test_an_unfinished_run_goes_on_with_the_same_folder_elsewhere(programme: Path, city: Path) -> None:
    kept = Settings(**RUN, out="hasil")
    before = simulate(programme, **kept).monthly
    for name in ("manifest.json", "monthly.parquet", "yearly.parquet"):
        Path("hasil", name).unlink()
    elsewhere = Path("lain/kota_contoh")
    elsewhere.parent.mkdir()
    city.rename(elsewhere)
    after = simulate(programme, **{**kept, "region": elsewhere}).monthly
    assert after.equals(before)


def test_every_command_takes_the_city(programme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = draft_of(programme, "assumptions: {mix.nelayan: {low: 0.1, central: 0.2, high: 0.3}}\n")
    commands = (
        ["check", str(draft), "--region", "kota_contoh"],
        ["run", str(programme), *WORDS, "--out", "satu"],
        ["compare", str(programme), str(draft), *WORDS, "--out", "dua"],
        ["population", "--region", "kota_contoh", "--worlds", "2", "--report", "--out", "laporan"],
        ["region", "check", "kota_contoh"],
    )
    for words in commands:
        assert exit_code(words) == 0, capsys.readouterr().err
    said = capsys.readouterr()
    assert "Program kota" in said.out and "tangsel" not in said.out.replace("assumptions_from", "").lower()
    assert "Tangerang" not in said.out and "15.000" not in said.out
    assert {path.name for path in Path("satu").glob("*.png")} == {
        "cells.id.png",
        "cost.id.png",
        "enrolment.id.png",
        "families.id.png",
    }


def test_a_folder_with_a_fault_ends_a_run_in_its_sentences(
    programme: Path, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (city / "mortality.csv").unlink()
    shutil.rmtree(city / "assumptions")
    for words in (["run", str(programme), *WORDS, "--out", "hasil"], ["region", "check", "kota_contoh"]):
        assert exit_code([*words, "--lang", "en"]) == 2
        said = capsys.readouterr()
        assert said.out == "" and said.err.count("\n") == 1 and "mortality.csv does not exist" in said.err
    assert not Path("hasil").exists()


def test_a_register_of_the_city_is_taken_in_and_simulated(
    programme: Path, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    region = read_region(city).region
    places, trades = [ward.name for ward in region.kelurahan], [trade.key for trade in region.occupations]
    rows = [
        f"{3_299_010_107_800_000 + number},01/07/1980,{'LP'[number % 2]},{places[number % 5]},"
        f"{trades[number % 4]},{number % 4 + 1}"
        for number in range(400)
    ]
    heading = "nik,birth_date,sex,kelurahan,occupation,decile"
    Path("register.csv").write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    columns = ", ".join(f"{name}: {name}" for name in heading.split(","))
    Path("map.yaml").write_text(f"columns: {{{columns}}}\n", encoding="utf-8")
    Path("kunci").write_text("kunci-rahasia-yang-cukup-panjang-untuk-uji\n", encoding="utf-8")
    intake = ["intake", "register.csv", "--map", "map.yaml", "--key-file", "kunci", "--out", "w.parquet"]
    assert exit_code([*intake, "--region", str(city)]) == 0, capsys.readouterr().err
    results = simulate(programme, **{**RUN, "population": "w.parquet"})
    summary = results.summary.set_index(["year", "quantity"])
    assert 350 < summary.loc[(2023, "informal_workers"), "mean"] < 450
    assert exit_code(["run", str(programme), *WORDS, "--population", "w.parquet", "--out", "hasil"]) == 0
