"""What a world's incomes are like: how they vary, and what the contribution usually weighs against them."""

from collections.abc import Mapping

import numpy as np

from jamsos_sim.law.contributions import contribution_owed
from jamsos_sim.law.in_force import law_of
from jamsos_sim.law.selectors import PAYER_SELF, SECTOR_OTHER
from jamsos_sim.model.living_terms import Earnings, Households
from jamsos_sim.model.steps.earn import month_factor
from jamsos_sim.population.workers import PERSON, Int64, Workers
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION, threshold_of

QUANTILES = 64
"""Months of equal chance on which means over months are worked out."""
INVERSE_SCALE = 10**12


def usual_price(month: int) -> int:
    """Contribution of a self-payer on the lowest base in a month, without any relief of later years."""
    law = law_of(month)
    return contribution_owed(law.lowest_base, PAYER_SELF, SECTOR_OTHER, law)


def earnings_of(draws: Mapping[str, float], workers: Workers, vulnerable_decile: int, start: int) -> Earnings:
    """Incomes of a world, as whole numbers.

    The usual weight of the contribution is what it has on those who go on alone, so that the mean chance to
    lapse is that of the assumption: whoever earns more goes on more often.

    Parameters
    ----------
    workers:
        Whose incomes are usual: those of the poorer half of the vulnerable deciles, whom lists take first,
        present in the month ``start``.
    """
    varying = _varying(draws)._replace(usual_price=usual_price(start))
    factors = _factors(varying)
    incomes = _usual_incomes(workers, max(1, vulnerable_decile // 2), start)
    mean = max(1, sum(factors) * int(incomes.sum()) // (len(factors) * incomes.size * PARTS_PER_MILLION))
    return varying._replace(mean_income=mean, usual_share_ppm=_usual_share(varying, factors, incomes))


def households_of(draws: Mapping[str, float]) -> Households:
    """Households of a world, as whole numbers."""
    factors = _factors(_varying(draws))
    # People beyond two are spread evenly, so that their mean is half of the widest number.
    span = max(1.0, 2.0 * (draws["household.members"] - 2.0) + 1.0)
    return Households(
        poverty_line=round(draws["household.poverty_line"]),
        members_span_ppm=_ppm(span),
        other_earner=threshold_of(draws["household.other_earner_share"]),
        other_income_ppm=_ppm(draws["household.other_income_ratio"]),
        bereaved_months=max(1, round(draws["household.bereaved_months"])),
        injured_months=max(1, round(draws["household.injured_months"])),
        mean_factor_ppm=sum(factors) // len(factors),
    )


def _varying(draws: Mapping[str, float]) -> Earnings:
    """How a month's income differs from the usual one; what is usual is left open."""
    return Earnings(
        poor_month=threshold_of(draws["income.poor_month_share"]),
        poor_ppm=_ppm(draws["income.poor_month_level"]),
        spread_ppm=_ppm(draws["income.spread"]),
        tight_ppm=_ppm(draws["income.tight_share"]),
        strained_ppm=_ppm(draws["income.strained_from"]),
        step_ppm=_ppm(draws["income.step_of_decile"]),
        mean_income=1,
        usual_price=1,
        usual_share_ppm=1,
    )


def _ppm(share: float) -> int:
    return round(share * PARTS_PER_MILLION)


def _factors(earnings: Earnings) -> list[int]:
    """A month's income over the usual one in months of equal chance, parts per million."""
    drawn = [(2 * place + 1) * CHANCE_SCALE // (2 * QUANTILES) for place in range(QUANTILES)]
    return [max(1, month_factor(each, earnings)) for each in drawn]


def _usual_incomes(workers: Workers, highest_decile: int, start: int) -> Int64:
    """Incomes of the people of the first month up to a decile; one rupiah when there are none."""
    is_present = (workers.arrival_month <= start) & (workers.behind == PERSON)
    incomes = workers.income[is_present & (workers.decile <= highest_decile)].astype(np.int64)
    return np.maximum(1, incomes) if incomes.size else np.ones(1, dtype=np.int64)


def _usual_share(earnings: Earnings, factors: list[int], incomes: Int64) -> int:
    """The usual price over the month's income, parts per million: the mean over those who go on alone.

    The chance to go on is one for the part that has other reasons, and in proportion to income for the part
    that money decides; there the mean of price over income is the price over the mean income.
    """
    inverse_factor = sum(PARTS_PER_MILLION**2 // each for each in factors) // len(factors)
    inverse_income = int((INVERSE_SCALE // incomes).sum()) // incomes.size
    inverse_of_mean = INVERSE_SCALE * incomes.size // int(incomes.sum())
    other = PARTS_PER_MILLION - earnings.tight_ppm
    inverse = (other * inverse_income + earnings.tight_ppm * inverse_of_mean) // PARTS_PER_MILLION
    return max(1, earnings.usual_price * inverse * inverse_factor // INVERSE_SCALE)
