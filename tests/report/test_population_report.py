"""The pool of people who could be listed, who the people are, and the figure of the fit."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from jamsos_sim import chance
from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.law.eligibility import REFUSALS, Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import law_of
from jamsos_sim.messages import LANGUAGES
from jamsos_sim.population.region import PublishedPool
from jamsos_sim.population.region_file import load_region
from jamsos_sim.population.registry import records_of
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.report.fit import Pools, fit_figure, largest_gap, margin_table
from jamsos_sim.report.people import largest_trades, people_table
from jamsos_sim.report.pool import Pool, count_reasons, pool_sentences, pool_table
from jamsos_sim.report.population import Choice, City, city_of
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import month_of

MONTH = month_of("2026-06")
REGION = load_region("tangsel")


@pytest.fixture(scope="module")
def city() -> City:
    choice = Choice(load_scenario("program_berjalan"), month_of("2023-01"), 5, 3, 1)
    return city_of(REGION, load_assumptions("tangsel"), choice)


def pool(people):
    return Pool(*[people] * len(Pool._fields))


def test_the_funnel_counts_what_the_rule_of_eligibility_answers():
    draws = draw_assumptions(load_assumptions("tangsel"), 7)
    workers = synthesise(REGION, draws, 7, 2_000, (MONTH, MONTH + 1))
    records, law = records_of(workers, draws, chance.keys_of(7, 2_000)), law_of(MONTH)
    criteria = Criteria(18, 4, 1_000_000)
    age = (MONTH - workers.birth_month).astype(np.int64) // 12
    columns = (age, records.decile, records.income, workers.is_insured_elsewhere, workers.has_valid_nik)
    people = zip(*(column.tolist() for column in columns), strict=True)
    expected = Counter(refusal_reason(Record(*person), criteria, law) for person in people)
    counted = count_reasons(age, workers, records, criteria, law)
    assert counted.tolist() == [expected[reason] for reason in range(len(REFUSALS))]
    assert min(counted) > 0


def test_the_funnel_narrows_at_every_desk(city):
    for each in [city.pool, *city.pools]:
        assert list(each) == sorted(each, reverse=True)
        assert each.insured > 0


def test_the_central_pool_is_the_published_one_and_worlds_differ(city):
    assert REGION.published_pool.low <= city.pool.income <= REGION.published_pool.high
    assert len({each.income for each in city.pools}) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pool_outside_the_published_range_is_said_with_a_warning(lang):
    inside, outside = (
        "\n".join(pool_sentences(REGION, pool(people), [pool(people)], lang)) for people in (95_000, 50_000)
    )
    assert "PERHATIAN" in outside or "WARNING" in outside
    assert "PERHATIAN" not in inside and "WARNING" not in inside
    assert ("92.000–107.000" if lang == "id" else "92,000–107,000") in inside


def test_a_region_without_a_published_pool_says_so():
    unknown = dataclasses.replace(REGION, published_pool=None)
    assert "published_pool" in pool_sentences(unknown, pool(9), [pool(9)], "en")[1]


def test_the_worlds_inside_the_published_range_are_counted():
    narrow = dataclasses.replace(REGION, published_pool=PublishedPool(90, 110, "made up"))
    worlds = [pool(people) for people in (80, 90, 100, 110, 120)]
    assert "3 of 5 worlds" in pool_sentences(narrow, pool(100), worlds, "en")[1]


def test_the_fit_is_that_of_the_chosen_world(city):
    draws = draw_assumptions(load_assumptions("tangsel"), chance.key_of(5, 1) >> 1)
    low = city.fit[(city.fit["margin"] == "decile")].head(REGION.vulnerable_decile)
    assert low["target"].sum() == pytest.approx(draws["population.low_decile_share"])
    assert largest_gap(city.fit, "fitted") * city.pool.workers < 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_a_row_for_each_desk_number_and_margin(city, lang):
    assert len(pool_table(city.pool, city.pools, lang)) == len(Pool._fields)
    assert len(people_table(city.portrait, city.portraits, lang)) == len(city.portrait)
    assert len(margin_table(city.fit, lang)) == city.fit["margin"].nunique()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_gaps_of_income_stand_in_rupiah_beside_gaps_in_people(city, lang):
    table = margin_table(city.fit, lang)
    gaps = dict(zip(city.fit["margin"].unique(), table.iloc[:, -1], strict=True))
    assert gaps["income"].startswith("Rp") and gaps["income"].endswith("%)")
    assert gaps["decile"].isdecimal() and gaps["children"].isdecimal()
    fitted = dict(zip(city.fit["margin"].unique(), table.iloc[:, -2], strict=True))
    assert [name for name, gap in fitted.items() if gap == "–"] == ["income", "children", "trait"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_says_where_the_kelurahan_are_that_it_does_not_draw(city, lang):
    figure = fit_figure(city.fit, REGION, Pools(city.pool, city.pools), lang)
    (places,) = [title for axes in figure.axes if "Kecamatan" in (title := axes.get_title(loc="left"))]
    assert "54" in places and "fit.csv" in places


def test_the_portrait_says_what_the_columns_hold(city):
    assert city.portrait.workers == 267_750
    assert city.portrait.vulnerable == pytest.approx(44.0, abs=0.1)
    assert 1 < city.portrait.disability < 5
    assert largest_trades(REGION, city.workers, "en").count(";") == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_draws_pool_and_margins_and_repeats_its_bytes(city, lang):
    pictures = [fit_figure(city.fit, REGION, Pools(city.pool, city.pools), lang).png() for _ in range(2)]
    assert pictures[0] == pictures[1]
    figure = fit_figure(city.fit, REGION, Pools(city.pool, city.pools), lang)
    titles = {axes.get_title(loc="left") for axes in figure.axes}
    assert len(titles) == 8
