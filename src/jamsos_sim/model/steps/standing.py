"""How everybody stands in the month's count: whom the programme is meant for, who is on the list, whom the
registry shows as within the criteria.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from jamsos_sim.law.eligibility import ELIGIBLE, Criteria, Record, is_age_admitted, refusal_reason
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import MEMBER_NONE, NO_CEILING
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Column, Terms
from jamsos_sim.model.flags import Bytes, at_most, counts_of_bits
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import FORMAL, INFORMAL, NOT_ARRIVED, RETIRED, SPONSORED
from jamsos_sim.model.steps.examine import criteria_of
from jamsos_sim.population.workers import NO_RECORD

AGES, DECILES = 128, 11
"""How many ages and recorded deciles (0 is none) there can be."""
MOST_INCOME = 2**31 - 1
CRITERIA_KEPT = 64

COUNTED = (
    ROW.informal_workers,
    ROW.vulnerable_workers,
    ROW.entitled_workers,
    ROW.entitled_enrolled,
    ROW.entitled_off_register,
    ROW.records_within_criteria,
    ROW.records_not_vulnerable,
    ROW.former_workers,
)
"""Rows of the ledger, each counted by one bit of a standing, the lowest first."""


class Limits(NamedTuple):
    """The criteria as bounds: the first and the last value that is admitted; incomes in rupiah a month."""

    age_from: int
    age_to: int
    decile_from: int
    decile_to: int
    nik_from: int
    income_to: int


NOBODY_ADMITTED = Limits(AGES - 1, 0, DECILES - 1, 0, 1, 0)


@lru_cache(maxsize=CRITERIA_KEPT)
def limits_of(criteria: Criteria, law: Law) -> Limits:
    """The bounds that the rule of refusal draws, found by asking it for every age, decile and number.

    Raises `AssertionError` when what it admits is no interval of each.
    """
    admitted = [
        (age, decile, nik)
        for age in range(AGES)
        for decile in range(NO_RECORD + 1, DECILES)
        for nik in (0, 1)
        if refusal_reason(Record(age, decile, 0, MEMBER_NONE, nik), criteria, law) == ELIGIBLE
    ]
    if not admitted:
        return NOBODY_ADMITTED
    first, last = np.min(admitted, axis=0), np.max(admitted, axis=0)
    if len(admitted) != np.prod(last - first + 1):
        raise AssertionError("the criteria admit what no bounds describe")
    ceiling = (
        MOST_INCOME if criteria.income_ceiling == NO_CEILING else min(criteria.income_ceiling, MOST_INCOME)
    )
    return Limits(int(first[0]), int(last[0]), int(first[1]), int(last[1]), int(first[2]), ceiling)


@lru_cache(maxsize=CRITERIA_KEPT)
def ages_of(minimum_age: int, law: Law) -> tuple[int, int]:
    """First and last age in years at which somebody may be registered."""
    ages = [age for age in range(AGES) if is_age_admitted(age, minimum_age, law)]
    return (ages[0], ages[-1]) if ages else (NOBODY_ADMITTED.age_from, NOBODY_ADMITTED.age_to)


@touches(
    "people.age",
    "people.decile",
    "people.has_valid_nik",
    "people.is_insured_elsewhere",
    "people.presence",
    "people.recorded_decile",
    "people.status",
    "ledger",
)
def standings(
    city: City, moment: Moment, terms: Terms, bounds: tuple[Limits, tuple[int, int]], has_little: Bytes
) -> Bytes:
    """One byte for everybody, with a bit for each row of `COUNTED`, all of which are counted.

    ``bounds`` has the criteria and the ages of registration; ``has_little`` says of whom the registry shows
    no income above the ceiling.
    """
    people, standing, (limits, ages) = city.people, np.empty(city.people.age.size, dtype=np.uint8), bounds
    age_from, age_to, first_age, last_age = (
        np.int8(limits.age_from),
        np.int8(limits.age_to),
        np.int8(ages[0]),
        np.int8(ages[1]),
    )
    decile_from, decile_to = np.int8(limits.decile_from), np.int8(limits.decile_to)
    nik_from = np.int8(limits.nik_from)
    vulnerable_decile = np.int8(terms.chances.vulnerable_decile)
    for person in range(people.age.size):
        age, where, recorded = people.age[person], people.presence[person], people.recorded_decile[person]
        poor = np.uint8(people.decile[person] <= vulnerable_decile)
        informal = np.uint8(where == INFORMAL)
        here = informal | np.uint8(where == FORMAL) | np.uint8(where == RETIRED)
        enrolled = np.uint8(people.status[person] == SPONSORED)
        entitled = informal & poor & np.uint8(people.is_insured_elsewhere[person] == 0)
        meant = entitled & (enrolled | (np.uint8(age >= first_age) & np.uint8(age <= last_age)))
        listed = np.uint8(where != NOT_ARRIVED) & np.uint8(age >= age_from) & np.uint8(age <= age_to)
        listed &= np.uint8(recorded >= decile_from) & np.uint8(recorded <= decile_to)
        listed &= np.uint8(people.has_valid_nik[person] >= nik_from)
        listed &= has_little[person]
        off_register = meant & (listed ^ 1) & (enrolled ^ 1)
        not_vulnerable = listed & ((here & poor) ^ 1)
        standing[person] = (
            informal
            | (informal & poor) << 1
            | meant << 2
            | (entitled & enrolled) << 3
            | off_register << 4
            | listed << 5
            | not_vulnerable << 6
            | (here ^ informal) << 7
        )
    counts = counts_of_bits(standing)
    for bit, row in enumerate(COUNTED):
        city.ledger[row, moment.elapsed] = counts[bit]
    return standing


class RecordedIncomes:
    """The incomes that the registry shows, which no run changes: they are held against a ceiling once."""

    def __init__(self, incomes: Column) -> None:
        self.incomes = incomes
        self.within = {MOST_INCOME: np.ones(incomes.size, dtype=np.uint8)}

    def up_to(self, ceiling: int, count: int) -> Bytes:
        """Of whom among the first ``count`` people the registry shows no income above a ceiling."""
        if ceiling not in self.within:
            self.within[ceiling] = at_most(self.incomes, ceiling)
        return self.within[ceiling][:count]


def count_standings(
    city: City, moment: Moment, terms: Terms, law: Law, recorded_incomes: RecordedIncomes
) -> Bytes:
    """Count the workers, and hold the registry and the list against the truth; how everybody stands."""
    limits = limits_of(criteria_of(terms.policy), law)
    has_little = recorded_incomes.up_to(limits.income_to, city.people.age.size)
    return standings(city, moment, terms, (limits, ages_of(terms.policy.minimum_age, law)), has_little)
