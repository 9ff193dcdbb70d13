"""Every lever moves some outcome, and so does every reading of the law that the model applies."""

import pytest

from jamsos_sim.law.readings import READINGS
from jamsos_sim.levers import all_levers
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from tests.model.worlds import (
    clause,
    draft,
    draft_ledger,
    ledger,
    quantities_that_differ,
    row,
    world_under,
)

OUTCOMES = {
    "enrolled",
    "covered_person_months",
    "city_contributions",
    "jkk_cases",
    "jkk_paid",
    "jkm_cases",
    "jkm_paid",
    "families_unprotected",
    "waiting",
    "months_waited",
    "refused_insured",
    "enrolled_not_vulnerable",
    "death_grants_paid",
    "outreach_cost",
    "training_cost",
    "training_income_gain",
    "parcels_cost",
    "contacts",
}

CHANGES = {
    "eligibility.decile_ceiling": "eligibility.decile_ceiling: 2",
    "eligibility.income_ceiling": "eligibility.income_ceiling: 400_000",
    "eligibility.minimum_age": "eligibility.minimum_age: 50",
    "places": "places: 10_000",
    "list.cohort_months": "list.cohort_months: [6]",
    "list.candidates_per_place": "list.candidates_per_place: 1.0",
    "list.priority": "list.priority: riskiest_trade_first",
    "list.territorial_split": "list.territorial_split: equal_by_kelurahan",
    "verification.capacity_per_month": "verification.capacity_per_month: 1_000",
    "verification.insurer_matching": "verification.insurer_matching: none",
    "verification.civil_matching": "verification.civil_matching: list",
    "verification.ground_check_share": "verification.ground_check_share: 0.5",
    "verification.repeat_months": "verification.repeat_months: 3",
    "registry.refresh_months": "registry.refresh_months: 24",
    "kelurahan.cadre_capacity": "kelurahan.cadre_capacity: 0",
    "kelurahan.deliberation": "kelurahan.deliberation: held",
    "registration.capacity_per_month": "registration.capacity_per_month: 500",
    "registration.grouping": "registration.grouping: community",
    "coordination.desks": "coordination.desks: shared",
    "contribution.declared_base": "contribution.declared_base: 2_000_000",
    "subsidy.duration_months": "subsidy.duration_months: 12",
    "subsidy.renewal": "subsidy.renewal: none",
    "claims.assistance_share": "claims.assistance_share: 1.0",
    "outreach.meetings": "outreach.meetings: 0.5",
    "budget.appropriation": "budget.appropriation: 2_000_000_000",
    "budget.months_paid": "budget.months_paid: {2024-01: 8}",
    "budget.first_paid_month": "budget.first_paid_month: {2024-01: 1}",
    "budget.unit_price": "budget.unit_price: 20_000",
    "budget.shortfall": "budget.shortfall: fewer_people",
    "budget.transfer_delay_months": "budget.transfer_delay_months: 3",
    "budget.outreach": "budget.outreach: 100_000_000",
    "budget.data": "budget.data: 10_000_000",
    "funding.order": "funding.order: [csr, city]",
    "funding.province": "funding.province: 1_000_000_000",
    "funding.village": "funding.village: 1_000_000_000",
    "funding.csr": "funding.csr: 1_000_000_000",
    "funding.baznas": "funding.baznas: 1_000_000_000",
    "funding.donors": "funding.donors: 1_000_000_000",
    "subsidy.share": "subsidy.share: 0.5",
    "death_grant.rule": "death_grant.rule: kept",
    "training.months": "training.months: [2]",
    "training.baking_places": "training.baking_places: 40_000",
    "training.massage_places": "training.massage_places: 40_000",
    "training.certified_places": "training.certified_places: 20_000",
    "training.equipment": "training.equipment: none",
    "training.internship": "training.internship: none",
    "training.priority": "training.priority: unlisted_first",
    "parcels.months": "parcels.months: [3]",
    "parcels.stunting": "parcels.stunting: 5_000",
    "parcels.tuberculosis": "parcels.tuberculosis: 5_000",
    "parcels.disability": "parcels.disability: 5_000",
    "parcels.remote": "parcels.remote: 5_000",
    "parcels.priority": "parcels.priority: longest_without",
}

