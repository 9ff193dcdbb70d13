"""Outcomes: from the ledgers of a run to tidy tables, yearly sums, intervals and paired differences."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.ensemble import Ledgers
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.model.ledger import ROW, STOCKS, Rows
from jamsos_sim.units import MONTHS_PER_YEAR

"""Percentiles across worlds between which a quantity is said to lie."""

Floats = npt.NDArray[np.float64]


def monthly_table(worlds: Ledgers, scenarios: Sequence[str], start: int, first: int) -> pd.DataFrame:
    """One row for each scenario, world, month and quantity.

    Parameters
    ----------
    worlds:
        World by scenario by quantity by month, from the month ``start`` on.
    first:
        First month of the table.
    """
    count, _, _, months = worlds.shape
    shown = worlds[:, :, :, first - start :].transpose(1, 0, 3, 2)
    return _long(shown, scenarios, ("month", range(first, start + months)), count)


def yearly_table(worlds: Ledgers, scenarios: Sequence[str], start: int, first: int) -> pd.DataFrame:
    """One row for each scenario, world, year and quantity: flows summed, stocks of the year's last month.

    The appropriation is that of the whole fiscal year, also when the table begins or ends within it.
    """
    months = np.arange(first, start + worlds.shape[3])
    years = months // MONTHS_PER_YEAR
    shown = worlds[:, :, :, first - start :]
    is_stock = np.array([name in STOCKS for name in Rows._fields])
    by_year = []
    for year in np.unique(years):
        flows = shown[:, :, :, years == year].sum(axis=3)
        stocks = shown[:, :, :, years == year][:, :, :, -1]
        year_of_run = worlds[:, :, :, (start + np.arange(worlds.shape[3])) // MONTHS_PER_YEAR == year]
        flows[:, :, ROW.appropriation] = year_of_run[:, :, ROW.appropriation].sum(axis=2)
        by_year.append(np.where(is_stock, stocks, flows))
    stacked = np.stack(by_year, axis=3).transpose(1, 0, 3, 2)
    return _long(stacked, scenarios, ("year", np.unique(years).tolist()), worlds.shape[0])


def _long(
    values: Ledgers, scenarios: Sequence[str], times: tuple[str, Sequence[int]], worlds: int
) -> pd.DataFrame:
    name, moments = times
    levels = [list(scenarios), range(worlds), moments, list(Rows._fields)]
    index = pd.MultiIndex.from_product(levels, names=["scenario", "world", name, "quantity"])
    return pd.DataFrame({"value": values.reshape(-1)}, index=index).reset_index()


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
    names = list(dict.fromkeys(yearly["scenario"]))
    quantities = pd.CategoricalDtype(list(dict.fromkeys(yearly["quantity"])), ordered=True)
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


def worlds_saved_by_pairing(yearly: pd.DataFrame, base: str, other: str, quantity: str, year: int) -> float:
    """How many times fewer worlds a paired difference needs than an unpaired one for the same precision.

    The variance of the difference between independent runs over that of the paired differences; infinite when
    the paired difference is the same in every world.
    """
    _, values = _by_world(yearly)
    ours, theirs = (_across_worlds(values[name], year, quantity) for name in (base, other))
    paired = float(np.var(theirs - ours))
    unpaired = float(np.var(ours) + np.var(theirs))
    return unpaired / paired if paired > 0 else float("inf")


def _across_worlds(values: pd.DataFrame, year: int, quantity: str) -> Floats:
    wanted = (values.index.get_level_values("year") == year) & (
        values.index.get_level_values("quantity") == quantity
    )
    numbers: Floats = values[wanted].to_numpy(dtype=np.float64)[0]
    return numbers
