"""People and data (notebook 10): how well the synthetic population meets its margins, and who could be listed."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.compiled import as_record, compiled
from jamsos_sim.law.eligibility import NO_CEILING, REFUSALS, Criteria, Record, refusal_reason
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.levers import Eligibility
from jamsos_sim.messages import text
from jamsos_sim.model.world import seed_of
from jamsos_sim.notebook.tables import named
from jamsos_sim.population.region import Region, load_region
from jamsos_sim.population.registry import records_of
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.population.workers import Records, Workers
from jamsos_sim.report.chart import (
    BLUE,
    INK,
    VERMILLION,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    in_language,
    inner_box,
)
from jamsos_sim.report.numbers import Estimate, Style, number, with_interval
from jamsos_sim.report.spread import HIGH, LOW
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import MONTHS_PER_YEAR

BASES = ("published", "derived", "modelled")
MODELLED = "modelled"
PERCENT = 100
FUNNEL = ("age", "decile", "income", "nik", "insured")
"""The examinations in the order of the desks."""

Counts = npt.NDArray[np.int64]


def margin_table(report: pd.DataFrame, workers: int, lang: str) -> pd.DataFrame:
    """One row for each margin of a fit report: where its shares come from, and the largest gap in people.

    ``workers`` is the number of informal workers whose shares the report gives.
    """
    groups = {str(name): rows for name, rows in report.groupby("margin", sort=False)}
    columns: dict[str, list[str]] = {text("notebooks.categories", lang): _counts(groups.values(), lang)}
    for basis in BASES:
        own = [rows[rows["basis"] == basis] for rows in groups.values()]
        columns[text(f"notebooks.basis_{basis}", lang)] = _counts(own, lang)
    gaps = [float((rows["achieved"] - rows["target"]).abs().max()) * workers for rows in groups.values()]
    columns[text("notebooks.largest_gap", lang)] = [number(round(gap, 2), Style(lang, 2)) for gap in gaps]
    return named(pd.DataFrame(columns), [text(f"notebooks.margin_{name}", lang) for name in groups])


def _counts(groups: object, lang: str) -> list[str]:
    return [number(len(rows), Style(lang)) for rows in groups]  # type: ignore[attr-defined]


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
    counts = np.zeros(6, dtype=np.int64)
    decile, income = records.decile, records.income
    insured, nik = workers.is_insured_elsewhere, workers.has_valid_nik
    for person in range(age.size):
        record = Record(age[person], decile[person], income[person], insured[person], nik[person])
        counts[refusal_reason(record, criteria, law)] += 1
    return counts
