"""The table of households after a death or an accident tells counts and shares side by side."""

import pandas as pd
import pytest

from jamsos_sim import simulate
from jamsos_sim.messages import LANGUAGES
from jamsos_sim.report.hardship import HOUSEHOLDS, hardship_table

NAN = float("nan")
POOR = [name for names in HOUSEHOLDS.values() for name in names]
YEARS = (2025, 2026)
SUMMARY = pd.DataFrame(
    [
        ("dasar", year, name, mean, 0.5 * mean, 1.5 * mean)
        for year in YEARS
        for name, mean in {**dict.fromkeys(HOUSEHOLDS, 1_200), **dict.fromkeys(POOR, 300)}.items()
    ],
    columns=["scenario", "year", "quantity", "mean", "low", "high"],
)
SHARES = pd.DataFrame(
    [("dasar", year, name, 0.25, 0.2, 0.31) for year in YEARS for name in POOR],
    columns=["scenario", "year", "indicator", "mean", "low", "high"],
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_count_stands_before_its_share_of_a_hundred(lang: str) -> None:
    table = hardship_table(SUMMARY, SHARES, "dasar", "Dasar", lang)
    thousand, point = {"id": (".", ","), "en": (",", ".")}[lang]
    households = (f"1{thousand}200", f"600–1{thousand}800")
    poor, share = ("300", "150–450"), (f"25{point}0", f"20{point}0–31{point}0")
    assert [set(column.cells) for column in table.columns] == 2 * [
        {households},
        *2 * [{poor}, {share}],
    ]
    assert table.rows == YEARS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_deaths_stand_above_accidents_in_eighty_columns(lang: str) -> None:
    written = hardship_table(SUMMARY, SHARES, "dasar", "Dasar", lang).as_text(80)
    assert "…" not in written and max(map(len, written.splitlines())) <= 80
    assert {"id": "sudah miskin sebelumnya.", "en": "Some were poor before."}[lang] in written
    death, accident = {"id": ("Kematian:", "Kecelakaan:"), "en": ("Death:", "Accident:")}[lang]
    assert written.count(death) == written.count(accident) == 3
    assert written.rindex(death) < written.index(accident)
    assert written.count("2025") == 2


def test_without_a_death_there_is_no_share() -> None:
    nobody = SUMMARY.assign(mean=0, low=0, high=0)
    table = hardship_table(nobody, SHARES.assign(mean=NAN, low=NAN, high=NAN), "dasar", "Dasar", "id")
    assert [column.cells[0] for column in table.columns] == 2 * [("0", ""), *2 * [("0", ""), ("–", "")]]


def test_a_run_has_the_table_by_its_name() -> None:
    run = simulate("program_berjalan", worlds=2, workers=400, last="2024-12")
    table = run.hardship_table("program_berjalan", "en")
    told = run.summary.query("year == 2024 and quantity == 'injured_households'")["mean"].item()
    households = next(column for column in table.columns if column.header.startswith("Accident"))
    assert float(households.cells[table.rows.index(2024)][0]) == pytest.approx(told, abs=0.05) and told > 0
