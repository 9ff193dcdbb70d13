import io
import re

import pandas as pd
import pytest
from rich.console import Console

from jamsos_sim.messages import LANGUAGES, catalogue, text
from jamsos_sim.model.ledger import RUPIAH
from jamsos_sim.report.numbers import Estimate, Style, interval, number
from jamsos_sim.report.tables import SHOWN, difference_table, footnote, results_table, run_sentence
from jamsos_sim.units import month_of
from tests.report.made_up import AMOUNTS, BASE, DRAFT, TITLES, YEARS, summary_table

WIDTHS = (80, 100, 120)

AMOUNTS_OF_MONEY = sum(name in RUPIAH for name in SHOWN)
COUNTS = len(SHOWN) - AMOUNTS_OF_MONEY


def printed(renderable, width):
    """What a terminal of that width shows."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(renderable)
    return console.file.getvalue()


def draft_results(lang, mean=31_274, low=30_000, high=32_500):
    return results_table(summary_table(mean, low, high), DRAFT, TITLES[DRAFT][lang], lang)


def draft_differences(lang, mean, low, high):
    table = summary_table(mean, low, high).assign(to=BASE)
    return difference_table(table, DRAFT, TITLES[DRAFT][lang], TITLES[BASE][lang], lang)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_shown_in_full_with_its_interval(lang, width):
    shown = printed(draft_results(lang), width)
    people, money = Style(lang), Style(lang, 2)
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= width
    assert len(re.findall(rf"(?<!\S){re.escape(number(31_274, people))}(?!\S)", shown)) == COUNTS * len(YEARS)
    assert shown.count(interval(Estimate(0, 30_000, 32_500), people)) == COUNTS * len(YEARS)
    assert shown.count(interval(Estimate(0, 3.0, 3.25), money)) == AMOUNTS_OF_MONEY * len(YEARS)


def test_a_wide_terminal_shows_one_table_and_a_narrow_one_stacks_equal_parts():
    year = re.compile(r"^ *2026 ", re.MULTILINE)
    assert len(year.findall(printed(draft_results("id"), 140))) == 1
    narrow = printed(draft_results("id"), 80)
    assert len(year.findall(narrow)) == 2
    first, second = narrow.split("Tahun")[1:]
    assert "Peserta" in narrow.split("Klaim")[0]
    assert second.count("kasus") == 2
    assert "kasus" not in first
    assert len(year.findall(printed(draft_results("id"), 24))) == len(SHOWN)


@pytest.mark.parametrize("width", WIDTHS)
def test_large_differences_are_shown_in_full_with_their_signs(width):
    shown = printed(draft_differences("id", -243_328, -248_924, 1_000), width)
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("−243.328") == COUNTS * len(YEARS)
    assert shown.count("−248.924; +1.000") == COUNTS * len(YEARS)
    assert shown.count("−24,33") == AMOUNTS_OF_MONEY * len(YEARS)


def test_a_scenario_does_not_differ_from_itself():
    shown = printed(draft_differences("id", 0.0, 0.0, 0.0), 120)
    rows = [line.split() for line in shown.splitlines() if re.match(r" *20\d\d ", line)]
    assert rows == [[str(year), *["0"] * len(SHOWN)] for year in YEARS]


def test_the_differences_name_both_scenarios():
    assert printed(draft_differences("id", 1, 1, 1), 120).startswith(
        "Selisih: Raperda dengan data terpadu dibandingkan dengan Program berjalan\n"
    )


def test_a_number_on_which_all_worlds_agree_has_no_interval():
    shown = printed(draft_results("en", 25_000, 25_000, 25_000), 120)
    assert "–" not in shown
    assert shown.count("25,000") == COUNTS * len(YEARS)


def test_small_mean_counts_keep_a_decimal_and_large_ones_do_not():
    assert printed(draft_results("id", 0.4, 0.0, 1.0), 120).count("0,4 ") == COUNTS * len(YEARS)
    assert "31.274,5" not in printed(draft_results("id", 31_274.5), 120)


def test_money_is_shown_on_one_scale_which_the_headers_name():
    assert printed(draft_results("id"), 120).count("(Rp miliar)") == 4
    assert printed(draft_results("en", 31, 30, 32), 120).count("(Rp million)") == 4
    assert printed(draft_results("id", 1e-3, 1e-3, 1e-3), 120).count("(Rp)") == 4


def test_a_table_holds_the_rows_of_its_scenario_alone():
    other = summary_table(77, 77, 77).assign(scenario=BASE)
    both = pd.concat([summary_table(55, 55, 55), other])
    shown = printed(results_table(both, BASE, "Program berjalan", "id"), 120)
    assert "77" in shown
    assert "55" not in shown


def test_quantities_that_were_not_measured_have_no_column():
    table = summary_table(7, 7, 7, quantities=("enrolled", "jkm_cases"))
    shown = printed(results_table(table, DRAFT, "x", "id"), 120)
    assert "Peserta" in shown
    assert "JKK" not in shown


def test_a_notebook_shows_the_same_numbers_as_the_terminal():
    table = results_table(summary_table(1_234, 1_000, 2_000), DRAFT, "A < B", "id")
    shown = table._repr_mimebundle_()
    assert shown["text/plain"].count("1.234") == COUNTS * len(YEARS)
    assert shown["text/html"].count("1.234<br>1.000–2.000") == COUNTS * len(YEARS)
    assert shown["text/html"].count("<tr>") == len(YEARS) + 1
    assert "<caption>A &lt; B</caption>" in shown["text/html"]


def test_the_run_is_named_in_one_sentence():
    period = (month_of("2023-01"), month_of("2031-01"))
    assert run_sentence(20, None, 7, period, "id") == (
        "20 dunia, semua pekerja informal kota, benih 7, Jan 2023 sampai Des 2030."
    )
    assert run_sentence(4, 3_000, 7, period, "en") == (
        "4 worlds, 3,000 informal workers, seed 7, Jan 2023 to Dec 2030."
    )


def test_the_note_says_what_the_interval_is_and_what_is_assumed():
    assert all(word in footnote("id") for word in ("persentil ke-5 sampai ke-95", "asumsi", "pagu"))
    assert all(word in footnote("en") for word in ("5th to 95th percentile", "assumptions", "appropriations"))


def test_every_text_of_the_reports_exists_in_both_languages_and_differs():
    messages = {key: message for key, message in catalogue().items() if key.startswith("report.")}
    assert messages
    for key, message in messages.items():
        assert set(message) == set(LANGUAGES), key
        assert message["id"] != message["en"], key
        assert set(re.findall(r"\{(\w+)\}", message["id"])) == set(re.findall(r"\{(\w+)\}", message["en"])), (
            key
        )


def test_every_quantity_of_the_tables_has_its_header():
    assert set(SHOWN) <= set(AMOUNTS)
    assert all(text(f"report.{name}", lang, unit="Rp") for name in SHOWN for lang in LANGUAGES)


def test_a_table_is_shown_once_even_inside_a_notebook(monkeypatch, capsys):
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    table = draft_results("id")
    assert "Peserta" in table._repr_mimebundle_()["text/plain"]
    assert capsys.readouterr().out == ""
