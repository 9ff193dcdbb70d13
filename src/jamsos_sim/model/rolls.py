"""How the rolls of a city are kept and asked.

People come on a roll where they are proposed, admitted or fail, and whoever loses a place is taken off at
once. At the end of a month the rolls are made anew without all others who have left them. In between a
question looks at the status of everybody on a roll; until the deaths of the month are settled, the list
itself has nobody but recipients.
"""

import numpy as np

from jamsos_sim.compiled import compiled
from jamsos_sim.model.context import City, Long, Rolls, Tiny
from jamsos_sim.model.status import SELF_PAYING, SETTLED, SPONSORED

ON_THE_LIST = (SPONSORED, SETTLED)


def with_status(city: City, status: int) -> Long:
    """Rows of the people who have come that far in the programme; not `NOT_LISTED`, nor those settled in an
    earlier month.
    """
    rolls = city.rolls
    return rows_with(city.people.status, rolls.recipients if status in ON_THE_LIST else rolls.files, status)


@compiled
def rows_with(status: Tiny, roll: Long, wanted: int) -> Long:
    """The rows of a roll that have a status."""
    found, count = np.empty(roll.size + 1, dtype=np.int64), 0
    # Written always and counted sometimes: without a branch this takes a third of the time.
    for row in roll.view(np.uint64):
        found[count] = row
        count += int(status[row] == wanted)
    return found[:count]


def without(city: City, leaving: Long) -> Rolls:
    """The rolls after these people have lost their places; whoever goes on alone comes to the files."""
    rolls, status = city.rolls, city.people.status
    if not leaving.size:
        return rolls
    alone = rows_with(status, leaving, SELF_PAYING)
    staying = rows_with(status, rolls.recipients, SPONSORED)
    return rolls._replace(recipients=staying, files=np.concatenate((rolls.files, alone)))
