"""Income of a worker: rank inside the trade, then the trade's quantile function.

The quantile function runs straight from the lowest income through the published quartiles to the highest
one. With the chance `population.income_decile_link` the rank of a person falls into the slice of the trade
that the person's decile holds, otherwise anywhere; ranks stay uniform, so the quartiles of the trade hold
and poor deciles earn less. Only whole numbers are used.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.alike import alike, chosen, drawn
from jamsos_sim.population.fitting import RANK_SCALE, Fitted
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64
from jamsos_sim.units import threshold_of

QUARTER_BITS = 28
QUARTER = 1 << QUARTER_BITS
LAST_QUARTER = RANK_SCALE // QUARTER - 1
KNOTS = RANK_SCALE // QUARTER + 1

INCOME_ADDRESSES = ((0, chance.DECISION_INCOME_LINK), (0, chance.DECISION_INCOME))
"""Numbers and decisions of the draws behind an income."""


class Incomes(NamedTuple):
    """Numbers of a world behind incomes.

    Attributes
    ----------
    edges:
        Edges of the deciles in each trade on the scale of ranks, trade after trade.
    edges_of_trade:
        How many edges a trade has.
    knots:
        Lowest income, three quartiles and highest income, rupiah a month, trade after trade.
    link:
        Threshold of the chance that an income goes with the decile.
    """

    edges: Int64
    edges_of_trade: int
    knots: Int64
    link: int


def incomes_of(region: Region, draws: Mapping[str, float], fitted: Fitted) -> Incomes:
    """Numbers of a world."""
    return Incomes(
        edges=fitted.rank_edges.reshape(-1),
        edges_of_trade=fitted.rank_edges.shape[1],
        knots=income_knots(region, draws).reshape(-1),
        link=threshold_of(draws["population.income_decile_link"]),
    )


@alike
def incomes_of_people(keys: Any, occupation: Int64, decile: Int64, incomes: Incomes) -> Int64:
    """Rupiah a month; ``decile`` counts from 0."""
    ranks = _ranks(keys, occupation, decile, incomes)
    quarter = ranks >> QUARTER_BITS
    quarter = chosen(quarter < LAST_QUARTER, quarter, LAST_QUARTER)
    knot = occupation * KNOTS + quarter
    below, above = incomes.knots[knot], incomes.knots[knot + 1]
    beyond_quarter = ranks - (quarter << QUARTER_BITS)
    rupiah: Int64 = below + (((above - below) * beyond_quarter) >> QUARTER_BITS)
    return rupiah


@alike
def _ranks(keys: Any, occupation: Int64, decile: Int64, incomes: Incomes) -> Int64:
    """Rank in the trade, 0 to ``RANK_SCALE - 1``."""
    linked = drawn(keys, 0, chance.DECISION_INCOME_LINK) < incomes.link
    edge = occupation * incomes.edges_of_trade + decile
    lower = chosen(linked, incomes.edges[edge], 0)
    upper = chosen(linked, incomes.edges[edge + 1], RANK_SCALE)
    luck = drawn(keys, 0, chance.DECISION_INCOME)
    ranks: Int64 = lower + ((luck * (upper - lower)) >> 32)
    return ranks


def income_knots(region: Region, draws: Mapping[str, float]) -> Int64:
    """Lowest income, three quartiles and highest income of each trade, rupiah a month."""
    floor, top = draws["population.income_floor_ratio"], draws["population.income_top_ratio"]
    rows = [
        (int(lower * floor), lower, median, upper, int(upper * top))
        for lower, median, upper in (each.income_quartiles for each in region.occupations)
    ]
    return np.array(rows, dtype=np.int64)
