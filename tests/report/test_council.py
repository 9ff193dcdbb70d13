"""The table on what a council asks writes risks without and shares with an interval."""

import pandas as pd
import pytest

from jamsos_sim.messages import LANGUAGES
from jamsos_sim.report.council import PRINCIPLES, RISKS, council_year_tables

NAN = float("nan")
ROWS = [
    ("dasar", 2025, name, 0.25, NAN, NAN) if name.endswith("_risk") else ("dasar", 2025, name, 0.5, 0.4, 0.6)
    for name in (*RISKS, *PRINCIPLES)
]
TABLE = pd.DataFrame(ROWS, columns=["scenario", "year", "indicator", "mean", "low", "high"])


def cells_of(table: pd.DataFrame, place: int, lang: str) -> list[tuple[str, str]]:
    """The first row of one of the two tables."""
    return [column.cells[0] for column in council_year_tables(table, "dasar", "Dasar", lang)[place].columns]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_risk_is_a_share_of_worlds_in_per_cent_without_an_interval(lang: str) -> None:
    cells = cells_of(TABLE, 0, lang)
    assert cells[0] == ({"id": "25,0", "en": "25.0"}[lang], "")
    assert all(spread for _, spread in cells[2:])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_principles_are_told_each_in_its_unit_with_an_interval(lang: str) -> None:
    told = dict(zip(PRINCIPLES, cells_of(TABLE, 1, lang), strict=True))
    point = {"id": ",", "en": "."}[lang]
    assert told["women_share_of_list"] == (f"50{point}0", f"40{point}0–60{point}0")
    assert told["concentration_index"] == (f"0{point}50", f"0{point}40–0{point}60")
    rupiah = TABLE.assign(mean=3.21e9, low=2e9, high=4e9)
    assert dict(zip(PRINCIPLES, cells_of(rupiah, 1, lang), strict=True))["committed_scholarships"] == (
        f"3{point}21",
        f"2{point}00–4{point}00",
    )


@pytest.mark.parametrize("place", [0, 1])
def test_a_number_that_is_none_is_a_dash(place: int) -> None:
    assert set(cells_of(TABLE.assign(mean=NAN), place, "id")) == {("–", "")}
