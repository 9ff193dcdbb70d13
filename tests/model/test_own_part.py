"""Where only a share is paid, the recipient pays the rest: more surely in a better month."""

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
from jamsos_sim.units import CHANCE_SCALE
from tests.model.worlds import clause, draft, months_of, world, world_under


def leaning(tight_share: float) -> Scenario:
    """A draft under which recipients pay three fifths, and money decides so much."""
    range_ = f"{{low: {tight_share}, central: {tight_share}, high: {tight_share}}}"
    return draft(clause("subsidy.share: 0.4") + f"assumptions: {{income.tight_share: {range_}}}\n")


@pytest.mark.parametrize("tight_share", [0.0, 0.9])
def test_the_mean_chance_to_pay_the_own_part_is_that_of_the_assumption(tight_share: float) -> None:
    found, wanted = [], []
    for number in (0, 1, 2):
        scenario = leaning(tight_share)
        where = world_under(scenario, number, 12_000, "2025-12")
        present, paid = [], []
        for rules, kernel in months_of(scenario, where):
            people, enrolled = kernel.city.people, with_status(kernel.city, SPONSORED)
            working = enrolled[people.presence[enrolled] == INFORMAL]
            present.append(working.size)
            paid.append(who_pays_the_rest(kernel.city, rules.moment, rules.terms, working).sum())
        assert sum(present) > 10_000
        found.append(1 - sum(paid) / sum(present))
        wanted.append(0.6 * (1 - where.draws["subsidy.pays_rest"]))
    assert np.mean(found) == pytest.approx(np.mean(wanted), rel=0.1)


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
