"""Worlds, scenarios and ledgers that tests share; each is made once in a test run and never changed."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from jamsos_sim.assumptions import apply_overrides, load_assumptions
from jamsos_sim.model.events import Diary, Events
from jamsos_sim.model.kernel import Kernel, run_kernel
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import ROW, Rows, Totals
from jamsos_sim.model.reference import run_reference
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import Period, World, seed_of, world_of
from jamsos_sim.population.region_file import load_region
from jamsos_sim.scenario import Scenario, load_scenario, read_scenario, shipped_scenarios
from jamsos_sim.units import MONTHS_PER_YEAR, month_of

REGION = "tangsel"
SEED = 2023
WORKERS = 4_000
COMPARED = 1_200
"""Workers of the runs that both models make; the model to read takes a minute for some thousands."""
FIRST, LAST = "2023-01", "2030-12"
START = month_of(FIRST)
MONTHLY_PRICE = 16_800
SHIPPED = shipped_scenarios()
HEAD = "name: draf\ntitle: {id: Draf, en: Draft}\ndiffers_from: program_berjalan\n"

Counts = npt.NDArray[np.int64]


@cache
def world(number: int = 0, workers: int | None = WORKERS, last: str = LAST) -> World:
    """A numbered world of the tests' seed; ``workers`` as in `world_of`."""
    period = Period(START, month_of(last) + 1)
    return world_of(load_region(REGION), load_assumptions(REGION), seed_of(SEED, number), period, workers)


def world_under(scenario: Scenario, number: int, workers: int, last: str) -> World:
    """A world drawn from the ranges that a scenario gives to assumptions."""
    assumptions = apply_overrides(load_assumptions(REGION), scenario.assumptions)
    period = Period(START, month_of(last) + 1)
    return world_of(load_region(REGION), assumptions, seed_of(SEED, number), period, workers)


@cache
def draft(body: str = "") -> Scenario:
    """A draft that differs from the current programme by the YAML text given."""
    return read_scenario(HEAD + body, "draf")


def clause(levers: str, month: str = FIRST) -> str:
    """YAML text of one clause that sets levers, given as a YAML mapping, from a month on."""
    return f"clauses: {{ubahan: {{in_force: {month}, sets: {{{levers}}}}}}}\n"


@cache
def ledger(name: str, number: int = 0, workers: int | None = WORKERS, last: str = LAST) -> Totals:
    """Ledger of a shipped scenario by the kernel."""
    return frozen(run_kernel(load_scenario(name), world(number, workers, last)))


@cache
def draft_ledger(body: str, number: int = 0, workers: int | None = WORKERS, last: str = LAST) -> Totals:
    """Ledger of a draft by the kernel, in a world that the draft's assumptions do not change."""
    return frozen(run_kernel(draft(body), world(number, workers, last)))


@cache
def reference_run(name: str) -> tuple[Totals, Events]:
    """Ledger and events of a shipped scenario by the model to read."""
    diary = Diary(is_open=True)
    totals = run_reference(load_scenario(name), world(0, COMPARED), diary)
    return frozen(totals), diary.events()


def reference_ledger(name: str) -> Totals:
    """Ledger of a shipped scenario by the model to read."""
    return reference_run(name)[0]


@cache
def recorded_run(name: str) -> tuple[Totals, Events]:
    """Ledger and events of a shipped scenario by the kernel."""
    totals, events = run_recorded(load_scenario(name), world(0, COMPARED))
    return frozen(totals), events


def frozen(totals: Totals) -> Totals:
    totals.flags.writeable = False
    return totals


def row(totals: Totals, quantity: str) -> Counts:
    """One quantity, month by month."""
    column: Counts = totals[getattr(ROW, quantity)]
    return column


def by_year(totals: Totals, quantity: str) -> Counts:
    """A flow, summed by calendar year."""
    sums: Counts = row(totals, quantity).reshape(-1, MONTHS_PER_YEAR).sum(axis=1)
    return sums


def quantities_that_differ(first: Totals, second: Totals) -> set[str]:
    """Names of the quantities in which two ledgers of one period differ."""
    return {Rows._fields[number] for number in np.flatnonzero((first != second).any(axis=1))}


def columns_that_differ(first: Events, second: Events) -> set[str]:
    """Names of the columns in which two lists of events differ."""
    pairs = zip(Events._fields, first, second, strict=True)
    return {name for name, ours, theirs in pairs if not np.array_equal(ours, theirs)}


def months_of(scenario: Scenario, where: World) -> Iterator[tuple[Rules, Kernel]]:
    """Walk a run of the kernel; its state after each month."""
    kernel = Kernel(where)
    for rules in rules_of(scenario, where):
        kernel.run_month(rules)
        yield rules, kernel
