"""The coverage clock, played through the enumerated calendars of `calendar/cases.yaml`."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jamsos_sim.law.calendar import CoverageMonth, Payment, coverage_calendar
from jamsos_sim.law.in_force import law_of
from jamsos_sim.units import month_of

CASES = YAML(typ="safe").load((Path(__file__).parent / "calendar" / "cases.yaml").read_text(encoding="utf-8"))
START = month_of("2025-03")


def signs(pattern: str) -> list[str]:
    """The signs of a pattern such as ``x*2 . x``."""
    parts = [token.partition("*") for token in pattern.split()]
    return [sign for sign, _, times in parts for _ in range(int(times or 1))]


def played(case: dict[str, Any]) -> list[CoverageMonth]:
    pattern = signs(case["payments"])
    payments = [
        Payment(START + place, START + place + (0 if sign == "x" else int(sign)))
        for place, sign in enumerate(pattern)
        if sign != "."
    ]
    law = law_of(START, case.get("readings"))
    return coverage_calendar(payments, START, START + len(pattern), law)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_clock_runs_as_the_calendar_says(case: dict[str, Any]) -> None:
    calendar = played(case)
    last = calendar[-1]
    assert ["C" if row.is_covered else "-" for row in calendar] == signs(case["covered"])
    if "consecutive" in case:
        assert [row.consecutive_months for row in calendar] == case["consecutive"]
    if "completed" in case:
        assert [row.completed_months for row in calendar] == case["completed"]
    assert last.consecutive_months == case.get("last_consecutive", last.consecutive_months)
    assert last.paid_months == case.get("paid_months", last.paid_months)
    assert last.contribution_period == case.get("period", last.contribution_period)
    assert last.is_inactive == case.get("inactive", last.is_inactive)


def test_there_are_at_least_thirty_calendars_with_names_of_their_own() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 30


def test_the_order_in_which_payments_are_listed_changes_nothing() -> None:
    payments = [Payment(START + place, START + place) for place in (0, 1, 2, 5, 6)]
    law = law_of(START)
    there = coverage_calendar(payments, START, START + 8, law)
    assert there == coverage_calendar(payments[::-1], START, START + 8, law)


def test_a_calendar_may_begin_after_the_first_payment() -> None:
    payments = [Payment(START + place, START + place) for place in range(6)]
    whole = coverage_calendar(payments, START, START + 6, law_of(START))
    assert coverage_calendar(payments, START + 4, START + 6, law_of(START)) == whole[4:]
