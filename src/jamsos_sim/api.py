"""What a notebook or a script calls: simulate scenarios, compare them, and read tables and figures."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from jamsos_sim.ensemble import Advance, Ledgers, Plan
from jamsos_sim.ensemble_folder import RunFolder, writing
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from jamsos_sim.errors import InputError, StoppedError, spoken_language
from jamsos_sim.messages import DEFAULT_LANGUAGE, text
from jamsos_sim.model.world import Period
from jamsos_sim.outcomes import (
    difference_table,
    monthly_table,
    summary_table,
    worlds_saved_by_pairing,
    yearly_table,
)
from jamsos_sim.outcomes_indicators import indicator_table
from jamsos_sim.outcomes_register import REGISTER_TABLES, register_tables
from jamsos_sim.outcomes_targeting import targeting_table
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.population.region_file import read_region
from jamsos_sim.population.register import load_register
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.scenario import FIRST_MONTH, Scenario, load_scenario
from jamsos_sim.units import month_of

if TYPE_CHECKING:
    from jamsos_sim.report.chart import Chart

DEFAULT_WORLDS = 20
DEFAULT_SEED = 2023
DEFAULT_FIRST = "2023-01"
DEFAULT_LAST = "2030-12"


class Settings(TypedDict, total=False):
    """Settings of a run; see `simulate`."""

    region: str | Path
    population: str | Path | None
    worlds: int
    seed: int
    workers: int | None
    first: str
    last: str
    engine: str
    out: str | Path | None
    threads: int | None
    cluster: str | None
    progress: bool


class Results:
    """What a run has shown.

    Attributes
    ----------
    plan:
        What was run.
    base:
        Scenario to which the others are compared, or ``None``.
    folder:
        Where the tables lie, or ``None``.
    """

    def __init__(
        self, plan: Plan, tables: Mapping[str, pd.DataFrame], base: str | None, folder: Path | None = None
    ) -> None:
        self.plan = plan
        self.base = base
        self.folder = folder
        self._tables = tables

    @property
    def monthly(self) -> pd.DataFrame:
        """One row for each scenario, world, month and quantity; ``value`` is a whole number.

        Raises `InputError` for a run on a register, whose worlds are not shown; so does `yearly`.
        """
        return self._worlds("monthly")

    @property
    def yearly(self) -> pd.DataFrame:
        """One row for each scenario, world, year and quantity; ``value`` is a whole number."""
        return self._worlds("yearly")

    def _worlds(self, name: str) -> pd.DataFrame:
        if self.is_of_a_register:
            raise InputError("run.worlds_not_shown")
        return self._tables[name]

    @property
    def is_of_a_register(self) -> bool:
        """Whether real people of a register were simulated, so that only masked summaries are shown."""
        return self.plan.register is not None

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """Scenario to its title by language, in the order of the run."""
        return {scenario.name: dict(scenario.title) for scenario in self.plan.scenarios}

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Mean and 90% interval (``low``, ``high``) for each scenario, year and quantity.

        Of a run on a register, small counts are not numbers and ``is_hidden``.
        """
        return self._tables["summary"] if self.is_of_a_register else summary_table(self.yearly)

    @cached_property
    def targeting(self) -> pd.DataFrame:
        """Mean and 90% interval of the errors of list and registry and of wrongly paid months, as shares.

        Columns ``scenario, year, indicator, mean, low, high``; not a number where nothing can be shared out.
        """
        return self._tables["targeting"] if self.is_of_a_register else targeting_table(self.yearly)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """What a council asks: fiscal risks, people left out, the insurer's account, families of 100, months
        to payment, committed scholarships; mean and 90% interval.

        Columns ``scenario, year, indicator, mean, low, high``; `codebook` says what each indicator is. Raises
        `InputError` for a run on a register, whose worlds are not shown.
        """
        if self.is_of_a_register:
            raise InputError("run.worlds_not_shown")
        return indicator_table(self.yearly)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Mean and 90% interval of the paired difference to the base, by scenario, year and quantity."""
        others = [] if self.base is None else [name for name in self.titles if name != self.base]
        # A scenario compared with itself alone still has an answer: zero everywhere.
        if self.base is not None and not others:
            others = [self.base]
        if self.is_of_a_register:
            kept = self._tables["differences"]
            return kept[(kept["to"] == self.base) & kept["scenario"].isin(others)].reset_index(drop=True)
        return difference_table(self.yearly, str(self.base), others)

    def worlds_saved(self, scenario: str, quantity: str, year: int) -> float:
        """How many times fewer worlds the paired difference to the base needs than an unpaired one."""
        return worlds_saved_by_pairing(self.yearly, str(self.base), scenario, quantity, year)

    @property
    def is_of_the_city(self) -> bool:
        """Whether the whole city was simulated, so that published numbers can stand beside the simulated
        ones.
        """
        return self.plan.workers is None and not self.is_of_a_register

    def enrolment_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """People sponsored over time, with the published numbers."""
        from jamsos_sim.report.enrolment import PublishedPoint, enrolment_figure

        first, stop = self.plan.first_reported, self.plan.period.stop
        shown = [
            PublishedPoint(*point)
            for point in self.plan.region.region.published_enrolment
            if self.is_of_the_city and first <= point.month < stop
        ]
        return enrolment_figure(self._drawn("monthly", "enrolment"), self.titles, lang, shown)

    def cost_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """What the city pays each year, against the appropriation."""
        from jamsos_sim.report.cost import cost_figure

        return cost_figure(self._drawn("yearly", "summary"), self.titles, lang)

    def families_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """What became of the families of vulnerable workers who died."""
        from jamsos_sim.report.families import Shown, families_figure, last_years, shares_figure

        if not self.is_of_a_register:
            return families_figure(self.yearly, self.titles, lang)
        first, last = last_years(self.summary)
        shown = Shown(first, last, number(self.plan.worlds, Style(lang)))
        return shares_figure(self._tables["families"], self.titles, lang, shown)

    def _drawn(self, worlds: str, summary: str) -> pd.DataFrame:
        """What a figure draws: the table of worlds, or of a run on a register its masked summary."""
        if self.is_of_a_register:
            return self._tables[summary].assign(worlds=self.plan.worlds)
        return self._tables[worlds]

    def save_figures(self, folder: Path, lang: str = DEFAULT_LANGUAGE) -> list[Path]:
        """Write the three figures as PNG files; their paths."""
        from jamsos_sim.report.chart import save_figure

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

    Raises `InputError` for a bad scenario, region, month or number, and for two scenarios of one name.
    """
    if not scenarios:
        raise InputError("run.no_scenario")
    region = read_region(settings.get("region", DEFAULT_REGION))
    population = settings.get("population")
    unique: dict[str, Scenario] = {}
    for given in scenarios:
        scenario = given if isinstance(given, Scenario) else load_scenario(given, region.path)
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
        region=region,
        register=load_register(Path(population)) if population else None,
    )


