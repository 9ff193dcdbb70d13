"""Who the informal workers of a city are: size, make-up and need, with the interval over worlds."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import FEMALE, NO_CHILD, Workers
from jamsos_sim.report.numbers import Estimate, Style, rupiah_with_interval, with_interval
from jamsos_sim.report.pool import estimate_of
from jamsos_sim.units import MONTHS_PER_YEAR

GROWN_UP = 18 * MONTHS_PER_YEAR
PERCENT = 100
LARGEST_TRADES = 3


class Portrait(NamedTuple):
    """Numbers of the people present in one world; shares are per cent of them."""

    workers: float
    women: float
    age: float
    income: float
    vulnerable: float
    parents: float
    disability: float
    stunted_child: float
    tuberculosis: float
    remote_home: float


DIGITS = Portrait(0, 1, 1, 0, 1, 1, 1, 1, 1, 1)
"""Decimals shown."""


def portrait_of(workers: Workers, month: int, highest_decile: int) -> Portrait:
    """The portrait of a world's people in a month; the vulnerable stand in deciles up to the highest."""

    def percent(mask: np.ndarray) -> float:
        return PERCENT * float(np.count_nonzero(mask)) / max(1, mask.size)

    children = (workers.first_child, workers.second_child)
    at_home = [(child != NO_CHILD) & (child <= month) & (month - child < GROWN_UP) for child in children]
    return Portrait(
        workers=float(workers.sex.size),
        women=percent(workers.sex == FEMALE),
        age=float((month - workers.birth_month).mean()) / MONTHS_PER_YEAR,
        income=float(np.median(workers.income)),
        vulnerable=percent(workers.decile <= highest_decile),
        parents=percent(at_home[0] | at_home[1]),
        disability=percent(workers.has_disability == 1),
        stunted_child=percent(workers.has_stunted_child == 1),
        tuberculosis=percent(workers.has_tuberculosis == 1),
        remote_home=percent(workers.is_in_remote_home == 1),
    )


def people_table(central: Portrait, worlds: Sequence[Portrait], lang: str) -> pd.DataFrame:
    """One row for each number: at central assumptions, and over the worlds with its interval."""
    alone = [Estimate(value, value, value) for value in central]
    spread = [estimate_of([portrait[place] for portrait in worlds]) for place in range(len(central))]
    columns = {
        text("fit.central", lang): _written(alone, lang),
        text("fit.over_worlds", lang): _written(spread, lang),
    }
    names = pd.Index([text(f"fit.people_{name}", lang) for name in Portrait._fields])
    return pd.DataFrame(columns).set_index(names)


def _written(estimates: Sequence[Estimate], lang: str) -> list[str]:
    rows = zip(Portrait._fields, DIGITS, estimates, strict=True)
    return [
        rupiah_with_interval(each, lang)
        if name == "income"
        else with_interval(each, Style(lang, int(digits)))
        for name, digits, each in rows
    ]


def largest_trades(region: Region, workers: Workers, lang: str) -> str:
    """The largest trades, the largest first, in words."""
    counts = np.bincount(workers.occupation, minlength=len(region.occupations))
    order = sorted(range(counts.size), key=lambda trade: (-int(counts[trade]), trade))
    return "; ".join(region.occupations[trade].title[lang] for trade in order[:LARGEST_TRADES])
