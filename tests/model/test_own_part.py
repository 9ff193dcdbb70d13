"""Where only a share is paid, the recipient pays the rest: more surely in a better month."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim import chance
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import INFORMAL, SPONSORED
from jamsos_sim.model.steps.contribute import pays_rest, who_pays_the_rest
from jamsos_sim.model.steps.earn import Burden
from jamsos_sim.model.terms import rules_of
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION, month_of
from tests.model.worlds import clause, draft, months_of, world, world_under

ALL_PAID_BY_COMPANIES = "subsidy.share: 0.4, funding.order: [csr], funding.csr: 50000000000"
BEFORE_RELIEF, UNDER_RELIEF = ("2025-01", "2025-12"), ("2026-04", "2026-12")
"""Periods at the usual contribution, and at half of it for whom companies pay for (PP 50/2025)."""


def leaning(tight_share: float, levers: str = "subsidy.share: 0.4") -> Scenario:
    """A draft under which recipients pay three fifths, and money decides so much."""
    range_ = f"{{low: {tight_share}, central: {tight_share}, high: {tight_share}}}"
    return draft(clause(levers) + f"assumptions: {{income.tight_share: {range_}}}\n")


class Months(NamedTuple):
    """Months of recipients at informal work: how many there are, in how many of them the own part stayed
    unpaid, the chance of paying the whole contribution by the assumption, and the mean income over that of
    the assumption.
    """

    number: int
    unpaid: int
    pays_rest: float
    income: float


def months_of_recipients(scenario: Scenario, number: int, period: tuple[str, str]) -> Months:
    """What recipients do with their own part in a period of a world."""
    first, last = period
    where = world_under(scenario, number, 12_000, last)
    found = Months(0, 0, where.draws["subsidy.pays_rest"], 0)
    for rules, kernel in months_of(scenario, where):
        people, enrolled = kernel.city.people, with_status(kernel.city, SPONSORED)
        working = enrolled[people.presence[enrolled] == INFORMAL]
        if rules.moment.month < month_of(first):
            continue
        paid = who_pays_the_rest(kernel.city, rules.moment, rules.terms, working).sum()
        over_usual = rules.terms.households.mean_factor_ppm / PARTS_PER_MILLION
        earned = people.income[working].sum() * over_usual / rules.terms.earnings.mean_income
        found = found._replace(
            number=found.number + working.size,
            unpaid=found.unpaid + working.size - paid,
            income=found.income + earned,
        )
    return found._replace(income=found.income / found.number)


def unpaid_over_expected(tight_share: float, levers: str, period: tuple[str, str], price: float) -> float:
    """Months without the own part, over those that the assumption lets expect where a contribution of
    ``price``, over the usual one, stands against the recipients' mean income; three worlds together.
    """
    scenario, unpaid, expected = leaning(tight_share, levers), 0, 0.0
    for number in (0, 1, 2):
        months = months_of_recipients(scenario, number, period)
        pays_whole = months.pays_rest * (1 - tight_share + tight_share * months.income / price)
        unpaid, expected = unpaid + months.unpaid, expected + months.number * 0.6 * (1 - pays_whole)
    assert unpaid > 5_000
    return unpaid / expected


@pytest.mark.parametrize("tight_share", [0.0, 0.5, 0.9])
def test_the_mean_chance_to_pay_the_own_part_is_that_of_the_assumption_at_the_mean_income(
    tight_share: float,
) -> None:
    found = unpaid_over_expected(tight_share, "subsidy.share: 0.4", BEFORE_RELIEF, price=1)
    assert found == pytest.approx(1, rel=0.02)


@pytest.mark.parametrize("tight_share", [0.0, 0.3])
def test_relief_raises_the_mean_chance_to_pay_the_own_part_as_a_double_income_would(
    tight_share: float,
) -> None:
    found = unpaid_over_expected(tight_share, ALL_PAID_BY_COMPANIES, UNDER_RELIEF, price=0.5)
    assert found == pytest.approx(1, rel=0.02)


def test_nobody_who_pays_the_own_part_stops_because_of_relief() -> None:
    scenario, gained = leaning(0.9, ALL_PAID_BY_COMPANIES), 0
    for rules, kernel in months_of(scenario, world_under(scenario, 0, 12_000, UNDER_RELIEF[1])):
        if rules.moment.month < month_of("2026-01"):
            prices = rules.terms.prices
            continue
        without = rules.terms._replace(prices=prices)
        enrolled = with_status(kernel.city, SPONSORED)
        pays = who_pays_the_rest(kernel.city, rules.moment, rules.terms, enrolled)
        would_pay = who_pays_the_rest(kernel.city, rules.moment, without, enrolled)
        assert (pays >= would_pay).all()
        gained += (pays - would_pay).sum()
    assert gained > 500


def test_recipients_pay_their_part_more_often_in_a_better_month() -> None:
    scenario = leaning(0.9)
    where = world_under(scenario, 0, 12_000, "2024-12")
    shares = np.zeros((2, 2), dtype=np.int64)
    for rules, kernel in months_of(scenario, where):
        people, month = kernel.city.people, rules.moment.month
        enrolled = with_status(kernel.city, SPONSORED)
        working = enrolled[people.presence[enrolled] == INFORMAL]
        drawn = chance.draws(people.key[working], month, chance.DECISION_MONTHLY_INCOME)
        pays = who_pays_the_rest(kernel.city, rules.moment, rules.terms, working)
        for better in (0, 1):
            is_one = (drawn >= CHANCE_SCALE // 2) == better
            shares[better] += pays[is_one].sum(), np.count_nonzero(is_one)
    worse_month, better_month = shares[:, 0] / shares[:, 1]
    assert better_month > worse_month + 0.05


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.integers(1, 30_000_000),
    st.integers(0, 3_000_000),
    st.integers(0, 999_999),
    st.integers(0, 300_000),
    st.integers(0, CHANCE_SCALE - 1),
)
def test_more_income_or_a_larger_share_paid_never_stops_anybody_from_paying_the_own_part(
    income: int, more: int, share_ppm: int, larger: int, drawn: int
) -> None:
    scenario = draft()
    terms = rules_of(scenario, world(0, 200))[0].terms

    def pays(income: int, share_ppm: int) -> bool:
        policy = terms.policy._replace(share_ppm=min(1_000_000, share_ppm))
        return pays_rest(INFORMAL, drawn, Burden(16_800, income), terms._replace(policy=policy))

    if pays(income, share_ppm):
        assert pays(income + more, share_ppm)
        assert pays(income, share_ppm + larger)
    assert pays(0, 1_000_000)
