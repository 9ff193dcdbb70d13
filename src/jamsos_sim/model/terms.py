"""The terms of every month of a run: law, policy, prices and the world's chances, resolved beforehand."""

from typing import NamedTuple

from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.model.context import Policy, Prices, Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.policy import Scale, policy_of
from jamsos_sim.model.steps.prices import prices_of
from jamsos_sim.model.world import Period, World
from jamsos_sim.scenario import Scenario

SCENARIOS_KEPT = 64
WHOLE_CITY = Scale(1, 1)
"""Everybody is simulated, in lowest terms."""


class Rules(NamedTuple):
    """What acts in one month."""

    moment: Moment
    terms: Terms
    law: Law


class Resolved(NamedTuple):
    """What a scenario means in one month, whatever else is true of a world."""

    moment: Moment
    policy: Policy
    prices: Prices
    law: Law


_KEPT: dict[tuple[int, Period, Scale], tuple[Scenario, list[Resolved]]] = {}


def rules_of(scenario: Scenario, world: World) -> list[Rules]:
    """Rules of each month of a run of a scenario in a world."""
    of_world = (
        world.costs,
        world.chances,
        world.severity,
        world.earnings,
        world.households,
        world.support,
    )
    return [
        Rules(each.moment, Terms(each.policy, each.prices, *of_world), each.law)
        for each in resolved_months(scenario, world.period, world.scale.in_lowest_terms())
    ]


def resolved_months(scenario: Scenario, period: Period, scale: Scale) -> list[Resolved]:
    """What a scenario means in each month of a period; kept for whole cities, which share their scale."""
    if scale != WHOLE_CITY:
        return [_resolved(scenario, month, period, scale) for month in range(*period)]
    # Found by identity: comparing two scenarios takes long. A scenario that is kept lives on, so that no
    # other one gets its place in memory.
    wanted = (id(scenario), period, scale)
    kept = _KEPT.get(wanted)
    if kept is None:
        if len(_KEPT) >= SCENARIOS_KEPT:
            _KEPT.clear()
        months = [_resolved(scenario, month, period, scale) for month in range(*period)]
        kept = _KEPT[wanted] = (scenario, months)
    return kept[1]


def _resolved(scenario: Scenario, month: int, period: Period, scale: Scale) -> Resolved:
    law = law_of(month, scenario.readings)
    policy = policy_of(scenario, month, scale, law)
    prices = prices_of(policy.declared_base, policy.share_ppm, law)
    return Resolved(Moment(month, month - period.start), policy, prices, law)
