"""What a notebook or a script calls: simulate scenarios, compare them, and read tables and figures."""

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypedDict, Unpack

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from jamsos_sim.ensemble import Advance, Ledgers, Plan, simulate_worlds
from jamsos_sim.ensemble_folder import RunFolder, writing
from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE
from jamsos_sim.model.world import Period
from jamsos_sim.outcomes import (
    difference_table,
    monthly_table,
    summary_table,
    worlds_saved_by_pairing,
    yearly_table,
)
from jamsos_sim.population.region import load_region
from jamsos_sim.report.chart import Chart, save_figure
from jamsos_sim.report.cost import cost_figure
from jamsos_sim.report.enrolment import PublishedPoint, enrolment_figure
from jamsos_sim.report.families import families_figure
from jamsos_sim.scenario import FIRST_MONTH, Scenario, load_scenario
from jamsos_sim.units import month_of

DEFAULT_WORLDS = 20
DEFAULT_SEED = 2023
DEFAULT_FIRST = "2023-01"
DEFAULT_LAST = "2030-12"
CURRENT_PROGRAMME = "program_berjalan"


class Settings(TypedDict, total=False):
    """Settings of a run; see `simulate`."""

    worlds: int
    seed: int
    workers: int | None
    first: str
    last: str
    engine: str
    out: str | Path | None
    threads: int | None
    progress: bool


class Results:
    """What a run has shown.

    Attributes
    ----------
    plan:
        What was run.
    base:
        Scenario to which the others are compared, or ``None``.
    monthly, yearly:
        One row for each scenario, world, month or year, and quantity; ``value`` is a whole number.
    folder:
        Where the tables lie, or ``None``.
    """

    def __init__(
        self, plan: Plan, tables: Mapping[str, pd.DataFrame], base: str | None, folder: Path | None = None
    ) -> None:
        self.plan = plan
        self.base = base
        self.monthly = tables["monthly"]
        self.yearly = tables["yearly"]
        self.folder = folder

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """Scenario to its title by language, in the order of the run."""
        return {scenario.name: dict(scenario.title) for scenario in self.plan.scenarios}

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Mean and 90% interval (``low``, ``high``) for each scenario, year and quantity."""
        return summary_table(self.yearly)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Mean and 90% interval of the paired difference to the base, by scenario, year and quantity."""
        others = [] if self.base is None else [name for name in self.titles if name != self.base]
        # A scenario compared with itself alone still has an answer: zero everywhere.
        if self.base is not None and not others:
            others = [self.base]
        return difference_table(self.yearly, str(self.base), others)

    def worlds_saved(self, scenario: str, quantity: str, year: int) -> float:
        """How many times fewer worlds the paired difference to the base needs than an unpaired one."""
        return worlds_saved_by_pairing(self.yearly, str(self.base), scenario, quantity, year)

    @property
    def is_of_the_city(self) -> bool:
        """Whether the whole city was simulated, so that published numbers can stand beside the simulated
        ones.
        """
        return self.plan.workers is None

    def enrolment_figure(self, lang: str = DEFAULT_LANGUAGE) -> Chart:
        """People sponsored over time, with the published numbers."""
        first, stop = self.plan.first_reported, self.plan.period.stop
        shown = [
            PublishedPoint(*point)
            for point in load_region(self.plan.region).published_enrolment
            if self.is_of_the_city and first <= point.month < stop
        ]
        return enrolment_figure(self.monthly, self.titles, lang, shown)

    def cost_figure(self, lang: str = DEFAULT_LANGUAGE) -> Chart:
        """What the city pays each year, against the appropriation."""
        return cost_figure(self.yearly, self.titles, lang)

    def families_figure(self, lang: str = DEFAULT_LANGUAGE) -> Chart:
        """What became of the families of vulnerable workers who died."""
        return families_figure(self.yearly, self.titles, lang)

    def save_figures(self, folder: Path, lang: str = DEFAULT_LANGUAGE) -> list[Path]:
        """Write the three figures as PNG files; their paths."""
        figures = {
            "enrolment": self.enrolment_figure(lang),
            "cost": self.cost_figure(lang),
            "families": self.families_figure(lang),
        }
        paths = [folder / f"{name}.{lang}.png" for name in figures]
        with writing(folder):
            for path, figure in zip(paths, figures.values(), strict=True):
                save_figure(figure, path)
        return paths


