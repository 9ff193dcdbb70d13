"""The back-cast of 2023-2025: places and money are given, people, person-months and spending emerge."""

import numpy as np
import pytest

from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import month_of
from tests.model.worlds import (
    MONTHLY_PRICE,
    SHIPPED,
    START,
    by_year,
    clause,
    draft,
    draft_ledger,
    ledger,
    quantities_that_differ,
    row,
    world,
    world_under,
)

LAST = "2025-12"
WORLDS = pytest.mark.parametrize("number", [0, 3, 5])
PUBLISHED = {"2023-12": 15_000, "2024-12": 15_418, "2025-09": 25_000}
REFORM = month_of("2026-01") - START
MONTHS_OF_FIRST_LIST = 6
MONTHS_AT_THE_DESK = 5
REFUSED_BEFORE_MATCHING = (
    "refused_age",
    "refused_decile",
    "refused_income",
    "refused_identity",
    "refused_not_found",
    "lost_in_handover",
)


def city(number: int) -> Totals:
    return ledger("program_berjalan", number, None, LAST)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_has_the_same_history_before_2026(name: str) -> None:
    base, other = ledger("program_berjalan"), ledger(name)
    assert not quantities_that_differ(base[:, :REFORM], other[:, :REFORM])
    if name != "program_berjalan":
        assert quantities_that_differ(base[:, REFORM:], other[:, REFORM:])


def test_a_longer_run_has_the_same_history() -> None:
    short, long = ledger("program_berjalan", 0, 2_000, "2024-05"), ledger("program_berjalan", 0, 2_000)
    assert not quantities_that_differ(short, long[:, : short.shape[1]])
    assert len(world(0, 2_000, "2024-05").workers.birth_month) < len(world(0, 2_000).workers.birth_month)


@WORLDS
def test_the_places_of_the_published_months_are_all_taken(number: int) -> None:
    enrolled = row(city(number), "enrolled")
    for month, people in PUBLISHED.items():
        # In a few worlds the last of ten thousand new places of 2025 is taken a month later.
        assert 0.99 * people <= enrolled[month_of(month) - START] <= people, month
    assert enrolled[REFORM - 1] == 25_000
    assert row(city(number), "waiting")[REFORM - 1] > 0


@WORLDS
def test_between_4_and_4_6_billion_are_paid_in_2025(number: int) -> None:
    paid = by_year(city(number), "city_contributions")
    assert 4_000_000_000 <= paid[2] <= 4_600_000_000
    for year, people in ((0, 15_000), (1, 15_418)):
        months = load_scenario("program_berjalan").levers_at(START + 12 * year).budget.months_paid
        full = people * MONTHLY_PRICE * months
        assert 0.8 * full <= paid[year] <= full


def test_the_spending_of_2025_differs_between_worlds_because_it_emerges() -> None:
    assert len({int(by_year(city(number), "city_contributions")[2]) for number in (0, 3, 5)}) == 3


@WORLDS
def test_the_first_list_holds_twenty_thousand_and_loses_those_insured_elsewhere(number: int) -> None:
    run, drawn = city(number), world(number, None, LAST).draws
    proposed, open_files = row(run, "proposed"), row(run, "in_verification")
    listed = int(np.argmax(proposed[:12] > 10_000))
    assert 18_500 < proposed[listed] < 20_500
    months = slice(listed, listed + MONTHS_OF_FIRST_LIST)
    files = open_files[listed - 1] + proposed[months].sum() - open_files[months][-1]
    files -= sum(row(run, reason)[months].sum() for reason in REFUSED_BEFORE_MATCHING)
    share = row(run, "refused_insured")[months].sum() / files
    # The rest of the share have taken up formal work.
    found = drawn["population.insured_elsewhere"] * (1 - drawn["verification.match_miss"])
    assert found <= share <= found + 0.07


def test_about_a_quarter_of_the_first_list_is_struck_off_as_published() -> None:
    shares = []
    for number in (0, 3, 5):
        run = city(number)
        struck, admitted = (row(run, name)[:12].sum() for name in ("refused_insured", "admitted"))
        shares.append(struck / (struck + admitted + row(run, "waiting")[11]))
    # Published: about 5,000 of 20,000, with a range of 15-30% for what "about" can mean.
    assert 0.15 <= np.mean(shares) <= 0.30


@WORLDS
def test_no_second_list_is_drawn_up_while_the_first_is_at_the_desk(number: int) -> None:
    proposed = row(city(number), "proposed")
    listed = int(np.argmax(proposed[:12] > 10_000))
    # What comes in between are applications of single workers.
    assert proposed[listed + 1 : listed + MONTHS_AT_THE_DESK].max() < 0.02 * proposed[listed]
    assert proposed[listed + MONTHS_AT_THE_DESK : 12].max() < 0.6 * proposed[listed]


def test_a_later_first_list_and_none_after_it_buy_fewer_months_of_2023_and_2025() -> None:
    base = city(0)
    levers = "list.cohort_months: {2023-01: [10], 2024-01: []}, list.candidates_per_place: 1.34"
    late = draft_ledger(clause(levers), 0, None, LAST)
    for quantity in ("paid_person_months", "covered_person_months", "city_contributions"):
        assert by_year(late, quantity)[0] < 0.7 * by_year(base, quantity)[0]
        assert by_year(late, quantity)[2] < 0.99 * by_year(base, quantity)[2]


def test_a_slower_verification_buys_fewer_months_of_2023() -> None:
    slow = draft(
        "assumptions:\n  verification.desk_months: {low: 6, central: 6, high: 6}\n"
        "  coordination.handover_months: {low: 2, central: 2, high: 2}\n"
    )
    run = run_kernel(slow, world_under(slow, 0, 20_000, LAST))
    usual = run_kernel(load_scenario("program_berjalan"), world(0, 20_000, LAST))
    assert by_year(run, "paid_person_months")[0] < 0.7 * by_year(usual, "paid_person_months")[0]


def test_fewer_places_or_less_money_show_in_the_history() -> None:
    fewer = draft_ledger(clause("places: 10_000"), 0, None, LAST)
    assert np.all(row(fewer, "enrolled") <= 10_000) and row(fewer, "enrolled")[REFORM - 1] == 10_000
    poorer = draft_ledger(clause("budget.appropriation: 2_000_000_000"), 0, None, LAST)
    assert 1_900_000_000 < by_year(poorer, "city_contributions").max() <= 2_000_000_000
    assert row(poorer, "enrolled")[REFORM - 1] < 15_418
