"""Incomes vary from month to month, and what the contribution weighs on them decides who goes on paying."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.compiled import as_record, compiled
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.living_terms import Earnings
from jamsos_sim.model.status import INFORMAL
from jamsos_sim.model.steps.contribute import keeps_paying
from jamsos_sim.model.steps.earn import (
    Burden,
    continue_threshold,
    is_strained,
    lapse_threshold,
    month_factor,
    monthly_income,
)
from jamsos_sim.model.steps.refresh_registry import status_after_subsidy
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION
from tests.model.worlds import clause, draft, row, world, world_under

DRAWS = st.integers(0, CHANCE_SCALE - 1)
SHARES = st.integers(0, PARTS_PER_MILLION)
PRICES = st.sampled_from([8_400, 16_800, 26_800])
INCOMES = st.integers(0, 30_000_000)

WITH_TERM = clause("places: 60_000, budget.appropriation: 20_000_000_000, subsidy.duration_months: 12")
MANY_GO_ON = "  subsidy.continue_alone: {low: 0.5, central: 0.5, high: 0.5}\n"


@compiled
def compiled_threshold(price: int, income: int, go_on: int, own: Earnings) -> int:
    """Threshold of going on alone, in compiled code."""
    return continue_threshold(Burden(price, income), go_on, own)


@st.composite
def earnings(draw: st.DrawFn) -> Earnings:
    """Incomes of a world that could be."""
    return Earnings(draw(DRAWS), *(draw(SHARES) for _ in range(5)), 1_500_000, 16_800, 15_000)


def assumptions(**values: float) -> str:
    lines = (f"  income.{key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in values.items())
    return f"assumptions:\n{MANY_GO_ON}{''.join(lines)}"


@cache
def run_with(**values: float) -> Totals:
    scenario = draft(WITH_TERM + assumptions(**values))
    return run_kernel(scenario, world_under(scenario, 0, 6_000, "2027-12"))


def share(run: Totals, part: str, whole: str) -> float:
    return float(row(run, part).sum() / row(run, whole).sum())


def test_an_ordinary_month_brings_the_usual_income_and_a_poor_one_hardly_any() -> None:
    own = Earnings(CHANCE_SCALE // 10, 200_000, 500_000, 0, 0, 0, 1, 1, 1)
    assert monthly_income(2_000_000, 0, 0, own) == 400_000
    assert monthly_income(2_000_000, 0, CHANCE_SCALE // 2, own) == 2_000_000
    assert monthly_income(2_000_000, 100_000, CHANCE_SCALE // 2, own) == 2_100_000
    assert monthly_income(2_000_000, 0, CHANCE_SCALE - 1, own) == pytest.approx(3_000_000, rel=1e-6)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(earnings(), DRAWS, INCOMES, st.integers(0, 1_000_000))
def test_an_income_is_never_negative_and_a_gain_never_lowers_it(
    own: Earnings, drawn: int, usual: int, gain: int
) -> None:
    assert 0 <= month_factor(drawn, own) <= 2 * PARTS_PER_MILLION
    assert 0 <= monthly_income(usual, 0, drawn, own) <= monthly_income(usual, gain, drawn, own)


@settings(deadline=None, derandomize=True, max_examples=500)
@given(earnings(), PRICES, INCOMES, INCOMES, DRAWS)
def test_a_higher_income_never_turns_paying_into_lapsing_or_going_on_into_leaving(
    own: Earnings, price: int, first: int, second: int, drawn: int
) -> None:
    less, more = (Burden(price, income) for income in sorted((first, second)))
    for chance_of_usual in (0, CHANCE_SCALE // 14, CHANCE_SCALE):
        lapse = [lapse_threshold(burden, chance_of_usual, own) for burden in (less, more)]
        assert CHANCE_SCALE >= lapse[0] >= lapse[1] >= 0
        assert keeps_paying(INFORMAL, drawn, lapse[1]) >= keeps_paying(INFORMAL, drawn, lapse[0])
        go_on = [continue_threshold(burden, chance_of_usual, own) for burden in (less, more)]
        assert 0 <= go_on[0] <= go_on[1] <= CHANCE_SCALE
        statuses = [status_after_subsidy(INFORMAL, 0, drawn, threshold) for threshold in go_on]
        assert statuses[0] <= statuses[1]
    assert is_strained(less, own) >= is_strained(more, own)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(earnings(), INCOMES)
def test_a_dearer_contribution_never_keeps_more_people_paying(own: Earnings, income: int) -> None:
    usual = CHANCE_SCALE // 14
    burdens = [Burden(price, income) for price in (8_400, 16_800, 26_800)]
    lapse = [lapse_threshold(burden, usual, own) for burden in burdens]
    go_on = [continue_threshold(burden, usual, own) for burden in burdens]
    assert lapse == sorted(lapse) and go_on == sorted(go_on, reverse=True)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(earnings(), st.integers(1, 30_000_000))
def test_where_money_decides_nothing_income_changes_nothing(own: Earnings, income: int) -> None:
    careless, usual = own._replace(tight_ppm=0), CHANCE_SCALE // 14
    assert lapse_threshold(Burden(16_800, income), usual, careless) == usual
    assert continue_threshold(Burden(16_800, income), usual, careless) == usual


@settings(deadline=None, derandomize=True, max_examples=100)
@given(earnings(), INCOMES)
def test_compiled_code_goes_on_as_plain_python_does_where_nothing_is_owed(own: Earnings, income: int) -> None:
    plain = continue_threshold(Burden(0, income), CHANCE_SCALE, own)
    assert compiled_threshold(0, income, CHANCE_SCALE, as_record(own)) == plain


@pytest.mark.parametrize("tight_share", [0.0, 0.6])
def test_the_mean_lapse_is_that_of_the_assumption_however_much_money_decides(tight_share: float) -> None:
    found, wanted = [], []
    # Contributions are halved for all in a part of 2026 and 2027, so that only the months before are usual.
    for number in (0, 1, 2):
        scenario = draft(WITH_TERM + assumptions(tight_share=tight_share))
        where = world_under(scenario, number, 12_000, "2025-12")
        run = run_kernel(scenario, where)
        assert row(run, "self_payers_asked").sum() > 1_000
        found.append(share(run, "self_payers_lapsed", "self_payers_asked"))
        wanted.append(where.draws["subsidy.lapse_monthly"])
    assert np.mean(found) == pytest.approx(np.mean(wanted), rel=0.15)


def test_where_incomes_vary_more_more_self_payers_are_strained() -> None:
    steady, wild = run_with(spread=0.0, poor_month_share=0.0), run_with(spread=0.9, poor_month_share=0.2)
    strained = [share(run, "self_payers_strained", "self_payers_asked") for run in (steady, wild)]
    assert strained[0] < strained[1]
    weighed = [share(run, "recipients_strained", "recipients_weighed") for run in (steady, wild)]
    assert weighed[0] < weighed[1]


def test_relief_of_contributions_keeps_more_self_payers() -> None:
    usual, relief = slice(24, 39), slice(42, 48)
    run = run_with(tight_share=1.0)
    lapsing = [
        row(run, "self_payers_lapsed")[months].sum() / row(run, "self_payers_asked")[months].sum()
        for months in (usual, relief)
    ]
    assert lapsing[1] < 0.8 * lapsing[0]


def test_what_the_contribution_weighs_is_looked_at_once_a_quarter() -> None:
    run = run_with()
    weighed = row(run, "recipients_weighed")
    quarter_ends = np.arange(weighed.size) % 3 == 2
    working = row(run, "vulnerable_enrolled") + row(run, "enrolled_not_vulnerable")
    assert np.array_equal(weighed, np.where(quarter_ends, working, 0))
    assert np.array_equal(row(run, "recipients_due") > 0, weighed > 0)


def test_recipients_earn_less_than_the_mean_of_the_vulnerable_and_pay_a_larger_share() -> None:
    where = world(0, 6_000)
    assert where.earnings.mean_income < where.workers.income[where.workers.decile <= 4].mean()
    assert 8_000 < where.earnings.usual_share_ppm < 40_000