def plan_of(scenarios: Sequence[str | Path | Scenario], settings: Settings) -> Plan:
    """The plan of a run of scenarios, each given by name, path or as loaded; one given twice is run once.

    Raises `InputError` for a bad scenario, month or number, and for two scenarios of one name.
    """
    if not scenarios:
        raise InputError("run.no_scenario")
    unique: dict[str, Scenario] = {}
    for given in scenarios:
        scenario = given if isinstance(given, Scenario) else load_scenario(given)
        known = unique.setdefault(scenario.name, scenario)
        if known.texts != scenario.texts:
            raise InputError("run.two_of_one_name", name=scenario.name)
    return Plan(
        scenarios=tuple(unique.values()),
        worlds=settings.get("worlds", DEFAULT_WORLDS),
        seed=settings.get("seed", DEFAULT_SEED),
        period=Period(FIRST_MONTH, month_of(settings.get("last", DEFAULT_LAST)) + 1),
        first_reported=month_of(settings.get("first", DEFAULT_FIRST)),
        workers=settings.get("workers"),
        engine=settings.get("engine", "kernel"),
    )


def run_plan(
    plan: Plan,
    base: str | None,
    *,
    out: Path | None = None,
    threads: int | None = None,
    advance: Advance = lambda months: None,
) -> Results:
    """Carry out a plan; with a folder, what is there already is not computed again."""
    if threads is not None and threads < 1:
        raise InputError("run.bad_threads", threads=threads)
    if out is None:
        done = dict(simulate_worlds(plan, list(range(plan.worlds)), threads, advance))
        return Results(plan, _tables(plan, np.stack([done[world] for world in range(plan.worlds)])), base)
    folder = RunFolder(out, plan)
    folder.open()
    if folder.is_finished:
        return Results(plan, {name: folder.table(name) for name in ("monthly", "yearly")}, base, out)
    missing = folder.missing_worlds()
    advance((plan.worlds - len(missing)) * len(plan.scenarios) * plan.months)
    for world, ledgers in simulate_worlds(plan, missing, threads, advance):
        folder.keep(world, ledgers)
    tables = _tables(plan, folder.worlds())
    folder.finish(tables)
    return Results(plan, tables, base, out)


def _tables(plan: Plan, worlds: Ledgers) -> dict[str, pd.DataFrame]:
    names = [scenario.name for scenario in plan.scenarios]
    start, first = plan.period.start, plan.first_reported
    return {
        "monthly": monthly_table(worlds, names, start, first),
        "yearly": yearly_table(worlds, names, start, first),
    }


def base_of(plan: Plan) -> str | None:
    """The current programme, when it is run beside others."""
    names = [scenario.name for scenario in plan.scenarios]
    return CURRENT_PROGRAMME if CURRENT_PROGRAMME in names and len(names) > 1 else None


def simulate(*scenarios: str | Path | Scenario, **settings: Unpack[Settings]) -> Results:
    """Simulate scenarios, each given by name, by path or as loaded.

    Settings: ``worlds`` (20), ``seed``, ``workers`` (informal workers simulated; the whole city), ``first``
    and ``last`` (months such as ``2023-01``), ``engine`` (``kernel`` or ``reference``), ``out`` (a folder to
    keep the tables in, and to resume from), ``threads``, ``progress`` (whether to show a bar).

    Raises `InputError` for bad input.
    """
    plan = plan_of(scenarios, settings)
    return _run_with(plan, base_of(plan), settings)


def compare(
    base: str | Path | Scenario, *others: str | Path | Scenario, **settings: Unpack[Settings]
) -> Results:
    """Simulate a base scenario and others under the same luck; ``differences`` are taken world by world.

    Settings as for `simulate`. Raises `InputError` for bad input.
    """
    plan = plan_of((base, *others), settings)
    return _run_with(plan, plan.scenarios[0].name, settings)


def _run_with(plan: Plan, base: str | None, settings: Settings) -> Results:
    out = settings.get("out")
    folder = None if out is None else Path(out)
    total = plan.worlds * len(plan.scenarios) * plan.months
    with tqdm(total=total, unit="bulan", disable=not settings.get("progress", False)) as bar:
        lock = threading.Lock()

        def advance(months: int) -> None:
            with lock:
                bar.update(months)

        return run_plan(plan, base, out=folder, threads=settings.get("threads"), advance=advance)
