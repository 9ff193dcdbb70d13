"""Food parcels (paket sembako) of the Social Affairs office, within step *propose*.

The families are those of informal workers, former ones included, with a stunted child, tuberculosis, a
disability or a home that is hard to reach, as the health posts and wards know them; their recorded decile
must be within the national ceiling of social aid. A family with two hardships gets one parcel in a month.

A parcel spares its family food that it would have bought: an income in kind, of that month alone.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.eligibility import is_social_aid_open
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import NOBODY, Queue, queue_key
from jamsos_sim.model.status import PARCEL_POOREST_FIRST
from jamsos_sim.model.steps.move import is_here
from jamsos_sim.model.support_terms import Support, SupportPolicy
from jamsos_sim.population.hardship_codes import DISABILITY, REMOTE_HOME, STUNTING, TUBERCULOSIS
from jamsos_sim.population.hardships import UNDER_FIVE
from jamsos_sim.population.registry import HIGHEST_DECILE
from jamsos_sim.population.workers import NO_CHILD, NO_RECORD

GROUPS = (STUNTING, TUBERCULOSIS, DISABILITY, REMOTE_HOME)
"""Groups of families in the order in which parcels are handed out."""


class Family(NamedTuple):
    """A worker's family as the office looks for families in need."""

    presence: int
    hardship: int
    first_child: int
    second_child: int
    recorded_decile: int


@rule
def is_under_five(birth_month: int, month: int) -> bool:
    """Whether a child is born and under five."""
    return bool(birth_month != NO_CHILD and birth_month <= month < birth_month + UNDER_FIVE)


@rule
def is_in_need(family: Family, group: int, month: int) -> bool:
    """Whether a family belongs to a group: a stunted child counts while a child is under five."""
    if not is_here(family.presence) or not family.hardship & group:
        return False
    if group != STUNTING:
        return True
    return is_under_five(family.first_child, month) or is_under_five(family.second_child, month)


@rule
def parcel_rank(priority: int, recorded_decile: int, months_since_start: int) -> int:
    """Rank of a family: by recorded decile, or by the month of its last parcel.

    Families without a record, or with a parcel behind them, come last. ``months_since_start`` of the last
    parcel counts from the start of the run; it is negative without one.
    """
    if priority == PARCEL_POOREST_FIRST:
        return recorded_decile if recorded_decile != NO_RECORD else HIGHEST_DECILE + 1
    return max(0, months_since_start + 1)


@rule
def parcels_of(group: int, policy: SupportPolicy) -> int:
    """Parcels for a group of families this month."""
    if group == STUNTING:
        return policy.stunting
    if group == TUBERCULOSIS:
        return policy.tuberculosis
    return policy.disability if group == DISABILITY else policy.remote


@rule
def cost_of_parcel(hardship: int, support: Support) -> int:
    """Rupiah that a parcel costs the city, brought to a family of these hardships."""
    return support.parcel_cost + (support.remote_cost if hardship & REMOTE_HOME else 0)


@rule
def parcel_income_in(month: int, parcel_month: int, support: Support) -> int:
    """Rupiah that a parcel spares a family in the month in which it is handed out, poor month or not."""
    return int(support.parcel_income) if parcel_month == month else 0


@rule
def parcel_income_at_end(month: int, parcel_month: int, support: Support) -> int:
    """Rupiah that a parcel spares a family whose subsidy ends in a month.

    Most subsidies end before the month's parcels are handed out; what the month before has brought counts.
    """
    return int(support.parcel_income) if parcel_month >= month - 1 else 0


def parcel_row(group: int) -> int:
    """Row of the ledger that counts parcels for a group."""
    return ROW.parcels_stunting + GROUPS.index(group)


@touches(
    "people.first_child",
    "people.hardship",
    "people.key",
    "people.parcel_month",
    "people.presence",
    "people.recorded_decile",
    "people.second_child",
)
def parcel_keys(city: City, moment: Moment, terms: Terms, law: Law, asked: tuple[Long, int]) -> Long:
    """Place of families in the order of a group; `NOBODY` for those outside it, or with a parcel already."""
    people, (persons, group) = city.people, asked
    start, priority = moment.month - moment.elapsed, terms.policy.support.parcel_priority
    keys = np.empty(persons.size, dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        decile, last = people.recorded_decile[person], people.parcel_month[person]
        family = Family(
            people.presence[person],
            people.hardship[person],
            people.first_child[person],
            people.second_child[person],
            decile,
        )
        keys[place] = NOBODY
        is_open = last != moment.month and is_social_aid_open(decile, law)
        if is_open and is_in_need(family, group, moment.month):
            order = chance.draw(people.key[person], 0, chance.DECISION_SUPPORT_ORDER)
            keys[place] = queue_key(parcel_rank(priority, decile, last - start), order, person)
    return keys


def families_of(city: City, moment: Moment, terms: Terms, law: Law, asked: tuple[Long, int]) -> Long:
    """The families of a group to whom parcels are brought this month; asked are people and a group."""
    keys = parcel_keys(city, moment, terms, law, asked)
    parcels = int(parcels_of(asked[1], terms.policy.support))
    return Queue(keys[keys != NOBODY], asked[0][keys != NOBODY]).first(parcels)


def bring_parcels(city: City, moment: Moment, terms: Terms, families: Long, group: int) -> None:
    """One parcel for each of these families."""
    people, ledger, at, support = city.people, city.ledger, moment.elapsed, terms.support
    people.parcel_month[families] = moment.month
    remote = np.count_nonzero(people.hardship[families] & REMOTE_HOME)
    ledger[parcel_row(group), at] += families.size
    ledger[ROW.parcels_cost, at] += families.size * support.parcel_cost + remote * support.remote_cost
    ledger[ROW.parcels_income_gain, at] += families.size * support.parcel_income
