"""Occupational disease takes the place of some accidents of older workers, and is reported far less often."""

from functools import cache

import numpy as np

from jamsos_sim.law.in_force import law_of
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.steps.injury import is_disease_reported, is_occupational_disease
from jamsos_sim.units import month_of
from tests.model.worlds import clause, draft, row, world, world_under


@cache
def run_with(share: float, reported: float) -> Totals:
    values = {"disease_share": share, "disease_reported_share": reported, "true_accident_rate": 0.3}
    lines = "".join(f"  risk.{key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in values.items())
    levers = clause("places: 60_000, budget.appropriation: 20_000_000_000")
    scenario = draft(f"{levers}assumptions:\n{lines}")
    return run_kernel(scenario, world_under(scenario, 0, 2_000, "2025-12"))


def test_only_workers_of_a_certain_age_fall_ill() -> None:
    severity = world(0, 4_000).severity._replace(disease=100, disease_from_age=45, disease_reported=50)
    assert is_occupational_disease(99, 45, severity)
    assert not is_occupational_disease(99, 44, severity) and not is_occupational_disease(100, 60, severity)


def test_a_disease_is_paid_when_the_law_covers_it() -> None:
    severity, law = world(0, 4_000).severity._replace(disease_reported=50), law_of(month_of("2026-01"))
    assert is_disease_reported(49, severity, law) and not is_disease_reported(50, severity, law)
    assert not is_disease_reported(49, severity, law._replace(covers_occupational_disease=0))


def test_diseases_are_a_share_of_the_accidents_and_change_nothing_about_their_number() -> None:
    none, some = run_with(0.0, 0.0), run_with(0.4, 0.0)
    assert row(none, "occupational_diseases").sum() == 0
    assert 0.1 < row(some, "occupational_diseases").sum() / row(some, "accidents").sum() < 0.4
    assert np.array_equal(row(none, "accidents"), row(some, "accidents"))
    assert np.array_equal(row(none, "deaths"), row(some, "deaths"))


def test_what_is_reported_is_paid_and_what_is_not_is_not() -> None:
    silent, reported = run_with(0.4, 0.0), run_with(0.4, 1.0)
    assert row(silent, "jkk_cases").sum() < row(reported, "jkk_cases").sum()
    assert np.all(row(silent, "jkk_cases").cumsum() <= row(reported, "jkk_cases").cumsum())
