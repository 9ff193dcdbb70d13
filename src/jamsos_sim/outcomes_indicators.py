"""What a council asks of a scenario: the three fiscal risks together, the insurer's account, the families,
and the draft's four principles: humanity (families, months to payment), social justice (concentration over
deciles, women), sustainability (share of the city's budget, overrun, committed scholarships) and
affordability (what contributions weigh on incomes, who is poor after a death or an injury).

Every indicator is computed world by world and then told with its interval across worlds.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.model.ledger import CONTRIBUTIONS as CONTRIBUTIONS_BY_PAYER
from jamsos_sim.model.ledger import FAMILIES, Rows
from jamsos_sim.model.payments import CITY, PAYMENTS
from jamsos_sim.outcomes_welfare import WELFARE_QUANTITIES, WELFARE_SHARES
from jamsos_sim.population.region import CityBudget

Wide = pd.DataFrame
"""One row for each scenario, world and year, one column for each quantity."""
Values = pd.Series
"""One number for each scenario, world and year; not a number where there is nothing to share out."""

PAID_FAMILIES = ("families_full", "families_funeral_only", "families_gap_waiting", "families_work_death")
"""Families of vulnerable workers who died that received something from the programme."""
BENEFITS = ("jkk_paid", "jkm_paid", "self_paid")
FOR_RECIPIENTS = tuple(Rows._fields[row] for row in CONTRIBUTIONS_BY_PAYER)
"""Contributions paid for recipients, by whichever payer."""
CONTRIBUTIONS = (*FOR_RECIPIENTS, "recipient_contributions", "self_contributions")
WORKING_ENROLLED = ("vulnerable_enrolled", "enrolled_not_vulnerable")
"""Informal workers on the list."""
CITY_COSTS = tuple(name for name, payment in PAYMENTS.items() if payment.payer == CITY)
"""Everything that the city pays."""
CITY_EXPENDITURE = "city_expenditure"
"""Column of what the whole budget of the city spends in the year."""


def _ratio(part: "Values[float]", whole: "Values[float]") -> "Values[float]":
    return part / whole.where(whole > 0)


def _sum(wide: Wide, names: tuple[str, ...]) -> "Values[float]":
    return wide[list(names)].sum(axis=1)


def money_unspent(wide: Wide) -> "Values[float]":
    """Rupiah of the year's appropriation that were not spent on contributions."""
    return wide["appropriation"] - wide["city_contributions"]


def overrun(wide: Wide) -> "Values[float]":
    """Rupiah that the planned months which nobody had money for would have cost, at the year's mean price."""
    price = _ratio(_sum(wide, FOR_RECIPIENTS), wide["paid_person_months"])
    return (wide["unfunded_person_months"] * price).where(wide["unfunded_person_months"] > 0, 0.0)


def people_left_out(wide: Wide) -> "Values[float]":
    """People for whom the programme is meant who are not on the list at the end of the year."""
    return wide["entitled_workers"] - wide["entitled_enrolled"]


def city_cost(wide: Wide) -> "Values[float]":
    """Rupiah that the city pays for the programme in the year, on whichever budget line."""
    return _sum(wide, CITY_COSTS)


def concentration(wide: Wide) -> "Values[float]":
    """Concentration index (indeks konsentrasi) of the list over true welfare deciles.

    From -1 to 1: nought where every decile of the informal workers has the same chance to be on the list,
    below it where the poor are preferred. Not a number for a year of which the run does not see the end.
    """
    listed = _sum(wide, WORKING_ENROLLED) * wide["informal_workers"]
    ranks = wide["ranks_of_enrolled"]
    return _ratio(ranks.where(ranks > 0), listed) - 1


def _women(part: str, whole: tuple[str, ...], wide: Wide) -> "Values[float]":
    # A year of which the run does not see the end has no count of women.
    return _ratio(wide[part].where(wide["women_working"] > 0), _sum(wide, whole))


def _families_of_100(names: tuple[str, ...], wide: Wide) -> "Values[float]":
    return 100 * _ratio(_sum(wide, names), _sum(wide, FAMILIES))


def _share(part: Callable[[Wide], "Values[float]"], whole: str, wide: Wide) -> "Values[float]":
    return _ratio(part(wide), wide[whole])


def _mean(part: str, whole: str, wide: Wide) -> "Values[float]":
    return _ratio(wide[part], wide[whole])


def _is_overrun(wide: Wide) -> "Values[float]":
    return (wide["unfunded_person_months"] > 0).astype("float64")


def _is_idle(wide: Wide) -> "Values[float]":
    # What is too little for one more place at the year's mean cost does nobody who waits any good.
    place = _ratio(wide["city_contributions"], wide["enrolled"]).fillna(0.0)
    left = money_unspent(wide)
    return ((left > 0) & (left >= place) & (wide["waiting"] > 0)).astype("float64")


