"""Carry out the plan of a run, in memory or into a folder."""

from pathlib import Path

import numpy as np
import pandas as pd

from jamsos_sim.api_results import Results
from jamsos_sim.ensemble import Advance, Plan, Simulated
from jamsos_sim.ensemble_events import event_table_names, event_tables
from jamsos_sim.ensemble_folder import RunFolder
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from jamsos_sim.ensemble_table import LongTable
from jamsos_sim.ensemble_walk import walking
from jamsos_sim.outcomes import Shown, Source, monthly_long, source_of, yearly_long
from jamsos_sim.outcomes_cells import CELLS, cells_long
from jamsos_sim.outcomes_register import REGISTER_TABLES, register_tables
from jamsos_sim.outcomes_tables import MadeTables, StoredTables


def run_plan(
    plan: Plan,
    base: str | None,
    *,
    out: Path | None = None,
    hands: Hands | None = None,
    advance: Advance = lambda months: None,
) -> Results:
    """Carry out a plan; with a folder, what is there already is not computed again."""
    with walking(plan):
        return _carried_out(plan, base, out, hands or Hands(), advance)


def _carried_out(plan: Plan, base: str | None, out: Path | None, hands: Hands, advance: Advance) -> Results:
    if plan.register is not None:
        return Results(plan, _register_run(plan, out, hands, advance), base, out)
    if out is None:
        return Results(plan, MadeTables(_long_tables(plan, hands, advance)), base)
    folder = RunFolder(out, plan)
    with folder.opened():
        if folder.is_finished:
            folder.require_tables(table_names(plan))
        else:
            _fill(folder, hands, advance)
    return Results(plan, StoredTables(folder, table_names(plan)), base, out)


def _fill(folder: RunFolder, hands: Hands, advance: Advance) -> None:
    """Simulate the worlds that a folder lacks, and finish it; never more than a few worlds are in memory."""
    plan, missing = folder.plan, folder.missing_worlds()
    advance((plan.worlds - len(missing)) * len(plan.scenarios) * plan.months)
    for world, done in simulate_worlds(plan, missing, hands, advance):
        folder.keep(world, done)
    folder.require_all_worlds()
    tables = long_tables(plan, folder.ledgers_of, folder.cells_of)
    folder.finish(tables, event_tables(plan), hands.threads)


def _register_run(plan: Plan, out: Path | None, hands: Hands, advance: Advance) -> dict[str, pd.DataFrame]:
    """The masked tables of a run on a register, none of whose worlds is kept."""
    if out is None:
        return _computed(plan, hands, advance)
    folder = RunFolder(out, plan)
    with folder.opened():
        if folder.is_finished:
            return {name: folder.table(name) for name in table_names(plan)}
        tables = _computed(plan, hands, advance)
        folder.finish(tables)
    return tables


def computed_tables(plan: Plan, hands: Hands, advance: Advance) -> dict[str, pd.DataFrame]:
    """The tables of a plan whose worlds are all simulated now and kept nowhere else."""
    with walking(plan):
        return _computed(plan, hands, advance)


def _computed(plan: Plan, hands: Hands, advance: Advance) -> dict[str, pd.DataFrame]:
    made = {name: table.frame() for name, table in _long_tables(plan, hands, advance).items()}
    if plan.register is not None:
        return _masked(made["monthly"], made["yearly"])
    return made | dict(event_tables(plan))


def _masked(monthly: pd.DataFrame, yearly: pd.DataFrame) -> dict[str, pd.DataFrame]:
    from jamsos_sim.report.register_families import register_families

    return {**register_tables(monthly, yearly), "families": register_families(yearly)}


def _long_tables(plan: Plan, hands: Hands, advance: Advance) -> dict[str, LongTable]:
    done = _worlds_of(plan, hands, advance)
    return long_tables(plan, source_of(done.ledgers), source_of(done.cells))


def long_tables(plan: Plan, ledgers: Source, cells: Source) -> dict[str, LongTable]:
    """The tables of all worlds of a plan, made from their ledgers and cells a few worlds at a time.

    A register has no cells: those of a few people would tell of single ones.
    """
    names = [scenario.name for scenario in plan.scenarios]
    shown = Shown(names, plan.worlds, plan.period.start, plan.first_reported, plan.period.stop)
    tables = {"monthly": monthly_long(ledgers, shown), "yearly": yearly_long(ledgers, shown)}
    return tables if plan.register else {**tables, CELLS: cells_long(cells, shown, plan.region.region)}


def _worlds_of(plan: Plan, hands: Hands, advance: Advance) -> Simulated:
    """Ledgers and cells of all worlds, each with the worlds as its first axis."""
    done = dict(simulate_worlds(plan, range(plan.worlds), hands, advance))
    return Simulated(*(np.stack(part) for part in zip(*(done[world] for world in sorted(done)), strict=True)))


def yearly_of_register(plan: Plan, out: Path, hands: Hands, advance: Advance) -> pd.DataFrame:
    """The yearly table of worlds of a run on a register, for a study that shows none of them.

    The folder keeps what may be kept of such a run. Raises `InputError` when it cannot serve.
    """
    folder = RunFolder(out, plan)
    with folder.opened(), walking(plan):
        tables = _long_tables(plan, hands, advance)
        yearly = tables["yearly"].frame()
        if not folder.is_finished:
            folder.finish(_masked(tables["monthly"].frame(), yearly))
    return yearly


def table_names(plan: Plan) -> tuple[str, ...]:
    """Names of the tables that a run leaves."""
    if plan.register is not None:
        return REGISTER_TABLES
    return ("monthly", "yearly", CELLS, *event_table_names(plan))