def run_plan(
    plan: Plan,
    base: str | None,
    *,
    out: Path | None = None,
    hands: Hands | None = None,
    advance: Advance = lambda months: None,
) -> Results:
    """Carry out a plan; with a folder, what is there already is not computed again."""
    hands = hands or Hands()
    if out is None:
        return Results(plan, computed_tables(plan, hands, advance), base)
    folder = RunFolder(out, plan)
    folder.open()
    if folder.is_finished:
        return Results(plan, {name: folder.table(name) for name in table_names(plan)}, base, out)
    if not folder.keeps_worlds:
        tables = computed_tables(plan, hands, advance)
        folder.finish(tables)
        return Results(plan, tables, base, out)
    missing = folder.missing_worlds()
    advance((plan.worlds - len(missing)) * len(plan.scenarios) * plan.months)
    for world, ledgers in simulate_worlds(plan, missing, hands, advance):
        folder.keep(world, ledgers)
    tables = _tables(plan, folder.worlds())
    folder.finish(tables)
    return Results(plan, tables, base, out)


def computed_tables(plan: Plan, hands: Hands, advance: Advance) -> dict[str, pd.DataFrame]:
    """The tables of a plan whose worlds are all simulated now and kept nowhere else."""
    return _tables(plan, _worlds_of(plan, hands, advance))