CUT = "budget.appropriation: {2023: 3_024_000_000, 2026: 2_100_000_000}"
TWO_PAYERS = "places: 60_000, funding.csr: 1_000_000_000"

BESIDE = {
    "kelurahan.cadre_capacity": "claims.assistance_share: 1.0",
    "subsidy.renewal": "subsidy.duration_months: 12",
    "budget.shortfall": CUT,
    "funding.order": TWO_PAYERS,
    "training.months": "training.certified_places: 20_000",
    "training.equipment": "training.certified_places: 20_000",
    "training.internship": "training.certified_places: 20_000",
    "training.priority": "training.certified_places: 20_000",
    "parcels.months": "parcels.stunting: 1_000",
    "parcels.stunting": "parcels.months: [6]",
    "parcels.tuberculosis": "parcels.months: [6]",
    "parcels.disability": "parcels.months: [6]",
    "parcels.remote": "parcels.months: [6]",
    "parcels.priority": "parcels.stunting: 500, parcels.months: [1, 6, 9]",
}
"""Lever to other levers without which it means nothing."""

MANY_EVENTS = """assumptions:
  risk.mortality_scalar: {low: 5, central: 5, high: 5}
  risk.true_accident_rate: {low: 0.3, central: 0.3, high: 0.3}
  claims.realised_first_year: {low: 1, central: 1, high: 1}
  claims.realised_mature: {low: 1, central: 1, high: 1}
  subsidy.continue_alone: {low: 1, central: 1, high: 1}
  subsidy.lapse_monthly: {low: 0, central: 0, high: 0}
"""
GENEROUS = "places: 60_000, budget.appropriation: 20_000_000_000"
PLACES_CUT = "places: {2023-01: 60_000, 2026-01: 20_000}, budget.appropriation: 20_000_000_000"
LATE = f"{GENEROUS}, budget.transfer_delay_months: 1"
MUCH_TOO_LATE = f"{GENEROUS}, budget.transfer_delay_months: 4"
WITH_COMPANIES = "places: 60_000, funding.order: [csr, city], funding.csr: 3_000_000_000"
EIGHT_MONTHS = f"{GENEROUS}, budget.months_paid: 8, budget.first_paid_month: 2"

ACTING = {
    ("U1", "always"): (GENEROUS, {"jkm_paid", "families_funeral_only"}),
    ("U1", "from_2021_04"): (GENEROUS, {"jkm_paid", "families_funeral_only"}),
    ("U2", "more_than_3"): (EIGHT_MONTHS, {"jkm_paid", "families_full"}),
    ("U2", "ninety_days"): (EIGHT_MONTHS, {"jkm_paid", "families_full"}),
    ("U3", "resets_on_any_gap"): (GENEROUS, {"jkm_paid", "families_gap_waiting", "gap_waiting_loss"}),
    ("U3", "keeps"): (EIGHT_MONTHS, {"jkm_paid", "families_gap_waiting", "gap_waiting_loss"}),
    ("U4", "consecutive"): (EIGHT_MONTHS, {"scholarships_paid"}),
    ("U5", "covered"): (GENEROUS, {"covered_person_months", "jkm_cases", "jkk_cases", "families_gap"}),
    ("U5", "not_covered"): (LATE, {"covered_person_months", "jkm_cases", "families_gap"}),
    ("U6", "city_liable"): (MUCH_TOO_LATE, {"liability_paid", "families_gap", "covered_person_months"}),
    ("U6", "insurer_pays"): (MUCH_TOO_LATE, {"jkm_paid", "jkk_paid", "families_gap"}),
    ("U7", "not_discounted"): (WITH_COMPANIES, {"csr_contributions", "city_contributions"}),
    ("U9", "extended"): (PLACES_CUT, {"self_contributions"}),
    ("U10", "included_from_2027"): (GENEROUS, {"city_contributions"}),
    ("U18", "stops_at_65"): (GENEROUS, {"covered_person_months", "jkm_cases"}),
    ("U22", "full_offset"): (GENEROUS, {"jkk_paid", "unprotected_loss"}),
    ("U20", "allowed_for_second_job"): (GENEROUS, {"refused_insured", "enrolled_not_vulnerable"}),
}
"""Reading and option to levers under which it acts, and outcomes that it then moves."""

