"""Scholarships year by year: which children, at which level, until when."""

from collections.abc import Sequence
from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.benefits import scholarship_of_year
from jamsos_sim.law.in_force import Law
from jamsos_sim.units import year_of

NO_LEVEL = -1
NO_CHILD = -1
"""Age of a child that there is not."""


class SchoolYear(NamedTuple):
    """One year of one child's scholarship: calendar year, number of the child, age, level and rupiah."""

    year: int
    child: int
    age: int
    level: int
    amount: int


@rule
def school_level(child_age_years: int, law: Law) -> int:
    """School level of a child of this age, from 0 (kindergarten and primary), or `NO_LEVEL`."""
    level_end = law.scholarship_start_age
    if child_age_years < level_end or child_age_years >= law.scholarship_end_age:
        return NO_LEVEL
    for level in range(len(law.scholarship_years)):
        level_end += law.scholarship_years[level]
        if child_age_years < level_end:
            return level
    return NO_LEVEL


@rule
def is_scholarship_ended(child_age_years: int, is_married: bool, is_working: bool, law: Law) -> bool:
    """Whether a child's scholarship has ended: by age, marriage or work."""
    return is_married or is_working or child_age_years >= law.scholarship_end_age


@rule
def scholarship_due(child_age_years: int, is_married: bool, is_working: bool, law: Law) -> int:
    """Rupiah of scholarship for this year of a child; nothing once it has ended."""
    if is_scholarship_ended(child_age_years, is_married, is_working, law):
        return 0
    return scholarship_of_year(child_age_years, law)


@rule
def scholarship_left(child_age_years: int, law: Law) -> int:
    """Rupiah of scholarship from this age to its end, if the child stays at school."""
    total = 0
    for age in range(max(child_age_years, 0), law.scholarship_end_age):
        total += scholarship_of_year(age, law)
    return total


@rule
def scholarship_after(child_age_years: int, years: int, law: Law) -> int:
    """Rupiah of scholarship so many years after the first payment, at which the child had this age."""
    if child_age_years == NO_CHILD:
        return 0
    return scholarship_of_year(child_age_years + years, law)


@rule
def is_second_preferred(first_child: int, second_child: int, law: Law) -> bool:
    """Whether the second of two children has more scholarship left than the first."""
    if second_child == NO_CHILD:
        return False
    return first_child == NO_CHILD or scholarship_left(second_child, law) > scholarship_left(first_child, law)


@rule
def scholarship_of_family(first_child: int, second_child: int, years: int, law: Law) -> int:
    """Rupiah of scholarships for a family of up to two children, so many years after the first payment.

    ``first_child`` and ``second_child`` are the ages at the first payment, or `NO_CHILD`. Where the law gives
    a single child a scholarship it is the one with more of it left, as in `children_with_scholarship`. The
    single payment of the older law comes with the first.
    """
    if first_child == NO_CHILD and second_child == NO_CHILD:
        return 0
    once = law.scholarship_once if years == 0 else 0
    first = scholarship_after(first_child, years, law)
    second = scholarship_after(second_child, years, law)
    if law.scholarship_maximum_children > 1:
        return once + first + second
    return once + (second if is_second_preferred(first_child, second_child, law) else first)


def children_with_scholarship(ages: Sequence[int], law: Law) -> list[int]:
    """Which children (places in ``ages``) receive a scholarship.

    The family names the children up to the limit; those with the most scholarship left are taken here, and
    the earlier in the list among equals.
    """
    order = sorted(range(len(ages)), key=lambda child: (-scholarship_left(ages[child], law), child))
    return sorted(order[: law.scholarship_maximum_children])


def scholarship_plan(ages: Sequence[int], month: int, law: Law) -> list[SchoolYear]:
    """All school years that are paid to the children of a member who died or was disabled in ``month``.

    ``ages`` are whole years in that month. A child below school age starts when school starts. Years without
    payment are left out.
    """
    return [
        SchoolYear(year_of(month) + age - ages[child], child, age, school_level(age, law), amount)
        for child in children_with_scholarship(ages, law)
        for age in range(max(ages[child], 0), law.scholarship_end_age)
        if (amount := scholarship_of_year(age, law)) > 0
    ]


def scholarship_in_all(ages: Sequence[int], law: Law) -> int:
    """Rupiah of all scholarships of a family: the yearly amounts, or the single payment of the older law."""
    if not ages:
        return 0
    yearly = sum(scholarship_left(ages[child], law) for child in children_with_scholarship(ages, law))
    return law.scholarship_once + yearly
