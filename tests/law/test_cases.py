"""The worked cases of `law/cases/*.yaml`, put to the rules one by one."""

import pytest

from jamsos_sim.law.cases import Case, worked_cases

CASES = worked_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_law_answers_as_the_case_says(case: Case) -> None:
    assert case.answer() == case.expected


def test_every_case_has_its_own_name_and_names_a_source() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.source for case in CASES)


def test_there_are_at_least_a_hundred_and_fifty_cases() -> None:
    assert len(CASES) >= 150