def _is_both(wide: Wide) -> "Values[float]":
    return ((_is_overrun(wide) > 0) | (_is_idle(wide) > 0)).astype("float64")


RISKS: Mapping[str, Callable[[Wide], "Values[float]"]] = {
    "overrun_risk": _is_overrun,
    "money_idle_risk": _is_idle,
    "either_risk": _is_both,
}
"""Share of the worlds in which the money runs out, in which money for a place or more is left at the end of
the year while people wait, and in which either happens; a share of worlds has no interval across worlds.
"""

MEASURES: Mapping[str, Callable[[Wide], "Values[float]"]] = {
    "overrun": overrun,
    "people_left_out": people_left_out,
    "left_out_share": partial(_share, people_left_out, "entitled_workers"),
    "money_unspent": money_unspent,
    "money_unspent_share": partial(_share, money_unspent, "appropriation"),
    "insurer_ratio": lambda wide: _ratio(_sum(wide, BENEFITS), _sum(wide, CONTRIBUTIONS)),
    **{f"{name}_of_100": partial(_families_of_100, (name,)) for name in FAMILIES},
    "families_paid_of_100": partial(_families_of_100, PAID_FAMILIES),
    "jkm_months_to_payment_mean": partial(_mean, "jkm_months_to_payment", "jkm_cases"),
    "jkk_months_to_payment_mean": partial(_mean, "jkk_months_to_payment", "jkk_cases"),
    "months_waited_mean": partial(_mean, "months_waited", "admitted"),
    "help_months_waited_mean": partial(_mean, "months_waited_for_help", "assisted_claims"),
    "city_cost": city_cost,
    "city_cost_share": partial(_share, city_cost, CITY_EXPENDITURE),
    "committed_scholarships": lambda wide: wide["scholarships_committed"],
    "concentration_index": concentration,
    "women_share_of_list": partial(_women, "women_enrolled", WORKING_ENROLLED),
    "women_share_of_workers": partial(_women, "women_working", ("informal_workers",)),
    **{name: partial(_mean, share.part, share.whole) for name, share in WELFARE_SHARES.items()},
}
"""Indicator to what it is in one world and year."""

INDICATORS = (*RISKS, *MEASURES)
RUPIAH_INDICATORS = ("overrun", "money_unspent", "city_cost", "committed_scholarships")

QUANTITIES = (
    "appropriation",
    "unfunded_person_months",
    "paid_person_months",
    "entitled_workers",
    "entitled_enrolled",
    "enrolled",
    "waiting",
    "admitted",
    "months_waited",
    "assisted_claims",
    "months_waited_for_help",
    "jkk_cases",
    "jkm_cases",
    "jkk_months_to_payment",
    "jkm_months_to_payment",
    "scholarships_committed",
    "informal_workers",
    *WORKING_ENROLLED,
    "women_working",
    "women_enrolled",
    "ranks_of_enrolled",
    *BENEFITS,
    *CITY_COSTS,
    *(name for name in CONTRIBUTIONS if name not in CITY_COSTS),
    *FAMILIES,
    *WELFARE_QUANTITIES,
)
"""Quantities of the ledger that the indicators read."""


def indicator_table(yearly: pd.DataFrame, budgets: Sequence[CityBudget] = ()) -> pd.DataFrame:
    """Mean, low and high across worlds of each indicator, by scenario and year.

    Parameters
    ----------
    yearly:
        One row for each scenario, world, year and quantity, with at least `QUANTITIES`.
    budgets:
        The city's whole budget, for the years for which it is known.

    Returns
    -------
    DataFrame
        Columns ``scenario, year, indicator, mean, low, high``; not a number where nothing can be shared out.
    """
    names = yearly["scenario"].unique().tolist()
    wide = yearly.pivot(index=["scenario", "world", "year"], columns="quantity", values="value")
    wide = wide.astype("float64").sort_index()
    known = {budget.year: float(budget.expenditure) for budget in budgets}
    wide[CITY_EXPENDITURE] = wide.index.get_level_values("year").map(known).astype("float64")
    parts = [_told(risk(wide)).assign(indicator=name, low=None, high=None) for name, risk in RISKS.items()]
    parts += [_told(measure(wide)).assign(indicator=name) for name, measure in MEASURES.items()]
    table = pd.concat([part.astype({"low": "float64", "high": "float64"}) for part in parts])
    order = {name: place for place, name in enumerate(names)}
    return table[["scenario", "year", "indicator", "mean", "low", "high"]].sort_values(
        ["scenario", "year"], key=lambda column: column.replace(order), kind="stable", ignore_index=True
    )


def _told(values: "Values[float]") -> pd.DataFrame:
    by_year = values.groupby(level=["scenario", "year"], sort=False)
    spread = {"mean": by_year.mean(), "low": by_year.quantile(LOW), "high": by_year.quantile(HIGH)}
    return pd.DataFrame(spread).reset_index()
