"""Runs of both engines under watch: after every month, nobody has been lost or made, and the books say so."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from jamsos_sim.model.beginning import city_of
from jamsos_sim.model.events import CLOSED, Diary
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import ENTRIES, EXITS, Totals
from jamsos_sim.model.reference import JamsosModel
from jamsos_sim.model.status import DEAD, FORMAL, INFORMAL, LEFT, NO_PERSON, NOT_ARRIVED, RETIRED
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario
from tests.model.worlds import row

HERE = (INFORMAL, FORMAL, RETIRED)
FOR_GOOD = (DEAD, LEFT, NO_PERSON)
"""Whoever is there stays there."""

Codes = npt.NDArray[np.int8]
Months = Iterator[tuple[Rules, Codes, Totals]]


def kernel_months(scenario: Scenario, where: World) -> Months:
    """The months of a run of the kernel: where everybody is at their end, and the ledger so far."""
    kernel = Kernel(where)
    for rules in rules_of(scenario, where):
        kernel.run_month(rules)
        yield rules, kernel.everybody.people.presence.copy(), kernel.city.ledger


def reference_months(scenario: Scenario, where: World, diary: Diary = CLOSED) -> Months:
    """The months of a run of the model to read; an open diary takes its events."""
    model = JamsosModel(where, diary)
    for rules in rules_of(scenario, where):
        model.run_month(rules)
        presence = np.array([worker.presence for worker in model.workers], dtype=np.int8)
        yield rules, presence, model.city.ledger


def watched(months: Callable[[Scenario, World], Months], scenario: Scenario, where: World) -> Totals:
    """The ledger of a run that conserves people in every month; fails in the month that loses one."""
    arrival = where.workers.arrival_month
    ledger = None
    before = city_of(where).people.presence
    for rules, presence, ledger in months(scenario, where):
        check_people(before, presence, arrival, rules.moment.month)
        check_books(before, presence, ledger[:, rules.moment.elapsed])
        before = presence
    assert ledger is not None
    check_ledger(ledger)
    return ledger


def check_people(before: Codes, now: Codes, arrival: npt.NDArray[np.int32], month: int) -> None:
    """Everybody who has entered is somewhere, and nobody comes back from where nobody comes back."""
    entered = arrival <= month
    assert np.array_equal(now == NOT_ARRIVED, ~entered)
    for place in FOR_GOOD:
        assert np.all(now[before == place] == place)
    present, gone = np.isin(now, HERE), np.isin(now, FOR_GOOD)
    assert np.array_equal(entered, present | gone)
    came = int(np.count_nonzero((before == NOT_ARRIVED) & entered))
    went = int(np.count_nonzero(gone & ~np.isin(before, FOR_GOOD)))
    assert np.count_nonzero(present) == np.count_nonzero(np.isin(before, HERE)) + came - went


def check_books(before: Codes, now: Codes, totals: npt.NDArray[np.int64]) -> None:
    """The ledger counts who works informally and who no more, every death once, and every way in and out."""
    assert row(totals, "informal_workers") == np.count_nonzero(now == INFORMAL)
    assert row(totals, "former_workers") == np.count_nonzero((now == FORMAL) | (now == RETIRED))
    assert row(totals, "deaths") == np.count_nonzero((now == DEAD) & (before != DEAD))
    moved = row(totals, "workers_moved_out") + row(totals, "others_moved_out")
    assert moved == np.count_nonzero((now == LEFT) & (before != LEFT))
    came = row(totals, "starting_workers") + row(totals, "newcomers")
    assert came == np.count_nonzero((now != NOT_ARRIVED) & (before == NOT_ARRIVED))


def check_ledger(totals: Totals) -> None:
    """From the ledger alone: informal workers are those of the month before, and who came, less who went; and
    whoever has entered is here, has moved away or has died.
    """
    came, gone = (sum(row(totals, name) for name in names) for names in (ENTRIES, EXITS))
    workers = row(totals, "informal_workers")
    assert np.array_equal(workers, np.cumsum(came - gone))
    entered = np.cumsum(row(totals, "starting_workers") + row(totals, "newcomers"))
    left = row(totals, "workers_moved_out") + row(totals, "others_moved_out") + row(totals, "deaths")
    assert np.array_equal(entered, workers + row(totals, "former_workers") + np.cumsum(left))
