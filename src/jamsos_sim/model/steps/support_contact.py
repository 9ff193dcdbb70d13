"""Contact with the office through courses and parcels, within step *propose*.

At the first course or parcel the office's people speak of the programme: some come to know of it. Knowledge
enrols almost nobody; some register at once with the office's help, and what else fails at the counter does
not fail then.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import NOBODY_LISTED, City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import INFORMAL, NEVER, UNTRAINED
from jamsos_sim.model.steps.deliberate import first_status
from jamsos_sim.model.steps.propose import is_barred, may_apply
from jamsos_sim.model.steps.support_parcels import GROUPS, bring_parcels, families_of, parcels_of
from jamsos_sim.model.steps.support_training import hold_courses_columns
from jamsos_sim.model.steps.tell_support import tell_contacts, tell_courses, tell_parcels
from jamsos_sim.model.support_terms import Support, has_programmes


@rule
def learns_at_contact(presence: int, is_aware: bool, drawn: int, support: Support) -> bool:
    """Whether a person in informal work comes to know of the programme at the first contact."""
    return bool(presence == INFORMAL and not is_aware and drawn < support.hear_at_contact)


@touches(
    "people.failed_since",
    "people.is_aware",
    "people.key",
    "people.presence",
    "people.proposed_since",
    "people.refusal",
    "people.since",
    "people.status",
    "ledger",
)
def meet(city: City, moment: Moment, terms: Terms, persons: Long) -> Long:
    """The first contact of people with the office; who registers at once."""
    people, ledger, at, month = city.people, city.ledger, moment.elapsed, moment.month
    registered, count = np.empty(persons.size, dtype=np.int64), 0
    for person in persons:
        key, presence = people.key[person], people.presence[person]
        drawn = chance.draw(key, month, chance.DECISION_HEAR_AT_CONTACT)
        if learns_at_contact(presence, people.is_aware[person] == 1, drawn, terms.support):
            people.is_aware[person] = 1
            ledger[ROW.informed_at_contact, at] += 1
        barred = is_barred(people.refusal[person], month - people.since[person])
        drawn = chance.draw(key, month, chance.DECISION_HELPED_REGISTRATION)
        may_register = may_apply(presence, people.status[person], people.is_aware[person] == 1, barred)
        if may_register and drawn < terms.support.registration_help:
            registered[count] = person
            count += 1
            people.status[person] = first_status(terms.policy)
            people.failed_since[person] = NEVER
            people.since[person] = month
            people.proposed_since[person] = month
            ledger[ROW.helped_registrations, at] += 1
            ledger[ROW.proposed, at] += 1
    ledger[ROW.contacts, at] += persons.size
    return registered[:count].copy()


def hand_out_columns(city: City, moment: Moment, terms: Terms, law: Law, in_hardship: Long) -> Long:
    """Hand out the parcels of a month; the families that got their first one."""
    first = [np.empty(0, dtype=np.int64)]
    for group in GROUPS:
        if parcels_of(group, terms.policy.support) > 0:
            families = families_of(city, moment, terms, law, (in_hardship, group))
            first.append(families[city.people.parcel_month[families] == NEVER])
            bring_parcels(city, moment, terms, families, group)
            tell_parcels(city, moment, terms, families, group)
    return np.concatenate(first)


def support_columns(
    city: City, moment: Moment, terms: Terms, law: Law, in_hardship: Long
) -> tuple[Long, Long]:
    """Courses and parcels of a month, and the contact that they bring; who completed a course, and who
    registered.

    ``in_hardship`` holds everybody with a hardship, whenever they arrive, in ascending order.
    """
    if not has_programmes(terms.policy.support):
        return NOBODY_LISTED, NOBODY_LISTED
    people = city.people
    arrived = in_hardship[: np.searchsorted(in_hardship, people.key.size)]
    trained = hold_courses_columns(city, moment, terms, law)
    tell_courses(city, moment, terms, trained)
    newly_trained = trained[people.parcel_month[trained] == NEVER]
    families = hand_out_columns(city, moment, terms, law, arrived)
    strangers = families[people.training[families] == UNTRAINED]
    met = np.concatenate((newly_trained, strangers))
    registered = NOBODY_LISTED
    if met.size:
        was = people.is_aware[met], people.status[met]
        registered = meet(city, moment, terms, met)
        tell_contacts(city, moment, met, was)
    completed: Long = trained[people.trained_since[trained] == moment.month]
    return completed, registered
