"""How long people wait from proposal to place: counted at the end of a month, and on admission."""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.rolls import with_status
from jamsos_sim.model.status import FILED, IN_DELIBERATION, IN_REGISTRATION, PROPOSED, WAITING

BOUNDS = (3, 6, 12)
"""Months beyond which a delay is counted; the rows of each kind stand in this order."""


@rule
def bounds_exceeded(months: int) -> int:
    """How many of the bounds a delay of so many months exceeds."""
    exceeded = 0
    for bound in BOUNDS:
        exceeded += months > bound
    return exceeded


@touches("people.proposed_since", "ledger")
def count_delays(city: City, moment: Moment, first_row: int, persons: Long) -> None:
    """Count these people in the rows of the bounds that their delay exceeds."""
    proposed_since, ledger = city.people.proposed_since, city.ledger
    for person in persons:
        for bound in range(bounds_exceeded(moment.month - proposed_since[person])):
            ledger[first_row + bound, moment.elapsed] += 1


def count_queues_columns(city: City, moment: Moment) -> None:
    """The queues at the end of a month: their lengths, and how long people have been in them."""
    ledger, at = city.ledger, moment.elapsed
    queues = {status: with_status(city, status) for status in (*FILED, WAITING)}
    ledger[ROW.in_deliberation, at] = queues[IN_DELIBERATION].size
    ledger[ROW.in_verification, at] = queues[PROPOSED].size
    ledger[ROW.in_registration, at] = queues[IN_REGISTRATION].size
    ledger[ROW.waiting, at] = queues[WAITING].size
    count_delays(city, moment, ROW.queue_over_3_months, np.concatenate(list(queues.values())))
