import itertools
import warnings

import matplotlib
import pytest
from matplotlib.text import Text

from jamsos_sim.messages import LANGUAGES, text
from jamsos_sim.model.ledger import FAMILIES
from jamsos_sim.report.chart import kept_apart, wrapped
from jamsos_sim.report.families import DRAWN, families_of_hundred, last_years, whole_shares
from jamsos_sim.report.figures import (
    PublishedPoint,
    cost_figure,
    enrolment_figure,
    families_figure,
    save_figure,
)
from jamsos_sim.report.spread import band
from jamsos_sim.units import month_of
from tests.report.made_up import BASE, DRAFT, TITLES, monthly_table, yearly_table

PUBLISHED = (
    PublishedPoint(month_of("2025-12"), 21_000, is_of_the_year=True),
    PublishedPoint(month_of("2026-09"), 30_000),
)
PNG = b"\x89PNG\r\n\x1a\n"


def enrolment(lang="id"):
    return enrolment_figure(monthly_table(), TITLES, lang, PUBLISHED)


def cost(lang="id"):
    return cost_figure(yearly_table(), TITLES, lang)


def families(lang="id"):
    return families_figure(yearly_table(), TITLES, lang)


FIGURES = (enrolment, cost, families)


def words_of(figure):
    """All texts that are drawn when the figure is."""
    drawn = []
    draw = Text.draw

    def draw_and_note(item, renderer):
        drawn.append(item)
        draw(item, renderer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", draw_and_note)
        figure.draw_without_rendering()
    return [item for item in drawn if item.get_visible() and item.get_text()]


def texts_of(figure):
    return [item.get_text() for item in words_of(figure)]


@pytest.mark.parametrize("make", FIGURES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_table_gives_the_same_bytes(make, lang, tmp_path):
    save_figure(make(lang), tmp_path / "first.png")
    with matplotlib.rc_context({"savefig.bbox": "tight", "font.size": 20, "figure.dpi": 40}):
        save_figure(make(lang), tmp_path / "second.png")
    first = (tmp_path / "first.png").read_bytes()
    assert first.startswith(PNG)
    assert b"Matplotlib" not in first
    assert first == (tmp_path / "second.png").read_bytes()


def test_a_figure_shows_itself_in_a_notebook():
    figure = cost()
    shown = figure._repr_mimebundle_()
    assert shown["image/png"] == figure.png()
    assert shown["text/plain"].startswith("Iuran yang dibayar kota dan pagunya. Rp miliar setahun")


def test_a_picture_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "figure.png").mkdir()
    with pytest.raises(OSError, match=r"figure\.png"):
        save_figure(cost(), tmp_path / "figure.png")
    assert [path.name for path in tmp_path.iterdir()] == ["figure.png"]


@pytest.mark.parametrize("make", FIGURES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_cut_or_lies_on_another(make, lang):
    figure = make(lang)
    boxes = [(item.get_text(), item.get_window_extent()) for item in words_of(figure)]
    whole = figure.bbox
    for words, box in boxes:
        assert box.x0 >= whole.x0 and box.x1 <= whole.x1, words
        assert box.y0 >= whole.y0 and box.y1 <= whole.y1, words
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one, other)


@pytest.mark.parametrize("make", FIGURES)
def test_only_numbers_are_common_to_both_languages(make):
    common = set(texts_of(make("id"))) & set(texts_of(make("en")))
    assert all(
        words.replace("(", "").replace(")", "").replace("–", "").replace(" ", "").isdecimal()
        for words in common
    )


def test_published_numbers_are_marked_where_they_were_published():
    axes = enrolment().axes[0]
    marks = [list(line.get_xydata()[0]) for line in axes.get_lines() if line.get_marker() == "o"]
    assert marks == [[2026.0, 21_000.0], [2026.75, 30_000.0]]
    assert {"21.000\n2025", "30.000\nSep 2026"} <= set(texts_of(enrolment()))


def test_a_run_without_published_numbers_does_not_speak_of_them():
    figure = enrolment_figure(monthly_table(), TITLES, "id")
    assert not any("lingkaran" in words for words in texts_of(figure))
    assert not any(line.get_marker() == "o" for line in figure.axes[0].get_lines())


def test_lines_are_means_and_bands_are_percentiles():
    bands = band(monthly_table(), "enrolled", "month").set_index(["scenario", "month"])
    first = bands.loc[(BASE, month_of("2025-01"))]
    assert (first["mean"], first["low"], first["high"]) == (10_750, 10_075, 11_425)
    line = enrolment().axes[0].get_lines()[0].get_xydata()
    assert line[0] == pytest.approx([2025 + 1 / 12, 10_750])
    assert line[-1] == pytest.approx([2027, 33_750])


def test_history_that_scenarios_share_is_drawn_once():
    table = monthly_table()
    fork = month_of("2026-01")
    base = table.query("scenario == @BASE").set_index(["world", "month"])["value"]
    shared = (table["scenario"] == DRAFT) & (table["month"] < fork)
    keys = list(zip(table.loc[shared, "world"], table.loc[shared, "month"], strict=True))
    table.loc[shared, "value"] = base.loc[keys].to_numpy()
    first, second = enrolment_figure(table, TITLES, "id").axes[0].get_lines()[:2]
    assert first.get_xdata()[0] == pytest.approx(2025 + 1 / 12)
    assert second.get_xdata()[0] == pytest.approx(2026)


def test_a_scenario_that_never_departs_is_still_drawn():
    base = monthly_table().query("scenario == @BASE")
    same = base.merge(base.assign(scenario=DRAFT), how="outer")
    assert len(enrolment_figure(same, TITLES, "id").axes[0].get_lines()[1].get_xdata()) == 24


def test_bars_whiskers_and_appropriation_are_those_of_the_table():
    base, draft = cost().axes
    assert [bar.get_height() for bar in draft.patches[:3]] == pytest.approx([4.2 * 1.1 * 1.015] * 3)
    whisker = draft.collections[0].get_segments()[0]
    assert whisker[:, 1] == pytest.approx([4.62 * 1.0015, 4.62 * 1.0285])
    assert base.patches[-1].get_data().values == pytest.approx([4.3 * 1.015] * 3)


def test_a_year_without_money_has_a_zero_that_nothing_covers():
    table = yearly_table()
    table.loc[(table["scenario"] == DRAFT) & (table["year"] > 2025), "value"] = 0
    figure = cost_figure(table, TITLES, "id")
    boxes = [item.get_window_extent() for item in words_of(figure) if item.axes is figure.axes[1]]
    assert not any(one.padded(-1).overlaps(two) for one, two in itertools.combinations(boxes, 2))
    assert texts_of(figure).count("pagu 0") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_amount_of_the_appropriation_stands_clear_of_wide_intervals(lang):
    table = yearly_table()
    paid = table["quantity"] == "city_contributions"
    table.loc[paid, "value"] += table["world"] * 120_000_000
    figure = cost_figure(table, TITLES, lang)
    word = text("report.cost_appropriation", lang, amount="")
    labels = [item for item in words_of(figure) if item.get_text().startswith(word)]
    assert len(labels) == len(TITLES)
    for label in labels:
        box = label.get_window_extent()
        whiskers = label.axes.collections[0].get_segments()
        ends = label.axes.transData.transform([end for whisker in whiskers for end in whisker])
        crossed = [end for end in ends if box.x0 <= end[0] <= box.x1 and end[1] >= box.y0]
        assert crossed == []
        assert box.y1 <= label.axes.get_window_extent().y1


def test_amounts_of_three_figures_fit_into_their_bars():
    table = yearly_table()
    money = table["quantity"].isin(["city_contributions", "appropriation"])
    table.loc[money, "value"] //= 13
    figure = cost_figure(table, TITLES, "id")
    for axes in figure.axes:
        bars = [bar.get_window_extent() for bar in axes.patches[:3]]
        numbers = [item for item in words_of(figure) if item in axes.texts and "pagu" not in item.get_text()]
        assert all(
            item.get_window_extent().width <= bar.width for item, bar in zip(numbers, bars, strict=True)
        )
        assert all(len(item.get_text()) <= 5 for item in numbers)


def test_an_odd_number_of_scenarios_leaves_no_empty_panel():
    three = {**TITLES, "third": {"id": "Ketiga", "en": "Third"}}
    extra = yearly_table().query("scenario == @BASE").assign(scenario="third")
    figure = cost_figure(yearly_table().merge(extra, how="outer"), three, "id")
    assert len(figure.axes) == 3
    assert texts_of(figure).count("2026") == 2


def test_of_a_hundred_families_each_stands_in_one_category():
    shares = families_of_hundred(yearly_table(), (2026, 2027)).set_index(["scenario", "quantity"])
    assert set(DRAWN) == set(FAMILIES)
    assert shares.loc[BASE].drop("families_received")["mean"].sum() == pytest.approx(100)
    assert shares.loc[(BASE, "families_full"), "mean"] == pytest.approx(12, abs=0.1)
    assert shares.loc[(BASE, "families_received"), "mean"] == pytest.approx(15, abs=0.1)


def test_the_interval_of_families_is_that_of_the_worlds_own_shares():
    table = yearly_table()
    covered = (table["quantity"] == "families_full") & (table["world"] == 3)
    table.loc[covered, "value"] += 1_000
    shares = families_of_hundred(table).set_index(["scenario", "quantity"])
    low, high = shares.loc[(BASE, "families_received"), ["low", "high"]]
    assert low == pytest.approx(15, abs=0.1)
    assert high > 45


def test_families_are_those_of_the_last_five_years_when_no_years_are_named():
    table = yearly_table()
    assert last_years(table) == (2025, 2027)
    assert last_years(table.assign(year=table["year"] + (table["year"] == 2025) * -10)) == (2023, 2027)
    assert any("2025–2027" in words for words in texts_of(families()))
    assert any("2026–2026" in words for words in texts_of(families_figure(table, TITLES, "id", (2026, 2026))))


def test_a_scenario_in_which_nobody_died_says_so():
    table = yearly_table()
    table.loc[table["scenario"] == DRAFT, "value"] = 0
    assert text("report.families_none", "id") in texts_of(families_figure(table, TITLES, "id"))


def test_whole_shares_still_add_up_to_a_hundred():
    assert whole_shares([33.4, 33.3, 33.3]) == [34, 33, 33]
    assert sum(whole_shares([100 / 7] * 7)) == 100


def test_labels_are_moved_apart_no_further_than_needed_and_stay_inside():
    assert kept_apart([5.0, 9.0], [2.0, 2.0], (0.0, 10.0)) == [5.0, 9.0]
    assert kept_apart([5.0, 5.0], [2.0, 2.0], (0.0, 10.0)) == [4.0, 6.0]
    assert kept_apart([9.9, 9.8, 0.0], [2.0, 2.0, 2.0], (0.0, 10.0)) == [9.0, 7.0, 1.0]


def test_a_label_is_broken_into_lines_of_about_equal_length():
    assert wrapped("Raperda menurut rapat 15 Oktober 2025", 28) == "Raperda menurut rapat\n15 Oktober 2025"


def test_making_a_figure_warns_of_nothing_and_touches_no_global_figure():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        families().png()
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []
