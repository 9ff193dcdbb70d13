"""The codebook of a region's folder in the documentation is that of the code, and tells of every column."""

import csv
from pathlib import Path
from typing import get_args

import pytest

from jamsos_sim.cli import exit_code
from jamsos_sim.law.selectors import SECTORS
from jamsos_sim.population.region_codebook import BEGIN, PAGES, codebook, with_codebook
from jamsos_sim.population.region_folder import OPTIONAL_TABLES, TABLES, shipped_regions
from jamsos_sim.population.region_rows import ROWS, Sector

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lang", PAGES)
def test_the_pages_hold_the_codebook_of_today(lang: str) -> None:
    page = (CHECKOUT / PAGES[lang]).read_text(encoding="utf-8")
    assert BEGIN in page
    assert with_codebook(page, lang) == page, "run python -m jamsos_sim.population.region_codebook"


@pytest.mark.parametrize("lang", PAGES)
def test_every_column_of_the_shipped_region_is_told(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["region", "schema", "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert said.strip() == codebook(lang)
    assert tuple(ROWS) == (*TABLES, *OPTIONAL_TABLES)
    for table in ROWS:
        lines = (shipped_regions()["tangsel"] / table).read_text(encoding="utf-8").splitlines()
        part = said.partition(f"**`{table}`**")[2].partition("**`")[0]
        assert all(f"| `{name}` |" in part for name in next(csv.reader(lines)))


def test_sectors_of_the_table_are_those_of_the_law() -> None:
    assert set(get_args(Sector)) == set(SECTORS)
