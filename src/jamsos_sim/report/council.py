"""The tables on what a council asks: fiscal risks, people left out, the insurer's account and families paid;
and the draft's four principles.
"""

import math
from typing import Any, NamedTuple

import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.report.numbers import Estimate, Style, interval, is_certain, number
from jamsos_sim.report.tables import Column, EstimateTable

NOTHING = "–"


class Told(NamedTuple):
    """How an indicator is told: what it is multiplied by, and its decimals."""

    factor: float
    digits: int = 1


PERCENT, PLAIN = Told(100), Told(1)
RISKS = {
    "overrun_risk": PERCENT,
    "money_idle_risk": PERCENT,
    "left_out_share": PERCENT,
    "insurer_ratio": PERCENT,
    "families_paid_of_100": PLAIN,
    "jkm_months_to_payment_mean": PLAIN,
}
"""Indicators of the table of risks and families, in order."""
PRINCIPLES = {
    "families_full_of_100": PLAIN,
    "families_unprotected_of_100": PLAIN,
    "concentration_index": Told(1, 2),
    "women_share_of_list": PERCENT,
    "city_cost_share": Told(100, 2),
    "committed_scholarships": Told(1e-9, 2),
    "recipients_burden": PERCENT,
    "recipients_strained": PERCENT,
}
"""Indicators of the table of the draft's four principles: humanity, social justice, sustainability,
affordability.
"""
TABLES = {"council_title": RISKS, "principles_title": PRINCIPLES}
"""Title of a table to its indicators."""


def council_year_tables(
    indicators: pd.DataFrame, scenario: str, title: str, lang: str
) -> list[EstimateTable]:
    """A scenario's indicators by year: risks and families, then the four principles.

    ``indicators`` has the columns ``scenario, year, indicator, mean, low, high``.
    """
    own = indicators[indicators["scenario"] == scenario]
    return [
        EstimateTable(
            text(f"report.{heading}", lang, title=title),
            text("report.year", lang),
            sorted({int(year) for year in own["year"]}),
            [indicator_column(own, indicator, told, lang) for indicator, told in shown.items()],
        )
        for heading, shown in TABLES.items()
    ]


def indicator_column(own: pd.DataFrame, indicator: str, told: Told, lang: str, header: str = "") -> Column:
    """One scenario's indicator over the years, under the catalogue's header of its name or another one."""
    rows = own[own["indicator"] == indicator].sort_values("year")
    cells = tuple(_written(row, told, lang) for row in rows.to_dict("records"))
    return Column(text(f"report.{header or indicator}", lang), cells)


def _written(row: Any, told: Told, lang: str) -> tuple[str, str]:
    mean, low, high = (told.factor * float(row[name]) for name in Estimate._fields)
    style = Style(lang, told.digits)
    if math.isnan(mean):
        return NOTHING, ""
    if math.isnan(low):  # a share of worlds has no interval across worlds
        return number(mean, style), ""
    estimate = Estimate(mean, low, high)
    return number(mean, style), "" if is_certain(estimate, style) else interval(estimate, style)
