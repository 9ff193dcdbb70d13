"""Jasa Raharja's payment on accidents in traffic replaces cash of JKK by one reading of U22 alone."""

from functools import cache

import numpy as np
import pytest

from jamsos_sim.law.in_force import law_of
from jamsos_sim.model.events import KIND, Diary, Events
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.reference import run_reference
from jamsos_sim.model.status import DEATH, FUNCTIONAL, TEMPORARY, TOTAL, WORK_DEATH
from jamsos_sim.model.steps.injury import Injury, Luck
from jamsos_sim.model.steps.traffic import death_offset, disability_payment, injury_offset
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import month_of
from tests.model.worlds import (
    clause,
    columns_that_differ,
    draft,
    quantities_that_differ,
    row,
    world_under,
)

FULL = "reading: {U22: full_offset}\n"
IN_TRAFFIC, ELSEWHERE = (Luck(0, 0, 0, 0, 0, 0, 0, 0, drawn) for drawn in (0, 2**32 - 1))


def drafted(reading: str, insured: float = 1.0) -> tuple[Scenario, World]:
    shares = {"traffic_share": 0.5, "traffic_insured_share": insured, "true_accident_rate": 0.5}
    shares |= {"fatal_share": 0.1, "total_disability_share": 0.05, "severe_reported_share": 0.9}
    lines = "".join(f"  risk.{key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in shares.items())
    levers = clause("places: 200_000, budget.appropriation: 60_000_000_000")
    scenario = draft(f"{levers}assumptions:\n{lines}{reading}")
    return scenario, world_under(scenario, 0, 1_000, "2025-06")


@cache
def recorded(reading: str, insured: float = 1.0) -> tuple[Totals, Events]:
    return run_recorded(*drafted(reading, insured))


def rules(reading: str) -> Rules:
    return rules_of(*drafted(reading))[-1]


def test_by_the_default_reading_nothing_is_taken_off() -> None:
    found = rules("")
    assert death_offset(WORK_DEATH, IN_TRAFFIC, 70_000_000, found.terms, found.law) == 0
    assert injury_offset(Injury(TOTAL, 10, 0, 0), IN_TRAFFIC, found.terms, found.law) == 0
    assert not quantities_that_differ(recorded("")[0], recorded("", 0.0)[0])


def test_what_jasa_raharja_pays_on_a_death_is_taken_off_up_to_the_whole_benefit() -> None:
    found = rules(FULL)
    assert death_offset(WORK_DEATH, IN_TRAFFIC, 70_000_000, found.terms, found.law) == 50_000_000
    assert death_offset(WORK_DEATH, IN_TRAFFIC, 30_000_000, found.terms, found.law) == 30_000_000
    assert death_offset(WORK_DEATH, ELSEWHERE, 70_000_000, found.terms, found.law) == 0
    assert death_offset(DEATH, IN_TRAFFIC, 42_000_000, found.terms, found.law) == 0


@pytest.mark.parametrize(
    ("severity", "impairment", "paid"),
    [(TOTAL, 0, 50_000_000), (FUNCTIONAL, 40_000, 2_000_000), (TEMPORARY, 40_000, 0)],
)
def test_a_disability_is_paid_by_its_share_of_the_table(severity: int, impairment: int, paid: int) -> None:
    law = law_of(month_of("2025-06"), {"U22": "full_offset"})
    assert disability_payment(Injury(severity, 5, 1_000_000, impairment), law) == paid
    assert disability_payment(Injury(TOTAL, 5, 0, 0), law_of(month_of("2016-01"))) == 25_000_000


def test_days_lost_and_care_are_left_to_jkk() -> None:
    found = rules(FULL)
    assert injury_offset(Injury(TEMPORARY, 30, 5_000_000, 0), IN_TRAFFIC, found.terms, found.law) == 0


def test_the_insurer_pays_less_and_households_fare_as_before() -> None:
    without, with_offset = recorded("")[0], recorded(FULL)[0]
    moved = quantities_that_differ(with_offset, without)
    assert {"jkk_paid", "unprotected_loss"} <= moved <= {"jkk_paid", "self_paid", "unprotected_loss"}
    assert row(with_offset, "jkk_paid").sum() < row(without, "jkk_paid").sum()
    assert not quantities_that_differ(recorded(FULL, 0.0)[0], without)


def test_both_engines_and_the_events_agree_on_what_is_taken_off() -> None:
    (ledger, events), (scenario, where) = recorded(FULL), drafted(FULL)
    diary = Diary(is_open=True)
    assert not quantities_that_differ(run_reference(scenario, where, diary), ledger)
    assert not columns_that_differ(diary.events(), events)
    paid = events.payment_month < where.period.stop
    told = sum(
        int(events.amount[(events.kind == KIND[kind]) & paid].sum()) for kind in ("benefit", "scholarship")
    )
    assert told == sum(int(row(ledger, f"{name}_paid").sum()) for name in ("jkk", "jkm", "self", "liability"))
    assert np.all(events.amount >= 0)
