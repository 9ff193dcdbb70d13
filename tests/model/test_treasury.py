"""What the city decides on its money: fewer months or fewer people, shares, lines, late transfers, grants."""

from functools import cache

import numpy as np
import pytest

from jamsos_sim.law.calendar import Payment, coverage_calendar
from jamsos_sim.law.coverage import NO_MEMBERSHIP, after_payment
from jamsos_sim.law.in_force import law_of
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.status import INFORMAL, NEVER
from jamsos_sim.model.steps.cover import Arrival, cover_of
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import MONTHS_PER_YEAR, month_of
from tests.model.worlds import (
    Counts,
    by_year,
    clause,
    draft,
    draft_ledger,
    ledger,
    months_of,
    row,
    world,
    world_under,
)

YEAR_2027 = slice(48, 60)
FIRST = month_of("2026-03")
AGE = 40
DEATH_GRANT = 4_000_000


@cache
def run(levers: str, reading: str = "", month: str = "2023-01") -> Totals:
    return draft_ledger(clause(levers, month) + reading)


def test_fewer_months_pays_everybody_in_the_last_months_of_the_year() -> None:
    fewer = ledger("bulan_dikurangi")
    paid = row(fewer, "paid_person_months")[YEAR_2027]
    enrolled = row(fewer, "enrolled")[YEAR_2027]
    paying = np.flatnonzero(paid)
    assert paying.tolist() == list(range(paying[0], MONTHS_PER_YEAR)) and 5 <= paying[0] <= 8
    assert np.all(paid[paying] >= 0.97 * enrolled[paying])
    lasting = row(ledger("pemangkasan_anggaran"), "paid_person_months")[YEAR_2027]
    assert np.flatnonzero(lasting)[0] == 2 and lasting[-1] == 0


def test_fewer_people_pays_a_shorter_list_in_all_planned_months() -> None:
    fewer, cut = ledger("orang_dikurangi"), ledger("pemangkasan_anggaran")
    paid = row(fewer, "paid_person_months")[YEAR_2027]
    assert np.flatnonzero(paid).tolist() == list(range(2, MONTHS_PER_YEAR))
    assert row(fewer, "unfunded_person_months")[36:].sum() == 0
    assert row(fewer, "enrolled")[36] < 0.6 * row(cut, "enrolled")[36]
    assert row(fewer, "enrolled")[35] == row(cut, "enrolled")[35]


def test_a_shortfall_rule_does_nothing_while_the_money_carries_the_list() -> None:
    for rule in ("fewer_months", "fewer_people"):
        assert np.array_equal(run(f"budget.shortfall: {rule}"), ledger("program_berjalan")), rule


def paid_for(scenario: Scenario, workers: int) -> Counts:
    """Month by person: whether a contribution is paid for the month."""
    where = world_under(scenario, 0, workers, "2026-12")
    paid = []
    for rules, kernel in months_of(scenario, where):
        people = kernel.everybody.people
        is_here = people.presence == INFORMAL
        paid.append((people.last_paid_month == rules.moment.month) & is_here)
    return np.array(paid)


PLENTY = (
    "places: 10_000_000, budget.appropriation: 10_000_000_000_000, "
    "verification.capacity_per_month: 10_000_000"
)
LASTING = """assumptions:
  subsidy.continue_alone: {low: 0, central: 0, high: 0}
"""


def test_a_higher_share_never_takes_a_paid_month_from_anybody() -> None:
    shares = (0.2, 0.6, 1.0)
    runs = [paid_for(draft(clause(f"{PLENTY}, subsidy.share: {share}") + LASTING), 1_500) for share in shares]
    for lower, higher in ((0, 1), (1, 2)):
        # Fewer deaths are settled where fewer are covered, and settled deaths free places; all have a place.
        assert np.all(runs[higher] >= runs[lower])
        assert runs[higher].sum() > 1.1 * runs[lower].sum()


def test_a_share_splits_the_contribution_to_the_rupiah() -> None:
    totals = run("subsidy.share: 0.333")
    months = row(totals, "paid_person_months")
    assert np.array_equal(row(totals, "city_contributions"), months * 5_594)
    assert np.array_equal(row(totals, "recipient_contributions"), months * (16_800 - 5_594))
    assert row(totals, "rest_unpaid_months").sum() > 0


