"""The spread over worlds that figures draw."""

from collections.abc import Mapping, Sequence

import pandas as pd

from jamsos_sim.report.numbers import Style, number

Titles = Mapping[str, Mapping[str, str]]
"""Scenario to language to title."""

LOW, HIGH = 0.05, 0.95
"""Ends of the interval of 90% that every number is shown with."""


def band(table: pd.DataFrame, quantity: str, time: str) -> pd.DataFrame:
    """Mean, 5th and 95th percentile over worlds, for each scenario and ``time`` (``month`` or ``year``)."""
    rows = table[table["quantity"] == quantity]
    values = rows.groupby(["scenario", time], sort=True)["value"]
    spread = {"mean": values.mean(), "low": values.quantile(LOW), "high": values.quantile(HIGH)}
    return pd.DataFrame(spread).reset_index()


def worlds_of(table: pd.DataFrame, lang: str) -> str:
    """Number of worlds in a table, as written."""
    return number(table["world"].nunique(), Style(lang))


def headroom(values: Sequence[float]) -> float:
    """End of an axis that starts at zero and holds all values."""
    largest = max(values)
    return largest * 1.08 if largest > 0 else 1.0
