"""The table of vulnerable workers' households after a death or an accident: how many are below the poverty
line, without any benefit and with what was claimed.
"""

import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.report.council import PERCENT, indicator_column
from jamsos_sim.report.numbers import Style
from jamsos_sim.report.tables import Column, EstimateTable, quantity_columns

HOUSEHOLDS = {
    "bereaved_households": ("bereaved_poor_without_cover", "bereaved_poor"),
    "injured_households": ("injured_poor_without_cover", "injured_poor"),
}
"""Households of a misfortune to those of them below the poverty line; each is told as a count and of 100."""


def hardship_table(
    summary: pd.DataFrame, indicators: pd.DataFrame, scenario: str, title: str, lang: str
) -> EstimateTable:
    """A scenario's households after a death and after an accident, by year.

    Parameters
    ----------
    summary:
        Columns ``scenario, year, quantity, mean, low, high``: the counts.
    indicators:
        Columns ``scenario, year, indicator, mean, low, high``: the shares of those households.
    """
    counts, shares = (table[table["scenario"] == scenario] for table in (summary, indicators))
    columns: list[Column] = []
    for households, poor in HOUSEHOLDS.items():
        columns += quantity_columns(counts, [households], Style(lang))
        for name in poor:
            columns += quantity_columns(counts, [name], Style(lang))
            columns.append(indicator_column(shares, name, PERCENT, lang, "hardship_of_100"))
    years = sorted({int(year) for year in counts["year"]})
    heading = text("report.hardship_title", lang, title=title)
    table = EstimateTable(heading, text("report.year", lang), years, columns)
    return table.with_note(text("report.hardship_note", lang))