def _worlds_of(plan: Plan, hands: Hands, advance: Advance) -> Ledgers:
    done = dict(simulate_worlds(plan, range(plan.worlds), hands, advance))
    return np.stack([done[world] for world in range(plan.worlds)])


def yearly_of_register(plan: Plan, out: Path, hands: Hands, advance: Advance) -> pd.DataFrame:
    """The yearly table of worlds of a run on a register, for a study that shows none of them.

    The folder keeps what may be kept of such a run. Raises `InputError` when it cannot serve.
    """
    folder = RunFolder(out, plan)
    folder.open()
    worlds = _worlds_of(plan, hands, advance)
    if not folder.is_finished:
        folder.finish(_tables(plan, worlds))
    names = [scenario.name for scenario in plan.scenarios]
    return yearly_table(worlds, names, plan.period.start, plan.first_reported)


def table_names(plan: Plan) -> tuple[str, ...]:
    """Names of the tables that a run leaves."""
    return ("monthly", "yearly") if plan.register is None else REGISTER_TABLES


def _tables(plan: Plan, worlds: Ledgers) -> dict[str, pd.DataFrame]:
    names = [scenario.name for scenario in plan.scenarios]
    start, first = plan.period.start, plan.first_reported
    monthly = monthly_table(worlds, names, start, first)
    yearly = yearly_table(worlds, names, start, first)
    if plan.register is None:
        return {"monthly": monthly, "yearly": yearly}
    from jamsos_sim.report.register_families import register_families

    return {**register_tables(monthly, yearly), "families": register_families(yearly)}


def base_of(plan: Plan) -> str | None:
    """The first scenario of a chain, such as the current programme, when it is run beside others."""
    roots = [scenario.name for scenario in plan.scenarios if len(scenario.chain) == 1]
    return roots[0] if roots and len(plan.scenarios) > 1 else None


def simulate(*scenarios: str | Path | Scenario, **settings: Unpack[Settings]) -> Results:
    """Simulate scenarios, each given by name, by path or as loaded.

    Settings: ``region`` (name or folder of a city), ``population`` (a register made by ``jamsos intake``,
    instead of synthetic people), ``worlds`` (20), ``seed``, ``workers`` (informal workers simulated; the
    whole city), ``first`` and ``last`` (months such as ``2023-01``), ``engine`` (``kernel`` or
    ``reference``), ``out`` (a folder to keep the tables in, and to resume from), ``threads``, ``cluster``
    (address of a Dask scheduler whose workers simulate the worlds), ``progress`` (whether to show a bar).

    Raises `InputError` for bad input, `StoppedError` when the user interrupts.
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
    hands = Hands(settings.get("threads"), settings.get("cluster"))
    with with_progress(plan, settings.get("progress", False)) as advance:
        try:
            return run_plan(plan, base, out=folder, hands=hands, advance=advance)
        except KeyboardInterrupt:
            raise StoppedError(folder) from None


@contextmanager
def with_progress(plan: Plan, is_shown: bool) -> Iterator[Advance]:
    """A bar of the months of a plan, in a terminal and in a notebook; what it yields moves it on."""
    total = plan.worlds * len(plan.scenarios) * plan.months
    unit = text("notebooks.bar_unit", spoken_language())
    with tqdm(total=total, unit=unit, disable=not is_shown) as bar:
        lock = threading.Lock()

        def advance(months: int) -> None:
            with lock:
                bar.update(months)

        yield advance
