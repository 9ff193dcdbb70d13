"""Who could be listed (notebook 10): what the registries say of the city's workers, desk by desk."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.compiled import as_record, compiled
from jamsos_sim.law.eligibility import ELIGIBLE, NO_CEILING, REFUSALS, Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.messages import text
from jamsos_sim.model.world import seed_of
from jamsos_sim.notebook.tables import named
from jamsos_sim.population.region import load_region
from jamsos_sim.population.registry import records_of
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.population.workers import Records, Workers
from jamsos_sim.report.numbers import Estimate, Style, with_interval
from jamsos_sim.report.spread import HIGH, LOW
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import MONTHS_PER_YEAR

Counts = npt.NDArray[np.int64]
DESKS = ("age", "decile", "income", "nik", "insured")
"""The examinations in the order of the desks."""


class Pool(NamedTuple):
    """Informal workers of a world, and how many are left after each examination of what is recorded."""

    workers: int
    age: int
    decile: int
    income: int
    nik: int
    insured: int


@compiled
def count_reasons(age: Counts, workers: Workers, records: Records, criteria: Criteria, law: Law) -> Counts:
    """How many people the rule of eligibility answers with each of its reasons."""
    counts = np.zeros(len(REFUSALS), dtype=np.int64)
    decile, income = records.decile, records.income
    insured, nik = workers.is_insured_elsewhere, workers.has_valid_nik
    for person in range(age.size):
        record = Record(age[person], decile[person], income[person], insured[person], nik[person])
        counts[refusal_reason(record, criteria, law)] += 1
    return counts


def pool_of(scenario: Scenario, month: int, draws: Mapping[str, float], seed: int) -> Pool:
    """The funnel of a whole city in a month, under the criteria and readings of a scenario.

    ``draws`` holds one value of every assumption, ``seed`` names the people.
    """
    period = (month, month + 1)
    workers = synthesise(load_region("tangsel"), draws, seed, None, period)
    law, eligibility = law_of(month, scenario.readings), scenario.levers_at(month).eligibility
    ceiling = NO_CEILING if eligibility.income_ceiling is None else eligibility.income_ceiling
    criteria = Criteria(eligibility.minimum_age, eligibility.decile_ceiling, ceiling)
    age = (month - workers.birth_month).astype(np.int64) // MONTHS_PER_YEAR
    counts = count_reasons(age, workers, records_of(workers, draws, seed), criteria, as_record(law))
    left = int(counts.sum())
    funnel = [left]
    for desk in DESKS:
        left -= int(counts[REFUSALS.index(desk)])
        funnel.append(left)
    if left != counts[ELIGIBLE]:
        raise AssertionError("a reason of refusal belongs to no desk")
    return Pool(*funnel)


def central_pool(scenario: Scenario, month: int) -> Pool:
    """The funnel with every assumption at its central value."""
    draws = {key: assumption.central for key, assumption in load_assumptions("tangsel").items()}
    return pool_of(scenario, month, draws, seed_of(0, 0))


def pools_of_worlds(scenario: Scenario, month: int, seed: int, worlds: int) -> list[Pool]:
    """The funnels of the worlds of a run."""
    seeds = [seed_of(seed, world) for world in range(worlds)]
    assumptions = load_assumptions("tangsel")
    return [pool_of(scenario, month, draw_assumptions(assumptions, own), own) for own in seeds]


def pool_table(central: Pool, worlds: Sequence[Pool], lang: str) -> pd.DataFrame:
    """One row for each desk: people left at central assumptions, and over the worlds with their interval."""
    style = Style(lang)
    numbers = np.array(worlds, dtype=np.float64)
    low, high = np.quantile(numbers, [LOW, HIGH], axis=0)
    spread = [Estimate(*three) for three in zip(numbers.mean(axis=0).tolist(), low, high, strict=True)]
    columns = {
        text("notebooks.central", lang): [
            with_interval(Estimate(people, people, people), style) for people in central
        ],
        text("notebooks.over_worlds", lang): [
            with_interval(Estimate(*map(float, three)), style) for three in spread
        ],
    }
    return named(pd.DataFrame(columns), [text(f"notebooks.pool_{name}", lang) for name in Pool._fields])
