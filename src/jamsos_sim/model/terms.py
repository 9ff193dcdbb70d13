"""The terms of every month of a run: law, policy, prices and the world's chances, resolved beforehand."""

from typing import NamedTuple

from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.model.context import Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.policy import policy_of
from jamsos_sim.model.steps.prices import prices_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario


class Rules(NamedTuple):
    """What acts in one month."""

    moment: Moment
    terms: Terms
    law: Law


def rules_of(scenario: Scenario, world: World) -> list[Rules]:
    """Rules of each month of a run of a scenario in a world."""
    resolved = []
    for month in range(world.period.start, world.period.stop):
        law = law_of(month, scenario.readings)
        policy = policy_of(scenario, month, world.scale, law)
        terms = Terms(
            policy,
            prices_of(policy.declared_base, policy.share_ppm, law),
            world.costs,
            world.chances,
            world.severity,
            world.earnings,
            world.households,
            world.support,
        )
        resolved.append(Rules(Moment(month, month - world.period.start), terms, law))
    return resolved
