"""One person's explanation: sums, lines, receivers, what would have been otherwise, and wrong input."""

from typing import Any

import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.law.explain import Explanation, explain
from jamsos_sim.law.person import Person


def told(**words: Any) -> Explanation:
    return explain(Person(**{"month": "2026-02", "income": 1_000_000, **words}))


def provisions_of(explanation: Explanation) -> list[str]:
    return [line.provision for line in explanation.lines]


def otherwise(explanation: Explanation) -> dict[str, tuple[int, int]]:
    return {other.sentence("en"): (other.owed, other.paid) for other in explanation.otherwise}


def test_a_driver_paid_by_the_city_costs_the_full_amount_and_is_told_why() -> None:
    explanation = told(payer="apbd", sector="transport")
    assert (explanation.owed, explanation.paid) == (16_800, 0)
    assert "P2" in provisions_of(explanation)
    assert otherwise(explanation)["Contribution paid by the worker"] == (8_400, 0)


def test_a_self_paying_driver_pays_half_by_a_line_of_relief() -> None:
    explanation = told(payer="self", sector="transport")
    assert explanation.owed == 8_400
    relief = [line for line in explanation.lines if line.provision == "P3"]
    assert [line.amount for line in relief] == [-8_400]
    assert relief[0].source("en") == "PP 50/2025, Pasal 3 dan Pasal 4"


@pytest.mark.parametrize(
    ("words", "paid"),
    [
        ({"event": "death", "consecutive_months": 3}, 42_000_000),
        ({"event": "death", "consecutive_months": 2}, 10_000_000),
        ({"event": "death", "cause": "work"}, 70_000_000),
        ({"event": "death", "cause": "commute", "paid_months": 1}, 70_000_000),
        ({"event": "death", "paid_months": 0}, 0),
        ({"event": "death", "paid_months": 12, "months_unpaid": 1}, 0),
        (
            {"event": "death", "paid_months": 12, "months_unpaid": 1, "readings": {"U5": "covered"}},
            42_000_000,
        ),
        ({"event": "death", "paid_months": 36, "children": [4, 4]}, 216_000_000),
        ({"event": "death", "paid_months": 35, "children": [4, 4]}, 42_000_000),
        ({"event": "death", "cause": "work", "children": [4, 4]}, 244_000_000),
        ({"event": "accident", "cause": "work", "severity": "total"}, 68_000_000),
        ({"event": "accident", "cause": "work", "severity": "death"}, 70_000_000),
        ({"event": "accident", "cause": "work", "severity": "partial", "percent": 15}, 12_000_000),
        ({"event": "accident", "cause": "work", "severity": "partial", "losses": ["one_foot"]}, 20_000_000),
        (
            {
                "event": "accident",
                "cause": "work",
                "severity": "functional",
                "percent": 15,
                "loss_percent": 50,
            },
            6_000_000,
        ),
        ({"event": "accident", "cause": "work", "severity": "temporary", "days": 30}, 1_000_000),
        ({"event": "accident", "cause": "work", "medical_cost": 9_000_000}, 9_000_000),
        ({"event": "accident", "cause": "other", "medical_cost": 9_000_000}, 0),
        ({"event": "death", "cause": "work", "claim_month": "2031-03"}, 0),
        ({"event": "death", "cause": "work", "claim_month": "2031-02"}, 70_000_000),
        ({"month": "2018-02", "event": "death", "paid_months": 60, "children": [9]}, 36_000_000),
    ],
)
def test_the_event_pays(words: dict[str, Any], paid: int) -> None:
    assert told(**words).paid == paid


def test_a_month_earlier_the_heirs_would_have_received_less() -> None:
    explanation = told(event="death", consecutive_months=3)
    assert otherwise(explanation)["The event a month earlier, 2026-01"] == (16_800, 10_000_000)


def test_in_the_first_month_of_the_law_there_is_no_month_earlier() -> None:
    explanation = told(month="2015-07", event="death", consecutive_months=3)
    assert not any("earlier" in sentence for sentence in otherwise(explanation))


