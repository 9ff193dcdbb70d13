"""Compiled and plain rules agree: the main ones on a million random persons, the others on a large sample."""

import numpy as np
import numpy.typing as npt
import pytest

from jamsos_sim.compiled import compiled
from jamsos_sim.law.benefits import (
    death_grant_avoided,
    functional_percent_ppm,
    has_jkk_scholarship,
    has_jkm_scholarship,
    is_jkk_waiting_over,
    is_jkm_scholarship_due,
    jkk_death_benefit,
    jkk_functional_disability_benefit,
    jkk_partial_disability_benefit,
    jkk_total_disability_benefit,
    jkm_death_benefit,
    medical_care_benefit,
    scholarship_of_year,
    temporary_incapacity_benefit,
)
from jamsos_sim.law.care import (
    Journey,
    denture_benefit,
    glasses_benefit,
    hearing_aid_benefit,
    home_care_benefit,
    prosthesis_benefit,
    return_to_work_transport,
    transport_benefit,
)
from jamsos_sim.law.claims import (
    after_traffic_insurance,
    bearer_of_late_transfer,
    city_pays_benefit,
    does_health_insurance_pay,
    insurer_pays_benefit,
    is_accident_proven,
    is_benefit_in_time,
    is_claim_in_time,
    is_conclusion_in_time,
    is_payment_in_time,
    is_report_in_time,
    is_work_related,
)
from jamsos_sim.law.contributions import (
    base_of_income,
    company_contribution,
    contribution_owed,
    jht_contribution,
    late_payment_fine,
    wage_reallocation,
)
from jamsos_sim.law.coverage import (
    Membership,
    after_payment,
    completed_months,
    contribution_period,
    is_covered,
    is_covered_by_late_payment,
    is_inactive,
    months_unpaid,
)
from jamsos_sim.law.eligibility import (
    Criteria,
    Record,
    is_cover_ended_by_age,
    is_family_aid_open,
    is_social_aid_open,
    refusal_reason,
)
from jamsos_sim.law.heirs import Family, divided, first_heir
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.law.readings import READINGS
from jamsos_sim.law.scholarship import scholarship_due, scholarship_left, scholarship_of_family, school_level
from jamsos_sim.law.selectors import NEVER, PAYERS, SECTORS
from jamsos_sim.units import PARTS_PER_MILLION, month_of

PEOPLE = 1_000_000
SAMPLE = 100_000
BATCHES = 400
"""Random months, each under random readings of the law."""
NUMBERS = 8
Column = npt.NDArray[np.int64]


def money(row: Column, month: int, law: Law) -> int:
    """Contribution and benefits of one random person, mixed into one number."""
    membership = after_payment(
        Membership(month - row[1], month - row[1] - row[2], row[2] + 1), month - row[3], law
    )
    covered = is_covered(membership, month, law)
    base = base_of_income(row[4], law)
    total = contribution_owed(base, row[5] % 6, row[5] % 2, law)
    completed = completed_months(membership, month, law)
    total += 3 * jkm_death_benefit(covered, completed, law)
    total += 5 * jkk_death_benefit(covered, base, law)
    total += 7 * jkk_partial_disability_benefit(covered, base, row[6] % 700_000, law)
    total += 11 * temporary_incapacity_benefit(covered, base, row[6] % 900, law)
    total += 13 * medical_care_benefit(covered, row[4], law)
    if is_jkm_scholarship_due(covered, completed, contribution_period(membership, month, law), law):
        total += 17 * scholarship_left(row[7] % 30, law)
    return total + 19 * scholarship_of_year(row[7] % 30, law)


def words(row: Column, month: int, law: Law) -> int:
    """Cover, care, heirs and eligibility of one random person, mixed into one number."""
    membership = Membership(month - row[1], month - row[1] - row[2], row[2] + 1)
    covered = is_covered_by_late_payment(membership, month, month + row[3], law)
    total = home_care_benefit(covered, row[4] % 5_000_000, row[2], law)
    total += 3 * transport_benefit(covered, Journey(row[4] % 9_000_000, row[6], row[4]), law)
    total += 5 * prosthesis_benefit(covered, row[4], law)
    bearer = bearer_of_late_transfer(row[5] % 6, row[1] > 3, law)
    total += 7 * insurer_pays_benefit(
        after_traffic_insurance(row[4], row[6], row[2] % 2 == 0, law), covered, bearer
    )
    heir = first_heir(Family(row[1] % 2, row[2] % 2, row[3] % 2, row[5] % 2, row[7] % 2), law)
    total += 11 * divided(row[4], 10_000, heir).fund + 13 * heir
    record = Record(row[7], row[5] % 11, row[4], row[2] % 3, row[3] % 2)
    total += 17 * refusal_reason(record, Criteria(18, row[6] % 6 - 1, 2_000_000), law)
    return total + 19 * is_work_related(row[5] % 5, law)


