"""How the rolls of a city are kept and asked.

People come on a roll where they are proposed, admitted or fail; once a month the rolls are made anew without
those who have left them. In between a question looks at the status of everybody on a roll, except of the
recipients: from there on their roll has nobody else, since whoever loses a place later in the month is taken
off at once.
"""

import numpy as np

from jamsos_sim.compiled import compiled
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Long, Rolls, Tiny
from jamsos_sim.model.status import INFORMAL, NEVER, NOT_LISTED, SELF_PAYING, SETTLED, SPONSORED

ON_THE_LIST = (SPONSORED, SETTLED)


def with_status(city: City, status: int) -> Long:
    """Rows of the people who have come that far in the programme; not `NOT_LISTED`.

    Those who pay alone can be asked for once the rolls of the month have been made.
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


def renewed(city: City) -> tuple[Rolls, Long]:
    """The rolls without those who have left them, in the order of rows as far as they are long; and how many
    recipients of each community are in informal work.
    """
    recipients, files, failed, friends, is_in_order = still_on_rolls(city)
    if not is_in_order:
        recipients.sort(kind="stable")
    failed.sort(kind="stable")
    return Rolls(recipients, files, failed), friends


@touches(
    "people.community",
    "people.failed_since",
    "people.presence",
    "people.status",
    "communities.size",
    "rolls.failed",
    "rolls.files",
    "rolls.recipients",
)
def still_on_rolls(city: City) -> tuple[Long, Long, Long, Long, bool]:
    """Who is on each roll with good reason, the recipients of each community who are in informal work, and
    whether recipients stand in the order of rows; whoever goes on alone comes from them to the files.
    """
    status, rolls = city.people.status, city.rolls
    recipients = np.empty(rolls.recipients.size + 1, dtype=np.int64)
    files = np.empty(rolls.recipients.size + rolls.files.size + 1, dtype=np.int64)
    failed = np.empty(rolls.failed.size + 1, dtype=np.int64)
    friends = np.zeros(city.communities.size.size, dtype=np.int64)
    enrolled, filed, failing, before, out_of_order = 0, 0, 0, np.uint64(0), 0
    # Written always and counted sometimes: without a branch this takes a third of the time.
    listed = rolls.recipients.view(np.uint64)
    for place in range(listed.size):
        fetch_ahead((city.people.community,), listed, place)
        person = listed[place]
        out_of_order += int(person < before)
        before = person
        recipients[enrolled] = files[filed] = person
        is_sponsored, is_settled = int(status[person] == SPONSORED), int(status[person] == SETTLED)
        is_recipient = is_sponsored | is_settled
        enrolled += is_recipient
        filed += (1 - is_recipient) & int(status[person] != NOT_LISTED)
        friends[city.people.community[person]] += is_sponsored & int(city.people.presence[person] == INFORMAL)
    for person in rolls.files.view(np.uint64):
        files[filed] = person
        filed += int(status[person] != NOT_LISTED)
    for person in rolls.failed.view(np.uint64):
        failed[failing] = person
        failing += int(city.people.failed_since[person] != NEVER)
    return recipients[:enrolled], files[:filed], failed[:failing], friends, out_of_order == 0


def with_places(city: City, staying: Long, admitted: Long) -> Rolls:
    """The rolls after the month's decisions on places: the recipients who stay, and those who are admitted.

    Whoever has lost a place and goes on alone comes to the files.
    """
    rolls, status = city.rolls, city.people.status
    files = rolls.files
    if staying.size < rolls.recipients.size:
        files = np.concatenate((files, rows_with(status, rolls.recipients, SELF_PAYING)))
    if admitted.size:
        files = files[status[files] != SPONSORED]
    return rolls._replace(recipients=np.concatenate((staying, admitted)), files=files)
