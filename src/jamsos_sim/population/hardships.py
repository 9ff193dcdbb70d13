"""Disability, a stunted child, tuberculosis and a remote home: whom the city's food parcels are meant for.

Nobody has published how many there are in the city; every chance is a ranged assumption. Disability becomes
likelier with age; stunting and tuberculosis are more frequent in low deciles. Tuberculosis and disability are
states at the first month or at arrival that stay: who falls ill later takes the place of who recovers, so
that the numbers hold and not the names. A stunted child is one who is under five at that time, or is born
later; it counts in the months in which the child is under five.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.population.alike import alike, drawn
from jamsos_sim.population.fitting import Fitted
from jamsos_sim.population.workers import NO_CHILD, Int64, Workers
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, threshold_of

YOUNG, OLD = 20, 65
OLDEST = 100
UNDER_FIVE = 5 * MONTHS_PER_YEAR
FIRST_CHILD, SECOND_CHILD = 0, 1

HARDSHIP_ADDRESSES = (
    (0, chance.DECISION_DISABILITY),
    (FIRST_CHILD, chance.DECISION_STUNTING),
    (SECOND_CHILD, chance.DECISION_STUNTING),
    (0, chance.DECISION_TUBERCULOSIS),
    (0, chance.DECISION_REMOTE_HOME),
)
"""Numbers and decisions of the draws behind hardships."""

Mask = npt.NDArray[np.bool_]


class Hardships(NamedTuple):
    """Chances of a world as thresholds: by age 0 to 100, by decile (from 0), by decile, and for all."""

    disability: Int64
    stunting: Int64
    tuberculosis: Int64
    remote_home: int


def hardships_of(fitted: Fitted, draws: Mapping[str, float]) -> Hardships:
    """Thresholds of a world; means over deciles are those of its fitted workers."""
    leaning = _by_decile(fitted, draws["population.hardship_decile_ratio"])
    young, old = draws["population.disability_at_20"], draws["population.disability_at_65"]
    ages = [min(max(age, YOUNG), OLD) for age in range(OLDEST + 1)]
    by_age = [young + (old - young) * ((age - YOUNG) / (OLD - YOUNG)) for age in ages]
    return Hardships(
        disability=_thresholds(by_age),
        stunting=_thresholds([draws["population.stunted_share"] * each for each in leaning]),
        tuberculosis=_thresholds([draws["population.tuberculosis_share"] * each for each in leaning]),
        remote_home=threshold_of(draws["population.remote_home_share"]),
    )


def _thresholds(shares: list[float]) -> Int64:
    return np.array([threshold_of(min(1.0, share)) for share in shares], dtype=np.int64)


def _by_decile(fitted: Fitted, ratio: float) -> list[float]:
    """How much likelier a hardship is in each decile than for all workers together."""
    workers = [int(count) for count in fitted.weights.sum(axis=(0, 1, 2))]
    steps = max(1, len(workers) - 1)
    raw = [1.0 + (ratio - 1.0) * ((steps - decile) / steps) for decile in range(len(workers))]
    mean = sum(count * each for count, each in zip(workers, raw, strict=True)) / sum(workers)
    return [each / mean if mean > 0.0 else 0.0 for each in raw]


@alike
def has_disability(keys: Any, age_in_months: Int64, chances: Hardships) -> Mask:
    """Who has a disability."""
    luck = drawn(keys, 0, chance.DECISION_DISABILITY)
    mask: Mask = luck < chances.disability[age_in_months // MONTHS_PER_YEAR]
    return mask


@alike
def has_stunted_child(
    keys: Any, children: tuple[Int64, Int64], arrival: Int64, decile: Int64, chances: Hardships
) -> Mask:
    """Whose first or second child is stunted; ``decile`` counts from 0, ``arrival`` is the first month."""
    threshold = chances.stunting[decile]
    first = drawn(keys, FIRST_CHILD, chance.DECISION_STUNTING) < threshold
    second = drawn(keys, SECOND_CHILD, chance.DECISION_STUNTING) < threshold
    mask: Mask = _is_young(children[0], arrival) & first | _is_young(children[1], arrival) & second
    return mask


@alike
def has_tuberculosis(keys: Any, decile: Int64, chances: Hardships) -> Mask:
    """Who is in treatment for tuberculosis; ``decile`` counts from 0."""
    mask: Mask = drawn(keys, 0, chance.DECISION_TUBERCULOSIS) < chances.tuberculosis[decile]
    return mask


@alike
def is_in_remote_home(keys: Any, chances: Hardships) -> Mask:
    """Whose home is hard to reach."""
    mask: Mask = drawn(keys, 0, chance.DECISION_REMOTE_HOME) < chances.remote_home
    return mask


def expected_hardships(workers: Workers, chances: Hardships) -> dict[str, float]:
    """Share of the people expected to have each hardship, by column of `Workers`: their mean chance."""
    arrival = workers.arrival_month.astype(np.int64)
    decile = workers.decile.astype(np.int64) - 1
    age = np.clip((arrival - workers.birth_month) // MONTHS_PER_YEAR, 0, OLDEST)
    stunted = chances.stunting[decile] / CHANCE_SCALE
    without = np.ones(arrival.size)
    for child in (workers.first_child, workers.second_child):
        without *= np.where(_is_young(child.astype(np.int64), arrival), 1.0 - stunted, 1.0)
    return {
        "has_disability": float((chances.disability[age] / CHANCE_SCALE).mean()),
        "has_stunted_child": float(1.0 - without.mean()),
        "has_tuberculosis": float((chances.tuberculosis[decile] / CHANCE_SCALE).mean()),
        "is_in_remote_home": chances.remote_home / CHANCE_SCALE,
    }


@alike
def _is_young(child: Int64, arrival: Int64) -> Mask:
    """Whether a child is under five at the first month, or born later."""
    young: Mask = (child != NO_CHILD) & (child > arrival - UNDER_FIVE)
    return young
