"""What a food parcel spares a family is income of its month: who goes on paying, who is strained or poor."""

import itertools
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.reference import run_reference
from jamsos_sim.model.status import INFORMAL, NEVER, SELF_PAYING, SPONSORED
from jamsos_sim.model.steps.support_parcels import parcel_income_at_end, parcel_income_in
from jamsos_sim.model.support_terms import support_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import month_of
from tests.model.worlds import clause, draft, months_of, quantities_that_differ, row, world_under

LAST = "2026-06"
MANY = "10_000_000"
EVERY_MONTH = f"""parcels.months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], parcels.disability: {MANY},
  parcels.stunting: {MANY}"""
NO_PARCELS = "parcels.months: []"
FOR_A_YEAR = f"""places: {MANY}, budget.appropriation: 1_000_000_000_000, subsidy.renewal: none,
  subsidy.duration_months: 12"""
WITHOUT_END = f"places: {MANY}, budget.appropriation: 1_000_000_000_000"
PRICE = 200_000
ASSUMED = {
    "population.disability_at_20": 0.4,
    "population.disability_at_65": 0.4,
    "population.stunted_share": 0.5,
    "subsidy.continue_alone": 0.4,
    "subsidy.lapse_monthly": 0.1,
    "income.tight_share": 1.0,
    "income.poor_month_share": 0.3,
    "contact.hear": 0.0,
    "contact.registration_help": 0.0,
    "risk.true_accident_rate": 0.3,
    "parcels.parcel_cost": PRICE,
}
OF_PARCELS = {"parcels_stunting", "parcels_disability", "parcels_cost", "contacts"}
"""Rows that tell of the parcels themselves."""

Flags = npt.NDArray[np.bool_]


