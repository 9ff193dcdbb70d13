"""Injuries by work accidents: how bad, whether reported, and what they cost (part of the step *claim*)."""

from typing import NamedTuple

from jamsos_sim import chance
from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.law.benefits import (
    jkk_functional_disability_benefit,
    jkk_partial_disability_benefit,
    jkk_total_disability_benefit,
    medical_care_benefit,
    temporary_incapacity_benefit,
)
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import Severity
from jamsos_sim.model.status import ACCIDENT, FUNCTIONAL, PARTIAL, TEMPORARY, TOTAL
from jamsos_sim.units import CHANCE_SCALE


class Luck(NamedTuple):
    """The draws of one death or accident: severity, days lost, cost of care, impairment, report,
    delay, help with the claim, whether it is a disease, and whether it is one of those in traffic.
    """

    severity: int
    days: int
    cost: int
    impairment: int
    report: int
    delay: int
    assistance: int
    disease: int
    traffic: int


@called_from_compiled
def luck_of(key: int, month: int) -> Luck:
    """The draws of a person's death or accident in a month; ``key`` is that of the person's luck."""
    return Luck(
        chance.draw(key, month, chance.DECISION_SEVERITY),
        chance.draw(key, month, chance.DECISION_DAYS_LOST),
        chance.draw(key, month, chance.DECISION_MEDICAL_COST),
        chance.draw(key, month, chance.DECISION_IMPAIRMENT),
        chance.draw(key, month, chance.DECISION_REPORT),
        chance.draw(key, month, chance.DECISION_DELAY),
        chance.draw(key, month, chance.DECISION_HELP),
        chance.draw(key, month, chance.DECISION_DISEASE),
        chance.draw(key, month, chance.DECISION_TRAFFIC),
    )


class Injury(NamedTuple):
    """One injury: its severity, days unable to work, rupiah of care, and impairment in parts per million."""

    severity: int
    days: int
    cost: int
    impairment_ppm: int


@rule
def spread(drawn: int, mean: int) -> int:
    """A whole number, uniform from 1 to ``2 * mean - 1``."""
    return 1 + drawn * (2 * mean - 1) // CHANCE_SCALE


@rule
def cost_of_care(drawn: int, mean: int) -> int:
    """Rupiah of care: three times the mean times the square of the draw, so most cases are light and few are
    dear.
    """
    half = drawn >> 16
    return 3 * mean * (half * half >> 8) // (CHANCE_SCALE >> 8)


@rule
def severity_of(drawn: int, severity: Severity) -> int:
    """How bad an accident is."""
    if drawn < severity.up_to_total:
        return TOTAL
    if drawn < severity.up_to_partial:
        return PARTIAL
    return FUNCTIONAL if drawn < severity.up_to_functional else TEMPORARY


@rule
def injury_of(luck: Luck, severity: Severity) -> Injury:
    """The injury that the draws of an accident make."""
    kind = severity_of(luck.severity, severity)
    impairment = severity.functional_impairment_ppm
    if kind == PARTIAL:
        impairment = severity.partial_impairment_ppm
    return Injury(
        kind,
        spread(luck.days, severity.days_lost),
        cost_of_care(luck.cost, severity.medical_cost),
        spread(luck.impairment, impairment),
    )


@rule
def is_occupational_disease(drawn: int, age: int, severity: Severity) -> bool:
    """Whether what befalls a worker is an occupational disease (penyakit akibat kerja) and no accident."""
    return bool(drawn < severity.disease and age >= severity.disease_from_age)


@rule
def is_disease(event: int, luck: Luck, age: int, severity: Severity) -> bool:
    """Whether a case is one of occupational disease."""
    return event == ACCIDENT and is_occupational_disease(luck.disease, age, severity)


@rule
def is_disease_reported(drawn: int, severity: Severity, law: Law) -> bool:
    """Whether an occupational disease is found to be one and reported, where the law covers it."""
    return bool(law.covers_occupational_disease == 1 and drawn < severity.disease_reported)


@rule
def is_injury_reported(drawn: int, kind: int, severity: Severity) -> bool:
    """Whether an injury is reported to the insurer; severe ones are more often."""
    threshold = severity.light_reported if kind == TEMPORARY else severity.severe_reported
    return bool(drawn < threshold)


@rule
def injury_benefit(is_covered: bool, injury: Injury, base: int, law: Law) -> int:
    """Rupiah that JKK pays for an injury: care, days lost, and disability."""
    paid = medical_care_benefit(is_covered, injury.cost, law)
    paid += temporary_incapacity_benefit(is_covered, base, injury.days, law)
    if injury.severity == TOTAL:
        return paid + jkk_total_disability_benefit(is_covered, base, law)
    if injury.severity == PARTIAL:
        return paid + jkk_partial_disability_benefit(is_covered, base, injury.impairment_ppm, law)
    if injury.severity == FUNCTIONAL:
        return paid + jkk_functional_disability_benefit(is_covered, base, injury.impairment_ppm, law)
    return paid
