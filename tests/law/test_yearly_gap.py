"""What a yearly gap of unpaid months does to families: the readings U3 and U5, run through the model.

The current programme pays from March to December, so two months of every year are unpaid and nobody pays them
later. Nine paid months leave three unpaid ones, and the membership lapses.
"""

from functools import cache

import pytest

from jamsos_sim.law.coverage import Membership, after_payment, completed_months, is_covered
from jamsos_sim.law.in_force import law_of
from jamsos_sim.law.readings import READINGS
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.units import month_of
from tests.model.worlds import clause, draft, row, world_under

RULE_BEGINS = month_of("2025-02") - month_of("2023-01")
"""Months of the run before the three-month rule."""
MANY_DEATHS = """assumptions:
  risk.mortality_scalar: {low: 5, central: 5, high: 5}
  claims.realised_first_year: {low: 1, central: 1, high: 1}
  claims.realised_mature: {low: 1, central: 1, high: 1}
"""
PLENTY = "places: 60_000, budget.appropriation: 20_000_000_000"
TEN_MONTHS = f"{PLENTY}, budget.months_paid: 10, budget.first_paid_month: 3"
NINE_MONTHS = f"{PLENTY}, budget.months_paid: 9, budget.first_paid_month: 4"


@cache
def run(levers: str, reading: str = "") -> Totals:
    """Four years of a small city with many deaths, 2023 to 2026."""
    words = f"reading: {{{reading}}}\n" if reading else ""
    scenario = draft(clause(levers) + MANY_DEATHS + words)
    return run_kernel(scenario, world_under(scenario, 0, 9_000, "2026-12"))


def count(totals: Totals, quantity: str) -> int:
    """A quantity summed over the months under the three-month rule."""
    return int(row(totals, quantity)[RULE_BEGINS:].sum())


def funeral_only(totals: Totals) -> int:
    """Families that received only the funeral grant, as new members or because the waiting started again."""
    return count(totals, "families_funeral_only") + count(totals, "families_gap_waiting")


def test_the_defaults_are_the_stated_ones() -> None:
    assert READINGS["U3"].default == "resets_on_lapse"
    assert READINGS["U5"].default == "if_arrears_paid"
    default = run(TEN_MONTHS)
    assert (default == run(TEN_MONTHS, "U3: resets_on_lapse")).all()
    assert (default == run(TEN_MONTHS, "U5: if_arrears_paid")).all()


def test_a_gap_of_two_months_leaves_the_full_benefit_unless_every_gap_restarts_the_count() -> None:
    default, strict = run(TEN_MONTHS), run(TEN_MONTHS, "U3: resets_on_any_gap")
    kept = run(TEN_MONTHS, "U3: keeps")
    lost = funeral_only(strict) - funeral_only(default)
    assert lost >= 5
    assert count(default, "families_full") - count(strict, "families_full") == lost
    assert count(kept, "families_full") >= count(default, "families_full")
    assert funeral_only(kept) <= funeral_only(default)


def test_a_gap_of_three_months_is_a_lapse_and_takes_the_full_benefit_unless_the_count_is_kept() -> None:
    default, kept = run(NINE_MONTHS), run(NINE_MONTHS, "U3: keeps")
    strict = run(NINE_MONTHS, "U3: resets_on_any_gap")
    assert count(default, "families_full") == count(strict, "families_full")
    gained = count(kept, "families_full") - count(default, "families_full")
    assert gained >= 5
    assert funeral_only(default) - funeral_only(kept) == gained
    assert count(kept, "families_gap_waiting") == 0
    assert gained <= count(default, "families_gap_waiting")


def test_a_family_loses_thirty_two_million_by_the_reading_of_one_word() -> None:
    default, strict = run(TEN_MONTHS), run(TEN_MONTHS, "U3: resets_on_any_gap")
    law = law_of(month_of("2026-03"))
    full = law.jkm_lump_sum + law.jkm_periodic_months * law.jkm_periodic_monthly + law.jkm_funeral
    assert (full, law.jkm_within_waiting) == (42_000_000, 10_000_000)
    assert count(default, "jkm_cases") == count(strict, "jkm_cases")
    difference = full - law.jkm_within_waiting
    assert count(default, "jkm_paid") - count(strict, "jkm_paid") >= 5 * difference
    for totals in (default, strict):
        assert count(totals, "gap_waiting_loss") == difference * count(totals, "families_gap_waiting")
    # By the default only whoever had lost a place and came back begins anew.
    assert count(strict, "families_gap_waiting") > 10 * count(default, "families_gap_waiting")


def test_a_new_member_within_the_first_months_lost_nothing_to_a_gap() -> None:
    default, strict = run(TEN_MONTHS), run(TEN_MONTHS, "U3: resets_on_any_gap")
    assert count(default, "families_funeral_only") > 0
    assert count(strict, "families_funeral_only") <= count(default, "families_funeral_only")
    assert count(strict, "families_funeral_only") > 0


def test_cover_in_the_gap_is_the_reading_of_the_arrears() -> None:
    default, lenient = run(TEN_MONTHS), run(TEN_MONTHS, "U5: covered")
    gaps = [place for place in range(RULE_BEGINS, default.shape[1]) if place % 12 < 2]
    assert row(default, "covered_person_months")[gaps].sum() == 0
    assert row(lenient, "covered_person_months")[gaps].sum() > 0
    assert count(lenient, "families_gap") < count(default, "families_gap")
    assert count(lenient, "families_full") > count(default, "families_full")


def test_arrears_that_nobody_pays_are_covered_neither_if_paid_nor_at_all() -> None:
    assert (run(TEN_MONTHS) == run(TEN_MONTHS, "U5: not_covered")).all()


@pytest.mark.parametrize(
    ("unpaid", "reading", "completed"),
    [
        (1, "resets_on_lapse", 9),
        (2, "resets_on_lapse", 9),
        (3, "resets_on_lapse", 0),
        (2, "resets_on_any_gap", 0),
        (3, "keeps", 9),
    ],
)
def test_the_count_on_return_in_the_first_month_paid_again(unpaid: int, reading: str, completed: int) -> None:
    law = law_of(month_of("2026-03"), {"U3": reading})
    last, back = month_of("2025-12"), month_of("2025-12") + unpaid + 1
    returned = after_payment(Membership(last, last - 8, 9), back, law)
    assert completed_months(returned, back, law) == completed
    assert is_covered(returned, back, law)
