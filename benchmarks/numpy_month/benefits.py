"""What the insurance pays on injuries, and scholarships year by year, over columns."""

from functools import lru_cache

import numpy as np

from jamsos_sim.law.benefits import (
    jkk_periodic_benefit,
    jkk_total_disability_lump_sum,
    scholarship_of_year,
)
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.scholarship import NO_CHILD, scholarship_left
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.context import Column, Long
from jamsos_sim.model.status import FUNCTIONAL, NEVER, PARTIAL, TOTAL
from jamsos_sim.units import MONTHS_PER_YEAR, PARTS_PER_MILLION
from numpy_month.risk import Injuries

OLDEST_CHILD = 100
"""Years after which a child of anybody's gets nothing."""


def rounded_shares(amount: int, numerators: Long, denominator: int) -> Long:
    """Shares of an amount in whole units, halves up."""
    return (2 * amount * numerators + denominator) // (2 * denominator)


def incapacity_benefits(days: Long, base: int, law: Law) -> Long:
    """Rupiah for days unable to work."""
    first = np.minimum(days, law.incapacity_first_months * law.incapacity_days_per_month)
    second = np.minimum(days - first, law.incapacity_second_months * law.incapacity_days_per_month)
    weighted = first * law.incapacity_first_ppm + second * law.incapacity_second_ppm
    weighted += (days - first - second) * law.incapacity_later_ppm
    return rounded_shares(base, weighted, law.incapacity_days_per_month * PARTS_PER_MILLION)


def injury_benefits(injuries: Injuries, base: int, law: Law) -> Long:
    """Rupiah that JKK pays for injuries under cover: care, days lost, and disability."""
    care = injuries.cost
    if law.jkk_medical_ceiling != NO_CEILING:
        care = np.minimum(care, law.jkk_medical_ceiling)
    paid = care + incapacity_benefits(injuries.days, base, law)
    is_total = injuries.kinds == TOTAL
    is_lasting = (injuries.kinds == PARTIAL) | (injuries.kinds == FUNCTIONAL)
    percent = np.minimum(injuries.impairment_ppm[is_lasting], law.partial_disability_maximum_ppm)
    paid[is_lasting] += rounded_shares(base * law.disability_months, percent, PARTS_PER_MILLION)
    paid[is_total] += jkk_total_disability_lump_sum(base, law) + jkk_periodic_benefit(law)
    return paid


@lru_cache(maxsize=64)
def scholarships_by_age(law: Law) -> tuple[Long, Long]:
    """Rupiah of a year of a child's age, and what is left from it on; the last row is for no child."""
    of_year = [scholarship_of_year(age, law) for age in range(OLDEST_CHILD)]
    left = [scholarship_left(age, law) for age in range(OLDEST_CHILD)]
    return np.array([*of_year, 0]), np.array([*left, -1])


def ages_of_children(births: Column, event_month: int, payment_months: Long) -> Long:
    """Ages in years of children at the first payment, or `NO_CHILD`; who is born later has no part in it."""
    is_child = (births != NEVER) & (births <= event_month)
    return np.where(is_child, (payment_months - births) // MONTHS_PER_YEAR, NO_CHILD)


def scholarships_of_families(first: Long, second: Long, law: Law) -> Long:
    """Rupiah of scholarships of families, a row each, in every year after the first payment.

    ``first`` and ``second`` are the ages of the children at the first payment, or `NO_CHILD`.
    """
    of_year, left = scholarships_by_age(law)
    years = np.arange(law.scholarship_end_age)

    def paid(ages: Long) -> Long:
        from_age = np.where(ages == NO_CHILD, OLDEST_CHILD, ages)
        return of_year[np.minimum(from_age[:, None] + years, OLDEST_CHILD)]

    if law.scholarship_maximum_children > 1:
        family = paid(first) + paid(second)
    else:
        is_second = left[np.minimum(second, OLDEST_CHILD - 1)] > left[np.minimum(first, OLDEST_CHILD - 1)]
        family = paid(np.where(is_second, second, first))
    family[:, 0] += law.scholarship_once
    return np.where(((first != NO_CHILD) | (second != NO_CHILD))[:, None], family, 0)
