"""The back-cast (notebook 20): what was published of 2023 to 2025 beside what the model gives."""

import csv
from dataclasses import replace
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pandas as pd

from jamsos_sim.api import Results
from jamsos_sim.messages import text
from jamsos_sim.notebook.tables import by_world, label_of, named, written
from jamsos_sim.report.chart import Chart
from jamsos_sim.report.numbers import Estimate, Style, number, rupiah
from jamsos_sim.report.spread import HIGH, LOW

MONEY = "city_contributions"


class Published(NamedTuple):
    """A number that was made public: a quantity of a year lies from ``low`` to ``high``."""

    quantity: str
    year: int
    low: int
    high: int
    source: str


def published() -> list[Published]:
    """The published numbers, from the table beside this file."""
    lines = files(__package__).joinpath("published.csv").read_text(encoding="utf-8").splitlines()
    return [
        Published(row["quantity"], int(row["year"]), int(row["low"]), int(row["high"]), row["source"])
        for row in csv.DictReader(lines)
    ]


def enrolment_of(results: Results, scenario: str, lang: str) -> Chart:
    """The figure of one scenario of a run alone: people enrolled, month by month, and what was published."""
    own = tuple(each for each in results.plan.scenarios if each.name == scenario)
    tables = {
        name: table[table["scenario"] == scenario]
        for name, table in (("monthly", results.monthly), ("yearly", results.yearly))
    }
    return Results(replace(results.plan, scenarios=own), tables, None).enrolment_figure(lang)


def backcast_table(yearly: pd.DataFrame, scenario: str, lang: str) -> pd.DataFrame:
    """One row for each published number: what was published, what was simulated, worlds within, source."""
    lines = [(each, by_world(yearly, scenario, each.quantity, each.year)) for each in published()]
    columns = {
        text("notebooks.published", lang): [_range(each, lang) for each, _ in lines],
        text("notebooks.simulated", lang): [
            written(estimate(worlds), each.quantity, Style(lang)) for each, worlds in lines
        ],
        text("notebooks.worlds_within", lang): [
            f"{number(within(each, worlds), Style(lang))}/{number(len(worlds), Style(lang))}"
            for each, worlds in lines
        ],
        text("notebooks.source", lang): [each.source for each, _ in lines],
    }
    names = [f"{label_of(each.quantity, lang)} {each.year}" for each, _ in lines]
    return named(pd.DataFrame(columns), names)


def worlds_outside(yearly: pd.DataFrame, scenario: str, quantity: str) -> int:
    """How often a world misses a published number of a quantity."""
    ours = [each for each in published() if each.quantity == quantity]
    lines = [(each, by_world(yearly, scenario, quantity, each.year)) for each in ours]
    return sum(len(worlds) - within(each, worlds) for each, worlds in lines)


def within(each: Published, worlds: pd.Series) -> int:
    """Worlds that lie within a published range."""
    return int(worlds.between(each.low, each.high).sum())


def estimate(worlds: pd.Series) -> Estimate:
    """Mean, 5th and 95th percentile over worlds."""
    values = worlds.to_numpy(dtype=np.float64)
    low, high = np.quantile(values, [LOW, HIGH]).tolist()
    return Estimate(float(values.mean()), low, high)


def insured_share(yearly: pd.DataFrame, scenario: str, year: int) -> list[float]:
    """Of the candidates who passed every other desk in a year, the share already insured, for each world."""
    insured, admitted, waiting = (
        by_world(yearly, scenario, quantity, year) for quantity in ("refused_insured", "admitted", "waiting")
    )
    return [float(share) for share in insured / (insured + admitted + waiting)]


def _range(each: Published, lang: str) -> str:
    style = Style(lang)
    show = rupiah if each.quantity == MONEY else lambda amount, _: number(amount, style)
    ends = [show(float(end), lang) for end in dict.fromkeys([each.low, each.high])]
    return " – ".join(ends)
