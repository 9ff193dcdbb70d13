"""The city's own death grant (santunan kematian kota), which the insurance replaced: part of step *claim*.

Before the programme the city gave the families of poor residents a sum at a death. Which families would ask
for and get it is an assumption; it does not depend on any membership.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import ACCIDENT, GRANT_KEPT, GRANT_NONE, GRANT_REPLACED


@rule
def draws_grant(decile: int, drawn: int, chances: Chances) -> bool:
    """Whether the family of a resident who died would get the city's death grant."""
    return bool(decile <= chances.vulnerable_decile and drawn < chances.death_grant)


@touches("people.decile", "people.event", "people.key")
def who_draws_grants(city: City, moment: Moment, terms: Terms, befallen: Long) -> Long:
    """The dead of the month whose families would get the grant, of everybody to whom something happened."""
    people, count = city.people, 0
    entitled = np.empty(befallen.size, dtype=np.int64)
    for person in befallen:
        if people.event[person] == ACCIDENT:
            continue
        drawn = chance.draw(people.key[person], moment.month, chance.DECISION_DEATH_GRANT)
        entitled[count] = person
        count += draws_grant(people.decile[person], drawn, terms.chances)
    return entitled[:count]


def book_grants(ledger: Totals, moment: Moment, terms: Terms, law: Law, grants: int) -> None:
    """Book grants as paid or as avoided, as the regulation has it."""
    if terms.policy.death_grant == GRANT_NONE:
        return
    is_kept = terms.policy.death_grant == GRANT_KEPT
    count = ROW.death_grants if is_kept else ROW.death_grants_avoided
    rupiah = ROW.death_grants_paid if is_kept else ROW.death_grants_avoided_cost
    ledger[count, moment.elapsed] += grants
    ledger[rupiah, moment.elapsed] += grants * law.city_death_grant


def event_of_grant(terms: Terms) -> str:
    """Kind of event of a family that would get the grant; empty where there is no grant."""
    kinds = {GRANT_KEPT: "death_grant", GRANT_REPLACED: "death_grant_avoided"}
    return kinds.get(terms.policy.death_grant, "")


def death_grant_columns(city: City, moment: Moment, terms: Terms, law: Law, befallen: Long) -> Long:
    """Pay the city's grant for the month's deaths, or count what is not paid any more; the dead for whom.

    ``befallen`` holds everybody to whom something has happened this month.
    """
    entitled = who_draws_grants(city, moment, terms, befallen)
    book_grants(city.ledger, moment, terms, law, entitled.size)
    return entitled
