"""Help with claims (part of the step *claim*): the cadres of each kelurahan help the heirs of recipients, as
many as they have time for in a month.

Heirs stand in one queue for each kelurahan, in the order of the months of death, and within one in that of
the draw that decides among equals on a list. Whose turn does not come in the month of the death files as
without help, or waits (`jamsos_sim.model.steps.heirs_wait`).
"""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.context import City, Long, Policy, Terms
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import ACCIDENT, SPONSORED
from jamsos_sim.model.terms import Rules

NOT_ASKED, HELPED, BEYOND_CADRES = range(3)
"""What became of the heirs' wish for help."""


@rule
def asks_for_help(event: int, status: int, is_covered: bool, drawn: int, policy: Policy) -> bool:
    """Whether the ward would help the heirs: those of a recipient who died under cover."""
    is_death = event != ACCIDENT and status == SPONSORED and is_covered
    return bool(is_death and drawn < policy.assistance)


@rule
def has_time(helped: int, policy: Policy) -> bool:
    """Whether the cadres of a kelurahan who have helped so many this month can help once more."""
    return bool(policy.cadre_capacity == NO_CEILING or helped < policy.cadre_capacity)


@rule
def may_help(helped: int, policy: Policy) -> bool:
    """Whether the cadres of a kelurahan help once more, of those who wait; nobody does where the regulation
    does not provide for help any more.
    """
    return bool(policy.assistance > 0 and has_time(helped, policy))


def book_help(ledger: Totals, months_waited: int, rules: Rules) -> None:
    """Book the help that comes to heirs some months after the death."""
    at = rules.moment.elapsed
    ledger[ROW.assisted_claims, at] += 1
    ledger[ROW.assistance_cost, at] += rules.terms.costs.assistance
    ledger[ROW.assisted_after_waiting, at] += 1
    ledger[ROW.months_waited_for_help, at] += months_waited


def in_turn(city: City, policy: Policy, persons: Long) -> Long:
    """These people in the order in which their heirs are helped, as far as it matters."""
    if policy.cadre_capacity == NO_CEILING:
        return persons
    return persons[np.lexsort((persons, city.people.order[persons]))]


@rule
def help_heirs(city: City, person: int, moment: Moment, terms: Terms) -> int:
    """Help the heirs if the cadres have time, and book it: `HELPED` or `BEYOND_CADRES`."""
    helped, own, at = city.territory.helped, city.people.kelurahan[person], moment.elapsed
    if not has_time(helped[own], terms.policy):
        city.ledger[ROW.claims_beyond_cadres, at] += 1
        return BEYOND_CADRES
    helped[own] += 1
    city.ledger[ROW.assisted_claims, at] += 1
    city.ledger[ROW.assistance_cost, at] += terms.costs.assistance
    return HELPED
