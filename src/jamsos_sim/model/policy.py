"""From a scenario to the policy of every month, scaled to the number of workers simulated.

Places, verification capacity and appropriation shrink with the number of workers over the city's, so that a
small run rations as the city does.
"""

from math import gcd
from typing import NamedTuple

from jamsos_sim.law.contributions import base_of_income
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.levers import Levers
from jamsos_sim.levers_money import FUNDERS
from jamsos_sim.model.context import Policy
from jamsos_sim.model.status import DEATH_GRANTS, MATCHING, NEVER, NO_END, PRIORITIES, SHORTFALLS, SPLITS
from jamsos_sim.model.support_terms import support_policy_of
from jamsos_sim.scenario import Scenario
from jamsos_sim.units import (
    PARTS_PER_MILLION,
    calendar_month,
    rounded_share,
    threshold_of,
)


class Scale(NamedTuple):
    """How many informal workers are simulated for how many of the city."""

    simulated: int
    city: int

    def of(self, amount: int) -> int:
        """An amount of the city as it is in the simulated part, rounded."""
        return rounded_share(amount, self.simulated, self.city)

    def of_one_ward(self, amount: int) -> int:
        """An amount of one kelurahan as it is in the simulated part, rounded up so that little stays."""
        return -(-amount * self.simulated // self.city)

    def in_lowest_terms(self) -> "Scale":
        """The same scale in the smallest numbers, in which all whole cities are alike."""
        common = gcd(self.simulated, self.city)
        return Scale(self.simulated // common, self.city // common)


def is_paid_month(levers: Levers, month: int) -> bool:
    """Whether the city's budget pays contributions in a month."""
    first = levers.budget.first_paid_month
    return first <= calendar_month(month) < first + levers.budget.months_paid


def paid_months_left(levers: Levers, month: int) -> int:
    """Months of the fiscal year, this one included, that the budget still pays."""
    first = levers.budget.first_paid_month
    return max(0, first + levers.budget.months_paid - max(first, calendar_month(month)))


def declared_base_of(levers: Levers, law: Law) -> int:
    """Base income on which members are declared: that of the band of the declared income."""
    declared = levers.contribution.declared_base
    return law.lowest_base if declared is None else base_of_income(declared, law)


def needs_count(levers: Levers) -> bool:
    """Whether places depend on how many poor workers the registry shows in each kelurahan."""
    return levers.list.territorial_split == "by_poor_workers" or levers.list.priority == "kelurahan_formula"


def is_count_month(scenario: Scenario, month: int) -> bool:
    """Whether the recorded poor of each kelurahan are counted: in January, and when it begins to matter."""
    if not needs_count(scenario.levers_at(month)):
        return False
    return calendar_month(month) == 1 or not needs_count(scenario.levers_at(month - 1))


def funds_of(levers: Levers, scale: Scale) -> tuple[int, ...]:
    """The money of each payer for a fiscal year, in the order of `FUNDERS`."""
    others = [getattr(levers.funding, funder) for funder in FUNDERS[1:]]
    return tuple(scale.of(money) for money in (levers.budget.appropriation, *others))


def funding_order_of(levers: Levers) -> tuple[int, ...]:
    """Codes of the payers in their order; `NEVER` in the places of those who do not pay."""
    codes = [FUNDERS.index(funder) for funder in levers.funding.order]
    return tuple(codes + [NEVER] * (len(FUNDERS) - len(codes)))


def ceiling_of(money: int | None, scale: Scale) -> int:
    """Money of a budget line for a fiscal year, or `NO_CEILING`."""
    return NO_CEILING if money is None else scale.of(money)


def cadre_capacity_of(levers: Levers, scale: Scale) -> int:
    """Claims with which the cadres of one kelurahan help in a month, or `NO_CEILING`."""
    capacity = levers.kelurahan.cadre_capacity
    return NO_CEILING if capacity is None else scale.of_one_ward(capacity)


def policy_of(scenario: Scenario, month: int, scale: Scale, law: Law) -> Policy:
    """The policy of one month; the appropriation is the fiscal year's, as authorised in that month."""
    levers = scenario.levers_at(month)
    ceiling = levers.eligibility.income_ceiling
    return Policy(
        minimum_age=levers.eligibility.minimum_age,
        decile_ceiling=levers.eligibility.decile_ceiling,
        income_ceiling=NO_CEILING if ceiling is None else ceiling,
        places=scale.of(levers.places),
        places_next=scale.of(scenario.levers_at(month + 1).places),
        is_list_month=int(calendar_month(month) in levers.list.cohort_months),
        candidates_ppm=round(levers.list.candidates_per_place * PARTS_PER_MILLION),
        priority=PRIORITIES.index(levers.list.priority),
        territorial_split=SPLITS.index(levers.list.territorial_split),
        is_count_month=int(is_count_month(scenario, month)),
        has_deliberation=int(levers.kelurahan.deliberation == "held"),
        cadre_capacity=cadre_capacity_of(levers, scale),
        verification_capacity=scale.of(levers.verification.capacity_per_month),
        registration_capacity=scale.of(levers.registration.capacity_per_month),
        registers_groups=int(levers.registration.grouping == "community"),
        insurer_matching=MATCHING.index(levers.verification.insurer_matching),
        has_civil_matching=int(levers.verification.civil_matching == "list"),
        ground_check=threshold_of(levers.verification.ground_check_share),
        is_recheck_month=int(month % levers.verification.repeat_months == 0),
        is_refresh_month=int(month % levers.registry.refresh_months == 0),
        has_two_desks=int(levers.coordination.desks == "sequential"),
        meetings=threshold_of(levers.outreach.meetings),
        funds=funds_of(levers, scale),
        funding_order=funding_order_of(levers),
        unit_price=levers.budget.unit_price or 0,
        shortfall=SHORTFALLS.index(levers.budget.shortfall),
        transfer_delay=levers.budget.transfer_delay_months,
        outreach_money=ceiling_of(levers.budget.outreach, scale),
        data_money=ceiling_of(levers.budget.data, scale),
        is_paid_month=int(is_paid_month(levers, month)),
        paid_months_left=paid_months_left(levers, month),
        is_fiscal_start=int(calendar_month(month) == 1),
        declared_base=declared_base_of(levers, law),
        share_ppm=round(levers.subsidy.share * PARTS_PER_MILLION),
        subsidy_months=levers.subsidy.duration_months or NO_END,
        is_renewable=int(levers.subsidy.renewal == "allowed"),
        assistance=threshold_of(levers.claims.assistance_share),
        death_grant=DEATH_GRANTS.index(levers.death_grant.rule),
        support=support_policy_of(levers, month, scale.of),
    )
