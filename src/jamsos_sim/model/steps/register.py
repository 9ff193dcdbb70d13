"""Part of the step *verify*: the Manpower office (Dinas Tenaga Kerja) registers those found eligible.

With two desks in sequence a file comes there by a hand-over, which takes time and loses some; at one shared
desk both works are done at one sitting. Files are taken in the order in which they came, as many as the desk
can register in a month.
"""

from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Policy, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import first_in
from jamsos_sim.model.status import IN_REGISTRATION, WAITING
from jamsos_sim.model.steps.verify import files_due


@rule
def registration_delay(policy: Policy, chances: Chances) -> int:
    """Months from the verification until the second desk has the file; none at one shared desk."""
    return chances.handover_months if policy.has_two_desks else 0


@touches("people.order", "people.since", "people.status", "ledger", "rolls.files")
def register_columns(city: City, moment: Moment, terms: Terms) -> None:
    """The month's work at the registering desk."""
    delay = registration_delay(terms.policy, terms.chances)
    keys, persons = files_due(city, moment, IN_REGISTRATION, delay)
    registered = first_in(keys, persons, terms.policy.registration_capacity)
    for person in registered:
        city.people.status[person] = WAITING
        city.people.since[person] = moment.month
    city.ledger[ROW.registration_backlog, moment.elapsed] = persons.size - registered.size
