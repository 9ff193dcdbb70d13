"""The back-cast (notebook 20): what was published of 2023 to 2025 beside what the model gives."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from jamsos_sim.api_results import Results
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.messages import text
from jamsos_sim.notebook.tables import by_world, label_of, named, written
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.population.region import PublishedTotal
from jamsos_sim.population.region_file import load_region
from jamsos_sim.report.chart import Chart
from jamsos_sim.report.numbers import Estimate, Style, month, number, rupiah

MONEY = "city_contributions"


def published(region: str | Path = DEFAULT_REGION) -> tuple[PublishedTotal, ...]:
    """The numbers of a year that were published of a region."""
    return load_region(region).published_totals


def enrolment_of(results: Results, scenario: str, lang: str) -> Chart:
    """The figure of one scenario of a run alone: people enrolled, month by month, and what was published."""
    own = tuple(each for each in results.plan.scenarios if each.name == scenario)
    tables = {
        name: table[table["scenario"] == scenario]
        for name, table in (("monthly", results.monthly), ("yearly", results.yearly))
    }
    return Results(replace(results.plan, scenarios=own), tables, None).enrolment_figure(lang)


def backcast_table(
    results: Results, scenario: str, lang: str, region: str | Path = DEFAULT_REGION
) -> pd.DataFrame:
    """One row for each published number: what was published, what was simulated, worlds within, source."""
    lines = [(each, simulated(results, scenario, each)) for each in published(region)]
    columns = {
        text("notebooks.published", lang): [_range(each, lang) for each, _ in lines],
        text("notebooks.simulated", lang): [
            written(estimate(worlds), each.quantity, Style(lang)) for each, worlds in lines
        ],
        text("notebooks.worlds_within", lang): [
            f"{number(within(each, worlds), Style(lang))}/{number(len(worlds), Style(lang))}"
            for each, worlds in lines
        ],
        text("notebooks.source", lang): [each.source[lang] for each, _ in lines],
    }
    names = [_named(each, lang) for each, _ in lines]
    return named(pd.DataFrame(columns), names)


def _named(each: PublishedTotal, lang: str) -> str:
    """What a published number counts, and when: people in a month, or anything of a year."""
    if each.month is None:
        return f"{label_of(each.quantity, lang)} {each.year}"
    return text("notebooks.people_in", lang, month=month(each.last_month, lang))


def simulated(results: Results, scenario: str, each: PublishedTotal) -> pd.Series:
    """What each world has in the place of a published number."""
    if each.month is None:
        return by_world(results.yearly, scenario, each.quantity, each.year)
    monthly = results.monthly
    is_own = (monthly["scenario"] == scenario) & (monthly["quantity"] == each.quantity)
    return monthly[is_own & (monthly["month"] == each.last_month)].set_index("world")["value"]


def worlds_outside(
    results: Results, scenario: str, quantity: str, region: str | Path = DEFAULT_REGION
) -> int:
    """How often a world misses a published number of a quantity."""
    ours = [each for each in published(region) if each.quantity == quantity]
    lines = [(each, simulated(results, scenario, each)) for each in ours]
    return sum(len(worlds) - within(each, worlds) for each, worlds in lines)


def within(each: PublishedTotal, worlds: pd.Series) -> int:
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


def percent_by_world(shares: Sequence[float], lang: str) -> pd.DataFrame:
    """Shares of the worlds in per cent, in one row."""
    style = Style(lang, 1)
    cells = [[number(100 * share, style) for share in shares]]
    columns = [text("notebooks.world", lang, world=world) for world in range(len(shares))]
    return pd.DataFrame(cells, index=pd.Index([text("notebooks.percent", lang)]), columns=columns)


def _range(each: PublishedTotal, lang: str) -> str:
    style = Style(lang)
    show = rupiah if each.quantity == MONEY else lambda amount, _: number(amount, style)
    ends = [show(float(end), lang) for end in dict.fromkeys([each.low, each.high])]
    return " – ".join(ends)
