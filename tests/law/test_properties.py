"""What holds for every person and every month."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from jamsos_sim.law import benefits, care, contributions
from jamsos_sim.law.coverage import NO_MEMBERSHIP, after_payment, consecutive_months, is_covered
from jamsos_sim.law.explain import explain
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.law.person import Person
from jamsos_sim.law.provisions import provisions
from jamsos_sim.law.readings import READINGS
from jamsos_sim.law.scholarship import NO_CHILD, scholarship_in_all, scholarship_of_family, scholarship_plan
from jamsos_sim.law.selectors import CAUSES, PAYERS, SECTORS
from jamsos_sim.units import month_label, month_of

months = some.integers(month_of("2015-07"), month_of("2030-12"))
readings = some.fixed_dictionaries(
    {}, optional={k: some.sampled_from(r.options) for k, r in READINGS.items()}
)
laws = some.builds(law_of, months, readings)
incomes = some.integers(0, 40_000_000)
amounts = some.integers(0, 400_000_000)
shares = some.integers(0, 1_000_000)
both = {
    "payer": some.sampled_from(PAYERS),
    "sector": some.sampled_from(SECTORS),
    "month": months.map(month_label),
    "income": incomes,
    "age": some.none() | some.integers(18, 70),
    "paid_months": some.integers(0, 80),
    "months_unpaid": some.integers(0, 5),
    "cause": some.sampled_from(CAUSES),
    "readings": readings,
}
deaths = some.builds(
    Person,
    event=some.just("death"),
    children=some.lists(some.integers(0, 22), max_size=4),
    **both,
) | some.builds(Person, event=some.just("death"), heir=some.sampled_from(["siblings", "none"]), **both)
accidents = some.builds(
    Person,
    event=some.just("accident"),
    severity=some.sampled_from(["care", "total", "death"]),
    days=some.integers(0, 800),
    medical_cost=amounts,
    traffic_payment=amounts,
    **both,
) | some.builds(
    Person,
    event=some.just("accident"),
    severity=some.sampled_from(["partial", "functional"]),
    percent=some.integers(1, 70),
    **both,
).map(lambda person: replace(person, loss_percent=50 if person.severity == "functional" else 0))
persons = deaths | accidents


@given(laws, incomes, amounts, shares, some.integers(0, 900))
def test_nothing_is_paid_without_cover(law: Law, income: int, cost: int, share: int, count: int) -> None:
    base = contributions.base_of_income(income, law)
    paid = [
        benefits.jkm_death_benefit(False, count, law),
        benefits.jkk_death_benefit(False, base, law),
        benefits.jkk_total_disability_benefit(False, base, law),
        benefits.jkk_partial_disability_benefit(False, base, share, law),
        benefits.jkk_functional_disability_benefit(False, base, share, law),
        benefits.temporary_incapacity_benefit(False, base, count, law),
        benefits.medical_care_benefit(False, cost, law),
        care.home_care_benefit(False, cost, count, law),
        care.transport_benefit(False, care.Journey(cost, cost, cost), law),
        care.prosthesis_benefit(False, cost, law),
        care.denture_benefit(False, cost, law),
        care.hearing_aid_benefit(False, cost, law),
        care.glasses_benefit(False, cost, law),
    ]
    assert paid == [0] * len(paid)
    assert not benefits.has_jkm_scholarship(False, count, law)
    assert not benefits.has_jkk_scholarship(False, count, law)


@given(laws, incomes, incomes, shares, some.integers(0, 900))
def test_a_benefit_never_falls_when_the_base_rises(
    law: Law, one: int, other: int, share: int, days: int
) -> None:
    lower, higher = sorted((contributions.base_of_income(one, law), contributions.base_of_income(other, law)))
    for rule in (benefits.jkk_death_benefit, benefits.jkk_total_disability_benefit):
        assert rule(True, lower, law) <= rule(True, higher, law)
    for rule in (benefits.jkk_partial_disability_benefit, benefits.jkk_functional_disability_benefit):
        assert rule(True, lower, share, law) <= rule(True, higher, share, law)
    low, high = (benefits.temporary_incapacity_benefit(True, base, days, law) for base in (lower, higher))
    assert low <= high


@given(laws, incomes, incomes, some.sampled_from(range(len(PAYERS))), some.sampled_from(range(len(SECTORS))))
def test_a_contribution_never_falls_when_income_rises(
    law: Law, one: int, other: int, payer: int, sector: int
) -> None:
    lower, higher = sorted((one, other))
    owed = [
        contributions.contribution_owed(contributions.base_of_income(income, law), payer, sector, law)
        for income in (lower, higher)
    ]
    assert 0 < owed[0] <= owed[1]


@given(laws, some.integers(0, 400), some.integers(0, 400))
def test_more_days_off_work_never_pay_less(law: Law, days: int, more: int) -> None:
    base = law.lowest_base
    shorter = benefits.temporary_incapacity_benefit(True, base, days, law)
    assert shorter <= benefits.temporary_incapacity_benefit(True, base, days + more, law)


@given(laws, some.lists(some.booleans(), min_size=1, max_size=60))
def test_a_paid_month_is_covered_and_never_lowers_a_count(law: Law, paid: list[bool]) -> None:
    start, membership = month_of("2025-01"), NO_MEMBERSHIP
    for place, is_paid in enumerate(paid):
        month, before = start + place, membership.paid_months
        if is_paid:
            membership = after_payment(membership, month, law)
            assert is_covered(membership, month, law)
            assert membership.paid_months == before + 1
            assert after_payment(membership, month, law) == membership
        count = consecutive_months(membership, month, law)
        assert 0 <= count <= membership.paid_months


@settings(max_examples=300, deadline=None)
@given(persons)
def test_every_rupiah_has_a_provision(person: Person) -> None:
    explanation = explain(person)
    lines = explanation.to_json()["lines"]
    assert sum(line["amount"] for line in lines) == explanation.owed + explanation.paid
    assert all(line.provision in provisions() for line in explanation.lines)
    assert all(line["source"] and line["status"] for line in lines)


@settings(max_examples=200, deadline=None)
@given(persons)
def test_an_explanation_can_be_told_in_both_languages(person: Person) -> None:
    explanation = explain(person)
    assert explanation.to_text("id") != explanation.to_text("en")


@settings(max_examples=200, deadline=None)
@given(persons)
def test_who_never_paid_receives_nothing(person: Person) -> None:
    assert explain(replace(person, paid_months=0)).paid == 0


@given(laws, months, some.lists(some.integers(0, 22), max_size=2))
def test_the_yearly_payments_to_a_family_add_up_to_its_scholarship(
    law: Law, month: int, ages: list[int]
) -> None:
    first, second = (*ages, NO_CHILD, NO_CHILD)[:2]
    paid = [scholarship_of_family(first, second, years, law) for years in range(law.scholarship_end_age + 1)]
    assert sum(paid) == scholarship_in_all(ages, law)
    planned = scholarship_plan(ages, month, law)
    year = month // 12
    for years, amount in enumerate(paid[1:], start=1):
        assert amount == sum(school.amount for school in planned if school.year == year + years)
    assert scholarship_of_family(second, first, 0, law) == paid[0] or law.scholarship_maximum_children == 1


@given(laws, some.integers(0, 80), some.integers(0, 80))
def test_inside_the_waiting_time_no_scholarship_is_due(law: Law, completed: int, paid: int) -> None:
    is_due = benefits.is_jkm_scholarship_due(True, completed, paid, law)
    assert is_due == (completed >= law.jkm_waiting_months and paid >= law.jkm_scholarship_months)
    if benefits.jkm_death_benefit(True, completed, law) < benefits.jkm_death_benefit(True, 1000, law):
        assert not is_due
