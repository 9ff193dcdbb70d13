"""How long people wait from proposal to place: counted at the end of a month, and on admission."""

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.context import City, Long
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    FILED,
    IN_DELIBERATION,
    IN_REGISTRATION,
    NOT_LISTED,
    PROPOSED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    WAITING,
)

BOUNDS = (3, 6, 12)
"""Months beyond which a delay is counted; the rows of each kind stand in this order."""
QUEUED = (*FILED, WAITING)
STATUSES = IN_REGISTRATION + 1


@rule
def bounds_exceeded(months: int) -> int:
    """How many of the bounds a delay of so many months exceeds."""
    exceeded = 0
    for bound in BOUNDS:
        exceeded += months > bound
    return exceeded


@called_from_compiled
def count_queues(city: City, moment: Moment) -> Long:
    """The files at the end of a month: how many are in each queue and since when, and who pays alone. Rows of
    the people who still have one.
    """
    proposed_since, ledger, at = city.people.proposed_since, city.ledger, moment.elapsed
    lengths = np.zeros(STATUSES, dtype=np.int64)
    files = city.rolls.files.view(np.uint64)
    kept, count = np.empty(files.size + 1, dtype=np.int64), 0
    for place in range(files.size):
        fetch_ahead((city.people.status, proposed_since), files, place)
        person = files[place]
        status = city.people.status[person]
        lengths[status] += 1
        kept[count] = person
        count += int(status != NOT_LISTED) & int(status != SPONSORED) & int(status != SETTLED)
        if status in QUEUED:
            for bound in range(bounds_exceeded(moment.month - proposed_since[person])):
                ledger[ROW.queue_over_3_months + bound, at] += 1
    ledger[ROW.in_deliberation, at] = lengths[IN_DELIBERATION]
    ledger[ROW.in_verification, at] = lengths[PROPOSED]
    ledger[ROW.in_registration, at] = lengths[IN_REGISTRATION]
    ledger[ROW.waiting, at] = lengths[WAITING]
    ledger[ROW.self_paying, at] = lengths[SELF_PAYING]
    return kept[:count]
