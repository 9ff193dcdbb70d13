"""The table on what a council asks: fiscal risks, people left out, the insurer's account, families paid."""

import math
from typing import Any

import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.report.numbers import Estimate, Style, interval, is_certain, number
from jamsos_sim.report.tables import Column, YearTable

PERCENT = 100
NOTHING = "–"
SHOWN = {
    "overrun_risk": PERCENT,
    "money_idle_risk": PERCENT,
    "left_out_share": PERCENT,
    "insurer_ratio": PERCENT,
    "families_paid_of_100": 1,
    "jkm_months_to_payment_mean": 1,
}
"""Indicator of the table to what it is multiplied by, in order."""


def council_year_table(indicators: pd.DataFrame, scenario: str, title: str, lang: str) -> YearTable:
    """A scenario's indicators by year.

    ``indicators`` has the columns ``scenario, year, indicator, mean, low, high``.
    """
    own = indicators[indicators["scenario"] == scenario]
    years = sorted({int(year) for year in own["year"]})
    columns = []
    for indicator, factor in SHOWN.items():
        rows = own[own["indicator"] == indicator].set_index("year")
        cells = tuple(_written(rows.loc[year], factor, lang) for year in years)
        columns.append(Column(text(f"report.{indicator}", lang), cells))
    heading = text("report.council_title", lang, title=title)
    return YearTable(heading, text("report.year", lang), years, columns)


def _written(row: Any, factor: int, lang: str) -> tuple[str, str]:
    mean, low, high = (factor * float(row[name]) for name in Estimate._fields)
    style = Style(lang, 1)
    if math.isnan(mean):
        return NOTHING, ""
    if math.isnan(low):  # a share of worlds has no interval across worlds
        return number(mean, style), ""
    estimate = Estimate(mean, low, high)
    return number(mean, style), "" if is_certain(estimate, style) else interval(estimate, style)
