"""Tables on targeting: errors of list and registry by year, and what each check of the data is worth."""

import math
from collections.abc import Sequence

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from jamsos_sim.messages import text
from jamsos_sim.report.numbers import (
    SCALES,
    Estimate,
    Style,
    interval,
    is_certain,
    number,
    rupiah_unit,
)
from jamsos_sim.report.tables import Column, EstimateTable

PERCENT = 100
NOTHING = "–"
LABEL_WIDTH = 16
"""Characters that a label keeps in a narrow terminal, where it is broken into lines."""

MILLIONS = next(scale for scale in SCALES if scale.name == "million")
MANY_MILLIONS = 100
"""Millions from which on an amount has no decimals: checks cost little and save much."""

WORTH = ("checks", "cost", "saved", "reached")


def targeting_year_table(targeting: pd.DataFrame, scenario: str, title: str, lang: str) -> EstimateTable:
    """A scenario's errors of inclusion and exclusion and wrongly paid months, in per cent, by year.

    ``targeting`` has the columns ``scenario, year, indicator, mean, low, high``, as shares.
    """
    own = targeting[targeting["scenario"] == scenario]
    years = sorted({int(year) for year in own["year"]})
    columns = []
    for indicator in dict.fromkeys(own["indicator"]):
        rows = own[own["indicator"] == indicator].set_index("year")
        cells = tuple(_percent(rows.loc[year], lang) for year in years)
        columns.append(Column(text(f"report.{indicator}", lang), cells))
    return EstimateTable(
        text("report.targeting_title", lang, title=title), text("report.year", lang), years, columns
    )


def _percent(row: "pd.Series[float]", lang: str) -> tuple[str, str]:
    if math.isnan(row["mean"]):
        return NOTHING, ""
    shares = Estimate(*(PERCENT * float(row[name]) for name in Estimate._fields))
    return _written(shares, Style(lang, 1))


def _written(estimate: Estimate, style: Style) -> tuple[str, str]:
    spread = "" if is_certain(estimate, style) else interval(estimate, style)
    return number(estimate.mean, style), spread


def worth_rich_table(worth: pd.DataFrame, labels: Sequence[tuple[str, str]], lang: str) -> Table:
    """What each check costs, saves and reaches.

    Parameters
    ----------
    worth:
        Columns ``measure, quantity, mean, low, high``.
    labels:
        Name and label of each check, in the order of the rows.
    """
    columns = (worth[name].tolist() for name in ("measure", "quantity", *Estimate._fields))
    wide = {(name, kind): Estimate(*three) for name, kind, *three in zip(*columns, strict=True)}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, 1))
    table.add_column(text("study.measure", lang), vertical="top", overflow="fold", min_width=LABEL_WIDTH)
    unit = rupiah_unit(MILLIONS, lang)
    for header in (*WORTH, "per_rupiah"):
        table.add_column(
            text(f"study.{header}", lang, unit=unit), justify="right", vertical="top", no_wrap=True
        )
    for name, label in labels:
        cells = [_cell(wide[name, quantity], quantity, lang) for quantity in WORTH]
        table.add_row(label, *cells, _per_rupiah(wide[name, "saved"], wide[name, "cost"], lang))
    return table


def _cell(estimate: Estimate, quantity: str, lang: str) -> Text:
    if math.isnan(estimate.mean):
        return Text(NOTHING)
    is_money = quantity in ("cost", "saved")
    size = MILLIONS.size if is_money else 1
    scaled = Estimate(*(value / size for value in estimate))
    digits = 1 if is_money and abs(scaled.mean) < MANY_MILLIONS else 0
    mean, spread = _written(scaled, Style(lang, digits))
    spread = "" if quantity == "checks" else spread
    return Text.assemble(mean, ("\n" + spread, "dim")) if spread else Text(mean)


def _per_rupiah(saved: Estimate, cost: Estimate, lang: str) -> str:
    """Rupiah avoided for each rupiah spent, of the means; a check that costs nothing has no such number."""
    is_known = cost.mean > 0 and not math.isnan(saved.mean)
    return number(saved.mean / cost.mean, Style(lang, 1)) if is_known else NOTHING