def town(levers: str, share: float, **assumed: float) -> Scenario:
    """A town in which most people need food, and a part of a parcel's price is income."""
    values = {**ASSUMED, "parcels.income_share": share}
    values |= {key.replace("__", "."): value for key, value in assumed.items()}
    lines = (f"  {key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in values.items())
    return draft(f"{clause(levers)}assumptions:\n{''.join(lines)}")


def place(scenario: Scenario, workers: int = 3_000) -> World:
    return world_under(scenario, 0, workers, LAST)


@cache
def run(levers: str, share: float, **assumed: float) -> Totals:
    scenario = town(levers, share, **assumed)
    return run_kernel(scenario, place(scenario))


@cache
def who_pays_alone(share: float) -> tuple[Flags, Flags]:
    """Month by person: who pays alone, and who has ever had a parcel."""
    scenario = town(f"{FOR_A_YEAR}, {EVERY_MONTH}", share)
    where = place(scenario)
    found = np.zeros(
        (2, where.period.stop - where.period.start, len(where.workers.birth_month)), dtype=np.bool_
    )
    for rules, kernel in months_of(scenario, where):
        people, at = kernel.city.people, rules.moment.elapsed
        found[0, at, : people.status.size] = people.status == SELF_PAYING
        found[1, at, : people.status.size] = people.parcel_month != NEVER
    return found[0], found[1]


def test_a_parcel_is_income_of_its_month_alone_and_at_the_end_of_a_subsidy_that_of_the_month_before() -> None:
    central = {key: each.central for key, each in load_assumptions().items()}
    support, month = support_of(central)._replace(parcel_income=150_000), month_of("2027-05")
    given = (month - 2, month - 1, month, NEVER)
    assert [parcel_income_in(month, each, support) for each in given] == [0, 0, 150_000, 0]
    assert [parcel_income_at_end(month, each, support) for each in given] == [0, 150_000, 150_000, 0]


@pytest.mark.parametrize(("share", "income"), [(0.0, 0), (0.75, 150_000), (1.0, 200_000)])
def test_a_share_of_the_price_is_income_and_the_longer_way_to_a_home_is_not(
    share: float, income: int
) -> None:
    central = {key: each.central for key, each in load_assumptions().items()}
    parcel = {
        "parcels.parcel_cost": 200_000.0,
        "parcels.income_share": share,
        "parcels.remote_cost": 50_000.0,
    }
    assert support_of(central | parcel).parcel_income == income


def test_where_no_part_is_income_parcels_leave_everything_else_as_it_is_bit_for_bit() -> None:
    with_parcels, without = (run(f"{FOR_A_YEAR}, {each}", 0.0) for each in (EVERY_MONTH, NO_PARCELS))
    moved = quantities_that_differ(with_parcels, without)
    assert moved == OF_PARCELS


def test_without_parcels_the_share_changes_nothing() -> None:
    runs = [run(f"{FOR_A_YEAR}, {NO_PARCELS}", share) for share in (0.0, 1.0)]
    assert not quantities_that_differ(*runs)


def test_every_parcel_spares_its_family_the_same() -> None:
    given = run(f"{FOR_A_YEAR}, {EVERY_MONTH}", 0.5)
    parcels = row(given, "parcels_stunting") + row(given, "parcels_disability")
    assert np.array_equal(row(given, "parcels_income_gain"), parcels * PRICE // 2)
    assert parcels.sum() > 10_000


def test_more_of_a_parcel_is_income_and_nobody_who_paid_alone_stops_for_it() -> None:
    runs = [who_pays_alone(share) for share in (0.0, 0.5, 1.0)]
    for (less, had), (more, _) in itertools.pairwise(runs):
        assert not np.any(less & ~more)
        assert np.all(had[more & ~less])
        assert more.sum() > less.sum()


def test_self_payers_whose_family_has_a_parcel_lapse_less() -> None:
    given, none = (run(f"{FOR_A_YEAR}, {EVERY_MONTH}", share) for share in (1.0, 0.0))
    lapsed = [
        row(each, "self_payers_lapsed").sum() / row(each, "self_payers_asked").sum() for each in (given, none)
    ]
    assert lapsed[0] < 0.95 * lapsed[1]
    assert row(none, "self_payers_asked").sum() > 1_000


def test_more_go_on_alone_when_the_subsidy_ends_though_that_month_has_brought_no_parcel_yet() -> None:
    given, none = (run(f"{FOR_A_YEAR}, {EVERY_MONTH}", share) for share in (1.0, 0.0))
    went_on = [
        row(each, "continued_alone").sum() / row(each, "subsidies_ended").sum() for each in (given, none)
    ]
    assert went_on[0] > 1.05 * went_on[1] > 0


def test_what_recipients_earn_rises_by_the_parcels_of_the_month_whatever_the_month_is_like() -> None:
    levers = f"{WITHOUT_END}, {EVERY_MONTH}"
    # Who goes on alone is put on no list, so that others would be on it.
    given, none = (run(levers, share, subsidy__continue_alone=0.0) for share in (1.0, 0.0))
    scenario = town(levers, 1.0, subsidy__continue_alone=0.0)
    gained = row(given, "recipients_earned") - row(none, "recipients_earned")
    for rules, kernel in months_of(scenario, place(scenario)):
        people = kernel.city.people
        at_work = (people.status == SPONSORED) & (people.presence == INFORMAL)
        reached = np.count_nonzero(at_work & (people.parcel_month == rules.moment.month))
        is_looked_at = rules.moment.elapsed % 3 == 2
        assert gained[rules.moment.elapsed] == reached * PRICE * is_looked_at
    assert gained.sum() > 0
    assert row(given, "recipients_strained").sum() < row(none, "recipients_strained").sum()


def test_a_parcel_lifts_injured_households_that_are_just_below_the_poverty_line() -> None:
    levers = f"{WITHOUT_END}, {EVERY_MONTH}"
    given, none = (run(levers, share, parcels__parcel_cost=4_000_000.0) for share in (1.0, 0.0))
    assert np.array_equal(row(given, "injured_households"), row(none, "injured_households"))
    for how in ("before", "without_cover", "with_full_cover"):
        poor = [row(each, f"injured_poor_{how}").sum() for each in (given, none)]
        assert poor[0] < poor[1]


def test_both_engines_agree_where_places_are_cut_after_the_parcels_of_the_month() -> None:
    cut = """places: {2023-01: 60_000, 2024-03: 20_000}, budget.appropriation: 1_000_000_000_000,
      subsidy.share: 0.5"""
    scenario = town(f"{cut}, {EVERY_MONTH}", 1.0)
    where = place(scenario, 600)
    ours = run_kernel(scenario, where)
    assert not quantities_that_differ(ours, run_reference(scenario, where))
    assert row(ours, "continued_alone").sum() > 0 and row(ours, "rest_unpaid_months").sum() > 0
