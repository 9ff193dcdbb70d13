"""Who may be enrolled by the city: what the law demands, and what the regulation chooses.

Examined on what the registries say, in the order of the desks: age, decile and income at the social affairs
office, NIK at the civil registry, membership at the insurer.
"""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import MEMBER_SELF, MEMBER_WAGE, NO_CEILING

__all__ = [
    "ELIGIBLE",
    "NO_CEILING",
    "REFUSALS",
    "REFUSED_AGE",
    "REFUSED_DECILE",
    "REFUSED_INCOME",
    "REFUSED_INSURED",
    "REFUSED_NIK",
    "Criteria",
    "Record",
    "is_age_admitted",
    "is_barred_as_member",
    "is_cover_ended_by_age",
    "is_decile_admitted",
    "is_family_aid_open",
    "is_income_admitted",
    "is_social_aid_open",
    "refusal_reason",
]

ELIGIBLE, REFUSED_AGE, REFUSED_DECILE, REFUSED_INCOME, REFUSED_INSURED, REFUSED_NIK = range(6)
REFUSALS = ("eligible", "age", "decile", "income", "insured", "nik")
"""Names of the answers of `refusal_reason`, by code."""


class Record(NamedTuple):
    """What the registries say of a candidate.

    ``decile`` is 0 when the person is not in the registry; ``income`` is rupiah a month; ``is_insured`` is
    a code of `MEMBERSHIPS` (yes alone means a member as wage worker).
    """

    age: int
    decile: int
    income: int
    is_insured: int
    has_valid_nik: int


class Criteria(NamedTuple):
    """What the regulation chooses; a ceiling may be `NO_CEILING`."""

    minimum_age: int
    decile_ceiling: int
    income_ceiling: int


@rule
def is_age_admitted(age: int, minimum_age: int, law: Law) -> bool:
    """Whether a person of this age in years may be registered."""
    return max(minimum_age, law.minimum_working_age) <= age < law.maximum_age


@rule
def is_decile_admitted(decile: int, ceiling: int) -> bool:
    """Whether a recorded decile (0 = not recorded) lies within a ceiling."""
    return ceiling == NO_CEILING or 0 < decile <= ceiling


@rule
def is_income_admitted(income: int, ceiling: int) -> bool:
    """Whether a recorded income (rupiah a month) lies within a ceiling."""
    return ceiling == NO_CEILING or income <= ceiling


@rule
def is_barred_as_member(membership: int, law: Law) -> bool:
    """Whether a membership at the insurer (code of `MEMBERSHIPS`) keeps a candidate off the list."""
    if membership == MEMBER_WAGE:
        return law.excludes_wage_members == 1
    return membership == MEMBER_SELF and law.excludes_self_paying_members == 1


@rule
def refusal_reason(record: Record, criteria: Criteria, law: Law) -> int:
    """First reason to refuse a candidate, or `ELIGIBLE`; examined as age, decile, income, NIK, membership."""
    if not is_age_admitted(record.age, criteria.minimum_age, law):
        return REFUSED_AGE
    if not is_decile_admitted(record.decile, criteria.decile_ceiling):
        return REFUSED_DECILE
    if not is_income_admitted(record.income, criteria.income_ceiling):
        return REFUSED_INCOME
    if law.requires_valid_nik and not record.has_valid_nik:
        return REFUSED_NIK
    if is_barred_as_member(record.is_insured, law):
        return REFUSED_INSURED
    return ELIGIBLE


@rule
def is_cover_ended_by_age(age: int, law: Law) -> bool:
    """Whether a member of this age in years loses cover though contributions are paid: the reading of U18."""
    return law.cover_ends_at_maximum_age == 1 and age >= law.maximum_age


@rule
def is_family_aid_open(decile: int, law: Law) -> bool:
    """Whether a recorded decile is within the national ceiling of the family aid PKH."""
    return is_decile_admitted(decile, law.family_aid_decile_ceiling)


@rule
def is_social_aid_open(decile: int, law: Law) -> bool:
    """Whether a recorded decile is within the national ceiling of food aid, PBI-JK and other programmes."""
    return is_decile_admitted(decile, law.social_aid_decile_ceiling)
