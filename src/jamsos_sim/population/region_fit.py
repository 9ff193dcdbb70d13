"""Whether the margins of a region can hold together: how far the fitted table stays from them."""

import numpy as np

from jamsos_sim.errors import InputError
from jamsos_sim.population.exact_sums import exact_sums
from jamsos_sim.population.fitting import central_fit
from jamsos_sim.population.margins import central_mix, margins
from jamsos_sim.population.region import OccupationAges, Region

KNOWN_AGES_GAP = 0.001


def largest_gap(region: Region) -> float:
    """The largest difference between a share of the fitted table and its target.

    Raises `InputError` when the margins, or a known share of ages, cannot be reached.
    """
    weights = central_fit(region).weights.astype(np.float64)
    table = weights / weights.sum()
    gaps = [np.abs(exact_sums(table, own.axes) - own.shares) for own in margins(region, central_mix(region))]
    for known in region.occupation_ages:
        _require_known_ages(region, known, table)
    return max(float(gap.max()) for gap in gaps)


def _require_known_ages(region: Region, known: OccupationAges, table: np.ndarray) -> None:
    by_age = table[:, :, known.occupation].sum(axis=(0, 2))
    inside = np.array([known.from_age <= start < known.stop_age for start in region.age_starts])
    total = float(by_age.sum())
    reached = float(by_age[inside].sum()) / total if total > 0 else known.share
    if abs(reached - known.share) > KNOWN_AGES_GAP:
        raise InputError(
            "region.ages_not_reached",
            region=region.name,
            trade=region.occupations[known.occupation].key,
            first=known.from_age,
            stop=known.stop_age,
            share=f"{known.share:.3f}",
            reached=f"{reached:.3f}",
        )