@pytest.mark.parametrize(
    ("gap", "reading", "paid"),
    [
        (2, "resets_on_lapse", 42_000_000),
        (3, "resets_on_lapse", 10_000_000),
        (None, "resets_on_lapse", 10_000_000),
        (1, "resets_on_any_gap", 10_000_000),
        (12, "keeps", 42_000_000),
    ],
)
def test_a_break_before_the_last_months_counts_as_the_reading_says(
    gap: int | None, reading: str, paid: int
) -> None:
    words = {"event": "death", "paid_months": 12, "consecutive_months": 1, "gap_months": gap}
    explanation = told(**words, readings={"U3": reading})
    assert explanation.paid == paid
    assert {"gap_keeps", "gap_resets"} & {line.reason for line in explanation.lines}


def test_the_first_month_and_the_third_are_inside_the_waiting_time_and_the_fourth_is_not() -> None:
    paid = [told(event="death", paid_months=month, consecutive_months=month - 1).paid for month in (1, 3, 4)]
    assert paid == [10_000_000, 10_000_000, 42_000_000]


def test_a_long_contribution_period_before_a_lapse_gives_no_scholarship_in_the_waiting_time() -> None:
    words = {"event": "death", "paid_months": 40, "children": [5]}
    assert told(**words, consecutive_months=2).paid == 10_000_000
    assert told(**words, consecutive_months=3).paid == 42_000_000 + 85_500_000


def test_arrears_that_are_paid_in_time_would_have_covered() -> None:
    explanation = told(event="death", paid_months=12, months_unpaid=3)
    paid = "The arrears of 3 months paid before the membership becomes inactive"
    assert explanation.paid == 0
    assert otherwise(explanation)[paid] == (16_800, 42_000_000)
    assert paid not in otherwise(
        told(event="death", paid_months=12, months_unpaid=3, readings={"U5": "not_covered"})
    )


def test_after_three_whole_unpaid_months_the_membership_is_inactive() -> None:
    reasons = [
        {line.reason for line in told(event="death", paid_months=12, months_unpaid=unpaid).lines}
        for unpaid in (3, 4)
    ]
    assert "in_arrears" in reasons[0]
    assert "inactive" in reasons[1]


def test_a_reading_that_would_change_the_answer_is_named() -> None:
    explanation = told(event="death", paid_months=12, consecutive_months=2, gap_months=2)
    changed = "Question U3 read as resets_on_any_gap (restarts at every unpaid month)"
    assert otherwise(explanation)[changed] == (16_800, 10_000_000)


def test_a_worker_past_the_age_limit_is_covered_unless_the_reading_ends_it() -> None:
    words = {"event": "death", "paid_months": 12, "age": 66}
    assert told(**words).paid == 42_000_000
    assert told(**words, readings={"U18": "stops_at_65"}).paid == 0


def test_the_traffic_insurance_is_taken_off_care_and_off_cash_only_if_the_reading_says_so() -> None:
    words = {
        "event": "accident",
        "cause": "commute",
        "severity": "total",
        "medical_cost": 10_000_000,
        "traffic_payment": 25_000_000,
    }
    assert told(**words).paid == 68_000_000
    assert told(**words, readings={"U22": "full_offset"}).paid == 53_000_000


def test_each_amount_says_to_whom_it_goes() -> None:
    def receivers(**words: Any) -> dict[str, int]:
        lines = told(event="death", consecutive_months=12, **words).to_json("en")["lines"]
        paid = [line for line in lines if line["kind"] == "paid" and line["amount"]]
        return {
            to: sum(line["amount"] for line in paid if line["to"] == to)
            for to in {line["to"] for line in paid}
        }

    assert receivers() == {"to the heirs: spouse or children": 42_000_000}
    assert receivers(heir="none") == {
        "to whoever arranges the funeral": 10_000_000,
        "to the social security fund": 32_000_000,
    }


def test_a_payer_without_relief_by_a_reading_is_not_told_of_the_exclusion_of_budgets() -> None:
    explanation = told(payer="csr", sector="transport", readings={"U7": "not_discounted"})
    assert "P8" in provisions_of(explanation)
    assert "P2" not in provisions_of(explanation)


def test_a_line_is_as_sure_as_the_weakest_value_behind_it() -> None:
    explanation = told(event="death", cause="work", children=[5])
    (scholarship,) = [line for line in explanation.lines if line.provision == "J15"]
    assert (scholarship.status, scholarship.is_verified) == ("assumption", False)
    assert "[assumption]" in explanation.to_text("en")
    assert "[asumsi]" in explanation.to_text("id")


