"""The month's cases in one loop (part of the step *claim*): their claims, then their households."""

from jamsos_sim.law.in_force import Law
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.month import Moment
from jamsos_sim.model.steps.claim import settle
from jamsos_sim.model.steps.help_claims import in_turn
from jamsos_sim.model.steps.household import count_households


@touches(
    "people.age",
    "people.community",
    "people.decile",
    "people.enrolled_since",
    "people.event",
    "people.first_child",
    "people.income",
    "people.income_gain",
    "people.is_insured_elsewhere",
    "people.is_self_paid",
    "people.kecamatan_cell",
    "people.kelurahan",
    "people.key",
    "people.last_paid_month",
    "people.paid_before",
    "people.paid_months",
    "people.parcel_month",
    "people.presence",
    "people.run_start_month",
    "people.second_child",
    "people.status",
    "people.stretch_since",
    "people.trained_since",
    "people.trait_cell",
    "communities.claim_month",
    "territory.helped",
    "cells",
    "ledger",
)
def settle_and_count(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """All cases of the month, and the households that they leave; what `claim.settle` says of them."""
    outcome = settle(city, moment, terms, law, persons)
    count_households(city, moment, terms, law, (persons, outcome))
    return outcome


def claim_columns(city: City, moment: Moment, terms: Terms, law: Law, befallen: Long) -> tuple[Long, Long]:
    """Settle everybody to whom something has happened this month: the people, and what came of their cases,
    as in `claim.Outcome`.
    """
    persons = in_turn(city, terms.policy, befallen)
    return persons, settle_and_count(city, moment, terms, law, persons)
