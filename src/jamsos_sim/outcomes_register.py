"""What a run on a real register leaves: summaries over worlds in which nothing tells a count below five.

Worlds themselves are neither kept nor shown: a world's totals are small counts of the register's own people.
"""

import pandas as pd

from jamsos_sim.outcomes import difference_table, summary_table
from jamsos_sim.outcomes_targeting import SHARES, WRONGLY_PAID, targeting_table
from jamsos_sim.privacy import SMALLEST_CELL
from jamsos_sim.privacy_summary import ESTIMATES, HIDDEN, masked_differences, masked_summary
from jamsos_sim.units import MONTHS_PER_YEAR

REGISTER_TABLES = ("summary", "differences", "enrolment", "families", "targeting")
STOCK_BY_MONTH = "enrolled"
"""The one quantity that is kept by month: months of a flow would add up to what a year hides."""


def register_tables(monthly: pd.DataFrame, yearly: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Masked tables of a run: ``summary``, ``differences`` of every scenario to every other, ``enrolment``,
    ``targeting``.

    The differences have every scenario as a base, so that a stored run can be compared with any of them.
    """
    summary = masked_summary(summary_table(yearly))
    names = list(dict.fromkeys(yearly["scenario"]))
    differences = pd.concat(
        [
            difference_table(yearly, base, [name for name in names if name != base] or [base])
            for base in names
        ],
        ignore_index=True,
    )
    return {
        "summary": summary,
        "differences": masked_differences(differences, summary),
        "enrolment": _by_month(monthly, summary),
        "targeting": _targeting(yearly, summary),
    }


def _targeting(yearly: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """Errors of list and registry, without those of which the summary hides a count or that tell of a small
    one; months paid for the wrong people are those of few, and not told.
    """
    table = targeting_table(yearly, SMALLEST_CELL)
    table = table[~table["indicator"].isin(WRONGLY_PAID)].reset_index(drop=True)
    hidden = summary[summary[HIDDEN]]
    told = set(zip(hidden["scenario"], hidden["year"], hidden["quantity"], strict=True))
    is_hidden = [
        any((scenario, year, quantity) in told for quantity in SHARES[indicator][:2])
        for scenario, year, indicator in zip(
            table["scenario"], table["year"], table["indicator"], strict=True
        )
    ]
    shown = table[ESTIMATES].mask(pd.Series(is_hidden, table.index))
    return table.assign(**{name: shown[name] for name in ESTIMATES})


def _by_month(monthly: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """The stock by month, hidden where it is small and at the end of years in which the summary hides it."""
    own = monthly[monthly["quantity"] == STOCK_BY_MONTH].rename(columns={"month": "year"})
    table = summary_table(own).rename(columns={"year": "month"})
    ends = table[ESTIMATES]
    is_small = (ends.min(axis=1) < SMALLEST_CELL) & (ends != 0).any(axis=1)
    hidden = summary[summary[HIDDEN] & (summary["quantity"] == STOCK_BY_MONTH)]
    years = set(zip(hidden["scenario"], hidden["year"], strict=True))
    year = table["month"] // MONTHS_PER_YEAR
    is_end = table["month"] == table.groupby(["scenario", year])["month"].transform("max")
    is_told = pd.Series([pair in years for pair in zip(table["scenario"], year, strict=True)], table.index)
    is_hidden = is_small | (is_end & is_told)
    return table.assign(**{HIDDEN: is_hidden, **{name: ends[name].mask(is_hidden) for name in ESTIMATES}})
