"""Outcomes: from the ledgers of a run to tidy tables, yearly sums, intervals and paired differences."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.ensemble import Ledgers
from jamsos_sim.ensemble_table import LongTable, Piece
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.model.ledger import APPROPRIATIONS, STOCKS, Rows
from jamsos_sim.units import MONTHS_PER_YEAR

Floats = npt.NDArray[np.float64]


class Shown(NamedTuple):
    """What the tables of a run show of its ledgers.

    Attributes
    ----------
    scenarios, worlds:
        Names of the scenarios, and the number of worlds.
    start, first, stop:
        First month of the ledgers, first month of the tables, and the month after the last one of both.
    """

    scenarios: Sequence[str]
    worlds: int
    start: int
    first: int
    stop: int


Source = Callable[[Piece], Ledgers]
"""What gives the ledgers of some worlds of a scenario: world by quantity by month."""


def monthly_long(source: Source, shown: Shown) -> LongTable:
    """One row for each scenario, world, month and quantity, made a few worlds at a time."""

    def values(piece: Piece) -> Ledgers:
        return source(piece)[:, :, shown.first - shown.start :].transpose(0, 2, 1)

    months = range(shown.first, shown.stop)
    return LongTable(shown.scenarios, shown.worlds, "month", months, QUANTITIES, values)


def yearly_long(source: Source, shown: Shown) -> LongTable:
    """One row for each scenario, world, year and quantity, made a few worlds at a time.

    Flows are summed, stocks are those of the year's last month.

    Appropriations are those of the whole fiscal year, also when the table begins or ends within it.
    """
    years = sorted({month // MONTHS_PER_YEAR for month in range(shown.first, shown.stop)})

    def values(piece: Piece) -> Ledgers:
        ledgers = source(piece)
        return np.stack([_year_of(ledgers, year, shown) for year in years], axis=1)

    return LongTable(shown.scenarios, shown.worlds, "year", years, QUANTITIES, values)


QUANTITIES = [(name,) for name in Rows._fields]
IS_STOCK = np.array([name in STOCKS for name in Rows._fields])


def _year_of(ledgers: Ledgers, year: int, shown: Shown) -> Ledgers:
    """World by quantity in a year."""
    begin, end = (bound * MONTHS_PER_YEAR - shown.start for bound in (year, year + 1))
    months = ledgers[:, :, max(begin, shown.first - shown.start) : end]
    flows = months.sum(axis=2)
    authorised = list(APPROPRIATIONS)
    flows[:, authorised] = ledgers[:, authorised, max(begin, 0) : end].sum(axis=2)
    return np.where(IS_STOCK, months[:, :, -1], flows)


def source_of(worlds: Ledgers) -> Source:
    """A source that reads worlds in memory: world by scenario by quantity by month."""
    return lambda piece: worlds[piece.start : piece.stop, piece.scenario]


def monthly_table(worlds: Ledgers, scenarios: Sequence[str], start: int, first: int) -> pd.DataFrame:
    """`monthly_long` of worlds in memory (world by scenario by quantity by month), as a data frame."""
    shown = Shown(scenarios, worlds.shape[0], start, first, start + worlds.shape[3])
    return monthly_long(source_of(worlds), shown).frame()


def yearly_table(worlds: Ledgers, scenarios: Sequence[str], start: int, first: int) -> pd.DataFrame:
    """`yearly_long` of worlds in memory (world by scenario by quantity by month), as a data frame."""
    shown = Shown(scenarios, worlds.shape[0], start, first, start + worlds.shape[3])
    return yearly_long(source_of(worlds), shown).frame()


def summary_table(yearly: pd.DataFrame) -> pd.DataFrame:
    """Mean, low and high across worlds, for each scenario, year and quantity."""
    names, values = _by_world(yearly)
    return pd.concat([_estimates(values[name]).assign(scenario=name) for name in names], ignore_index=True)[
        ["scenario", "year", "quantity", "mean", "low", "high"]
    ]


def difference_table(yearly: pd.DataFrame, base: str, others: Sequence[str]) -> pd.DataFrame:
    """Mean, low and high of the difference to a base scenario, world by world, for each year and quantity."""
    _, values = _by_world(yearly)
    columns = ["scenario", "to", "year", "quantity", "mean", "low", "high"]
    rows = [_estimates(values[name] - values[base]).assign(scenario=name, to=base) for name in others]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)


def _by_world(yearly: pd.DataFrame) -> tuple[list[str], dict[str, pd.DataFrame]]:
    names = yearly["scenario"].unique().tolist()
    quantities = pd.CategoricalDtype(yearly["quantity"].unique().tolist(), ordered=True)
    ordered = yearly.astype({"quantity": quantities})
    return names, {
        name: ordered[ordered["scenario"] == name].pivot(
            index=["year", "quantity"], columns="world", values="value"
        )
        for name in names
    }


def _estimates(values: pd.DataFrame) -> pd.DataFrame:
    numbers: Floats = values.to_numpy(dtype=np.float64)
    low, high = np.quantile(numbers, [LOW, HIGH], axis=1)
    table = pd.DataFrame(
        {"mean": numbers.mean(axis=1), "low": low, "high": high}, index=values.index
    ).reset_index()
    return table.astype({"quantity": str})


def worlds_saved_by_pairing(
    yearly: pd.DataFrame, base: str, other: str, quantities: str | Sequence[str], year: int
) -> float:
    """How many times fewer worlds a paired difference needs than an unpaired one for the same precision.

    The variance of the difference between independent runs over that of the paired differences, of the sum of
    some quantities. Infinite when the paired difference is the same in every world; not a number when neither
    run varies.
    """
    names = [quantities] if isinstance(quantities, str) else list(quantities)
    rows = yearly[(yearly["year"] == year) & yearly["quantity"].isin(names)]
    sums = rows.groupby(["scenario", "world"])["value"].sum()
    ours, theirs = (sums[name].to_numpy(dtype=np.float64) for name in (base, other))
    paired, unpaired = float(np.var(theirs - ours)), float(np.var(ours) + np.var(theirs))
    if paired > 0:
        return unpaired / paired
    return float("inf") if unpaired > 0 else float("nan")
