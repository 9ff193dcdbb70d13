"""Yearly cells: what happened by kecamatan, decile, trade and sex, summed from the list of events."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_events import events_name, events_of_world
from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.units import MONTHS_PER_YEAR, year_of

DIMENSIONS = ("kecamatan", "decile", "recorded_decile", "occupation", "sex")
COUNTED = {
    "admission": "admitted",
    "refusal": "refused",
    "death": "deaths",
    "accident": "accidents",
    "claim": "claims",
}
"""Kind of event to the quantity that counts it."""
SUMMED = {"contribution": "contributions", "benefit": "benefits", "scholarship": "benefits", "loss": "loss"}
"""Kind of event to the quantity that sums its rupiah."""
ON_LIST = {"admission": 1, "place_lost": -1, "list_closed": -1}
"""Kind of event to what it changes of the number of people on the list."""
PAID = ("claim", "benefit", "scholarship")
"""Kinds that count in the year of their payment."""
CELLS = "cells"
"""Name of the table."""
KEYS = ["scenario", "world", "year", "dimension", "cell", "quantity"]
KINDS_OF_KEYS = {name: "int64" if name in ("world", "year") else "str" for name in KEYS}


def event_tables(plan: Plan) -> Iterator[tuple[str, pd.DataFrame]]:
    """Tables of events of the worlds that a plan names, one by one, and of their cells at the end."""
    cells = []
    for world in plan.events:
        events = events_of_world(plan, world)
        cells.append(cell_table(events, year_of(plan.period.stop - 1)))
        yield events_name(world), events
    if cells:
        yield CELLS, pd.concat(cells, ignore_index=True)


def event_table_names(plan: Plan) -> tuple[str, ...]:
    """Names of those tables."""
    return (*(events_name(world) for world in plan.events), CELLS) if plan.events else ()


def cell_table(events: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """One row for each scenario, world, year, dimension, cell and quantity.

    ``enrolled`` counts people at the end of the year, ``months_paid`` the months that anybody paid for; the
    other quantities are sums over the year, rupiah where they are money. Cells without any event of a kind
    have no row.

    Parameters
    ----------
    events:
        A table of `ensemble_events.events_of_world`, or several, one below the other.
    last_year:
        Later payments are promised and not counted.
    """
    own = events[events["person"] >= 0]
    when = own["payment_month"].where(own["kind"].isin(PAID), own["month"])
    own = own.assign(year=when // MONTHS_PER_YEAR)
    own = own[own["year"] <= last_year]
    parts = [part for name in DIMENSIONS for part in _of_dimension(own, name, last_year)]
    table = pd.concat([part.astype(KINDS_OF_KEYS) for part in parts], ignore_index=True)
    return table[[*KEYS, "value"]]


def _of_dimension(events: pd.DataFrame, dimension: str, last_year: int) -> Iterator[pd.DataFrame]:
    cells = events.assign(cell=events[dimension].astype(str), dimension=dimension)
    kinds = cells["kind"]
    counted = cells[kinds.isin(COUNTED)]
    yield _summed(counted.assign(quantity=counted["kind"].astype(str).map(COUNTED), value=1))
    months = cells[kinds == "contribution"]
    yield _summed(months.assign(quantity="months_paid", value=1))
    money = cells[kinds.isin(SUMMED)]
    yield _summed(money.assign(quantity=money["kind"].astype(str).map(SUMMED), value=money["amount"]))
    yield _enrolled(cells[kinds.isin(ON_LIST)], last_year)


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby(KEYS, observed=True, sort=True)["value"].sum().reset_index()


def _enrolled(rows: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """People on the list at the end of every year, from those who came and went."""
    changes = rows.assign(value=rows["kind"].astype(str).map(ON_LIST).astype(np.int64), quantity="enrolled")
    wide = _summed(changes).pivot(
        index=[key for key in KEYS if key != "year"], columns="year", values="value"
    )
    first = int(wide.columns.min()) if wide.shape[1] else last_year
    filled = wide.reindex(columns=range(first, last_year + 1)).fillna(0).astype(np.int64).cumsum(axis=1)
    return filled.reset_index().melt(id_vars=list(wide.index.names), var_name="year", value_name="value")


def cell_shares(cells: pd.DataFrame) -> pd.DataFrame:
    """How a quantity is shared out over the cells of a dimension: mean, low and high across worlds.

    Columns ``scenario, year, dimension, cell, quantity, mean, low, high``; shares of one year, dimension and
    quantity add up to 1.
    """
    whole = cells.groupby([key for key in KEYS if key != "cell"], observed=True)["value"].transform("sum")
    shares = cells.assign(value=cells["value"] / whole.where(whole > 0))
    wide = shares.pivot(index=[key for key in KEYS if key != "world"], columns="world", values="value")
    told = {"mean": wide.fillna(0).mean(axis=1)}
    told |= {name: wide.fillna(0).quantile(at, axis=1) for name, at in (("low", LOW), ("high", HIGH))}
    return pd.DataFrame(told).reset_index()[
        ["scenario", "year", "dimension", "cell", "quantity", "mean", "low", "high"]
    ]
