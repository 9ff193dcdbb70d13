"""Income of a worker: rank inside the trade, then the trade's quantile function.

The quantile function runs straight from the lowest income through the published quartiles to the highest
one. With the chance `population.income_decile_link` the rank of a person falls into the slice of the trade
that the person's decile holds, otherwise anywhere; ranks stay uniform, so the quartiles of the trade hold
and poor deciles earn less. Only whole numbers are used.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.population.fitting import RANK_SCALE
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import Int64
from jamsos_sim.units import threshold_of

QUARTER_BITS = 28
QUARTER = 1 << QUARTER_BITS
LAST_QUARTER = RANK_SCALE // QUARTER - 1


def income_ranks(
    keys: npt.NDArray[np.uint64], occupation: Int64, decile: Int64, rank_edges: Int64, link: float
) -> Int64:
    """Rank in the trade, 0 to ``RANK_SCALE - 1``; ``decile`` counts from 0, ``link`` is a chance."""
    linked = chance.draws(keys, 0, chance.DECISION_INCOME_LINK) < threshold_of(link)
    lower = np.where(linked, rank_edges[occupation, decile], 0)
    upper = np.where(linked, rank_edges[occupation, decile + 1], RANK_SCALE)
    drawn = chance.draws(keys, 0, chance.DECISION_INCOME)
    ranks: Int64 = lower + ((drawn * (upper - lower)) >> 32)
    return ranks


def incomes_of_ranks(occupation: Int64, ranks: Int64, knots: Int64) -> Int64:
    """Rupiah a month at a rank of a trade; ``knots`` comes from `income_knots`."""
    quarter = np.minimum(ranks >> QUARTER_BITS, LAST_QUARTER)
    below, above = knots[occupation, quarter], knots[occupation, quarter + 1]
    beyond_quarter = ranks - quarter * QUARTER
    incomes: Int64 = below + (((above - below) * beyond_quarter) >> QUARTER_BITS)
    return incomes


def income_knots(region: Region, draws: Mapping[str, float]) -> Int64:
    """Lowest income, three quartiles and highest income of each trade, rupiah a month."""
    floor, top = draws["population.income_floor_ratio"], draws["population.income_top_ratio"]
    rows = [
        (int(lower * floor), lower, median, upper, int(upper * top))
        for lower, median, upper in (each.income_quartiles for each in region.occupations)
    ]
    return np.array(rows, dtype=np.int64)
