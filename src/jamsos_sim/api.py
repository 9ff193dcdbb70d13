"""What a notebook or a script calls: simulate scenarios, compare them, and read tables and figures."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from jamsos_sim.api_progress import with_progress
from jamsos_sim.api_results import Results
from jamsos_sim.api_run import run_plan
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_events import worlds_named
from jamsos_sim.ensemble_hands import Hands
from jamsos_sim.errors import InputError, StoppedError
from jamsos_sim.model.world import Period
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.population.region_file import read_region
from jamsos_sim.population.register import load_register
from jamsos_sim.scenario import FIRST_MONTH, Scenario, load_scenario
from jamsos_sim.units import month_of

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
    events: str | None


def plan_of(scenarios: Sequence[str | Path | Scenario], settings: Settings) -> Plan:
    """The plan of a run of scenarios, each given by name, path or as loaded; one given twice is run once.

    Raises `InputError` for a bad scenario, region, month or number, and for two scenarios of one name.
    """
    if not scenarios:
        raise InputError("run.no_scenario")
    region = read_region(settings.get("region", DEFAULT_REGION))
    population, told = settings.get("population"), settings.get("events")
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
        events=() if told is None else worlds_named(told),
    )


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
    (address of a Dask scheduler whose workers simulate the worlds), ``progress`` (whether to show a bar),
    ``events`` (numbers of worlds such as ``0,3-5`` whose events are told person by person).

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
    return carried_out(plan, base, settings, Hands(settings.get("threads"), settings.get("cluster")))


def carried_out(plan: Plan, base: str | None, settings: Settings, hands: Hands) -> Results:
    """Carry out a plan as the settings say; raises `StoppedError` when the user interrupts."""
    out = settings.get("out")
    folder = None if out is None else Path(out)
    with with_progress(plan, settings.get("progress", False)) as advance:
        try:
            return run_plan(plan, base, out=folder, hands=hands, advance=advance)
        except KeyboardInterrupt:
            raise StoppedError(folder) from None
