"""A run of the kernel watched from outside: what the columns of people say at the end of every month."""

from functools import cache
from typing import NamedTuple

import numpy as np

from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.status import (
    ACCIDENT,
    DEAD,
    DEATH,
    FORMAL,
    INFORMAL,
    LEFT,
    NEVER,
    NOT_ARRIVED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    WORK_DEATH,
)
from jamsos_sim.scenario import load_scenario
from tests.model.worlds import Counts, months_of, world

GONE = (LEFT, DEAD)
FREE_TO_MOVE = (NOT_ARRIVED, INFORMAL, FORMAL)


class Month(NamedTuple):
    """What was seen at the end of one month."""

    sponsored: int
    settled: int
    self_paying: int
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
    admitted_from_elsewhere: int


class Walk(NamedTuple):
    """A run: its ledger, and one column for each thing seen."""

    ledger: Totals
    seen: dict[str, Counts]


@cache
def walk(name: str) -> Walk:
    """Walk a shipped scenario in the shared world."""
    where = world()
    before = np.full(len(where.workers.birth_month), NOT_ARRIVED)
    months: list[Month] = []
    for rules, kernel in months_of(load_scenario(name), where):
        month, people = rules.moment.month, kernel.city.people
        arrived = int(np.count_nonzero(where.workers.arrival_month <= month))
        presence, status = people.presence[:arrived].copy(), people.status[:arrived]
        event, was = people.event[:arrived], before[:arrived]
        on_list = (status == SPONSORED) | (status == SETTLED)
        is_paid = people.last_paid_month[:arrived] == month
        by_city = is_paid & (people.is_self_paid[:arrived] == 0)
        is_death = (event == DEATH) | (event == WORK_DEATH)
        vulnerable = people.decile[:arrived] <= where.chances.vulnerable_decile
        new = people.enrolled_since[:arrived] == month
        months.append(
            Month(
                sponsored=np.count_nonzero(status == SPONSORED),
                settled=np.count_nonzero(status == SETTLED),
                self_paying=np.count_nonzero(status == SELF_PAYING),
                paid_by_city=np.count_nonzero(by_city),
                paid_and_alive=np.count_nonzero(by_city & on_list & (presence != DEAD)),
                paid_alone=np.count_nonzero(is_paid & ~by_city),
                vulnerable_deaths=np.count_nonzero(is_death & vulnerable),
                covered_deaths=np.count_nonzero((event != NEVER) & (event != ACCIDENT) & is_paid),
                covered_accidents=np.count_nonzero((event == ACCIDENT) & is_paid),
                arrived=arrived,
                somewhere=np.count_nonzero(np.isin(presence, (INFORMAL, FORMAL, LEFT, DEAD))),
                back_from_the_dead=np.count_nonzero(
                    ((was == DEAD) & (presence != DEAD)) | ((was == LEFT) & (presence != LEFT))
                ),
                admitted=np.count_nonzero(new),
                admitted_from_elsewhere=np.count_nonzero(new & ~np.isin(was, FREE_TO_MOVE)),
            )
        )
        before[:arrived] = presence
    columns = np.array(months, dtype=np.int64).T
    return Walk(kernel.city.ledger, dict(zip(Month._fields, columns, strict=True)))
