"""What workers and their households live on in one world, as the steps of a month read it."""

from typing import NamedTuple


class Earnings(NamedTuple):
    """One world's incomes: how a month's differs from the usual one, and what the contribution weighs.

    ``step_ppm`` is what a decile is worth, over the income at the start; ``mean_income`` is that of a month,
    over the poorer half of the vulnerable workers at the start; ``usual_share_ppm`` is the contribution
    ``usual_price`` over the month's income, the mean over those of them who would pay it alone.
    """

    poor_month: int
    poor_ppm: int
    spread_ppm: int
    tight_ppm: int
    strained_ppm: int
    step_ppm: int
    mean_income: int
    usual_price: int
    usual_share_ppm: int


class Households(NamedTuple):
    """One world's households of workers, and how long after a death or an injury they are looked at.

    Months are at least one; ``mean_factor_ppm`` is a mean month's income over the usual one.
    """

    poverty_line: int
    members_span_ppm: int
    other_earner: int
    other_income_ppm: int
    bereaved_months: int
    injured_months: int
    mean_factor_ppm: int
