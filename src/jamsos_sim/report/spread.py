"""The spread over worlds that figures draw.

A figure takes a table of worlds, or a summary over worlds with the column ``worlds``, in which hidden numbers
are not numbers.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.messages import text
from jamsos_sim.report.numbers import Style, number

Titles = Mapping[str, Mapping[str, str]]
"""Scenario to language to title."""

"""Ends of the interval of 90% that every number is shown with."""


def band(table: pd.DataFrame, quantity: str, time: str) -> pd.DataFrame:
    """Mean, 5th and 95th percentile over worlds, for each scenario and ``time`` (``month`` or ``year``)."""
    rows = table[table["quantity"] == quantity]
    if is_summary(table):
        return rows[["scenario", time, "mean", "low", "high"]].reset_index(drop=True)
    values = rows.groupby(["scenario", time], sort=True)["value"]
    spread = {"mean": values.mean(), "low": values.quantile(LOW), "high": values.quantile(HIGH)}
    return pd.DataFrame(spread).reset_index()


def worlds_of(table: pd.DataFrame, lang: str) -> str:
    """Number of worlds in a table, as written."""
    count = int(table["worlds"].iloc[0]) if is_summary(table) else table["world"].nunique()
    return number(count, Style(lang))


def is_summary(table: pd.DataFrame) -> bool:
    """Whether a table holds means and intervals instead of worlds."""
    return "mean" in table.columns


def source_line(bands: pd.DataFrame, lang: str, key: str = "report.source") -> str:
    """Where a figure's numbers come from, and what its marks of hidden numbers say."""
    note = " " + text("privacy.note", lang) if bands["mean"].isna().any() else ""
    return text(key, lang) + note


def written_or_hidden(value: float, style: Style) -> str:
    """A number, or the mark of one that is hidden."""
    return text("privacy.hidden", style.lang) if np.isnan(value) else number(value, style)


def headroom(values: Sequence[float]) -> float:
    """End of an axis that starts at zero and holds all values."""
    largest = max((value for value in values if not np.isnan(value)), default=0.0)
    return largest * 1.08 if largest > 0 else 1.0
