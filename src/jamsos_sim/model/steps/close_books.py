"""Step *close_books*: the stocks at the end of a month, and who was covered in it."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import DEAD, INFORMAL, PROPOSED, SELF_PAYING, SETTLED, SPONSORED, WAITING
from jamsos_sim.model.steps.claim import cover_in


@rule
def is_vulnerable(presence: int, decile: int, chances: Chances) -> bool:
    """Whether a person is a vulnerable informal worker (pekerja rentan) in truth, not on paper."""
    return bool(presence == INFORMAL and decile <= chances.vulnerable_decile)


@touches(
    "people.age",
    "people.last_paid_month",
    "people.paid_months",
    "people.presence",
    "people.run_start_month",
)
def count_covered(city: City, moment: Moment, law: Law, persons: Long) -> int:
    """How many of these people are alive and covered this month."""
    people, covered = city.people, 0
    for person in persons:
        membership = Membership(
            people.last_paid_month[person], people.run_start_month[person], people.paid_months[person]
        )
        cover = cover_in(membership, people.age[person], moment.month, law)
        covered += people.presence[person] != DEAD and cover.is_covered
    return covered


def close_books_columns(city: City, moment: Moment, terms: Terms, law: Law) -> None:
    """Count everybody once."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    present = people.presence == INFORMAL
    vulnerable = present & (people.decile <= terms.chances.vulnerable_decile)
    enrolled = np.flatnonzero((people.status == SPONSORED) | (people.status == SETTLED))
    vulnerable_enrolled = np.count_nonzero(vulnerable[enrolled])
    present_enrolled = np.count_nonzero(present[enrolled])
    ledger[ROW.informal_workers, at] = np.count_nonzero(present)
    ledger[ROW.vulnerable_workers, at] = np.count_nonzero(vulnerable)
    ledger[ROW.enrolled, at] = enrolled.size
    ledger[ROW.vulnerable_enrolled, at] = vulnerable_enrolled
    ledger[ROW.enrolled_not_vulnerable, at] = present_enrolled - vulnerable_enrolled
    ledger[ROW.enrolled_not_found, at] = enrolled.size - present_enrolled
    ledger[ROW.in_verification, at] = np.count_nonzero(people.status == PROPOSED)
    ledger[ROW.waiting, at] = np.count_nonzero(people.status == WAITING)
    ledger[ROW.self_paying, at] = np.count_nonzero(people.status == SELF_PAYING)
    ledger[ROW.covered_person_months, at] = count_covered(city, moment, law, enrolled)
