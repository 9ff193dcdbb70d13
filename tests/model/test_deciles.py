"""Households rise and fall by a decile, and only a check or a refresh lets the registry see it."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim import chance
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.status import SPONSORED
from jamsos_sim.model.steps.climb import HIGHEST_DECILE, decile_after, income_after, step_of_year
from jamsos_sim.population.workers import PERSON
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, threshold_of
from tests.model.worlds import START, clause, draft, months_of, quantities_that_differ, row, world_under

WORKERS, LAST = 3_000, "2026-12"
YEARS = 4
ONLY_STEPS = (
    "registry.stale_share",
    "registry.misreported_share",
    "registry.unrecorded_share",
    "registry.dead_share",
    "registry.moved_share",
    "registry.duplicate_share",
    "registry.refresh_repair",
    "verification.ground_miss",
    "mobility.decile_down_annual",
)
"""Assumptions at nothing, so that the registry errs by what has changed since and sees it by visits alone."""


def only_steps(up: float) -> str:
    lines = "".join(f"  {key}: {{low: 0, central: 0, high: 0}}\n" for key in ONLY_STEPS)
    return f"assumptions:\n{lines}  mobility.decile_up_annual: {{low: {up}, central: {up}, high: {up}}}\n"


@cache
def run_of(levers: str, up: float) -> Totals:
    scenario = draft((clause(levers) if levers else "") + only_steps(up))
    return run_kernel(scenario, world_under(scenario, 0, WORKERS, LAST))


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.integers(0, CHANCE_SCALE - 1), st.integers(0, CHANCE_SCALE), st.integers(0, CHANCE_SCALE), st.data()
)
def test_a_step_falls_into_a_month_of_the_year_and_a_likelier_rise_takes_nobodys_rise_away(
    drawn: int, down: int, up: int, data: st.DataObject
) -> None:
    step = step_of_year(drawn, down, up)
    assert step.deciles in (-1, 0, 1) and 0 <= step.month < 12
    more = data.draw(st.integers(up, CHANCE_SCALE))
    assert step_of_year(drawn, down, more).deciles >= step.deciles


def test_steps_are_spread_over_the_months_of_the_year() -> None:
    down, up = threshold_of(0.2), threshold_of(0.1)
    steps = [step_of_year(number * CHANCE_SCALE // 12_000, down, up) for number in range(12_000)]
    falls, rises = ([step.month for step in steps if step.deciles == way] for way in (-1, 1))
    assert len(falls) == pytest.approx(2_400, abs=2) and len(rises) == pytest.approx(1_200, abs=2)
    for months, expected in ((falls, 200), (rises, 100)):
        assert np.bincount(months, minlength=12) == pytest.approx(np.full(12, expected), abs=2)


def test_the_ends_are_the_ends_and_a_step_and_back_restores_the_income() -> None:
    assert [decile_after(1, -1), decile_after(HIGHEST_DECILE, 1), decile_after(4, 1)] == [
        1,
        HIGHEST_DECILE,
        5,
    ]
    up = income_after(1_500_000, 1_500_000, 1, 100_000)
    assert up == 1_650_000 and income_after(up, 1_500_000, -1, 100_000) == 1_500_000
    assert income_after(100_000, 2_000_000, -1, 500_000) == 0


def test_everybody_who_can_rises_by_as_many_deciles_as_years_when_rising_is_certain() -> None:
    scenario = draft(only_steps(1.0))
    where = world_under(scenario, 0, WORKERS, LAST)
    for _, kernel in months_of(scenario, where):
        people = kernel.city.people
    workers = where.workers
    stayed = (workers.arrival_month < START) | (workers.arrival_month == START)
    # A step of the first January would fall into the month of arrival, in which nobody moves yet.
    stayed &= (workers.behind == PERSON) & np.isin(people.presence, (1, 2, 6))
    risen = people.decile[stayed].astype(int) - workers.decile[stayed]
    highest = np.minimum(HIGHEST_DECILE - workers.decile[stayed], YEARS)
    assert np.all((risen == highest) | (risen == highest - 1))
    assert np.mean(risen == highest) > 0.85
    assert np.all(people.income[stayed][risen > 0] > workers.income[stayed][risen > 0])


def test_a_registry_that_was_right_goes_stale_by_itself_and_a_refresh_repairs_it() -> None:
    still = run_of("registry.refresh_months: 1", 0.0)
    moving = run_of("registry.refresh_months: 1", 0.3)
    assert row(moving, "records_not_vulnerable")[-1] > row(still, "records_not_vulnerable")[-1]
    refreshed = draft(
        clause("registry.refresh_months: 1")
        + only_steps(0.3).replace(
            "registry.refresh_repair: {low: 0, central: 0, high: 0}",
            "registry.refresh_repair: {low: 1, central: 1, high: 1}",
        )
    )
    repaired = run_kernel(refreshed, world_under(refreshed, 0, WORKERS, LAST))
    assert row(repaired, "records_not_vulnerable")[-1] < row(moving, "records_not_vulnerable")[-1]
    assert row(repaired, "graduated").sum() > row(moving, "graduated").sum() == 0


def test_visits_see_who_has_risen_and_end_the_subsidy_then() -> None:
    unseen, seen = run_of("", 0.3), run_of("verification.ground_check_share: 1.0", 0.3)
    assert row(unseen, "graduated").sum() == 0 < row(seen, "graduated").sum()
    assert row(seen, "paid_for_better_off").sum() < row(unseen, "paid_for_better_off").sum()
    assert np.all(row(seen, "graduated") <= row(seen, "subsidies_ended"))
    # The list is checked in January only: who rises in between is paid for until then.
    january = np.arange(row(seen, "graduated").size) % 12 == 0
    assert row(seen, "graduated")[~january].sum() == 0


def test_after_a_check_that_misses_nothing_nobody_above_the_ceiling_is_on_the_list() -> None:
    scenario = draft(clause("verification.ground_check_share: 1.0") + only_steps(0.3))
    where = world_under(scenario, 0, WORKERS, LAST)
    above = []
    for rules, kernel in months_of(scenario, where):
        people = kernel.city.people
        high = (people.status == SPONSORED) & (people.decile > rules.terms.policy.decile_ceiling)
        above.append(int((high & (people.decile_since < rules.moment.month)).sum()))
    assert max(above) > 0
    # January's check comes after the month's steps.
    assert above[12] == above[24] == above[36] == 0


def test_nobody_steps_without_the_chance() -> None:
    scenario = draft(only_steps(0.0))
    where = world_under(scenario, 0, WORKERS, LAST)
    assert where.ahead.steps.persons.size == 0
    assert quantities_that_differ(run_of("", 0.0), run_of("", 0.3))


def test_the_steps_of_a_world_are_those_of_its_people_one_by_one() -> None:
    where = world_under(draft(only_steps(0.3)), 0, 300, LAST)
    down, up = where.chances.decile_down, where.chances.decile_up
    expected = []
    for person, (key, arrival) in enumerate(zip(where.keys, where.workers.arrival_month, strict=True)):
        for january in range(where.period.start, where.period.stop, MONTHS_PER_YEAR):
            step = step_of_year(chance.draw(int(key), january, chance.DECISION_DECILE_STEP), down, up)
            month = january + step.month
            if step.deciles and month > arrival:
                expected.append((month - where.period.start, person, step.deciles))
    starts, persons, deciles, incomes = where.ahead.steps
    months = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    found = zip(months.tolist(), persons.tolist(), deciles.tolist(), strict=True)
    assert list(found) == sorted(expected)
    assert np.array_equal(incomes, where.workers.income[persons])
