"""The worth of a check is a paired difference of two runs that differ in the check alone."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.api import plan_of
from jamsos_sim.api_results import Results
from jamsos_sim.api_run import run_plan
from jamsos_sim.errors import InputError
from jamsos_sim.study.verification import (
    MEASURES,
    variant_name,
    verification_plan,
    without_small_counts,
    worth_table,
)
from jamsos_sim.units import month_of

REFORM = month_of("2025-01")


@cache
def study() -> tuple[Results, pd.DataFrame]:
    settings = {"workers": 8_000, "worlds": 3, "last": "2027-12"}
    plan = verification_plan(plan_of(["program_berjalan"], settings), REFORM)
    results = run_plan(plan, None)
    return results, worth_table(results.yearly, plan.scenarios[0], REFORM)


def worth(measure: str, quantity: str) -> float:
    table = study()[1]
    return float(table[(table["measure"] == measure) & (table["quantity"] == quantity)]["mean"].iloc[0])


def test_every_check_has_a_variant_with_and_one_without_and_all_share_the_history_before() -> None:
    results, _ = study()
    names = [scenario.name for scenario in results.plan.scenarios]
    for measure in MEASURES.values():
        for value in (measure.without, measure.used):
            assert variant_name(results.plan.scenarios[0], measure.lever, value) in names
    before = results.yearly[results.yearly["year"] < 2025].pivot(
        index=["year", "world", "quantity"], columns="scenario", values="value"
    )
    assert (before.nunique(axis=1) == 1).all()


def test_a_variant_that_sets_what_holds_already_is_the_scenario_itself() -> None:
    results, _ = study()
    yearly = results.yearly.pivot(index=["year", "world", "quantity"], columns="scenario", values="value")
    own = results.plan.scenarios[0]
    assert (yearly[own.name] == yearly[variant_name(own, "verification.civil_matching", "none")]).all()
    assert (yearly[own.name] != yearly[variant_name(own, "verification.civil_matching", "list")]).any()


def test_visiting_everybody_costs_most_by_far_and_matching_with_the_insurer_saves_most() -> None:
    cost = {name: worth(name, "cost") for name in MEASURES}
    assert max(cost, key=cost.__getitem__) == "ground" and cost["ground"] > 20 * cost["civil_list"] > 0
    saved = {name: worth(name, "saved") for name in ("insurer_list", "civil_list", "refresh_quarterly")}
    assert max(saved, key=saved.__getitem__) == "insurer_list" and saved["insurer_list"] > 0
    assert worth("insurer_list", "reached") > 0


def test_the_numbers_are_the_differences_of_the_tables() -> None:
    results, _ = study()
    own, later = results.plan.scenarios[0], results.yearly[results.yearly["year"] >= 2025]
    used, without = (
        later[later["scenario"] == variant_name(own, "verification.civil_matching", value)]
        for value in ("list", "none")
    )

    def total(table: pd.DataFrame, quantity: str) -> np.ndarray:
        chosen = table[table["quantity"] == quantity]
        return chosen.groupby("world")["value"].sum().to_numpy()

    checks = (total(used, "civil_checks") - total(without, "civil_checks")).mean()
    assert worth("civil_list", "checks") == pytest.approx(checks) and checks > 0
    reached = (total(used, "entitled_enrolled") - total(without, "entitled_enrolled")).mean() / 3
    assert worth("civil_list", "reached") == pytest.approx(reached)


def test_a_month_outside_the_run_and_a_run_without_a_whole_year_are_refused() -> None:
    plan = plan_of(["program_berjalan"], {"workers": 500, "worlds": 1, "last": "2024-12"})
    with pytest.raises(InputError) as outside:
        verification_plan(plan, month_of("2031-01"))
    assert "2024-12" in outside.value.sentence("en")
    with pytest.raises(InputError) as short:
        verification_plan(plan, month_of("2024-06"))
    assert "2024-06" in short.value.sentence("id")
    assert len(verification_plan(plan, month_of("2024-01")).scenarios) > 1


def test_numbers_of_a_register_are_hidden_when_any_end_of_their_interval_is_small() -> None:
    rows = [
        ("a", "checks", 6.0, 4.0, 8.0), ("a", "cost", 60.0, 40.0, 80.0),
        ("a", "saved", -10.0, -12.0, -9.0), ("a", "reached", -6.0, -6.9, -5.1),
        ("b", "checks", 50.0, 40.0, 60.0), ("b", "cost", 500.0, 400.0, 600.0),
        ("b", "saved", 12.0, -2.0, 30.0), ("b", "reached", 0.0, 0.0, 0.0),
    ]  # fmt: skip
    worth = pd.DataFrame(rows, columns=["measure", "quantity", "mean", "low", "high"])
    shown = without_small_counts(worth, 5, 2).set_index(["measure", "quantity"])["mean"].dropna()
    assert set(shown.index) == {("a", "reached"), ("b", "cost"), ("b", "checks"), ("b", "reached")}
