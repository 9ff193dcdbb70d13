"""What the contribution weighs on those for whom it is meant: shares of income and of people, by world."""

import pandas as pd

from jamsos_sim.outcomes_targeting import Share, shares_table

WELFARE_SHARES = {
    "recipients_burden": Share("recipients_due", "recipients_income"),
    "recipients_strained": Share("recipients_strained", "recipients_weighed"),
    "self_payers_burden": Share("self_payers_due", "self_payers_income"),
    "self_payers_strained": Share("self_payers_strained", "self_payers_asked"),
    "self_payers_lapsing": Share("self_payers_lapsed", "self_payers_asked"),
}
"""Indicator to its share: contributions over income, and people over those who are asked or looked at.

What weighs on recipients is what the contribution would weigh if they paid it alone.
"""


def welfare_table(yearly: pd.DataFrame, smallest: int = 0) -> pd.DataFrame:
    """Mean, low and high across worlds of each indicator, by scenario and year; not a number without a whole.

    Parameters
    ----------
    yearly:
        One row for each scenario, world, year and quantity.
    smallest:
        Shares whose part, rest or whole counts fewer than this, but some, are left out: those of a real
        register.
    """
    return shares_table(yearly, WELFARE_SHARES, smallest)