def remaining(row: Column, month: int, law: Law) -> int:
    """Every rule that the other two leave out, of one random person, mixed into one number."""
    membership = Membership(month - row[1], month - row[1] - row[2], row[2] + 1)
    covered, flag = row[1] % 2 == 0, row[3] % 2 == 0
    base = base_of_income(row[4], law)
    spent, trips = Journey(row[4] % 4_000_000, row[2], row[5]), Journey(row[6] % 3_000_000, row[5], row[2])
    total = jkk_total_disability_benefit(covered, base, law) + 3 * late_payment_fine(row[1], law)
    total += 5 * jkk_functional_disability_benefit(covered, base, functional_percent_ppm(row[5], row[6]), law)
    total += 7 * return_to_work_transport(covered, spent, trips, law) + 11 * jht_contribution(base, flag, law)
    total += 13 * denture_benefit(covered, row[4], law) + 17 * hearing_aid_benefit(covered, row[4], law)
    total += 19 * glasses_benefit(covered, row[4], law) + 23 * wage_reallocation(row[4], flag, law)
    total += 29 * company_contribution(row[5], row[7], flag, law) + 31 * city_pays_benefit(row[4], row[5] % 3)
    total += 37 * death_grant_avoided(row[3], law) + 41 * scholarship_due(row[7] % 30, flag, covered, law)
    total += 43 * school_level(row[7] % 30, law) + 47 * months_unpaid(membership, month)
    total += 53 * scholarship_of_family(row[7] % 26 - 1, row[1] - 1, row[3] % 3, law)
    answers = (
        is_inactive(membership, month, law),
        is_claim_in_time(month, month + row[2], law),
        is_report_in_time(row[2], law),
        is_conclusion_in_time(row[2], law),
        is_accident_proven(row[1], flag, covered, law),
        is_payment_in_time(row[2] % 32, law),
        is_benefit_in_time(row[1], law),
        does_health_insurance_pay(row[5] % 5, law),
        has_jkk_scholarship(covered, row[2], law),
        has_jkm_scholarship(covered, row[2], law),
        is_jkk_waiting_over(row[2], law),
        is_cover_ended_by_age(row[7], law),
        is_family_aid_open(row[5] % 11, law),
        is_social_aid_open(row[5] % 11, law),
    )
    for answer in answers:
        total = 2 * total + answer
    return total


@compiled
def compiled_money(rows: Column, month: int, law: Law, answers: Column) -> None:
    for person in range(rows.shape[0]):
        answers[person] = compiled_money_of(rows[person], month, law)


@compiled
def compiled_words(rows: Column, month: int, law: Law, answers: Column) -> None:
    for person in range(rows.shape[0]):
        answers[person] = compiled_words_of(rows[person], month, law)


@compiled
def compiled_remaining(rows: Column, month: int, law: Law, answers: Column) -> None:
    for person in range(rows.shape[0]):
        answers[person] = compiled_remaining_of(rows[person], month, law)


compiled_remaining_of = compiled(remaining)
compiled_money_of = compiled(money)
compiled_words_of = compiled(words)


def random_people(count: int) -> Column:
    generator = np.random.default_rng(20_261_121)
    limits = np.array([1, 8, 60, 6, 30_000_000, 1_000, 20_000_000, 80])
    return generator.integers(0, limits, size=(count, NUMBERS), dtype=np.int64)


def random_laws() -> list[tuple[int, Law]]:
    generator = np.random.default_rng(7)
    first, last = month_of("2015-07"), month_of("2031-01")
    chosen = []
    for month in generator.integers(first, last, BATCHES):
        readings = {key: str(generator.choice(reading.options)) for key, reading in READINGS.items()}
        chosen.append((int(month), law_of(int(month), readings)))
    return chosen


def test_what_is_owed_and_paid_agrees_on_a_million_random_persons_in_four_hundred_months() -> None:
    people = random_people(PEOPLE).reshape(BATCHES, -1, NUMBERS)
    for batch, (month, law) in zip(people, random_laws(), strict=True):
        answers = np.zeros(len(batch), np.int64)
        compiled_money(batch, month, law, answers)
        plain = [money(row, month, law) for row in batch.tolist()]
        assert plain == answers.tolist()


def test_cover_care_heirs_and_eligibility_agree_on_a_hundred_thousand_random_persons() -> None:
    people = random_people(SAMPLE).reshape(BATCHES, -1, NUMBERS)
    for batch, (month, law) in zip(people, random_laws(), strict=True):
        answers = np.zeros(len(batch), np.int64)
        compiled_words(batch, month, law, answers)
        plain = [words(row, month, law) for row in batch.tolist()]
        assert plain == answers.tolist()


def test_every_other_rule_agrees_on_a_hundred_thousand_random_persons() -> None:
    people = random_people(SAMPLE).reshape(BATCHES, -1, NUMBERS)
    for batch, (month, law) in zip(people, random_laws(), strict=True):
        answers = np.zeros(len(batch), np.int64)
        compiled_remaining(batch, month, law, answers)
        plain = [remaining(row, month, law) for row in batch.tolist()]
        assert plain == answers.tolist()


def test_columns_worked_out_without_the_rules_give_the_same_contributions() -> None:
    law = law_of(month_of("2026-05"))
    incomes = random_people(100_000)[:, 4]
    bases = np.array(law.band_base)[np.searchsorted(law.band_from, incomes, side="right") - 1]
    for payer in range(len(PAYERS)):
        for sector in range(len(SECTORS)):
            due = law.jkk_due_ppm[payer * len(SECTORS) + sector]
            expected = (bases // 100 + 6_800) * due // PARTS_PER_MILLION
            rules = [
                contribution_owed(base_of_income(income, law), payer, sector, law)
                for income in incomes[:500].tolist()
            ]
            assert rules == expected[:500].tolist()


@pytest.mark.parametrize("whole", [np.int32, np.int64])
def test_a_membership_of_either_width_compiles(whole: type[np.signedinteger[npt.NBitBase]]) -> None:
    @compiled
    def pay(columns: npt.NDArray[np.signedinteger[npt.NBitBase]], month: int, law: Law) -> int:
        membership = Membership(columns[0], columns[1], columns[2])
        return after_payment(membership, month, law).paid_months

    month = month_of("2026-02")
    assert pay(np.array([month - 1, month - 3, 3], whole), month, law_of(month)) == 4
    assert pay(np.array([NEVER, NEVER, 0], whole), month, law_of(month)) == 1