ACTS_ELSEWHERE = {key: reading.outside_model for key, reading in READINGS.items() if reading.outside_model}
"""Readings that the calculator of one person applies and the model of the city does not, and why."""


def eventful_ledger(levers: str, reading: str = "") -> Totals:
    """A run in a small world full of deaths, accidents and self-payers."""
    scenario = draft(clause(levers) + MANY_EVENTS + reading)
    return run_kernel(scenario, world_under(scenario, 0, 3_000, "2030-12"))


def test_there_is_a_change_for_every_lever() -> None:
    assert set(CHANGES) == set(all_levers())


@pytest.mark.parametrize("lever", list(CHANGES))
def test_every_lever_moves_some_outcome(lever: str) -> None:
    beside = BESIDE.get(lever, "")
    without = draft_ledger(clause(beside)) if beside else ledger("program_berjalan")
    changed = draft_ledger(clause(f"{beside}, {CHANGES[lever]}" if beside else CHANGES[lever]))
    moved = quantities_that_differ(changed, without)
    assert moved & OUTCOMES, moved


def test_a_draft_that_changes_nothing_moves_nothing() -> None:
    same = draft_ledger(clause("places: {2025-01: 25_000}", "2025-01"))
    assert not quantities_that_differ(same, ledger("program_berjalan"))
    assert not quantities_that_differ(draft_ledger(""), ledger("program_berjalan"))


def test_every_reading_acts_in_the_model_or_is_said_to_act_elsewhere() -> None:
    options = {(key, option) for key, reading in READINGS.items() for option in reading.options}
    defaults = {(key, reading.default) for key, reading in READINGS.items()}
    elsewhere = {(key, option) for key, option in options if key in ACTS_ELSEWHERE}
    assert set(ACTS_ELSEWHERE) == {"U8"}
    assert options == set(ACTING) | elsewhere | defaults
    assert not set(ACTING) & (elsewhere | defaults)


@pytest.mark.parametrize(("question", "option"), list(ACTING))
def test_a_reading_moves_the_outcomes_it_is_about(question: str, option: str) -> None:
    levers, expected = ACTING[question, option]
    read = eventful_ledger(levers, f"reading: {{{question}: {option}}}\n")
    assert expected <= quantities_that_differ(read, eventful_ledger(levers))


@pytest.mark.parametrize("question", list(ACTS_ELSEWHERE))
def test_a_reading_that_acts_elsewhere_leaves_the_model_alone(question: str) -> None:
    default = eventful_ledger(GENEROUS)
    for option in READINGS[question].options:
        read = eventful_ledger(GENEROUS, f"reading: {{{question}: {option}}}\n")
        assert not quantities_that_differ(read, default)


def test_a_lenient_reading_covers_more_person_months_and_a_relief_costs_less() -> None:
    default = eventful_ledger(GENEROUS)
    lenient = eventful_ledger(GENEROUS, "reading: {U5: covered}\n")
    gained = row(lenient, "covered_person_months") - row(default, "covered_person_months")
    is_unpaid = (row(default, "paid_person_months") == 0) & (row(default, "enrolled") > 0)
    assert gained.sum() > 0.5 * row(default, "enrolled")[is_unpaid].sum() > 0
    relieved = eventful_ledger(GENEROUS, "reading: {U10: included_from_2027}\n")
    window = slice(48, None)
    assert (
        row(relieved, "city_contributions")[window].sum() < row(default, "city_contributions")[window].sum()
    )
    assert row(relieved, "paid_person_months").sum() >= row(default, "paid_person_months").sum()
