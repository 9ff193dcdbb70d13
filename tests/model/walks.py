"""A run of the kernel watched from outside: what the columns of people say at the end of every month."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.model.context import People
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.status import (
    ACCIDENT,
    DEAD,
    DEATH,
    FORMAL,
    INFORMAL,
    LEFT,
    NEVER,
    NO_PERSON,
    NOT_ARRIVED,
    RETIRED,
    SETTLED,
    SPONSORED,
    WORK_DEATH,
)
from jamsos_sim.scenario import load_scenario
from tests.model.worlds import Counts, months_of, world

GONE = (LEFT, DEAD)


class Month(NamedTuple):
    """What was seen at the end of one month."""

    sponsored: int
    settled: int
    paid_by_city: int
    paid_and_alive: int
    paid_alone: int
    vulnerable_deaths: int
    covered_deaths: int
    covered_accidents: int
    arrived: int
    somewhere: int
    back_from_the_dead: int
    admitted: int


class Walk(NamedTuple):
    """A run: its ledger, and one column for each thing seen."""

    ledger: Totals
    seen: dict[str, Counts]


Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]


def count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def seen_in(month: int, people: People, was: Codes, vulnerable_decile: int) -> Month:
    """What the columns of those who have arrived say; ``was`` is where they were a month ago."""
    presence, status, event = people.presence, people.status, people.event
    is_paid = people.last_paid_month == month
    by_city = is_paid & (people.is_self_paid == 0)
    is_death = (event == DEATH) | (event == WORK_DEATH)
    is_new = people.enrolled_since == month
    on_list = (status == SPONSORED) | (status == SETTLED)
    returned = np.isin(was, GONE) & ((presence == INFORMAL) | (presence == FORMAL))
    return Month(
        sponsored=count(status == SPONSORED),
        settled=count(status == SETTLED),
        paid_by_city=count(by_city),
        paid_and_alive=count(by_city & on_list & (presence != DEAD)),
        paid_alone=count(is_paid & ~by_city),
        vulnerable_deaths=count(is_death & (people.decile <= vulnerable_decile)),
        covered_deaths=count((event != NEVER) & (event != ACCIDENT) & is_paid),
        covered_accidents=count((event == ACCIDENT) & is_paid),
        arrived=presence.size,
        somewhere=count(np.isin(presence, (INFORMAL, FORMAL, RETIRED, LEFT, DEAD, NO_PERSON))),
        back_from_the_dead=count(returned | ((was == DEAD) & (presence != DEAD))),
        admitted=count(is_new),
    )


@cache
def walk(name: str) -> Walk:
    """Walk a shipped scenario in the shared world."""
    where = world()
    before = np.full(len(where.workers.birth_month), NOT_ARRIVED, dtype=np.int8)
    months: list[Month] = []
    for rules, kernel in months_of(load_scenario(name), where):
        month = rules.moment.month
        arrived = count(where.workers.arrival_month <= month)
        columns: list[Any] = [column[:arrived] for column in kernel.city.people]
        people = People(*columns)
        months.append(seen_in(month, people, before[:arrived], where.chances.vulnerable_decile))
        before[:arrived] = people.presence
    seen = np.array(months, dtype=np.int64).T
    return Walk(kernel.city.ledger, dict(zip(Month._fields, seen, strict=True)))
