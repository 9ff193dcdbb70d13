"""Training and food parcels: who gets them, what they cost, and that each effect can be switched off."""

from functools import cache

import numpy as np
import pytest

from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.status import CERTIFIED, INFORMAL, MASSAGE, NEVER, NOT_LISTED, SPONSORED, UNTRAINED
from jamsos_sim.model.steps.support_parcels import is_under_five
from jamsos_sim.model.support_terms import places_in
from jamsos_sim.model.world import World
from jamsos_sim.population.hardship_codes import BLINDNESS, DISABILITY, REMOTE_HOME, STUNTING, TUBERCULOSIS
from jamsos_sim.population.workers import NO_CHILD
from jamsos_sim.units import MONTHS_PER_YEAR, calendar_month, month_of
from tests.model.worlds import (
    clause,
    draft,
    draft_ledger,
    ledger,
    months_of,
    quantities_that_differ,
    row,
    world_under,
)

LAST = "2026-12"
COURSES = """training.months: [2, 7, 10], training.baking_places: 9_000, training.massage_places: 3_000,
  training.certified_places: 6_000"""
PARCELS = """parcels.months: [1, 4, 8], parcels.stunting: 4_000, parcels.tuberculosis: 3_000,
  parcels.disability: 2_000, parcels.remote: 2_000"""
BOTH = f"subsidy.duration_months: 14, {COURSES}, {PARCELS}"
NONE = "subsidy.duration_months: 14"
SURROUNDINGS = {
    "population.disability_at_20": 0.2,
    "population.disability_at_65": 0.2,
    "population.tuberculosis_share": 0.1,
    "population.stunted_share": 0.5,
    "population.remote_home_share": 0.1,
    "training.blind_share": 0.5,
    "training.completion": 0.8,
    "uptake.aware_at_start": 0.3,
}
EFFECTS = {
    "training.income_gain": 300_000.0,
    "training.formal_gain": 0.3,
    "training.continue_gain": 0.8,
    "parcels.income_share": 1.0,
    "contact.hear": 0.8,
    "contact.registration_help": 0.6,
}
"""Everything that a course or a parcel does to the rest of the city, and a size at which it shows."""
MOVED = {
    "training.income_gain": {"training_income_gain", "trained_at_work"},
    "training.formal_gain": {"trained_to_formal", "informal_workers"},
    "training.continue_gain": {"continued_trained", "self_paying", "self_contributions"},
    "parcels.income_share": {"parcels_income_gain"},
    "contact.hear": {"informed_at_contact"},
    "contact.registration_help": {"helped_registrations", "proposed"},
}
BESIDE = {"training.continue_gain": ("training.income_gain",)}
"""Effect to another without which it means nothing."""
OWN = {
    "trained_baking",
    "trained_massage",
    "trained_certified",
    "courses_completed",
    "training_cost",
    "parcels_stunting",
    "parcels_tuberculosis",
    "parcels_disability",
    "parcels_remote",
    "parcels_cost",
    "contacts",
}
"""Rows that tell of the support programmes alone."""
TRACES = {"trained_at_work", "trained_to_formal", "continued_trained", "informed_at_contact"}
TRACES |= {"helped_registrations", "parcels_income_gain"}


