"""Tables of a notebook: scenarios in rows, quantities in columns, every number with its interval."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.model.ledger import RUPIAH
from jamsos_sim.report.numbers import Estimate, Style, rupiah_with_interval, with_interval

Titles = Mapping[str, Mapping[str, str]]
SMALL_COUNT = 10


def label_of(quantity: str, lang: str) -> str:
    """What a quantity of the ledger is called above a column."""
    return text(f"notebooks.quantity_{quantity}", lang)


def written(estimate: Estimate, quantity: str, style: Style) -> str:
    """An estimate of a quantity with its interval: rupiah in words of its size, anything else as a count."""
    if quantity in RUPIAH:
        sign = "+" if style.is_signed and estimate.mean > 0 else ""
        return sign + rupiah_with_interval(estimate, style.lang)
    digits = 1 if 0 < abs(estimate.mean) < SMALL_COUNT else 0
    return with_interval(estimate, style._replace(digits=digits))


def scenario_table(
    summary: pd.DataFrame, titles: Titles, quantities: Sequence[str], year: int, style: Style
) -> pd.DataFrame:
    """One row for each scenario of a summary, or of differences, with the quantities of one year.

    ``summary`` has the columns ``scenario, year, quantity, mean, low, high``; scenarios it does not hold, as
    differences do not hold their base, have no row. ``style`` says the language, and whether there are signs.
    """
    rows = summary[summary["year"] == year]
    names = [name for name in titles if (rows["scenario"] == name).any()]
    columns = {
        label_of(quantity, style.lang): [
            written(estimate_of(rows, name, quantity), quantity, style) for name in names
        ]
        for quantity in quantities
    }
    return named(pd.DataFrame(columns), [titles[name][style.lang] for name in names])


def estimate_of(rows: pd.DataFrame, scenario: str, quantity: str) -> Estimate:
    """The estimate of a scenario's quantity in the rows of one year."""
    found = rows[(rows["scenario"] == scenario) & (rows["quantity"] == quantity)]
    mean, low, high = found[list(Estimate._fields)].to_numpy(dtype="float64")[0].tolist()
    return Estimate(mean, low, high)


def by_world(yearly: pd.DataFrame, scenario: str, quantity: str, year: int) -> pd.Series:
    """A quantity of a year, one number for each world."""
    chosen = (yearly["scenario"] == scenario) & (yearly["quantity"] == quantity) & (yearly["year"] == year)
    return yearly[chosen].set_index("world")["value"]


def named(table: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """A table with the names of its rows."""
    return table.set_index(pd.Index(list(names)))
