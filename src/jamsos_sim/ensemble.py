"""Worlds × scenarios: the plan of a run, and all its scenarios simulated in one world.

Every world meets every scenario with the same people and the same luck, so scenarios are compared in pairs.
Worlds are independent of each other; `ensemble_hands` simulates many of them side by side.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from jamsos_sim.assumptions import Assumption, apply_overrides
from jamsos_sim.errors import InputError
from jamsos_sim.model.cells import CellRows, by_dimension, cell_names
from jamsos_sim.model.context import City
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.queue import LAST_RANK
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import Period, World, seed_of, world_of
from jamsos_sim.population.region_file import RegionFolder, read_region
from jamsos_sim.population.register_list import Register, must_be_of
from jamsos_sim.scenario import FIRST_MONTH, Scenario
from jamsos_sim.units import month_label, year_of

ENGINES = ("kernel", "reference")
SMALLEST_RUN = 100
LARGEST_RUN = 2**24
PATIENCE = 0.5
"""Seconds between two looks at whether somebody wants to stop; a wait without a limit would hold back Ctrl-C
on Windows."""


class Model(Protocol):
    """Either engine: one run, month by month."""

    city: City

    def run_month(self, rules: Rules) -> None:
        """Walk the steps of one month."""


Ledgers = npt.NDArray[np.int64]
"""Ledgers of one world: scenario by quantity by month."""


class Simulated(NamedTuple):
    """What the runs of one world leave.

    Attributes
    ----------
    ledgers:
        Scenario by quantity by month.
    cells:
        Scenario by quantity (`model.cells.CellRows`) by year by cell (`model.cells.cell_names`).
    """

    ledgers: Ledgers
    cells: Ledgers


class StoppedError(Exception):
    """The run was stopped by its user; whole worlds are kept."""


@dataclass(frozen=True)
class Plan:
    """Everything that decides the numbers of a run.

    Attributes
    ----------
    scenarios:
        The scenarios, each once; the first one is the one the others are compared to.
    worlds, seed:
        How many worlds, and the number from which their seeds come.
    period:
        Months simulated; they begin with the programme's history.
    first_reported:
        First month of the tables.
    workers:
        Informal workers simulated at the start, or ``None`` for the whole city.
    engine:
        ``kernel`` or ``reference``.
    region:
        The city, as its folder was read.
    register:
        The city's own register instead of synthetic people, or ``None``.
    events:
        Numbers of the worlds whose events are told person by person.
    """

    scenarios: tuple[Scenario, ...]
    worlds: int
    seed: int
    period: Period
    first_reported: int
    workers: int | None
    engine: str
    region: RegionFolder = field(default_factory=read_region)
    register: Register | None = None
    events: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.worlds < 1:
            raise InputError("run.too_few_worlds", worlds=self.worlds)
        if self.engine not in ENGINES:
            raise InputError("run.unknown_engine", engine=self.engine, engines=", ".join(ENGINES))
        if not 0 <= self.seed < 2**63:
            raise InputError("run.bad_seed", seed=self.seed)
        if self.workers is not None and not SMALLEST_RUN <= self.workers <= LARGEST_RUN:
            raise InputError(
                "run.bad_workers", workers=self.workers, smallest=SMALLEST_RUN, largest=LARGEST_RUN
            )
        self._require_events_of_nobody_real()
        self._require_one_population()
        self._require_known_assumptions()
        self._require_possible_months()

    def _require_possible_months(self) -> None:
        """Refuse months before the history or after the tables, and more than a run can tell apart."""
        last_year = self.region.region.mortality[-1].stop_year - 1
        if year_of(self.period.stop - 1) > last_year:
            raise InputError("run.after_tables", month=month_label(self.period.stop - 1), last=last_year)
        if self.months > LAST_RANK + 1:
            raise InputError("run.too_many_months", months=self.months, most=LAST_RANK + 1)
        if self.first_reported < FIRST_MONTH:
            first, asked = month_label(FIRST_MONTH), month_label(self.first_reported)
            raise InputError("run.before_history", month=asked, first=first)
        if self.first_reported >= self.period.stop:
            first, last = month_label(self.first_reported), month_label(self.period.stop - 1)
            raise InputError("run.empty_period", first=first, last=last)

    def _require_one_population(self) -> None:
        if self.register is None:
            return
        if self.workers is not None:
            raise InputError("run.register_and_workers")
        must_be_of(self.register, self.region.region)

    def _require_events_of_nobody_real(self) -> None:
        """Refuse events of real people, and of worlds that are not simulated."""
        if self.events and self.register is not None:
            raise InputError("run.events_of_register")
        if self.events and max(self.events) >= self.worlds:
            raise InputError("run.no_such_world", world=max(self.events), last=self.worlds - 1)

    def _require_known_assumptions(self) -> None:
        """Refuse a scenario that was written for a region with other trades."""
        for scenario in self.scenarios:
            for key in scenario.assumptions:
                if key not in self.region.assumptions:
                    told = {"name": scenario.name, "assumption": key, "region": self.region.name}
                    raise InputError("run.assumption_of_another_region", **told)

    @property
    def months(self) -> int:
        """Months simulated in one run of one scenario in one world."""
        return self.period.stop - self.period.start


def ledger_shape(plan: Plan) -> tuple[int, int]:
    """Shape of the ledger of a run: quantities and months."""
    return len(Rows._fields), plan.months


def cell_shape(plan: Plan) -> tuple[int, int, int]:
    """Shape of the cells of a run: quantities, years and cells."""
    years = year_of(plan.period.stop - 1) - year_of(plan.period.start) + 1
    return len(CellRows._fields), years, len(cell_names(plan.region.region))


Advance = Callable[[int], None]
"""Called with a number of simulated months whenever some are done."""


def assumptions_of(plan: Plan) -> list[Mapping[str, Assumption]]:
    """Assumptions under which each scenario of a plan is simulated."""
    ours = plan.region.assumptions
    return [apply_overrides(ours, scenario.assumptions) for scenario in plan.scenarios]


def world_runs(plan: Plan, number: int) -> list[tuple[World, list[Rules]]]:
    """A numbered world of a plan under each of its scenarios, with the rules of every month."""
    worlds: dict[object, World] = {}
    runs: list[tuple[World, list[Rules]]] = []
    for scenario, assumptions in zip(plan.scenarios, assumptions_of(plan), strict=True):
        ranges = tuple(
            sorted((key, own.low, own.central, own.high) for key, own in scenario.assumptions.items())
        )
        if ranges not in worlds:
            seed, region = seed_of(plan.seed, number), plan.region.region
            people = plan.workers if plan.register is None else plan.register
            worlds[ranges] = world_of(region, assumptions, seed, plan.period, people)
        runs.append((worlds[ranges], rules_of(scenario, worlds[ranges])))
    return runs


def simulate_world(plan: Plan, number: int, stop: threading.Event, advance: Advance) -> Simulated:
    """Simulate all scenarios of a plan in one of its worlds.

    Scenarios share their history: a run forks from an earlier one at the first month in which their rules
    differ.

    Raises `StoppedError` as soon as ``stop`` is set.
    """
    runs = [_Run(*each) for each in world_runs(plan, number)]
    if plan.engine == "kernel":
        _plan_forks(runs)
    cities = [_simulate(plan.engine, run, runs, stop, advance) for run in runs]
    return Simulated(
        np.stack([city.ledger for city in cities]),
        np.stack([by_dimension(city.cells, plan.region.region) for city in cities]),
    )


class _Run:
    """One scenario in one world: where it forks from, and the states that later runs fork from."""

    def __init__(self, world: World, rules: list[Rules]) -> None:
        self.world = world
        self.rules = rules
        self.parent: int | None = None
        self.start = 0
        self.states: dict[int, Kernel | None] = {}


def _plan_forks(runs: list[_Run]) -> None:
    """Let each run fork from the earlier run with which it shares most months."""
    for place, run in enumerate(runs):
        for earlier, parent in enumerate(runs[:place]):
            shared = _months_shared(run, parent)
            if shared > run.start:
                run.parent, run.start = earlier, shared
        if run.parent is not None:
            runs[run.parent].states[run.start] = None


def _months_shared(run: _Run, parent: _Run) -> int:
    if run.world is not parent.world:
        return 0
    pairs = zip(run.rules, parent.rules, strict=True)
    return next((month for month, (ours, theirs) in enumerate(pairs) if ours != theirs), len(run.rules))


def _simulate(engine: str, run: _Run, runs: list[_Run], stop: threading.Event, advance: Advance) -> City:
    model = _first_state(engine, run, runs)
    advance(run.start)
    for index in range(run.start, len(run.rules)):
        if stop.is_set():
            raise StoppedError
        _keep_state(run, index, model)
        model.run_month(run.rules[index])
        advance(1)
    _keep_state(run, len(run.rules), model)
    return model.city


def _keep_state(run: _Run, index: int, model: Model) -> None:
    if index in run.states and isinstance(model, Kernel):
        run.states[index] = model.copy()


def _first_state(engine: str, run: _Run, runs: list[_Run]) -> Model:
    if engine == "reference":
        from jamsos_sim.model.reference import JamsosModel  # Mesa takes two seconds to import

        return JamsosModel(run.world)
    if run.parent is None:
        others = [other for other in runs if other.parent is None and other.world is run.world]
        return Kernel(run.world, is_alone=len(others) == 1)
    state = runs[run.parent].states[run.start]
    if state is None:
        raise AssertionError("an earlier run has not kept the state from which a later one forks")
    later = runs[runs.index(run) + 1 :]
    if any((other.parent, other.start) == (run.parent, run.start) for other in later):
        return state.copy()
    # The last run that forks from a state goes on with it: copying a city takes as long as several months.
    del runs[run.parent].states[run.start]
    return state
