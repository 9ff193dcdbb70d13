"""Accidents in traffic on which Jasa Raharja pays, and what JKK pays less for it: the reading of U22 (part of
the step *claim*).

The cost of care of a world (`risk.medical_cost`) is what JKK was found to pay, after Jasa Raharja's part, so
that the default reading takes nothing more off. Under the other one Jasa Raharja's payment on a death or a
permanent disability replaces as much of JKK's; the family has both together, as much as without it.
"""

from jamsos_sim.compiled import rule
from jamsos_sim.law.benefits import medical_care_benefit, temporary_incapacity_benefit
from jamsos_sim.law.claims import after_traffic_insurance
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import Severity, Terms
from jamsos_sim.model.status import TEMPORARY, TOTAL, WORK_DEATH
from jamsos_sim.model.steps.injury import Injury, Luck, injury_benefit
from jamsos_sim.units import PARTS_PER_MILLION


@rule
def is_paid_in_traffic(luck: Luck, severity: Severity) -> bool:
    """Whether an accident is one in traffic on which Jasa Raharja pays."""
    return bool(luck.traffic < severity.traffic)


@rule
def death_offset(event: int, luck: Luck, benefit: int, terms: Terms, law: Law) -> int:
    """Rupiah of a death benefit that Jasa Raharja pays in the insurer's stead: of a death at work alone."""
    if event != WORK_DEATH or not is_paid_in_traffic(luck, terms.severity):
        return 0
    return benefit - after_traffic_insurance(benefit, law.traffic_death_payment, False, law)


@rule
def disability_payment(injury: Injury, law: Law) -> int:
    """Rupiah that Jasa Raharja pays on a permanent disability, by its share of the table; nothing for days
    lost.
    """
    if injury.severity == TEMPORARY:
        return 0
    if injury.severity == TOTAL:
        return law.traffic_disability_maximum
    return law.traffic_disability_maximum * injury.impairment_ppm // PARTS_PER_MILLION


@rule
def injury_offset(injury: Injury, luck: Luck, terms: Terms, law: Law) -> int:
    """Rupiah of a disability benefit that Jasa Raharja pays in the insurer's stead."""
    if not is_paid_in_traffic(luck, terms.severity):
        return 0
    base = terms.policy.declared_base
    cash = injury_benefit(True, injury, base, law) - medical_care_benefit(True, injury.cost, law)
    cash -= temporary_incapacity_benefit(True, base, injury.days, law)
    return cash - after_traffic_insurance(cash, disability_payment(injury, law), False, law)
