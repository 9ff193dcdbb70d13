"""Summaries over worlds of a run on a real register: small counts, and the rupiah that would tell them.

A row is hidden when its mean or its interval goes below `SMALLEST_CELL`; nought in every world stays, because
a scenario without a programme does that and no person. Rupiah are hidden with the count of which they are a
multiple. Of quantities that add up to a shown one, never exactly one is hidden.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from jamsos_sim.privacy import SMALLEST_CELL, Mask

ESTIMATES = ["mean", "low", "high"]
HIDDEN = "is_hidden"

COUNTS_BEHIND: Mapping[str, tuple[str, ...]] = {
    "appropriation": (),
    "city_contributions": ("paid_person_months",),
    "self_contributions": ("self_paying",),
    "jkk_paid": ("jkk_cases",),
    "jkm_paid": ("jkm_cases",),
    "scholarships_paid": ("jkk_cases", "jkm_cases"),
    "self_paid": ("self_cases",),
    "unprotected_loss": ("deaths", "accidents"),
    "refresh_cost": ("informal_workers",),
    "insurer_check_cost": ("insurer_checks",),
    "civil_check_cost": ("civil_checks",),
    "ground_check_cost": ("ground_checks",),
}
"""Quantity in rupiah to the counts that it would tell; the appropriation is public."""


class Sum(NamedTuple):
    """Quantities that are parts of another one; with a rest that no quantity counts, or without."""

    whole: str
    parts: tuple[str, ...]
    has_rest: bool = False


SUMS = (
    Sum("enrolled", ("vulnerable_enrolled", "enrolled_not_vulnerable", "enrolled_not_found")),
    Sum("informal_workers", ("vulnerable_workers",), has_rest=True),
    Sum("vulnerable_workers", ("entitled_workers",), has_rest=True),
    Sum("entitled_workers", ("entitled_enrolled",), has_rest=True),
    Sum("entitled_workers", ("entitled_off_register",), has_rest=True),
    Sum("records_within_criteria", ("records_not_vulnerable",), has_rest=True),
    Sum("deaths", ("work_deaths",), has_rest=True),
)


def masked_summary(summary: pd.DataFrame) -> pd.DataFrame:
    """A summary in which nothing tells a count below five.

    Parameters
    ----------
    summary:
        One row for each scenario, year and quantity, with the columns of `ESTIMATES`.

    Returns
    -------
    DataFrame
        The same rows and columns, not a number where hidden, and the column ``is_hidden``.
    """
    parts = [_masked_group(group) for _, group in summary.groupby(["scenario", "year"], sort=False)]
    masked = pd.concat(parts).loc[summary.index] if parts else summary.assign(**{HIDDEN: False})
    return masked.astype({HIDDEN: bool})


def masked_differences(differences: pd.DataFrame, masked: pd.DataFrame) -> pd.DataFrame:
    """Differences between scenarios without those of which either side is hidden in a masked summary."""
    hidden = masked[masked[HIDDEN]]
    names = set(zip(hidden["scenario"], hidden["year"], hidden["quantity"], strict=True))
    sides = [
        zip(differences[side], differences["year"], differences["quantity"], strict=True)
        for side in ("scenario", "to")
    ]
    is_hidden = np.array(
        [own in names or other in names for own, other in zip(*sides, strict=True)], dtype=bool
    )
    return _without(differences, is_hidden)


def _masked_group(group: pd.DataFrame) -> pd.DataFrame:
    """One scenario and year."""
    values = group.set_index("quantity")[ESTIMATES]
    hidden = {str(name) for name in values.index[_is_small(values)] if name not in COUNTS_BEHIND}
    while more := [name for each in SUMS for name in _also_hidden(each, values, hidden)]:
        hidden.update(more)
    hidden |= {name for name, counts in COUNTS_BEHIND.items() if hidden & set(counts)}
    return _without(group, group["quantity"].isin(hidden).to_numpy())


def _is_small(values: pd.DataFrame) -> Mask:
    numbers = values.to_numpy(dtype=np.float64)
    small: Mask = (numbers.min(axis=1) < SMALLEST_CELL) & (numbers != 0).any(axis=1)
    return small


def _also_hidden(each: Sum, values: pd.DataFrame, hidden: set[str]) -> Sequence[str]:
    """The next quantity to hide so that a hidden part, or a small rest, can't be told from the others."""
    named = {each.whole, *each.parts}
    if not named <= set(values.index) or each.whole in hidden:
        return ()
    parts_hidden = [name for name in each.parts if name in hidden]
    rest = values.loc[each.whole] - values.loc[list(each.parts)].sum()
    is_rest_small = (
        each.has_rest and bool(rest["mean"] < SMALLEST_CELL) and bool(values.loc[each.whole].any())
    )
    unknown = len(parts_hidden) + is_rest_small
    if unknown != 1 or (each.has_rest and not is_rest_small):
        return ()  # nothing to protect, or two unknowns already: a part and the rest, or two parts
    shown = [name for name in each.parts if name not in hidden] or [each.whole]
    means = values["mean"].to_dict()
    return [min(shown, key=means.__getitem__)]


def _without(table: pd.DataFrame, is_hidden: Mask) -> pd.DataFrame:
    masked = table.astype(dict.fromkeys(ESTIMATES, float)).assign(**{HIDDEN: is_hidden})
    masked.loc[is_hidden, ESTIMATES] = np.nan
    return masked
