"""What a death or an injury leaves a household to live on, and what cover changes about it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.living_terms import Households
from jamsos_sim.model.status import FUNCTIONAL, PARTIAL, TEMPORARY, TOTAL
from jamsos_sim.model.steps.household import (
    Home,
    after_death,
    after_injury,
    children_born,
    home_of,
    is_poor_after,
    is_poor_before,
    members_of,
    standing_of,
    with_parcel,
)
from jamsos_sim.model.steps.injury import Injury
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION
from tests.model.worlds import SHIPPED, clause, draft, ledger, row, world, world_under

LINE = 684_232
OURS = Households(
    poverty_line=LINE,
    members_span_ppm=4_600_000,
    other_earner=CHANCE_SCALE // 2,
    other_income_ppm=800_000,
    bereaved_months=24,
    injured_months=6,
    mean_factor_ppm=PARTS_PER_MILLION,
)
DAYS = 30
MIDDLE = CHANCE_SCALE // 2
RUPIAH = st.integers(0, 100_000_000)
KINDS = ("bereaved", "injured")
AFTER = ("without_cover", "", "with_full_cover")


def poor(run: Totals, kind: str, how: str) -> int:
    return int(row(run, f"{kind}_poor_{how}" if how else f"{kind}_poor").sum())


def test_the_lump_sum_alone_does_not_carry_three_people_for_two_years() -> None:
    home = home_of(1_800_000, 2, MIDDLE, CHANCE_SCALE - 1, OURS)
    assert home == Home(members=4, income=1_800_000, other_income=0, spared=0)
    left = after_death(home, OURS)
    assert (left.members, left.means) == (3, 0)
    assert is_poor_after(left, 42_000_000, OURS)
    assert not is_poor_after(left, 3 * 24 * LINE, OURS) and is_poor_after(left, 3 * 24 * LINE - 1, OURS)


def test_another_earner_keeps_a_small_household_over_the_line() -> None:
    home = home_of(2_500_000, 0, 0, 0, OURS)
    assert home == Home(members=2, income=2_500_000, other_income=2_000_000, spared=0)
    assert not is_poor_before(home, 24, OURS) and not is_poor_after(after_death(home, OURS), 0, OURS)


def test_members_are_as_many_as_the_assumption_says_on_average_and_no_fewer_than_the_children() -> None:
    drawn = [step * CHANCE_SCALE // 2_000 for step in range(2_000)]
    assert np.mean([members_of(each, 0, OURS) for each in drawn]) == pytest.approx(3.8, abs=0.05)
    assert min(members_of(each, 0, OURS) for each in drawn) == 2
    assert min(members_of(each, 2, OURS) for each in drawn) == 3
    assert [children_born(-1, -1, 9), children_born(3, 12, 9), children_born(3, 9, 9)] == [0, 1, 2]


def test_an_injury_costs_care_and_days_and_a_disability_income_for_good() -> None:
    home = Home(3, 3_000_000, 0, 0)
    light = after_injury(home, Injury(TEMPORARY, 10, 2_000_000, 500_000), DAYS, OURS)
    assert light == (3, 6, 18_000_000 - 1_000_000 - 2_000_000)
    partial = after_injury(home, Injury(PARTIAL, 0, 0, 100_000), DAYS, OURS)
    functional = after_injury(home, Injury(FUNCTIONAL, 0, 0, 100_000), DAYS, OURS)
    assert partial.means == functional.means == 18_000_000 * 9 // 10
    assert after_injury(home, Injury(TOTAL, 10, 500_000, 0), DAYS, OURS).means == -500_000
    assert after_injury(home, Injury(TEMPORARY, 10_000, 0, 0), DAYS, OURS).means == 0


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.integers(0, 10_000_000), st.integers(0, 2), st.integers(0, CHANCE_SCALE - 1), RUPIAH, RUPIAH)
def test_a_benefit_never_makes_anybody_poor(
    usual: int, children: int, drawn: int, paid: int, full: int
) -> None:
    home = home_of(usual, children, drawn, drawn, OURS)
    injury = after_injury(home, Injury(PARTIAL, 20, 4_000_000, 90_000), DAYS, OURS)
    for left in (after_death(home, OURS), injury):
        standing = standing_of(home, left, paid, full, OURS)
        assert standing.without_cover >= standing.as_it_is >= standing.with_full_cover
    assert standing.without_cover >= standing.before


def test_a_parcel_of_the_month_counts_once_in_the_months_looked_at_with_the_event_and_without_it() -> None:
    short = 6 * (3 * LINE - 2_000_000)
    for spared, is_poor in ((0, True), (short - 1, True), (short, False)):
        home = with_parcel(Home(3, 2_000_000, 0, 0), spared)
        unhurt = after_injury(home, Injury(TEMPORARY, 0, 0, 0), DAYS, OURS)
        assert standing_of(home, unhurt, 0, 0, OURS) == (is_poor,) * 4
    home = with_parcel(Home(3, 2_000_000, 0, 0), 200_000)
    assert after_death(home, OURS).means == 200_000
    assert after_injury(home, Injury(TOTAL, 10, 500_000, 0), DAYS, OURS).means == 200_000 - 500_000


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SHIPPED)
def test_cover_takes_households_over_the_line_in_every_shipped_scenario(name: str, kind: str) -> None:
    run = ledger(name)
    households = int(row(run, f"{kind}_households").sum())
    without, as_they_are, full = (poor(run, kind, how) for how in AFTER)
    assert households >= without >= as_they_are >= full >= 0
    assert full < without


def test_without_the_programme_everybody_is_as_without_cover_and_more_places_leave_fewer_poor() -> None:
    many = "assumptions: {risk.mortality_scalar: {low: 6, central: 6, high: 6}}\n"
    runs = []
    for places in (0, 10_000, 80_000):
        levers = f"places: {places}, budget.appropriation: 40_000_000_000"
        scenario = draft(clause(levers) + many)
        runs.append(run_kernel(scenario, world_under(scenario, 0, 12_000, "2026-12")))
    assert poor(runs[0], "bereaved", "") == poor(runs[0], "bereaved", "without_cover")
    assert poor(runs[0], "injured", "") == poor(runs[0], "injured", "without_cover")
    shares = [poor(run, "bereaved", "") / row(run, "bereaved_households").sum() for run in runs]
    assert shares[0] > shares[1] > shares[2]


def test_a_higher_poverty_line_finds_more_poor_households_and_changes_nothing_else() -> None:
    where = world(0, 4_000)
    higher = replace(where, households=where.households._replace(poverty_line=2 * LINE))
    base, changed = run_kernel(draft(), where), run_kernel(draft(), higher)
    for kind in KINDS:
        assert poor(changed, kind, "before") > poor(base, kind, "before")
    for quantity in ("bereaved_households", "jkm_paid", "enrolled", "deaths"):
        assert np.array_equal(row(base, quantity), row(changed, quantity))


def test_the_line_of_the_province_is_the_central_assumption() -> None:
    assert load_assumptions()["household.poverty_line"].central == LINE
