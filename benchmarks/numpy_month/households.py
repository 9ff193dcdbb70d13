"""What a death or an injury leaves a household to live on, against the poverty line; part of *claim*."""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.cells import CELL
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.living_terms import Households
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import DEATH_OUT_OF_INFORMAL_WORK, NEVER, TEMPORARY, TOTAL
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION
from numpy_month.cells import add
from numpy_month.claims import Cases, Settled
from numpy_month.people import Flags
from numpy_month.risk import Injuries


class Homes(NamedTuple):
    """Households before the event: people, and what the worker and the others earn in a mean month."""

    members: Long
    income: Long
    other_income: Long


def homes_of(city: City, moment: Moment, rows: Long, households: Households) -> Homes:
    """The households of people."""
    people, key = city.people, city.people.key.take(rows)
    births = people.first_child.take(rows), people.second_child.take(rows)
    first, second = ((born != NEVER) & (born <= moment.month) for born in births)
    size = chance.draws(key, 0, chance.DECISION_HOUSEHOLD)
    others = size * households.members_span_ppm // PARTS_PER_MILLION // CHANCE_SCALE
    members = np.maximum(2 + others, 1 + first.astype(np.int64) + second)
    income = people.income.take(rows).astype(np.int64) * households.mean_factor_ppm // PARTS_PER_MILLION
    earner = chance.draws(key, 0, chance.DECISION_OTHER_EARNER) < households.other_earner
    return Homes(
        members, income, np.where(earner, income * households.other_income_ppm // PARTS_PER_MILLION, 0)
    )


def means_after_injury(homes: Homes, injuries: Injuries, days_per_month: int, households: Households) -> Long:
    """Rupiah in the months after an injury: care to pay, days without income, less of it when disabled."""
    months = households.injured_months
    worked = np.maximum(0, homes.income * months - homes.income * injuries.days // days_per_month)
    lost = np.minimum(PARTS_PER_MILLION, injuries.impairment_ppm)
    lost = np.where(injuries.kinds == TOTAL, PARTS_PER_MILLION, lost)
    lost[injuries.kinds == TEMPORARY] = 0
    earned = worked * (PARTS_PER_MILLION - lost) // PARTS_PER_MILLION
    return earned + homes.other_income * months - injuries.cost


def are_within_reach(cases: Cases, vulnerable_decile: int) -> Flags:
    """Whom the programme covered, or could have."""
    is_meant = (cases.events != DEATH_OUT_OF_INFORMAL_WORK) & (cases.decile <= vulnerable_decile)
    return is_meant & (cases.cover.is_covered | cases.is_reachable())


def count_households(city: City, moment: Moment, terms: Terms, law: Law, settled: Settled) -> None:
    """Count the households of the month's cases, and where they stand."""
    cases, households = settled.cases, terms.households
    near = are_within_reach(cases, terms.chances.vulnerable_decile)
    homes = homes_of(city, moment, cases.rows[near], households)
    injuries = Injuries(*(column[near] for column in cases.injuries))
    hurt, paid, full = cases.is_accident()[near], settled.amounts[near], settled.full[near]
    after_injury = means_after_injury(homes, injuries, law.incapacity_days_per_month, households)
    means = np.where(hurt, after_injury, homes.other_income * households.bereaved_months)
    months = np.where(hurt, households.injured_months, households.bereaved_months)
    needed = households.poverty_line * (homes.members - ~hurt) * months
    found = (
        np.ones(hurt.size, dtype=np.bool_),
        homes.income + homes.other_income < homes.members * households.poverty_line,
        means < needed,
        means + paid < needed,
        means + np.maximum(paid, full) < needed,
    )
    for offset, is_so in enumerate(found):
        city.ledger[ROW.injured_households + offset, moment.elapsed] += np.count_nonzero(is_so & hurt)
        city.ledger[ROW.bereaved_households + offset, moment.elapsed] += np.count_nonzero(is_so & ~hurt)
    rows = cases.rows[near]
    for offset, is_so in enumerate((found[0], *found[2:4])):
        add(city, CELL.injured_households + offset, moment, rows[is_so & hurt])
        add(city, CELL.bereaved_households + offset, moment, rows[is_so & ~hurt])
