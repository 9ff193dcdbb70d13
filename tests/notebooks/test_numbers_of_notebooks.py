"""The numbers that notebooks show are those of the rules and of the results they are drawn from."""

import pandas as pd
import pytest

from jamsos_sim.law.person import Person
from jamsos_sim.notebook.appropriation import year_of_scenario
from jamsos_sim.notebook.backcast import insured_share, published, within
from jamsos_sim.notebook.pairing import pair_of
from jamsos_sim.notebook.tables import scenario_table
from jamsos_sim.notebook.waiting import benefits_by_months_paid
from jamsos_sim.outcomes import worlds_saved_by_pairing
from jamsos_sim.population.region import PublishedTotal
from jamsos_sim.report.numbers import Style
from jamsos_sim.units import month_of

MONTH = month_of("2026-06")
TITLES = {"base": {"id": "Dasar", "en": "Base"}, "draft": {"id": "Usulan", "en": "Draft"}}


def yearly(**quantities):
    """A yearly table: quantity to the values of each world, under the base and under the draft."""
    rows = [
        (scenario, world, 2027, quantity, value)
        for quantity, (base, draft) in quantities.items()
        for scenario, values in (("base", base), ("draft", draft))
        for world, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["scenario", "world", "year", "quantity", "value"])


def test_the_saving_of_pairs_is_that_of_the_results():
    table = yearly(enrolled=([10, 20, 33, 41], [13, 22, 36, 45]))
    pair = pair_of(table, ("base", "draft"), "enrolled", 2027)
    expected = worlds_saved_by_pairing(table, "base", "draft", "enrolled", 2027)
    assert pair.worlds_saved == pytest.approx(expected)
    assert pair.difference == 3.0
    assert pair.paired_error < pair.unpaired_error


def test_scenarios_that_differ_alike_everywhere_need_one_world():
    table = yearly(enrolled=([10, 20], [13, 23]))
    assert pair_of(table, ("base", "draft"), "enrolled", 2027).worlds_saved == float("inf")


def test_what_is_short_is_priced_at_the_months_that_were_paid():
    table = yearly(
        city_contributions=([168_000, 84_000], [0, 0]),
        appropriation=([200_000, 84_000], [0, 0]),
        unfunded_person_months=([0, 5], [3, 0]),
        paid_person_months=([10, 5], [0, 0]),
        waiting=([1, 2], [3, 4]),
    )
    base = year_of_scenario(table, "base", 2027)
    assert base.unspent.tolist() == [32_000, 0]
    assert base.short.tolist() == [0, 84_000]
    assert year_of_scenario(table, "draft", 2027).short.tolist() == [0, 0]


def test_a_published_range_holds_its_ends():
    each = PublishedTotal("enrolled", 2025, 24_999, 25_001, "")
    assert within(each, pd.Series([24_998, 24_999, 25_001, 25_002])) == 2
    assert {line.year for line in published() if line.quantity == "enrolled"} == {2023, 2024, 2025}


def test_the_insured_are_a_share_of_those_who_passed_every_other_desk():
    table = yearly(refused_insured=([1], [0]), admitted=([2], [0]), waiting=([1], [1]))
    assert insured_share(table, "base", 2027) == [0.25]


def test_the_children_receive_only_after_the_months_that_scholarships_need():
    driver = Person(month="2026-06", event="death", income=1_000_000, children=(8,))
    benefits = benefits_by_months_paid(driver, [0, 2, 3, 35, 36])
    assert benefits["heirs"].tolist() == [0, 10_000_000, 42_000_000, 42_000_000, 42_000_000]
    assert (benefits["children"] > 0).tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(("lang", "expected"), [("id", "+1.200"), ("en", "+1,200")])
def test_a_table_of_differences_has_signs_and_no_row_for_the_base(lang, expected):
    differences = pd.DataFrame(
        [("draft", 2027, "enrolled", 1_200.0, 1_200.0, 1_200.0)],
        columns=["scenario", "year", "quantity", "mean", "low", "high"],
    )
    table = scenario_table(differences, TITLES, ["enrolled"], 2027, Style(lang, is_signed=True))
    assert table.index.tolist() == [TITLES["draft"][lang]]
    assert table.iloc[0, 0] == expected
