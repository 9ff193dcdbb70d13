"""The table on what a council asks writes risks without and shares with an interval."""

import pandas as pd
import pytest

from jamsos_sim.messages import LANGUAGES
from jamsos_sim.report.council import SHOWN, council_year_table

NAN = float("nan")
ROWS = [
    ("dasar", 2025, name, 0.25, NAN, NAN) if name.endswith("_risk") else ("dasar", 2025, name, 0.5, 0.4, 0.6)
    for name in SHOWN
]
TABLE = pd.DataFrame(ROWS, columns=["scenario", "year", "indicator", "mean", "low", "high"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_risk_is_a_share_of_worlds_in_per_cent_without_an_interval(lang: str) -> None:
    cells = [column.cells[0] for column in council_year_table(TABLE, "dasar", "Dasar", lang).columns]
    assert cells[0] == ({"id": "25,0", "en": "25.0"}[lang], "")
    assert all(spread for _, spread in cells[2:])


def test_a_number_that_is_none_is_a_dash() -> None:
    unknown = TABLE.assign(mean=NAN)
    cells = [column.cells[0] for column in council_year_table(unknown, "dasar", "Dasar", "id").columns]
    assert set(cells) == {("–", "")}
