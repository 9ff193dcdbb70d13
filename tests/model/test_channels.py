"""Ways into the programme: switching one off removes its effect and nothing else, person by person."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.status import SPONSORED
from tests.model.worlds import REGION, clause, draft, months_of, row, world_under

WORKERS, LAST = 4_000, "2025-12"
OPEN_DOORS = (
    "places: 10_000_000, budget.appropriation: 10_000_000_000_000, "
    "verification.capacity_per_month: 10_000_000, "
    "registration.capacity_per_month: 10_000_000, coordination.desks: shared, "
    "eligibility.income_ceiling: null, "
    "verification.insurer_matching: integrated, eligibility.minimum_age: 15"
)
STANDING_STILL = {
    "registry.stale_share": 0,
    "registry.misreported_share": 0,
    "registry.unrecorded_share": 0,
    "mobility.to_formal_annual": 0,
    "mobility.moving_out_annual": 0,
    "mobility.retirement_annual": 0,
    "mobility.decile_up_annual": 0,
    "mobility.decile_down_annual": 0,
    "verification.integrated_miss": 0,
    "risk.mortality_scalar": 5,
    "claims.realised_first_year": 1,
    "claims.realised_mature": 1,
    "uptake.aware_at_start": 0.2,
    "uptake.application_annual": 0.3,
    "uptake.hear_from_peers_monthly": 0.2,
    "uptake.hear_of_claim": 0.6,
    "uptake.return_monthly": 0.3,
    "uptake.spillover_share": 1,
    "uptake.group_joins": 0.6,
}
"""Every channel is wide; registries are right and nobody moves, so that a file always gets one answer."""


class Course(NamedTuple):
    """Month by person: whether enrolled, whether aware, and what befell the person."""

    enrolled: npt.NDArray[np.bool_]
    aware: npt.NDArray[np.bool_]
    fate: npt.NDArray[np.int64]


@cache
def course(levers: str = "", **assumptions: float) -> Course:
    """A run with these levers and assumptions (two underscores for a dot) beside the open doors."""
    values = STANDING_STILL | {key.replace("__", "."): value for key, value in assumptions.items()}
    fixed = "".join(f"  {key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in values.items())
    chosen = {"outreach.meetings": "0.1", "list.cohort_months": "[]"}
    chosen |= dict(part.split(": ", 1) for part in levers.split("; ") if part)
    own = ", ".join(f"{lever}: {value}" for lever, value in chosen.items())
    scenario = draft(f"{clause(f'{OPEN_DOORS}, {own}')}assumptions:\n{fixed}")
    where = world_under(scenario, 0, WORKERS, LAST)
    seen = np.zeros((3, 36, where.workers.birth_month.size), dtype=np.int64)
    for rules, kernel in months_of(scenario, where):
        people = kernel.city.people
        at = (slice(None), rules.moment.elapsed, slice(people.status.size))
        seen[at] = people.status == SPONSORED, people.is_aware, people.presence * 16 + people.event
    return Course(seen[0] == 1, seen[1] == 1, seen[2])


CHANNELS = {
    "list push": (("list.cohort_months: []", {}), ("list.cohort_months: [3]", {})),
    "self-application": (("", {"uptake__application_annual": 0}), ("", {})),
    "peers": (("", {"uptake__hear_from_peers_monthly": 0}), ("", {})),
    "meetings": (("outreach.meetings: 0.0", {}), ("", {})),
    "what a meeting adds": (("", {"uptake__meeting_gain": 0}), ("", {})),
    "spillover of a meeting": (("", {"uptake__spillover_share": 0}), ("", {})),
    "a claim nearby": (("", {"uptake__hear_of_claim": 0}), ("", {})),
    "return after a failed attempt": (("", {"uptake__return_monthly": 0}), ("", {})),
    "attempts that pass": (("", {"uptake__attempt_failure": 0.6}), ("", {"uptake__attempt_failure": 0.0})),
    "groups": (("", {}), ("registration.grouping: community", {})),
}
"""Channel to a run without it and a run with it."""


@pytest.mark.parametrize("channel", CHANNELS)
def test_whoever_enrols_without_a_channel_enrols_also_with_it_and_no_later(channel: str) -> None:
    (levers, changed), (levers_with, changed_with) = CHANNELS[channel]
    without, with_it = course(levers, **changed), course(levers_with, **changed_with)
    assert np.all(with_it.enrolled >= without.enrolled)
    assert np.all(with_it.aware >= without.aware)
    assert with_it.enrolled.sum() > without.enrolled.sum() > 0


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_changes_nobodys_luck(channel: str) -> None:
    (levers, changed), (levers_with, changed_with) = CHANNELS[channel]
    without, with_it = course(levers, **changed), course(levers_with, **changed_with)
    assert np.array_equal(without.fate, with_it.fate)


@pytest.mark.parametrize("channel", ["peers", "a claim nearby"])
def test_a_channel_of_news_changes_only_those_who_hear_through_it(channel: str) -> None:
    (levers, changed), (levers_with, changed_with) = CHANNELS[channel]
    without, with_it = course(levers, **changed), course(levers_with, **changed_with)
    hears = (without.aware != with_it.aware).any(axis=0)
    differs = (without.enrolled != with_it.enrolled).any(axis=0)
    assert differs.any() and np.all(hears[differs])


def test_without_any_channel_nobody_enrols() -> None:
    closed = course("outreach.meetings: 0.0", uptake__application_annual=0)
    assert not closed.enrolled.any()


def test_the_channels_have_the_sizes_of_the_randomised_evidence() -> None:
    own = load_assumptions(REGION)
    gain, share = own["uptake.meeting_gain"], own["uptake.spillover_share"]
    assert gain.central == 0.12
    assert gain.central * share.central == pytest.approx(0.077, abs=0.0005)
    assert gain.central * share.low == pytest.approx(0.04, abs=0.0005)
    assert own["uptake.attempt_failure"].central > 0.5
    assert own["subsidy.continue_alone"].central == pytest.approx(1 / 3, abs=0.005)


@pytest.mark.parametrize(("low", "central", "high"), [(0.0, 0.05, 0.20), (0.30, 0.35, 0.50)])
def test_a_scenario_can_set_how_many_keep_paying_when_the_subsidy_ends(
    low: float, central: float, high: float
) -> None:
    body = clause("subsidy.duration_months: 12, subsidy.renewal: none, places: 100_000")
    body += f"assumptions:\n  subsidy.continue_alone: {{low: {low}, central: {central}, high: {high}}}\n"
    body += "  subsidy.lapse_monthly: {low: 0, central: 0, high: 0}\n"
    scenario = draft(body)
    totals = run_kernel(scenario, world_under(scenario, 0, 4_000, "2024-12"))
    share = row(totals, "self_paying")[-1] / row(totals, "subsidies_ended").sum()
    # Some have left informal work by then, and who earns little goes on less often.
    assert 0.3 * low <= share <= high


def test_those_who_keep_paying_take_nothing_from_the_city_list() -> None:
    levers = "list.cohort_months: [3]; subsidy.duration_months: 12; subsidy.renewal: none"
    none, third = (course(levers, subsidy__continue_alone=share) for share in (0, 0.35))
    assert np.array_equal(none.enrolled, third.enrolled)
    assert np.array_equal(none.fate, third.fate)
