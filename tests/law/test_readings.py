"""The 28 open questions: readings, levers and assumptions; every option of a reading changes a result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.law.benefits import has_jkm_scholarship, jkm_death_benefit
from jamsos_sim.law.calendar import Payment, coverage_calendar
from jamsos_sim.law.claims import after_traffic_insurance, bearer_of_late_transfer
from jamsos_sim.law.contributions import contribution_owed
from jamsos_sim.law.eligibility import is_barred_as_member, is_cover_ended_by_age
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.law.readings import QUESTIONS, READINGS, check_readings
from jamsos_sim.law.selectors import (
    MEMBER_SELF,
    MEMBER_WAGE,
    PAYER_APBD,
    PAYER_CSR,
    PAYER_SELF,
    SECTOR_OTHER,
    SECTOR_TRANSPORT,
)
from jamsos_sim.levers import all_levers
from jamsos_sim.units import month_of


def clock(law: Law, gap: int, late: int | None = None) -> list[tuple[bool, int]]:
    """Cover and count of four paid months, a gap (paid late, or never) and two paid months."""
    start = month_of("2025-03")
    unpaid = range(4, 4 + gap)
    payments = [Payment(start + place, start + place) for place in range(6 + gap) if place not in unpaid]
    if late is not None:
        payments += [Payment(start + place, start + late) for place in unpaid]
    calendar = coverage_calendar(payments, start, start + 6 + gap, law)
    return [(row.is_covered, row.consecutive_months) for row in calendar]


def period(law: Law) -> int:
    start = month_of("2025-03")
    payments = [Payment(start + place, start + place) for place in range(30) if place % 10 < 6]
    return coverage_calendar(payments, start, start + 30, law)[-1].contribution_period


def owed(payer: int, sector: int) -> Callable[[Law], int]:
    return lambda law: contribution_owed(law.lowest_base, payer, sector, law)


def death(consecutive: int) -> Callable[[Law], int]:
    return lambda law: jkm_death_benefit(True, consecutive, law)


RESULTS: dict[str, list[tuple[str, Callable[[Law], Any]]]] = {
    "U1": [("2022-06", death(1)), ("2020-06", death(1))],
    "U2": [("2025-06", death(3)), ("2025-05", death(3))],
    "U3": [("2025-03", lambda law: (clock(law, 2), clock(law, 4)))],
    "U4": [("2025-03", period), ("2025-03", lambda law: has_jkm_scholarship(True, 2 * period(law), law))],
    "U5": [("2025-03", lambda law: (clock(law, 2), clock(law, 2, 6)))],
    "U6": [("2025-03", lambda law: bearer_of_late_transfer(PAYER_APBD, False, law))],
    "U7": [("2026-05", owed(PAYER_CSR, SECTOR_OTHER))],
    "U8": [("2026-05", lambda law: is_barred_as_member(MEMBER_SELF, law))],
    "U9": [("2028-05", owed(PAYER_SELF, SECTOR_TRANSPORT))],
    "U10": [("2027-05", owed(PAYER_APBD, SECTOR_OTHER))],
    "U18": [("2026-05", lambda law: is_cover_ended_by_age(law.maximum_age, law))],
    "U20": [("2026-05", lambda law: is_barred_as_member(MEMBER_WAGE, law))],
    "U22": [("2026-05", lambda law: after_traffic_insurance(70, 50, False, law))],
}


def test_every_open_question_is_a_reading_a_lever_an_assumption_or_outside() -> None:
    assert list(QUESTIONS) == [f"U{number}" for number in range(1, 29)]
    assert {question.kind for question in QUESTIONS.values()} == {"reading", "lever", "assumption", "outside"}
    assert {key for key, question in QUESTIONS.items() if question.kind == "reading"} == set(READINGS)


def test_every_question_says_in_both_languages_what_it_is_and_what_holds() -> None:
    for question in QUESTIONS.values():
        assert set(question.about) == set(question.stated_default) == {"id", "en"}
    for reading in READINGS.values():
        assert reading.default == reading.options[0]
        assert all(set(words) == {"id", "en"} for words in reading.option_texts.values())


def test_a_question_that_is_a_lever_names_a_lever_there_is() -> None:
    named = {question.name for question in QUESTIONS.values() if question.kind == "lever"}
    assert named - {"in_force"} <= set(all_levers())


def test_a_question_that_is_an_assumption_names_an_assumption_there_is() -> None:
    named = {question.name for question in QUESTIONS.values() if question.kind == "assumption"}
    assert named <= set(load_assumptions())


def test_what_holds_outside_names_levers_there_are_and_the_page_tells_of_each() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
    for question in (each for each in QUESTIONS.values() if each.kind == "outside"):
        words = {
            word.strip(",;.") for word in question.stated_default["en"].split() if "." in word.strip(".,;")
        }
        assert words <= set(all_levers())
        assert question.key in page


@pytest.mark.parametrize("question", list(READINGS))
def test_every_option_of_a_reading_changes_a_result(question: str) -> None:
    answers = [
        tuple(ask(law_of(month_of(month), {question: option})) for month, ask in RESULTS[question])
        for option in READINGS[question].options
    ]
    assert len({str(answer) for answer in answers}) == len(answers)


@pytest.mark.parametrize("question", list(READINGS))
def test_naming_the_default_changes_nothing(question: str) -> None:
    for month in ("2019-01", "2024-05", "2026-05", "2028-01"):
        default = law_of(month_of(month), {question: READINGS[question].default})
        assert default == law_of(month_of(month))


def test_cover_in_arrears_and_the_consecutive_count_are_read_apart() -> None:
    lenient = law_of(month_of("2025-03"), {"U5": "covered", "U3": "resets_on_any_gap"})
    strict = law_of(month_of("2025-03"), {"U5": "not_covered", "U3": "keeps"})
    assert clock(lenient, 2)[5] == (True, 0)
    assert clock(strict, 2)[5] == (False, 4)


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({"u3": "keeps"}, "U3"),
        ({"U3": "keep"}, "resets_on_lapse, resets_on_any_gap, keeps"),
        ({"U12": "4"}, "eligibility.decile_ceiling"),
        ({"U25": "0.25"}, "registry.misreported_share"),
        ({"U23": "services"}, "docs/model.md"),
    ],
)
def test_a_wrong_reading_is_answered_with_one_sentence(readings: dict[str, str], words: str) -> None:
    for lang in ("id", "en"):
        with pytest.raises(InputError) as error:
            check_readings(readings)
        assert words in error.value.sentence(lang)
