"""Which scenarios the NumPy month knows: it refuses what it would otherwise ignore."""

from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.context import Policy
from jamsos_sim.model.status import KELURAHAN_FORMULA
from jamsos_sim.model.support_terms import SupportPolicy
from jamsos_sim.model.terms import Rules

COURSES_AND_PARCELS = ("baking", "massage", "certified", "stunting", "tuberculosis", "disability", "remote")


class NotInNumpyError(Exception):
    """A scenario uses a lever that the NumPy month doesn't have."""


def has_support(policy: SupportPolicy) -> bool:
    """Whether there are courses or parcels."""
    return any(getattr(policy, name) > 0 for name in COURSES_AND_PARCELS)


def unknown_levers(policy: Policy, law: Law) -> list[str]:
    """Levers and readings in use that the NumPy month doesn't have."""
    used = {
        "budget.transfer_delay_months": policy.transfer_delay > 0,
        "kelurahan.deliberation": policy.has_deliberation,
        "kelurahan.cadre_capacity": policy.cadre_capacity != NO_CEILING,
        "registration.grouping": policy.registers_groups,
        "list.priority: kelurahan_formula": policy.priority == KELURAHAN_FORMULA,
        "reading U22: full_offset": law.traffic_offsets_cash == 1,
        "training, parcels": has_support(policy.support),
    }
    return [lever for lever, is_used in used.items() if is_used]


def demand_known(months: list[Rules]) -> None:
    """Raise `NotInNumpyError` when a month uses what the NumPy month doesn't have."""
    unknown = sorted({lever for rules in months for lever in unknown_levers(rules.terms.policy, rules.law)})
    if unknown:
        raise NotInNumpyError(f"the NumPy month does not have: {', '.join(unknown)}")