def test_no_line_of_the_text_is_longer_than_asked() -> None:
    explanation = told(event="death", paid_months=40, children=[3, 9, 12], income=3_000_000)
    for width in (60, 100):
        assert max(map(len, explanation.to_text("id", width).splitlines())) <= width


def test_lines_add_up_to_what_is_owed_and_paid() -> None:
    answer = told(
        payer="self", sector="transport", event="death", paid_months=40, children=[3, 9, 12]
    ).to_json()
    lines = answer["lines"]
    assert answer["owed"] == sum(line["amount"] for line in lines if line["kind"] == "owed")
    assert answer["paid"] == sum(line["amount"] for line in lines if line["kind"] == "paid")
    assert all(isinstance(line["amount"], int) for line in lines)
    assert {"provision", "amount", "source", "status"} <= set(lines[0])


def test_scholarships_are_listed_year_by_year_and_add_up() -> None:
    answer = told(event="death", cause="work", children=[3, 21]).to_json()
    years = answer["scholarships"]
    assert [year["year"] for year in years if year["child"] == 1] == [2026, 2027]
    assert min(year["year"] for year in years if year["child"] == 0) == 2027
    assert sum(year["amount"] for year in years) == 87_000_000 + 24_000_000


def test_without_heirs_the_rest_goes_to_the_fund() -> None:
    explanation = told(event="death", consecutive_months=12, heir="none")
    assert "social security fund" in explanation.to_text("en")
    assert "dana jaminan sosial" in explanation.to_text("id")


def test_the_city_bears_the_benefit_when_it_is_late_and_the_reading_says_so() -> None:
    words = {"event": "death", "paid_months": 12, "months_unpaid": 2, "readings": {"U6": "city_liable"}}
    assert told(**words).paid == 42_000_000
    assert told(**{**words, "payer": "self"}).paid == 0
    assert told(**{**words, "months_unpaid": 4}).paid == 0


def test_a_band_that_was_not_checked_marks_its_line() -> None:
    assert told(income=1_000_000).to_json()["unverified"] == []
    marked = told(income=3_000_000)
    assert "Base income of each band" in [value["means"] for value in marked.to_json("en")["unverified"]]
    assert "[unverified]" in marked.to_text("en")


def test_amounts_are_written_as_each_language_does() -> None:
    explanation = told()
    assert "Rp16.800" in explanation.to_text("id")
    assert "Rp16,800" in explanation.to_text("en")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"month": "2014-01"}, "2015-07"),
        ({"month": "February"}, "2026-02"),
        ({"payer": "abpd"}, "apbd"),
        ({"sector": "transpor"}, "transport"),
        ({"income": -1}, "--income"),
        ({"children": [40]}, "40"),
        ({"children": [-1]}, "-1"),
        ({"event": "birth"}, "death"),
        ({"event": "death", "cause": "works"}, "work"),
        ({"event": "accident", "severity": "totally"}, "total"),
        ({"event": "accident", "severity": "temporary"}, "--days"),
        ({"event": "accident", "severity": "partial"}, "--percent"),
        ({"event": "accident", "severity": "functional", "percent": 10}, "--loss-percent"),
        ({"paid_months": 2, "consecutive_months": 3}, "3"),
        ({"paid_months": -2}, "--paid-months"),
        ({"percent": 101}, "--percent"),
        ({"event": "death", "claim_month": "2026-01"}, "2026-02"),
        ({"event": "death", "heir": "cousin"}, "siblings"),
        ({"event": "death", "heir": "none", "children": [5]}, "--children"),
        ({"children": [5]}, "--event"),
        ({"months_unpaid": 2}, "--event"),
        ({"event": "death", "days": 5}, "--event accident"),
        ({"event": "accident", "cause": "work", "percent": 5}, "--severity partial"),
        (
            {"event": "accident", "severity": "partial", "percent": 5, "losses": ["one_foot"]},
            "--losses",
        ),
        ({"event": "death", "paid_months": 3, "gap_months": 2}, "--gap-months"),
        ({"age": -1}, "--age"),
        ({"readings": {"U3": "kept"}}, "keeps"),
    ],
)
def test_wrong_input_is_answered_with_one_sentence_in_each_language(words: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as error:
        told(**words)
    assert said in error.value.sentence("id")
    assert said in error.value.sentence("en")
    assert "\n" not in error.value.sentence("en")
