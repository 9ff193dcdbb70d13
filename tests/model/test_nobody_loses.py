"""Where places, money and desk are there for all, more of a good thing takes cover or claim from nobody.

Twelve months are paid, the registry is right, and nobody leaves informal work but by death, age or a move out
of the city, so that a file gets the same answer in every month; the luck is the same. Then a run with more
meetings, more help or a larger share paid is walked beside one with less, person by person.
"""

import itertools
from functools import cache

import pytest

from jamsos_sim.units import month_of
from tests.model.persons import Persons, losers, persons_under
from tests.model.worlds import clause, draft, world_under

WORKERS, LAST, WORLDS = 600, "2026-12", (0, 1)

PLENTY = {
    "places": "10_000_000",
    "budget.appropriation": "10_000_000_000_000",
    "budget.months_paid": "12",
    "budget.first_paid_month": "1",
    "verification.capacity_per_month": "10_000_000",
    "registration.capacity_per_month": "10_000_000",
    "verification.insurer_matching": "integrated",
    "coordination.desks": "shared",
    "list.cohort_months": "[]",
    "eligibility.income_ceiling": "null",
    "eligibility.minimum_age": "15",
    "eligibility.decile_ceiling": "10",
    "outreach.meetings": "0.1",
}
FIXED = {
    "registry.stale_share": 0,
    "registry.misreported_share": 0,
    "registry.unrecorded_share": 0,
    "mobility.to_formal_annual": 0,
    "uptake.application_annual": 0.1,
    "verification.integrated_miss": 0,
    "risk.mortality_scalar": 12,
    "risk.true_accident_rate": 0.4,
    "claims.realised_first_year": 0.3,
    "claims.realised_mature": 0.6,
}

GROWING = {
    "outreach.meetings": ("0.0", "0.05", "0.4", "1.0"),
    "uptake.meeting_gain": (0.0, 0.1, 0.5, 1.0),
    "claims.assistance_share": ("0.0", "0.3", "1.0"),
    "subsidy.share": ("0.1", "0.5", "1.0"),
    "claims.assistance_gain": (0.0, 0.5, 1.0),
}
"""Levers (in words) and assumptions (in numbers) that give more and more."""


@cache
def run(name: str, value: str | float, number: int) -> Persons:
    """One run in which only one lever or assumption differs from the others."""
    help_with_all = {"claims.assistance_share": "1.0"} if name == "claims.assistance_gain" else {}
    is_lever = isinstance(value, str)
    levers = {**PLENTY, **help_with_all, **({name: value} if is_lever else {})}
    ranges = {**FIXED, **({} if is_lever else {name: value})}
    sets = ", ".join(f"{lever}: {setting}" for lever, setting in levers.items())
    lines = "".join(f"  {key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in ranges.items())
    scenario = draft(f"{clause(sets)}assumptions:\n{lines}")
    return persons_under(scenario, world_under(scenario, number, WORKERS, LAST))


@pytest.mark.parametrize("number", WORLDS)
@pytest.mark.parametrize("name", GROWING)
def test_nobody_loses_cover_or_claim_by_more_of_it(name: str, number: int) -> None:
    runs = [run(name, value, number) for value in GROWING[name]]
    for less, more in itertools.pairwise(runs):
        assert losers(less, more) == []
    assert len(runs[-1].claims) > len(runs[0].claims) > 0


@pytest.mark.parametrize("name", ["outreach.meetings", "uptake.meeting_gain"])
def test_more_meetings_cover_more_people(name: str) -> None:
    runs = [run(name, value, 0).covered.sum() for value in GROWING[name]]
    assert all(less < more for less, more in itertools.pairwise(runs))


def test_help_with_claims_adds_claims_of_deaths_that_were_covered_without_it_too() -> None:
    less, more = (run("claims.assistance_share", share, 0) for share in ("0.0", "1.0"))
    start = month_of("2023-01")
    new = [(person, month - start) for person, month in set(more.claims) - set(less.claims)]
    assert sum(bool(less.covered[month - 1, person]) for person, month in new) >= 3


def test_where_places_are_few_somebody_loses_by_more_meetings() -> None:
    """What the test above would find: whoever comes later than others finds the places taken."""
    less, more = (few_places(meetings) for meetings in ("0.0", "1.0"))
    assert losers(less, more)


def few_places(meetings: str) -> Persons:
    sets = {**PLENTY, "places": "2_000", "outreach.meetings": meetings, "list.priority": "first_come"}
    scenario = draft(clause(", ".join(f"{lever}: {setting}" for lever, setting in sets.items())))
    return persons_under(scenario, world_under(scenario, 0, WORKERS, LAST))
