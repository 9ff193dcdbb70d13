"""No benefit without cover, and what perfect registries and certain claims must lead to."""

import numpy as np
import pytest

from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import ROW, Totals
from tests.model.worlds import clause, draft, row, world_under

WORKERS, LAST = 2_000, "2026-12"
DANGEROUS = "assumptions:\n" + "".join(
    f"  {key}: {{low: {value}, central: {value}, high: {value}}}\n"
    for key, value in {
        "risk.mortality_scalar": 8.0,
        "risk.true_accident_rate": 0.5,
        "claims.realised_first_year": 1.0,
        "claims.realised_mature": 1.0,
        "claims.death_delay_months": 1.0,
        "claims.accident_delay_months": 1.0,
    }.items()
)
CLAIMS = ("jkk_cases", "jkk_paid", "jkm_cases", "jkm_paid", "self_cases", "self_paid", "scholarships_paid")
COVERED_FAMILIES = (
    "families_full",
    "families_funeral_only",
    "families_gap_waiting",
    "families_work_death",
    "families_not_claimed",
)
DELAY = 1


def dangerous_ledger(levers: str, more: str = "", month: str = "2023-01") -> Totals:
    """A run in a world of many deaths and accidents, all of them claimed within a month."""
    scenario = draft(clause(levers, month) + DANGEROUS + more)
    return run_kernel(scenario, world_under(scenario, 0, WORKERS, LAST))


@pytest.mark.parametrize(
    "levers",
    ["places: 0", "budget.appropriation: 0", "budget.months_paid: 0", "verification.capacity_per_month: 0"],
)
def test_without_places_money_or_verified_people_nothing_is_claimed_and_nothing_paid(levers: str) -> None:
    ledger = dangerous_ledger(levers)
    for quantity in (*CLAIMS, *COVERED_FAMILIES, "city_contributions", "paid_person_months"):
        assert row(ledger, quantity).sum() == 0, quantity
    assert row(ledger, "covered_person_months").sum() == 0
    assert row(ledger, "self_contributions").sum() == 0
    assert row(ledger, "deaths").sum() > 200 and row(ledger, "accidents").sum() > 200
    assert row(ledger, "families_unprotected").sum() > 50


def test_the_same_world_with_the_programme_pays_many_claims() -> None:
    ledger = dangerous_ledger("places: 60_000, budget.appropriation: 10_000_000_000")
    for quantity in (
        "jkk_cases",
        "jkk_paid",
        "jkm_cases",
        "jkm_paid",
        "families_full",
        "families_work_death",
    ):
        assert row(ledger, quantity).sum() > 0, quantity


def test_deaths_and_accidents_are_the_same_whatever_the_programme_does() -> None:
    without = dangerous_ledger("places: 0")
    generous = dangerous_ledger("places: 200_000, budget.appropriation: 100_000_000_000")
    for quantity in ("deaths", "work_deaths", "accidents", "informal_workers", "vulnerable_workers"):
        assert np.array_equal(row(without, quantity), row(generous, quantity)), quantity
    assert row(without, "unprotected_loss").sum() > row(generous, "unprotected_loss").sum() > 0


def test_no_claim_arises_in_unpaid_months_when_arrears_are_not_covered() -> None:
    # Paid in March and April only, so that claims of May and later can arise from no month of the year.
    levers = "places: 60_000, budget.appropriation: 10_000_000_000"
    levers += ", budget.months_paid: 2, budget.first_paid_month: 3"
    strict = dangerous_ledger(levers, "reading: {U5: not_covered}\n")
    lenient = dangerous_ledger(levers, "reading: {U5: covered}\n")
    months = np.arange(strict.shape[1]) % 12 + 1
    may_be_paid = np.isin(months, (3 + DELAY, 4 + DELAY))
    for quantity in ("jkk_cases", "jkm_cases"):
        assert row(strict, quantity)[~may_be_paid].sum() == 0, quantity
        assert row(strict, quantity)[may_be_paid].sum() > 0, quantity
        assert row(lenient, quantity)[~may_be_paid].sum() > 0, quantity


def test_a_death_in_the_first_two_months_of_cover_pays_the_funeral_grant_only() -> None:
    ledger = dangerous_ledger("places: 60_000, budget.appropriation: 10_000_000_000", month="2025-01")
    cases, paid = row(ledger, "jkm_cases"), row(ledger, "jkm_paid")
    is_single = (cases > 0) & (row(ledger, "scholarships_paid") == 0)
    full = (paid[is_single] - 10_000_000 * cases[is_single]) / 32_000_000
    assert np.array_equal(full, full.astype(np.int64))
    assert np.any(full < cases[is_single]) and np.any(full > 0)
    assert row(ledger, "families_funeral_only").sum() > 0
    # Nobody had paid before 2025, so that nobody's waiting months can have started again before 2026.
    assert row(ledger, "families_gap_waiting")[:36].sum() == 0


def test_a_perfect_registry_puts_no_better_off_worker_on_the_list() -> None:
    body = clause("places: 60_000, budget.appropriation: 10_000_000_000")
    perfect = "".join(
        f"  {key}: {{low: 0, central: 0, high: 0}}\n"
        for key in (
            "registry.stale_share",
            "registry.misreported_share",
            "registry.unrecorded_share",
            "mobility.decile_up_annual",
            "mobility.decile_down_annual",
        )
    )
    scenario, faulty = draft(f"{body}assumptions:\n{perfect}"), draft(body)
    right = run_kernel(scenario, world_under(scenario, 0, WORKERS, LAST))
    wrong = run_kernel(faulty, world_under(faulty, 0, WORKERS, LAST))
    assert row(right, "enrolled_not_vulnerable").sum() == 0 < row(right, "enrolled").sum()
    assert row(wrong, "enrolled_not_vulnerable").sum() > 0


def test_when_everybody_is_known_as_insured_nobody_is_admitted() -> None:
    scenario = draft(
        clause("verification.insurer_matching: integrated")
        + "assumptions:\n  population.insured_elsewhere: {low: 1, central: 1, high: 1}\n"
        + "  verification.integrated_miss: {low: 0, central: 0, high: 0}\n"
    )
    ledger = run_kernel(scenario, world_under(scenario, 0, WORKERS, LAST))
    assert row(ledger, "admitted").sum() == 0 < row(ledger, "refused_insured").sum()
    assert ledger[ROW.enrolled].max() == 0 == sum(int(row(ledger, name).sum()) for name in CLAIMS)