@pytest.mark.parametrize("reading", ["if_arrears_paid", "not_covered", "covered"])
@pytest.mark.parametrize("delay", [0, 1, 2])
def test_late_transfers_cover_the_months_that_the_calendar_of_the_law_covers(
    reading: str, delay: int
) -> None:
    law = law_of(FIRST, {"U5": reading})
    paid_months = range(FIRST, FIRST + 6)
    calendar = coverage_calendar(
        [Payment(month, month + delay) for month in paid_months], FIRST, FIRST + 12, law
    )
    membership, found = NO_MEMBERSHIP, []
    for month in range(FIRST, FIRST + 12):
        if month in paid_months:
            membership = after_payment(membership, month, law)
        found.append(cover_of(membership, Arrival(FIRST, NEVER, delay), AGE, month, law).is_covered)
    assert found == [each.is_covered for each in calendar]
    assert sum(found) > 0 or (reading, delay > 0) == ("not_covered", True)


def test_the_longer_the_delay_the_fewer_months_are_covered_and_contributions_stay() -> None:
    runs = [run(f"budget.transfer_delay_months: {delay}") for delay in (0, 1, 2, 3)]
    covered = [int(row(totals, "covered_person_months").sum()) for totals in runs]
    assert covered[0] > covered[1] >= covered[2] > covered[3] == 0
    assert all(row(totals, "late_person_months").sum() > 0 for totals in runs[1:])


def test_who_bears_the_benefit_of_a_late_transfer_is_the_reading_of_u6() -> None:
    late = "places: 60_000, budget.appropriation: 20_000_000_000, budget.transfer_delay_months: 4"
    on_time = run(late.replace("delay_months: 4", "delay_months: 0"))
    loses, liable, insurer = (
        run(late, f"reading: {{U6: {option}}}\n")
        for option in ("recipient_loses", "city_liable", "insurer_pays")
    )
    assert row(loses, "jkm_paid").sum() == row(loses, "liability_paid").sum() == 0
    assert row(liable, "liability_paid").sum() > 0 and row(liable, "jkm_paid").sum() == 0
    assert row(insurer, "jkm_paid").sum() == row(on_time, "jkm_paid").sum() > 0
    for name in ("families_full", "families_funeral_only"):
        assert row(liable, name).sum() == row(on_time, name).sum()


@pytest.mark.parametrize(("line", "cost"), [("outreach", "outreach_cost")])
def test_a_line_is_never_overspent_and_without_a_ceiling_nothing_is_held_back(line: str, cost: str) -> None:
    ceiling = 300_000_000
    bounded, free = run(f"budget.{line}: {ceiling}"), ledger("program_berjalan")
    assert 0 < by_year(bounded, cost).max() <= world().scale.of(ceiling) < by_year(free, cost).max()
    assert row(bounded, "meetings").sum() < row(free, "meetings").sum()


def test_the_data_line_is_never_overspent_and_files_wait_when_it_is_used_up() -> None:
    levers = "verification.ground_check_share: 1.0"
    ceiling = 300_000_000
    bounded, free = run(f"{levers}, budget.data: {ceiling}"), run(levers)
    costs = ("refresh_cost", "insurer_check_cost", "civil_check_cost", "ground_check_cost")
    spent = np.sum([by_year(bounded, cost) for cost in costs], axis=0)
    assert 0 < spent.max() <= world().scale.of(ceiling)
    assert row(bounded, "ground_checks").sum() < row(free, "ground_checks").sum()
    assert row(bounded, "in_verification").max() > 0


def test_the_grant_is_paid_or_avoided_for_the_same_families() -> None:
    replaced, kept, none = (run(f"death_grant.rule: {rule}") for rule in ("replaced", "kept", "none"))
    avoided = row(replaced, "death_grants_avoided")
    assert avoided.sum() > 0 and np.array_equal(avoided, row(kept, "death_grants"))
    assert np.array_equal(row(kept, "death_grants_paid"), DEATH_GRANT * avoided)
    assert np.array_equal(row(replaced, "death_grants_avoided_cost"), DEATH_GRANT * avoided)
    for name in ("death_grants", "death_grants_avoided", "death_grants_paid", "death_grants_avoided_cost"):
        assert row(none, name).sum() == 0
    assert np.all(avoided <= row(replaced, "deaths"))
