"""The table and the figure of whom the programme reaches, by kecamatan, decile, trade and sex."""

import itertools

import pandas as pd
import pytest

from jamsos_sim.messages import LANGUAGES
from jamsos_sim.model.cells import cell_names
from jamsos_sim.population.region_file import read_region
from jamsos_sim.report.cells import (
    ASKED_COLUMNS,
    FEWEST_COUNTED,
    TABLE_COLUMNS,
    ShownCells,
    cells_figure,
    cells_table,
    look_of,
    waiting_and_families_table,
)
from tests.report.made_up import BASE, DRAFT, TITLES
from tests.report.test_figures import PNG, texts_of, words_of

REGION = read_region("tangsel").region
SHOWN = ShownCells(REGION, 2030, "4")
POOR = ("1", "2", "3", "4")
COLUMNS = ["dimension", "cell", "quantity", "mean", "low", "high", "counted"]


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
        rows += [
            (dimension, cell, name, value, 0.9 * value, 1.1 * value, 400) for name, value in values.items()
        ]
    return pd.DataFrame(rows, columns=COLUMNS)


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


@pytest.mark.parametrize(("lang", "decile", "few"), [("id", "Desil 5", "0,3"), ("en", "Decile 5", "0.3")])
def test_a_group_counted_in_one_world_alone_is_shown_with_one_decimal(lang, decile, few):
    rare = told()
    is_rare = (rare["cell"] == "5") & (rare["quantity"] == "wrongly_enrolled")
    rare.loc[is_rare, ["mean", "low", "high"]] = 1 / 3, 0.0, 0.9
    table = cells_table(rare, "", SHOWN, lang)
    wrong = table.columns[TABLE_COLUMNS.index("wrongly_enrolled")].cells
    assert wrong[table.rows.index(decile)] == (few, f"0–{few[0]}{few[1]}9")
    assert wrong[table.rows.index("Pamulang")][0] == f"7{few[1]}0"


def asked():
    """In every cell ten people admitted after 4.5 months; families died in the deciles that are meant."""
    rows = []
    for dimension, cell in cell_names(REGION):
        is_meant = dimension != "decile" or cell in POOR
        is_admitted = is_meant or cell == "5"
        values = dict.fromkeys(ASKED_COLUMNS, 25.0 if is_meant else float("nan"))
        values |= {"admitted": 10.0 * is_admitted, "bereaved_families": 40.0 * is_meant}
        values["months_waited_mean"] = 4.5 if is_admitted else float("nan")
        rows += [
            (dimension, cell, name, value, 0.9 * value, 1.1 * value, 400) for name, value in values.items()
        ]
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.mark.parametrize(
    ("lang", "labels", "wait"),
    [
        ("id", ("Pamulang", "Desil 5", "Pemulung", "Perempuan"), "4,5"),
        ("en", ("Pamulang", "Decile 5", "Women"), "4.5"),
    ],
)
def test_the_wait_and_the_families_are_told_of_every_group(lang, labels, wait):
    table = waiting_and_families_table(asked(), TITLES[BASE][lang], SHOWN, lang)
    assert len(table.rows) == len(REGION.kecamatan) + 5 + len(REGION.occupations) + 2
    for label in labels:
        place = table.rows.index(label)
        assert [column.cells[place][0] for column in table.columns[:2]] == ["10", wait]
    beyond = table.rows.index(labels[1])
    assert table.columns[-1].cells[beyond] == ("–", "")
    assert table.columns[-1].cells[0][0] == {"id": "25,0", "en": "25.0"}[lang]
    assert TITLES[BASE][lang] in table.title and "2030" in table.title


@pytest.mark.parametrize(("counted", "shown"), [(9, "*"), (10, "25.0")])
def test_of_too_few_families_no_share_is_written(counted, shown):
    few = asked()
    few.loc[few["cell"] == "Pamulang", "counted"] = counted
    table = waiting_and_families_table(few, "", SHOWN, "en")
    place = table.rows.index("Pamulang")
    written = {name: column.cells[place] for name, column in zip(ASKED_COLUMNS, table.columns, strict=True)}
    assert written["families_full_of_100"][0] == written["families_gap_of_100"][0] == shown
    assert written["bereaved_families"][0] == "40"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("make", [cells_table, waiting_and_families_table])
def test_the_note_stands_below_the_table_and_explains_its_marks(make, lang):
    table = make(told() if make is cells_table else asked(), "", SHOWN, lang)
    assert f" {FEWEST_COUNTED} " in table.note and "–:" in table.note and "*:" in table.note
    assert " ".join(table.as_text(80).split()).endswith(" ".join(table.note.split()))
    assert table.as_html().endswith("</p>")
