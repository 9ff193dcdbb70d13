"""The worth of verification: what each check of the data costs, saves and reaches.

Every check is switched on and off by itself, all else as in the scenario and under the same luck, from one
month on. What it saves is contributions for people who are not meant: dead, moved, listed twice, insured
elsewhere, or better off. Whom it reaches is people for whom the programme is meant, on places that became
free.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from jamsos_sim.ensemble import Plan
from jamsos_sim.errors import InputError
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.levers import all_levers
from jamsos_sim.messages import LANGUAGES, text
from jamsos_sim.outcomes_targeting import wrongly_paid
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import MONTHS_PER_YEAR, month_label, year_of

CHECK_COSTS = ("insurer_check_cost", "civil_check_cost", "ground_check_cost", "refresh_cost")


class Measure(NamedTuple):
    """One check: its lever, the values without and with it, and the quantity that counts the checks."""

    lever: str
    without: str | float
    used: str | float
    counted: str


MEASURES = {
    "insurer_list": Measure("verification.insurer_matching", "none", "list", "insurer_checks"),
    "insurer_integrated": Measure("verification.insurer_matching", "list", "integrated", "insurer_checks"),
    "civil_list": Measure("verification.civil_matching", "none", "list", "civil_checks"),
    "ground": Measure("verification.ground_check_share", 0.0, 1.0, "ground_checks"),
    "refresh_quarterly": Measure("registry.refresh_months", 12, 3, ""),
    "refresh_monthly": Measure("registry.refresh_months", 3, 1, ""),
    "recheck_quarterly": Measure("verification.repeat_months", 12, 3, "insurer_checks"),
}
"""Name of a check to what it is; a refresh is counted by no quantity, its cost is by record."""


def variant_name(scenario: Scenario, lever: str, value: str | float) -> str:
    """Name of a scenario with one lever held at a value."""
    return f"{scenario.name}+{lever}={value}"


def verification_plan(plan: Plan, month: int) -> Plan:
    """The plan of a run of its first scenario with each check on and off from a month on.

    Raises `InputError` for a month outside the run's, or with no whole year after it.
    """
    if not plan.period.start <= month < plan.period.stop:
        first, last = month_label(plan.period.start), month_label(plan.period.stop - 1)
        raise InputError("study.month_outside", month=month_label(month), first=first, last=last)
    if plan.period.stop < MONTHS_PER_YEAR * (first_whole_year(month) + 1):
        raise InputError("study.no_whole_year", month=month_label(month))
    scenario = plan.scenarios[0]
    return replace(plan, scenarios=(scenario, *_variants(scenario, month)))


def _variants(scenario: Scenario, month: int) -> Iterator[Scenario]:
    held = {(each.lever, value) for each in MEASURES.values() for value in (each.without, each.used)}
    for lever, value in sorted(held, key=str):
        about = all_levers()[lever].description
        title = {lang: f"{about[lang]}: {value}" for lang in LANGUAGES}
        yield scenario.with_levers(variant_name(scenario, lever, value), title, month, {lever: value})


def first_whole_year(month: int) -> int:
    """First calendar year of which no month lies before a month."""
    return year_of(month + MONTHS_PER_YEAR - 1)


def worth_table(yearly: pd.DataFrame, scenario: Scenario, month: int) -> pd.DataFrame:
    """What each check is worth, over all years from the first whole one with it.

    Columns: ``measure``, ``quantity`` (``checks``, ``cost`` and ``saved`` in rupiah, ``reached`` in people
    enrolled for whom the programme is meant, mean of the years' ends), ``mean``, ``low``, ``high`` across
    worlds of the paired difference with less without.
    """
    later = yearly[yearly["year"] >= first_whole_year(month)]
    rows = []
    for name, measure in MEASURES.items():
        with_it = _sums(later, variant_name(scenario, measure.lever, measure.used), measure)
        without = _sums(later, variant_name(scenario, measure.lever, measure.without), measure)
        rows.append(_spread(_difference(with_it, without)).assign(measure=name))
    return pd.concat(rows, ignore_index=True)[["measure", "quantity", "mean", "low", "high"]]


def without_small_counts(worth: pd.DataFrame, smallest: int, price: int) -> pd.DataFrame:
    """The table of a run on a real register: no number that tells of fewer people than ``smallest``.

    ``price`` is the lowest contribution of a month in rupiah, by which savings could be counted back.
    """
    wide = worth.set_index(["measure", "quantity"])
    year_of_people = smallest * MONTHS_PER_YEAR * price
    least = {"checks": smallest, "reached": smallest, "saved": year_of_people, "cost": 0}
    sizes = wide[["mean", "low", "high"]].abs()
    limits = pd.Series([least[quantity] for _, quantity in wide.index], index=wide.index)
    is_small = (sizes.max(axis=1) > 0) & (sizes.min(axis=1) < limits)
    few_checks = is_small.xs("checks", level="quantity")
    is_cost_of_few = [quantity == "cost" and bool(few_checks[measure]) for measure, quantity in wide.index]
    return wide.mask(is_small | np.array(is_cost_of_few)).reset_index()


def _sums(yearly: pd.DataFrame, name: str, measure: Measure) -> pd.DataFrame:
    """World by world: checks, their cost, rupiah paid for people who are not meant, people reached."""
    own = yearly[yearly["scenario"] == name]
    sums = own.groupby(["quantity", "world"])["value"].sum().unstack("quantity")
    wrong = wrongly_paid(own).groupby("world").sum()
    price = sums["city_contributions"] / sums["paid_person_months"].where(sums["paid_person_months"] > 0)
    return pd.DataFrame(
        {
            "checks": sums[measure.counted] if measure.counted else float("nan"),
            "cost": sums[list(CHECK_COSTS)].sum(axis=1),
            "wasted": wrong * price.fillna(0.0),
            "reached": sums["entitled_enrolled"] / own["year"].nunique(),
        }
    )


def _difference(with_it: pd.DataFrame, without: pd.DataFrame) -> pd.DataFrame:
    change = with_it - without
    return change.assign(saved=-change["wasted"]).drop(columns="wasted")[
        ["checks", "cost", "saved", "reached"]
    ]


def _spread(values: pd.DataFrame) -> pd.DataFrame:
    spread = {"mean": values.mean(), "low": values.quantile(LOW), "high": values.quantile(HIGH)}
    return pd.DataFrame(spread).rename_axis("quantity").reset_index()


def measure_label(name: str, lang: str) -> str:
    """What a check is, in a language."""
    return text(f"study.{name}", lang)
