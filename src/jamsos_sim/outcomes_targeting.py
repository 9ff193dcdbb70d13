"""How well the list and the registry name the right people: shares held against the truth, world by world."""

from typing import NamedTuple

import pandas as pd

from jamsos_sim.interval import HIGH, LOW


class Share(NamedTuple):
    """An indicator: a part over a whole, or what is missing of the whole."""

    part: str
    whole: str
    is_missing: bool = False


SHARES = {
    "list_inclusion_error": Share("entitled_enrolled", "enrolled", is_missing=True),
    "list_exclusion_error": Share("entitled_enrolled", "entitled_workers", is_missing=True),
    "registry_inclusion_error": Share("records_not_vulnerable", "records_within_criteria"),
    "registry_exclusion_error": Share("entitled_off_register", "entitled_workers"),
    "paid_for_duplicates": Share("paid_for_duplicates", "paid_person_months"),
    "paid_for_dead": Share("paid_for_dead", "paid_person_months"),
    "paid_for_moved": Share("paid_for_moved", "paid_person_months"),
    "paid_for_retired": Share("paid_for_retired", "paid_person_months"),
    "paid_for_insured": Share("paid_for_insured", "paid_person_months"),
    "paid_for_better_off": Share("paid_for_better_off", "paid_person_months"),
}
"""Indicator to its share.

The list's inclusion error is the share of people on the list for whom the programme is not meant, its
exclusion error the share of people for whom it is meant who are not on it (places are fewer than people); the
registry's errors are those to which its records would lead without any check. The others are shares of the
months paid.
"""

QUANTITIES = tuple(sorted({name for share in SHARES.values() for name in (share.part, share.whole)}))
"""Quantities of which the shares are made."""

WRONGLY_PAID = tuple(name for name in SHARES if name.startswith("paid_for_"))


def targeting_table(yearly: pd.DataFrame, smallest: int = 0) -> pd.DataFrame:
    """Mean, low and high across worlds of each indicator, by scenario and year; not a number without a whole.

    Parameters
    ----------
    yearly:
        One row for each scenario, world, year and quantity.
    smallest:
        Shares whose part, rest or whole counts fewer people than this, but some, are left out: those of a
        real register.
    """
    wide = yearly[yearly["quantity"].isin(QUANTITIES)].pivot(
        index=["scenario", "year", "world"], columns="quantity", values="value"
    )
    parts = [
        _estimates(_values(wide, share, smallest)).assign(indicator=name) for name, share in SHARES.items()
    ]
    names = yearly["scenario"].unique().tolist()
    table = pd.concat(parts)[["scenario", "year", "indicator", "mean", "low", "high"]]
    order = {name: place for place, name in enumerate(names)}
    return table.sort_values(
        ["scenario", "year"], key=lambda column: column.replace(order), kind="stable"
    ).reset_index(drop=True)


def _values(wide: pd.DataFrame, share: Share, smallest: int) -> "pd.Series[float]":
    whole = wide[share.whole].astype("float64")
    part = whole - wide[share.part] if share.is_missing else wide[share.part].astype("float64")
    counts = (part, whole, whole - part)
    is_small = pd.concat([(count > 0) & (count < smallest) for count in counts], axis=1).any(axis=1)
    # One small world hides them all: the mean of the others would tell of it.
    is_hidden = is_small.groupby(level=["scenario", "year"]).transform("any")
    return (part / whole.where(whole > 0)).mask(is_hidden)


def _estimates(values: "pd.Series[float]") -> pd.DataFrame:
    by_year = values.groupby(level=["scenario", "year"], sort=False)
    spread = {
        "mean": by_year.mean(),
        "low": by_year.quantile(LOW),
        "high": by_year.quantile(HIGH),
    }
    return pd.DataFrame(spread).reset_index()


def wrongly_paid(yearly: pd.DataFrame) -> "pd.Series[int]":
    """Person-months paid for people who are not meant, by scenario, world and year."""
    wrong = yearly[yearly["quantity"].isin(WRONGLY_PAID)]
    return wrong.groupby(["scenario", "world", "year"], sort=False)["value"].sum()
