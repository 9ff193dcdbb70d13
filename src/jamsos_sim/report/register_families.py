"""Families of a run on a real register: shares of a hundred in which no category stands for few families."""

import pandas as pd

from jamsos_sim.interval import LOW
from jamsos_sim.privacy import SMALLEST_CELL
from jamsos_sim.report.families import DRAWN, HIDDEN, RECEIVED, families_of_hundred, last_years

COLUMNS = ["scenario", "quantity", "mean", "low", "high"]


def register_families(yearly: pd.DataFrame) -> pd.DataFrame:
    """The shares of `families_of_hundred`, small categories together as ``families_hidden``.

    A category is small when fewer than five families of the last five years stand in it, on average or at
    the lower end of its interval; nobody in any world is not small. Further ones join it until five families
    stand in them together. What the programme paid is left out when one of its categories is hidden.
    """
    years = last_years(yearly)
    table = families_of_hundred(yearly, years)
    parts = [
        _masked(rows, _counts(yearly, str(name), years))
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return pd.concat(parts, ignore_index=True)[COLUMNS] if parts else table


def _counts(yearly: pd.DataFrame, scenario: str, years: tuple[int, int]) -> pd.DataFrame:
    """Families of the years in each world (rows) and category (columns)."""
    chosen = yearly["quantity"].isin(DRAWN) & yearly["year"].between(*years)
    own = yearly[chosen & (yearly["scenario"] == scenario)]
    counts = own.pivot_table(index="world", columns="quantity", values="value", aggfunc="sum", observed=True)
    return counts.reindex(columns=list(DRAWN), fill_value=0)


def _masked(rows: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    least = pd.concat([counts.mean(), counts.quantile(LOW)], axis=1).min(axis=1)
    some = counts.columns[(counts > 0).any()]
    by_size = least[some].sort_values(kind="stable")
    hidden = list(by_size.index[by_size < SMALLEST_CELL])
    for name in by_size.index:
        if hidden and (by_size[hidden].sum() < SMALLEST_CELL or len(hidden) == 1) and name not in hidden:
            hidden.append(name)
    if not hidden:
        return rows
    gone = {*hidden, *(["families_received"] if set(hidden) & set(RECEIVED) else [])}
    share = float(rows.loc[rows["quantity"].isin(hidden), "mean"].sum())
    together = pd.DataFrame([(rows["scenario"].iloc[0], HIDDEN, share, share, share)], columns=COLUMNS)
    return pd.concat([rows[~rows["quantity"].isin(gone)], together], ignore_index=True)
