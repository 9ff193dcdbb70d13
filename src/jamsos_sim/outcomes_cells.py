"""Yearly cells of every world of a run: what happened by kecamatan, decile, trade and sex."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from jamsos_sim.ensemble import Ledgers
from jamsos_sim.ensemble_table import LongTable, Piece
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.model.cells import CellRows, cell_names
from jamsos_sim.model.ledger import FAMILIES
from jamsos_sim.outcomes import Shown, Source
from jamsos_sim.outcomes_indicators import MEASURES, Values, Wide
from jamsos_sim.population.region import Region
from jamsos_sim.units import year_of

CELLS = "cells"
"""Name of the table."""
NAMING = ("dimension", "cell", "quantity")
KEYS = ["year", *NAMING]
ESTIMATES = ["mean", "low", "high"]
COUNTED = "counted"
"""Column that tells of how many people or families, in all worlds together, an indicator is the mean."""
COVERAGE_QUANTITIES = ("entitled_workers", "entitled_enrolled", "people_left_out")
"""Quantities of the cells of which `cell_coverage` is made."""
COVERAGE_SHARE = "coverage_share"
COVERAGE = (COVERAGE_SHARE, "people_left_out")
"""What `cell_coverage` tells of a cell; the second is a quantity of the cells."""
BEREAVED_FAMILIES = "bereaved_families"
NOTHING_OF_100 = "families_nothing_of_100"
CELLS_ALONE = (COVERAGE_SHARE, BEREAVED_FAMILIES, NOTHING_OF_100)
"""Indicators that are told of cells alone; all others of a cell are told of the city as well."""


class Asked(NamedTuple):
    """Indicators of a cell that are shares or means of the same people or families.

    Attributes
    ----------
    quantities:
        Quantities of the cells that they read.
    whole:
        Those whose sum counts these people or families.
    measures:
        Indicator to what it is for given quantities: those of one world and year, or their means over worlds.
    """

    quantities: tuple[str, ...]
    whole: tuple[str, ...]
    measures: Mapping[str, Callable[[Wide], "Values[float]"]]


def _as_for_the_city(*names: str) -> Mapping[str, Callable[[Wide], "Values[float]"]]:
    return {name: MEASURES[name] for name in names}


def _coverage_share(wide: Wide) -> "Values[float]":
    meant = wide["entitled_workers"]
    return wide["entitled_enrolled"] / meant.where(meant > 0)


REACHED = Asked(
    COVERAGE_QUANTITIES,
    ("entitled_workers",),
    {COVERAGE_SHARE: _coverage_share, "people_left_out": lambda wide: wide["people_left_out"]},
)
"""What `cell_coverage` tells of a cell, of those for whom the programme is meant."""
ASKED = (
    Asked(("admitted", "months_waited"), ("admitted",), _as_for_the_city("months_waited_mean")),
    Asked(
        FAMILIES,
        FAMILIES,
        {
            BEREAVED_FAMILIES: lambda wide: wide[list(FAMILIES)].sum(axis=1),
            **_as_for_the_city(*(f"{name}_of_100" for name in FAMILIES)),
            NOTHING_OF_100: lambda wide: 100 - MEASURES["families_paid_of_100"](wide),
        },
    ),
    Asked(
        ("bereaved_households", "bereaved_poor_without_cover", "bereaved_poor"),
        ("bereaved_households",),
        _as_for_the_city("bereaved_poor_without_cover", "bereaved_poor"),
    ),
    Asked(
        ("injured_households", "injured_poor_without_cover", "injured_poor"),
        ("injured_households",),
        _as_for_the_city("injured_poor_without_cover", "injured_poor"),
    ),
)
"""What `cell_indicators` tells of a cell: the wait, the families, and which households are poor."""
CELL_INDICATORS = tuple(name for asked in ASKED for name in asked.measures)


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
    """Whom the programme reaches in each cell: estimate, low and high across worlds.

    Columns and estimates as in `cell_indicators`. Of the people of the cell for whom the programme is meant,
    at the end of the year, ``coverage_share`` is the share on the city's list, and ``people_left_out`` counts
    the others.

    Parameters
    ----------
    cells:
        The table of `cells_long`, or its rows of `COVERAGE_QUANTITIES`.
    """
    return _told((REACHED,), lambda quantities: cells[cells["quantity"].isin(list(quantities))])


def cell_indicators(cells_of: Callable[[Collection[str]], pd.DataFrame]) -> pd.DataFrame:
    """What a council asks of each cell: estimate, low and high across worlds of `CELL_INDICATORS`.

    Columns ``scenario, year, dimension, cell, indicator, mean, low, high, counted``. A share or a mean is
    pooled: the sum over all worlds of what is shared out, over the sum of those among whom it is, so that
    ``mean`` is the mean over all people or families of all worlds and shares of one whole add up. ``low`` and
    ``high`` are the 5th and 95th percentile of the worlds' own shares; worlds in which there is nobody
    (nobody admitted, no family bereaved, no household looked at) have none. ``counted`` is the number of
    people or families in all worlds together; where it is nought, the others are not a number. The mean of
    ``bereaved_families`` is their number in a world.

    Parameters
    ----------
    cells_of:
        Gives the rows of some quantities of the table of `cells_long`; asked for a few at a time, since all
        of a large run may not fit into memory.
    """
    return _told(ASKED, cells_of)


def _told(groups: Sequence[Asked], cells_of: Callable[[Collection[str]], pd.DataFrame]) -> pd.DataFrame:
    """All indicators of some groups, by scenario, year and cell."""
    parts = [
        part.assign(scenario=name)
        for asked in groups
        for name, own in _scenarios(cells_of(asked.quantities))
        for part in _across_worlds(own, asked)
    ]
    table = pd.concat(parts, ignore_index=True)
    names = table["scenario"].unique().tolist()
    order = table["scenario"].map(names.index)
    return table.iloc[np.argsort(order, kind="stable")][
        ["scenario", *KEYS[:-1], "indicator", *ESTIMATES, COUNTED]
    ].reset_index(drop=True)


def _across_worlds(own: pd.DataFrame, asked: Asked) -> Iterator[pd.DataFrame]:
    """Each indicator by year and cell of one scenario, whose rows of the quantities are given."""
    count = len(asked.quantities)
    names = own["quantity"].iloc[:count].tolist()
    values, worlds = own["value"].to_numpy().reshape(-1, count), own["world"].nunique()
    wide = pd.DataFrame(values, columns=names, dtype=np.float64)
    whole = pd.DataFrame(values.reshape(worlds, -1, count).sum(axis=0), columns=names)
    rows = _rows_of_one_world(own, KEYS[:-1], count)
    counted = whole[list(asked.whole)].sum(axis=1).to_numpy()
    for indicator, measure in asked.measures.items():
        by_world = pd.DataFrame(measure(wide).to_numpy().reshape(worlds, -1))
        # Measures are shares, of which the number of worlds falls out, or counts, which are those of a world.
        spread = (measure(whole / worlds), by_world.quantile(LOW), by_world.quantile(HIGH))
        told = {name: each.to_numpy() for name, each in zip(ESTIMATES, spread, strict=True)}
        yield rows.assign(indicator=indicator, **told, **{COUNTED: counted})


def _scenarios(cells: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    names = cells["scenario"].unique()
    return [(name, cells[cells["scenario"] == name]) for name in names]


def _rows_of_one_world(own: pd.DataFrame, columns: Sequence[str], step: int = 1) -> pd.DataFrame:
    """What names the rows of a world of a scenario, or every so many of them."""
    rows = len(own) // own["world"].nunique()
    # The words are made anew: a part of them would keep those of all worlds in memory.
    return pd.DataFrame({name: own[name].iloc[:rows:step].tolist() for name in columns})


def _by_world(own: pd.DataFrame) -> Ledgers:
    """Values of a scenario: world by year, cell and quantity."""
    return own["value"].to_numpy().reshape(own["world"].nunique(), -1)


def _estimates(values: Ledgers, own: pd.DataFrame) -> pd.DataFrame:
    low, high = np.quantile(values, [LOW, HIGH], axis=0)
    rows = _rows_of_one_world(own, KEYS)
    return rows.assign(mean=values.mean(axis=0), low=low, high=high)
