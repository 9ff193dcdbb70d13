"""Yearly cells of every world of a run: what happened by kecamatan, decile, trade and sex."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from jamsos_sim.ensemble import Ledgers
from jamsos_sim.ensemble_table import LongTable, Piece
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.model.cells import CellRows, cell_names
from jamsos_sim.outcomes import Shown, Source
from jamsos_sim.population.region import Region
from jamsos_sim.units import year_of

CELLS = "cells"
"""Name of the table."""
NAMING = ("dimension", "cell", "quantity")
KEYS = ["year", *NAMING]
ESTIMATES = ["mean", "low", "high"]
COVERAGE_QUANTITIES = ("entitled_workers", "entitled_enrolled", "people_left_out")
"""Quantities of the cells of which `cell_coverage` is made."""
COVERAGE_SHARE = "coverage_share"
COVERAGE = (COVERAGE_SHARE, "people_left_out")
"""What `cell_coverage` tells of a cell; the second is a quantity of the cells."""


def cells_long(source: Source, shown: Shown, region: Region) -> LongTable:
    """One row for each scenario, world, year, dimension, cell and quantity, made a few worlds at a time.

    Stocks are those of the end of the year, or of the run within it; all else is a sum over the year, which
    counts from January also when the tables begin later.

    Parameters
    ----------
    source:
        What gives the cells of some worlds of a scenario: world by quantity by year by cell.
    """
    names = [(*cell, quantity) for cell in cell_names(region) for quantity in CellRows._fields]
    first, start = year_of(shown.first), year_of(shown.start)

    def values(piece: Piece) -> Ledgers:
        cells = source(piece)[:, :, first - start :].transpose(0, 2, 3, 1)
        return cells.reshape(*cells.shape[:2], len(names))

    years = range(first, year_of(shown.stop - 1) + 1)
    return LongTable(shown.scenarios, shown.worlds, "year", years, names, values, NAMING)


def cell_summary(cells: pd.DataFrame) -> pd.DataFrame:
    """Mean, low and high across worlds, for each scenario, year, dimension, cell and quantity.

    Parameters
    ----------
    cells:
        The table of `cells_long`, or its rows of some quantities.
    """
    parts = [_estimates(_by_world(own), own).assign(scenario=name) for name, own in _scenarios(cells)]
    return pd.concat(parts, ignore_index=True)[["scenario", *KEYS, *ESTIMATES]]


def cell_differences(cells: pd.DataFrame, base: str, others: Sequence[str]) -> pd.DataFrame:
    """Mean, low and high of the difference to a base scenario, world by world, for each cell; as
    `cell_summary`, with the base as ``to``.
    """
    own = dict(_scenarios(cells))
    columns = ["scenario", "to", *KEYS, *ESTIMATES]
    parts = [
        _estimates(_by_world(own[name]) - _by_world(own[base]), own[name]).assign(scenario=name, to=base)
        for name in others
    ]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def cell_shares(cells: pd.DataFrame) -> pd.DataFrame:
    """How a quantity is shared out over the cells of a dimension: mean, low and high across worlds.

    Columns as in `cell_summary`; shares of one year, dimension and quantity add up to 1 in each world, and
    are nought where there is nothing to share out.
    """
    keys = ["scenario", "world", "year", "dimension", "quantity"]
    whole = cells.groupby(keys, sort=False)["value"].transform("sum")
    return cell_summary(cells.assign(value=cells["value"] / whole.where(whole != 0, 1)))


def cell_coverage(cells: pd.DataFrame) -> pd.DataFrame:
    """Whom the programme reaches in each cell: mean, low and high across worlds.

    Columns ``scenario, year, dimension, cell, indicator, mean, low, high``. Of the people of the cell for
    whom the programme is meant, at the end of the year, ``coverage_share`` is the share on the city's list,
    and ``people_left_out`` counts the others. The share is not a number where the programme is meant for
    nobody in any world; worlds in which it is meant for nobody are left out of its mean.

    Parameters
    ----------
    cells:
        The table of `cells_long`, or its rows of `COVERAGE_QUANTITIES`.
    """
    chosen = cells[cells["quantity"].isin(list(COVERAGE_QUANTITIES))]
    keys = ["scenario", *KEYS[:-1]]
    wide = chosen.pivot_table(
        index=[*keys, "world"], columns="quantity", values="value", sort=False, observed=True
    )
    meant = wide["entitled_workers"].astype("float64")
    share = wide["entitled_enrolled"] / meant.where(meant > 0)
    values = dict(zip(COVERAGE, (share, wide["people_left_out"].astype("float64")), strict=True))
    parts = [_told(value, keys).assign(indicator=name) for name, value in values.items()]
    together = pd.concat(parts).sort_index(kind="stable")
    return together[[*keys, "indicator", *ESTIMATES]].reset_index(drop=True)


def _told(values: "pd.Series[float]", keys: list[str]) -> pd.DataFrame:
    by_cell = values.groupby(level=keys, sort=False, observed=True)
    spread = {"mean": by_cell.mean(), "low": by_cell.quantile(LOW), "high": by_cell.quantile(HIGH)}
    return pd.DataFrame(spread).reset_index()


def _scenarios(cells: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    names = dict.fromkeys(cells["scenario"])
    return [(name, cells[cells["scenario"] == name]) for name in names]


def _by_world(own: pd.DataFrame) -> Ledgers:
    """Values of a scenario: world by year, cell and quantity."""
    return own["value"].to_numpy().reshape(own["world"].nunique(), -1)


def _estimates(values: Ledgers, own: pd.DataFrame) -> pd.DataFrame:
    low, high = np.quantile(values, [LOW, HIGH], axis=0)
    rows = own[KEYS].iloc[: values.shape[1]]
    return rows.assign(mean=values.mean(axis=0), low=low, high=high)
