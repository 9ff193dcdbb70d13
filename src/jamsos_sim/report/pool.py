"""The pool of people whom the city could list: what the registries say of its workers, desk by desk.

It is held against the pool that publications lead to before anything else of a population is believed.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim import chance
from jamsos_sim.compiled import as_record, compiled
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.law.eligibility import ELIGIBLE, NO_CEILING, REFUSALS, Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.messages import text
from jamsos_sim.population.region import Region
from jamsos_sim.population.registry import records_of
from jamsos_sim.population.workers import Records, Workers
from jamsos_sim.report.numbers import Estimate, Style, interval, number, with_interval
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


def pool_of(scenario: Scenario, month: int, workers: Workers, draws: Mapping[str, float], seed: int) -> Pool:
    """The funnel of the workers of a world in a month, under the criteria and readings of a scenario.

    Counted are people, as the registries see them; records that nobody stands behind are not among them.

    Parameters
    ----------
    workers, draws, seed:
        The people present, the value of every assumption, and the seed of that world.
    """
    law, eligibility = law_of(month, scenario.readings), scenario.levers_at(month).eligibility
    ceiling = NO_CEILING if eligibility.income_ceiling is None else eligibility.income_ceiling
    criteria = Criteria(eligibility.minimum_age, eligibility.decile_ceiling, ceiling)
    age = (month - workers.birth_month).astype(np.int64) // MONTHS_PER_YEAR
    records = records_of(workers, draws, chance.keys_of(seed, age.size))
    counts = count_reasons(age, workers, records, criteria, as_record(law))
    left = int(counts.sum())
    funnel = [left]
    for desk in DESKS:
        left -= int(counts[REFUSALS.index(desk)])
        funnel.append(left)
    if left != counts[ELIGIBLE]:
        raise AssertionError("a reason of refusal belongs to no desk")
    return Pool(*funnel)


def estimate_of(values: Sequence[float]) -> Estimate:
    """Mean, 5th and 95th percentile of one number over worlds."""
    low, high = np.quantile(np.array(values, dtype=np.float64), [LOW, HIGH]).tolist()
    return Estimate(float(np.mean(values)), low, high)


def pool_table(central: Pool, worlds: Sequence[Pool], lang: str) -> pd.DataFrame:
    """One row for each desk: people left at central assumptions, and over the worlds with their interval."""
    style = Style(lang)
    spread = [estimate_of([float(pool[desk]) for pool in worlds]) for desk in range(len(Pool._fields))]
    columns = {
        text("fit.central", lang): [number(people, style) for people in central],
        text("fit.over_worlds", lang): [with_interval(each, style) for each in spread],
    }
    names = pd.Index([text(f"fit.pool_{name}", lang) for name in Pool._fields])
    return pd.DataFrame(columns).set_index(names)


def pool_sentences(region: Region, central: Pool, worlds: Sequence[Pool], lang: str) -> list[str]:
    """The pool by age, recorded decile and recorded income against the published one, and what that says."""
    style = Style(lang)
    spread = estimate_of([float(pool.income) for pool in worlds])
    said = {
        "central": number(central.income, style),
        "mean": number(spread.mean, style),
        "interval": interval(spread, style),
        "worlds": number(len(worlds), style),
    }
    published = region.published_pool
    if published is None:
        return [text("fit.pool_found", lang, **said), text("fit.pool_unpublished", lang)]
    low, high = number(published.low, style), number(published.high, style)
    inside = sum(published.low <= pool.income <= published.high for pool in worlds)
    verdict = "inside" if published.low <= central.income <= published.high else "outside"
    return [
        text("fit.pool_found", lang, **said),
        text(f"fit.pool_{verdict}", lang, low=low, high=high, inside=number(inside, style), **said),
    ]
