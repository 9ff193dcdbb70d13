"""The table of support programmes is there for scenarios that have any, from the year of the first one on."""

import pandas as pd
import pytest

from jamsos_sim import compare
from jamsos_sim.messages import LANGUAGES
from jamsos_sim.report.support import CONTACTS, COURSES, PARCELS, SUPPORT, support_table

QUANTITIES = [name for names in SUPPORT for name in names]


def summary(found: tuple[str, ...], scenario: str = "usulan") -> pd.DataFrame:
    """From 2027 on 40 of each quantity named, in rupiah 40 million; nought before, and of all others."""
    rows = []
    for year in range(2025, 2029):
        for name in QUANTITIES:
            size = 1_000_000 if name.endswith(("_cost", "_gain")) else 1
            mean = 40 * size if name in found and year >= 2027 else 0
            rows.append((scenario, year, name, mean, 0.5 * mean, 1.5 * mean))
    return pd.DataFrame(rows, columns=["scenario", "year", "quantity", "mean", "low", "high"])


def test_a_scenario_without_courses_and_parcels_has_no_table() -> None:
    assert support_table(summary(()), "usulan", "Usulan", "id") is None
    both = pd.concat([summary(()), summary(COURSES, "lain")])
    assert support_table(both, "usulan", "Usulan", "id") is None
    assert support_table(both, "lain", "Lain", "id") is not None


@pytest.mark.parametrize(
    ("found", "columns"),
    [
        (("parcels_remote",), len(PARCELS) + len(CONTACTS)),
        (("trained_massage",), len(COURSES) + len(CONTACTS)),
        ((*COURSES, *PARCELS), len(QUANTITIES)),
    ],
)
def test_courses_or_parcels_that_nobody_gets_have_no_columns(found: tuple[str, ...], columns: int) -> None:
    table = support_table(summary(found), "usulan", "Usulan", "id")
    assert table is not None and len(table.columns) == columns
    assert table.rows == (2027, 2028)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_written_with_its_interval_within_eighty_columns(lang: str) -> None:
    table = support_table(summary(tuple(QUANTITIES)), "usulan", "Usulan", lang)
    assert table is not None
    point = {"id": ",", "en": "."}[lang]
    for name, column in zip(QUANTITIES, table.columns, strict=True):
        is_money = name.endswith(("_cost", "_gain"))
        tail = f"{point}00" if is_money else ""
        assert set(column.cells) == {(f"40{tail}", f"20{tail}–60{tail}")}
        assert ("Rp" in column.header) == is_money
    written = table.as_text(80)
    assert "…" not in written and max(map(len, written.splitlines())) <= 80


def test_a_run_has_the_table_by_its_name() -> None:
    run = compare("program_berjalan", "pelatihan_paket", worlds=1, workers=3_000, last="2027-02")
    assert run.support_table("program_berjalan") is None
    table = run.support_table("pelatihan_paket", "en")
    assert table is not None and "Support programmes: " in table.as_html()
    parcels = run.summary.query("scenario == 'pelatihan_paket' and quantity == 'parcels_stunting'")
    shown = next(column for column in table.columns if "stunting" in column.header)
    assert table.rows == (2027,) and float(shown.cells[0][0]) == parcels["mean"].iloc[-1] > 0
