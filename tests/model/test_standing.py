"""The bounds by which everybody is counted are those of the rule that refuses a candidate."""

import pytest

from jamsos_sim.law.eligibility import ELIGIBLE, Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import law_of
from jamsos_sim.law.selectors import MEMBER_NONE, NO_CEILING
from jamsos_sim.model.steps.standing import AGES, DECILES, Limits, limits_of
from jamsos_sim.population.workers import NO_RECORD
from tests.model.worlds import START

LAW = law_of(START, {})


def is_within(record: Record, limits: Limits) -> bool:
    return (
        limits.age_from <= record.age <= limits.age_to
        and limits.decile_from <= record.decile <= limits.decile_to
        and limits.nik_from <= record.has_valid_nik
        and record.income <= limits.income_to
    )


@pytest.mark.parametrize("criteria", [Criteria(18, 4, 1_000_000), Criteria(40, NO_CEILING, NO_CEILING)])
def test_the_bounds_admit_just_whom_the_rule_admits(criteria: Criteria) -> None:
    limits = limits_of(criteria, LAW)
    for age in range(AGES):
        for decile in range(NO_RECORD + 1, DECILES):
            for income in (0, 1_000_000, 1_000_001):
                record = Record(age, decile, income, MEMBER_NONE, age % 2)
                admitted = refusal_reason(record, criteria, LAW) == ELIGIBLE
                assert is_within(record, limits) == admitted


def test_criteria_that_nobody_meets_admit_nobody() -> None:
    limits = limits_of(Criteria(119, 4, 0), LAW)
    assert not any(
        is_within(Record(age, decile, 0, MEMBER_NONE, 1), limits)
        for age in range(AGES)
        for decile in range(DECILES)
    )
