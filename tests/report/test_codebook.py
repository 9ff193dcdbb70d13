"""The codebook tells of every quantity, share and column that a run leaves, with its unit."""

import pandas as pd
import pytest

import jamsos_sim
from jamsos_sim import InputError
from jamsos_sim.api import compare
from jamsos_sim.cli import exit_code
from jamsos_sim.model.ledger import RUPIAH, STOCKS, Rows
from jamsos_sim.outcomes_cells import CELLS_ALONE
from jamsos_sim.outcomes_register import register_tables
from jamsos_sim.outcomes_targeting import targeting_table
from jamsos_sim.report.codebook import INDICATORS, TABLE_COLUMNS, codebook, unit_of
from jamsos_sim.report.register_families import register_families


@pytest.fixture(scope="module")
def tables() -> list[pd.DataFrame]:
    """Every table that a small run leaves, as one on a register too."""
    period = {"first": "2023-01", "last": "2024-12"}
    run = compare("program_berjalan", "tambah_kuota", worlds=2, workers=300, engine="reference", **period)
    shown = [run.monthly, run.yearly, run.summary, run.differences, targeting_table(run.yearly)]
    return [*shown, *register_tables(run.monthly, run.yearly).values(), register_families(run.yearly)]


def test_every_column_of_every_table_is_told(tables: list[pd.DataFrame]) -> None:
    found = {str(column) for table in tables for column in table.columns}
    missing = found - set(TABLE_COLUMNS)
    assert not missing, "name them in TABLE_COLUMNS (report/codebook.py), describe them as column_NAME"
    assert {"scenario", "month", "quantity", "low"} <= found


def test_every_quantity_and_share_of_every_table_is_told(tables: list[pd.DataFrame]) -> None:
    table = codebook("en")
    told = set(table["name"])
    for column in ("quantity", "indicator"):
        found = {str(name) for each in tables if column in each for name in each[column]}
        assert found and found <= told


def test_the_codebook_has_a_row_for_each_quantity_and_share() -> None:
    table = jamsos_sim.codebook("en")
    assert table[table["part"] == "ledger"]["name"].tolist() == list(Rows._fields)
    assert table[table["part"] == "shares"]["name"].tolist() == [*INDICATORS, *CELLS_ALONE]
    stocks = table[(table["part"] == "ledger") & (table["kind"] == "stock")]["name"]
    assert set(stocks) == set(STOCKS)
    in_rupiah = table[(table["unit"] == "rupiah") & (table["part"] == "ledger")]["name"]
    assert set(in_rupiah) == set(RUPIAH)


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [
        ("enrolled", "persons"),
        ("paid_for_dead", "person_months"),
        ("covered_person_months", "person_months"),
        ("city_contributions", "rupiah"),
        ("jkm_cases", "cases"),
        ("families_gap", "families"),
        ("records_within_criteria", "records"),
        ("lost_in_handover", "files"),
    ],
)
def test_a_quantity_counts_what_its_name_says(quantity: str, unit: str) -> None:
    assert unit_of(quantity) == unit


@pytest.mark.parametrize(("lang", "word"), [("id", "orang"), ("en", "persons")])
def test_the_command_prints_the_codebook(lang: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["codebook", "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert all(f"| `{name}` |" in said for name in Rows._fields)
    assert f"| {word} |" in said


def test_an_unknown_language_is_an_input_error() -> None:
    with pytest.raises(InputError):
        codebook("fr")