def body(levers: str, acting: tuple[str, ...]) -> str:
    """A draft with these levers from the start, in which only the effects named act."""
    switched = {key: size if key in acting else 0.0 for key, size in EFFECTS.items()}
    without = {"training.internship_formal_gain": 0.0, "training.equipment_gain": 0.0}
    values = SURROUNDINGS | switched | without
    lines = (f"  {key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in values.items())
    return clause(levers) + "assumptions:\n" + "".join(lines)


def place(levers: str, acting: tuple[str, ...] = ()) -> World:
    return world_under(draft(body(levers, acting)), 0, 2_000, LAST)


@cache
def run(levers: str, acting: tuple[str, ...] = ()) -> Totals:
    return run_kernel(draft(body(levers, acting)), place(levers, acting))


def test_without_places_and_parcels_a_run_is_the_same_bit_for_bit() -> None:
    idle = """training.months: [1, 2, 3], training.equipment: none, training.internship: none,
      training.priority: unlisted_first, parcels.months: [1, 2, 3], parcels.priority: longest_without"""
    assert not quantities_that_differ(draft_ledger(clause(idle)), ledger("program_berjalan"))


def test_places_and_parcels_without_months_change_nothing() -> None:
    idle = "training.months: [], training.baking_places: 9_000, parcels.months: [], parcels.remote: 9_000"
    assert not quantities_that_differ(draft_ledger(clause(idle)), ledger("program_berjalan"))


def test_with_every_effect_switched_off_only_recipients_and_costs_are_left() -> None:
    moved = quantities_that_differ(run(BOTH), run(NONE))
    assert moved <= OWN
    assert {"trained_massage", "parcels_remote", "training_cost", "parcels_cost", "contacts"} <= moved


@pytest.mark.parametrize("effect", list(EFFECTS))
def test_one_effect_alone_leaves_its_own_trace_and_none_of_another(effect: str) -> None:
    beside = BESIDE.get(effect, ())
    alone, silent = run(BOTH, (effect, *beside)), run(BOTH, beside)
    assert MOVED[effect] <= quantities_that_differ(alone, silent)
    acting = {"training.continue_gain", "training.income_gain", *beside, effect}
    still = {name for key, names in MOVED.items() if key not in acting for name in names & TRACES}
    assert all(row(alone, name).sum() == 0 for name in still)


@pytest.mark.parametrize("effect", list(EFFECTS))
def test_an_effect_set_to_zero_removes_its_trace_from_a_full_run(effect: str) -> None:
    every = tuple(EFFECTS)
    without = run(BOTH, tuple(key for key in every if key != effect))
    trace = next(iter(MOVED[effect] & TRACES))
    assert row(run(BOTH, every), trace).sum() > row(without, trace).sum()


def test_a_gain_in_income_reaches_what_the_contribution_weighs() -> None:
    gained = run(BOTH, ("training.income_gain",))
    assert {"recipients_earned", "self_payers_earned"} <= quantities_that_differ(gained, run(BOTH))


def test_what_courses_and_parcels_cost_is_their_number_times_their_price() -> None:
    totals, support = run(BOTH), place(BOTH).support
    certified = support.certified_cost + support.equipment_cost + support.internship_cost
    expected = row(totals, "trained_baking") * support.baking_cost
    expected += row(totals, "trained_massage") * support.massage_cost
    expected += row(totals, "trained_certified") * certified
    assert np.array_equal(row(totals, "training_cost"), expected)
    given = sum(row(totals, f"parcels_{group}") for group in ("stunting", "tuberculosis", "disability"))
    least = (given + row(totals, "parcels_remote")) * support.parcel_cost
    more = row(totals, "parcels_cost") - least
    assert np.all(more >= row(totals, "parcels_remote") * support.remote_cost)
    assert np.all(more % support.remote_cost == 0)


def test_courses_teach_those_whom_they_are_for_and_nobody_twice() -> None:
    before = np.zeros(len(place(BOTH).workers.birth_month), dtype=np.int8)
    for rules, kernel in months_of(draft(body(BOTH, ())), place(BOTH)):
        people = kernel.city.people
        size = people.training.size
        new = (people.training != before[:size]) & (before[:size] == UNTRAINED)
        assert np.array_equal(people.training[~new], before[:size][~new])
        assert np.all(people.hardship[new & (people.training == MASSAGE)] & BLINDNESS)
        assert np.all(people.hardship[(people.hardship & BLINDNESS) != 0] & DISABILITY)
        ceiling = rules.terms.policy.decile_ceiling
        assert np.all((people.recorded_decile[new] > 0) & (people.recorded_decile[new] <= ceiling))
        assert not new.any() or calendar_month(rules.moment.month) in (2, 7, 10)
        before[:size] = people.training
    assert np.count_nonzero(before == CERTIFIED) > 20


def test_parcels_go_to_families_in_need_once_a_month_and_to_no_high_decile_from_2025() -> None:
    groups = STUNTING | TUBERCULOSIS | DISABILITY | REMOTE_HOME
    found = 0
    for rules, kernel in months_of(draft(body(BOTH, ())), place(BOTH)):
        people, at = kernel.city.people, rules.moment.elapsed
        got = people.parcel_month == rules.moment.month
        names = ("stunting", "tuberculosis", "disability", "remote")
        counted = sum(int(row(kernel.city.ledger, f"parcels_{name}")[at]) for name in names)
        assert counted == np.count_nonzero(got)
        assert np.all(people.hardship[got] & groups)
        if rules.moment.month >= month_of("2025-01"):
            assert np.all(people.recorded_decile[got] <= rules.law.social_aid_decile_ceiling)
            found += counted
    assert found > 0


@pytest.mark.parametrize(
    ("priority", "status"), [("recipients_first", SPONSORED), ("unlisted_first", NOT_LISTED)]
)
def test_few_places_go_to_those_who_come_first(priority: str, status: int) -> None:
    few = f"training.months: [5], training.baking_places: 1_500, training.priority: {priority}"
    statuses: list[int] = []
    for rules, kernel in months_of(draft(body(few, ())), place(few)):
        people = kernel.city.people
        if calendar_month(rules.moment.month) == 4:
            before = people.status.copy()
        if calendar_month(rules.moment.month) == 5 and rules.moment.month > month_of("2024-01"):
            new = np.flatnonzero(people.trained_since == rules.moment.month)
            statuses += before[new[new < before.size]].tolist()
    assert len(statuses) > 10
    assert np.mean(np.array(statuses) == status) > 0.9


def test_turns_reach_more_families_than_the_poorest_first() -> None:
    few = "parcels.months: [1, 3, 5, 7, 9, 11], parcels.stunting: 1_000, parcels.priority: "
    turns, poorest = run(few + "longest_without"), run(few + "poorest_first")
    assert row(turns, "contacts").sum() > row(poorest, "contacts").sum()
    assert row(turns, "parcels_stunting").sum() == row(poorest, "parcels_stunting").sum()


def test_a_gain_in_income_lasts_for_its_months_and_only_at_informal_work() -> None:
    gains = ("training.income_gain",)
    for rules, kernel in months_of(draft(body(BOTH, gains)), place(BOTH, gains)):
        people, month = kernel.city.people, rules.moment.month
        age = month - people.trained_since
        lasting = (people.trained_since != NEVER) & (age > 0) & (age <= rules.terms.support.gain_months)
        earning = lasting & (people.presence == INFORMAL)
        at = rules.moment.elapsed
        assert row(kernel.city.ledger, "trained_at_work")[at] == np.count_nonzero(earning)
        assert row(kernel.city.ledger, "training_income_gain")[at] == people.income_gain[earning].sum()
    assert earning.any()


@pytest.mark.parametrize("places", [0, 1, 7, 100])
def test_the_places_of_a_year_are_shared_out_whole(places: int) -> None:
    training = draft(clause("training.months: [2, 3, 11]")).levers_at(month_of("2027-01")).training
    year = [places_in(training, places, month_of("2027-01") + month) for month in range(MONTHS_PER_YEAR)]
    assert sum(year) == places
    held = [year[month - 1] for month in training.months]
    assert max(held) - min(held) <= 1


def test_a_child_counts_from_birth_until_five() -> None:
    birth = month_of("2024-05")
    assert [is_under_five(birth, birth + age) for age in (-1, 0, 59, 60)] == [False, True, True, False]
    assert not is_under_five(NO_CHILD, birth)
