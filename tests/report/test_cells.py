"""The table and the figure of whom the programme reaches, by kecamatan, decile, trade and sex."""

import itertools

import pandas as pd
import pytest

from jamsos_sim.messages import LANGUAGES
from jamsos_sim.model.cells import cell_names
from jamsos_sim.population.region_file import read_region
from jamsos_sim.report.cells import TABLE_COLUMNS, ShownCells, cells_figure, cells_table, look_of
from tests.report.made_up import BASE, DRAFT, TITLES
from tests.report.test_figures import PNG, texts_of, words_of

REGION = read_region("tangsel").region
SHOWN = ShownCells(REGION, 2030, "4")
POOR = ("1", "2", "3", "4")


def coverage():
    """In every cell a fifth of a hundred people on the list; the draft has a tenth more."""
    rows = [
        (scenario, 2030, dimension, cell, indicator, *(value * size * share for size in (1, 0.9, 1.1)))
        for scenario, share in ((BASE, 1.0), (DRAFT, 1.1))
        for dimension, cell in cell_names(REGION)
        if dimension != "decile" or cell in POOR
        for indicator, value in (("coverage_share", 0.2), ("people_left_out", 8_000))
    ]
    columns = ["scenario", "year", "dimension", "cell", "indicator", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def told():
    """A year of the base scenario: nobody is meant beyond decile 4, and nobody is listed beyond decile 5."""
    rows = []
    for dimension, cell in cell_names(REGION):
        is_meant = dimension != "decile" or cell in POOR
        is_listed = is_meant or cell == "5"
        values = dict.fromkeys(TABLE_COLUMNS, 100.0 * is_meant) | {"wrongly_enrolled": 7.0 * is_listed}
        values |= {"coverage_share": 0.25 if is_meant else float("nan"), "benefits_paid": 42e6 * is_meant}
        rows += [(dimension, cell, name, value, 0.9 * value, 1.1 * value) for name, value in values.items()]
    return pd.DataFrame(rows, columns=["dimension", "cell", "quantity", "mean", "low", "high"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_of_the_figure_is_cut_or_lies_on_another(lang):
    figure = cells_figure(coverage(), TITLES, SHOWN, lang)
    assert figure.png().startswith(PNG)
    boxes = [(item.get_text(), item.get_window_extent()) for item in words_of(figure)]
    for words, box in boxes:
        assert box.x0 >= figure.bbox.x0 and box.x1 <= figure.bbox.x1, words
        assert box.y0 >= figure.bbox.y0 and box.y1 <= figure.bbox.y1, words
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one, other)


def test_the_figure_names_every_cell_in_which_somebody_is_meant():
    texts = texts_of(cells_figure(coverage(), TITLES, SHOWN, "id"))
    assert {"Pamulang", "Desil 4", "Perempuan", "Pemulung"} < set(texts)
    assert "Desil 5" not in texts


def test_marks_stand_at_the_means_and_lines_reach_from_low_to_high():
    share, left_out = cells_figure(coverage(), TITLES, SHOWN, "en").axes
    base, draft = (line.get_xdata() for line in share.get_lines() if line.get_marker() in ("o", "s"))
    assert not any(line.get_clip_on() for line in share.get_lines() if line.get_marker() in ("o", "s"))
    assert base == pytest.approx([20.0] * len(base)) and draft == pytest.approx([22.0] * len(draft))
    ends = left_out.collections[0].get_segments()[0][:, 0]
    assert ends == pytest.approx([7_200, 8_800])


def test_scenarios_beyond_the_palette_still_look_different():
    assert len({look_of(place) for place in range(40)}) == 40


@pytest.mark.parametrize(("lang", "decile", "share"), [("id", "Desil 5", "25,0"), ("en", "Decile 5", "25.0")])
def test_the_table_shows_shares_in_per_cent_and_none_where_nobody_is_meant(lang, decile, share):
    table = cells_table(told(), TITLES[BASE][lang], SHOWN, lang)
    shown = dict(zip(table.rows, table.columns[1].cells, strict=True))
    assert shown["Pamulang"][0] == share
    assert shown[decile] == ("–", "")
    assert len(table.rows) == len(REGION.kecamatan) + 5 + 2
    assert TITLES[BASE][lang] in table.title and "2030" in table.title


def test_money_in_the_table_has_its_unit():
    table = cells_table(told(), "", SHOWN, "en")
    assert table.columns[-1].header.endswith("(Rp million)")
    assert table.columns[-1].cells[0] == ("42.00", "37.80–46.20")
