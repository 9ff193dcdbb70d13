"""Summaries over worlds of a run on a real register: what is published at all, and what of it is hidden.

Only the quantities of `PUBLISHED` are told; the others, such as flows between desks or months paid for the
wrong people, would tell of single people when added up. A number is hidden when its mean or its interval is
below the least that may be told: `SMALLEST_CELL` people, or the months of so many people in a year. Nought
in every world stays, because a scenario without a programme does that and no person. Rupiah are hidden with
the count of which they are a multiple, and so is what would tell a small rest of another number.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.privacy import SMALLEST_CELL, Mask
from jamsos_sim.units import MONTHS_PER_YEAR

ESTIMATES = ["mean", "low", "high"]
HIDDEN = "is_hidden"

LEAST_PERSON_MONTHS = SMALLEST_CELL * MONTHS_PER_YEAR
"""Person-months of a year below which fewer than five people may stand behind them."""

PERSON_MONTHS = frozenset({"paid_person_months", "covered_person_months"})

COUNTS_BEHIND: Mapping[str, tuple[str, ...]] = {
    "appropriation": (),
    "city_contributions": ("paid_person_months",),
    "jkk_paid": ("jkk_cases",),
    "jkm_paid": ("jkm_cases",),
    "scholarships_paid": ("jkk_cases", "jkm_cases"),
    "unprotected_loss": ("deaths", "accidents"),
}
"""Published quantity in rupiah to the counts that it would tell; the appropriation is public."""

PUBLISHED = (
    "enrolled",
    "waiting",
    "informal_workers",
    "vulnerable_workers",
    "vulnerable_enrolled",
    "entitled_workers",
    "entitled_enrolled",
    "paid_person_months",
    "covered_person_months",
    "deaths",
    "accidents",
    "jkk_cases",
    "jkm_cases",
    *COUNTS_BEHIND,
)


class Rest(NamedTuple):
    """A number that published ones tell: some of them less others; and what is hidden when it is small.

    Nothing is to be protected where ``within`` is nought in every world.
    """

    added: tuple[str, ...]
    taken: tuple[str, ...]
    within: str
    hides: tuple[str, ...]
    least: int = SMALLEST_CELL


_ENTITLED = ("entitled_workers", "entitled_enrolled")
_VULNERABLE = ("vulnerable_workers", "vulnerable_enrolled", *_ENTITLED)

RESTS = (
    Rest(("entitled_workers",), ("entitled_enrolled",), "informal_workers", _ENTITLED),
    Rest(("vulnerable_workers",), ("entitled_workers",), "informal_workers", _ENTITLED),
    Rest(("vulnerable_enrolled",), ("entitled_enrolled",), "enrolled", _ENTITLED),
    Rest(
        ("vulnerable_workers", "entitled_enrolled"),
        ("entitled_workers", "vulnerable_enrolled"),
        "informal_workers",
        _ENTITLED,
    ),
    Rest(("vulnerable_workers",), ("vulnerable_enrolled",), "informal_workers", _VULNERABLE),
    Rest(("informal_workers",), ("vulnerable_workers",), "informal_workers", _VULNERABLE),
    Rest(("enrolled",), ("vulnerable_enrolled",), "enrolled", _VULNERABLE),
    Rest(
        ("paid_person_months",),
        ("covered_person_months",),
        "paid_person_months",
        ("covered_person_months",),
        LEAST_PERSON_MONTHS,
    ),
)
"""People by kind (entitled, vulnerable only, others) on and off the list, and months paid but not covered."""


def least_of(quantity: str) -> int:
    """The smallest number of a published quantity that may be told."""
    return LEAST_PERSON_MONTHS if quantity in PERSON_MONTHS else SMALLEST_CELL


def masked_summary(summary: pd.DataFrame) -> pd.DataFrame:
    """What may be published of a summary, in which nothing tells a count below five.

    Parameters
    ----------
    summary:
        One row for each scenario, year and quantity, with the columns of `ESTIMATES`.

    Returns
    -------
    DataFrame
        The rows of `PUBLISHED`, not a number where hidden, and the column ``is_hidden``.
    """
    told = summary[summary["quantity"].isin(PUBLISHED)]
    parts = [_masked_group(group) for _, group in told.groupby(["scenario", "year"], sort=False)]
    masked = pd.concat(parts).loc[told.index] if parts else told.assign(**{HIDDEN: False})
    return masked.astype({HIDDEN: bool}).reset_index(drop=True)


def masked_differences(differences: pd.DataFrame, masked: pd.DataFrame) -> pd.DataFrame:
    """Published differences between scenarios, without those of which either side is hidden in a masked
    summary.
    """
    differences = differences[differences["quantity"].isin(PUBLISHED)].reset_index(drop=True)
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
    counts = [str(name) for name in values.index if name not in COUNTS_BEHIND]
    numbers = {name: values.loc[name].to_numpy(dtype=np.float64) for name in counts}
    hidden = {name for name in counts if _is_small(numbers[name], least_of(name))}
    for rest in RESTS:
        hidden.update(_hidden_for(rest, values))
    if hidden & set(_VULNERABLE):
        hidden.update(_together(hidden))
    hidden |= {name for name, behind in COUNTS_BEHIND.items() if hidden & set(behind)}
    return _without(group, group["quantity"].isin(hidden).to_numpy())


def _is_small(estimates: npt.NDArray[np.float64], least: int) -> bool:
    return bool(estimates.min() < least and (estimates != 0).any())


def _hidden_for(rest: Rest, values: pd.DataFrame) -> Sequence[str]:
    """What must be hidden so that a small rest is not told."""
    if not {rest.within, *rest.added, *rest.taken} <= set(values.index) or not values.loc[rest.within].any():
        return ()
    means = values["mean"]
    size = means[list(rest.added)].sum() - means[list(rest.taken)].sum()
    return rest.hides if abs(size) < rest.least else ()


def _together(hidden: set[str]) -> Iterator[str]:
    """Numbers by kind are hidden in pairs, and the narrower kind with the wider one: two unknowns."""
    yield from _VULNERABLE if hidden & set(_VULNERABLE[:2]) else _ENTITLED


def _without(table: pd.DataFrame, is_hidden: Mask) -> pd.DataFrame:
    masked = table.astype(dict.fromkeys(ESTIMATES, float)).assign(**{HIDDEN: is_hidden})
    masked.loc[is_hidden, ESTIMATES] = np.nan
    return masked
