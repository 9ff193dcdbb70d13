"""The commands ``jamsos run`` and ``jamsos compare``: simulate with a progress bar, keep, and show."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from math import isfinite
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jamsos_sim.api_progress import pace
from jamsos_sim.api_results import Results
from jamsos_sim.api_run import run_plan
from jamsos_sim.cli_run_options import Run
from jamsos_sim.ensemble import Advance, Plan
from jamsos_sim.ensemble_folder import PARTS
from jamsos_sim.ensemble_hands import Hands
from jamsos_sim.ensemble_walk import is_walked_plainly
from jamsos_sim.errors import ToldInterruptError
from jamsos_sim.messages import text
from jamsos_sim.model.compile_ahead import start_helper
from jamsos_sim.outcomes_indicators import PAID_FAMILIES
from jamsos_sim.report.council import council_year_tables
from jamsos_sim.report.law_lines import law_sentences
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.report.tables import (
    EstimateTable,
    difference_table,
    footnote,
    register_sentence,
    results_table,
    run_sentence,
)
from jamsos_sim.report.targeting import targeting_year_table
from jamsos_sim.units import MONTHS_PER_YEAR

RESULTS = Path("results")
WHOLE = 10
"""From how many times on a number of times is told without decimals."""
COST = ("city_contributions",)
"""What a comparison tells of the city's cost."""

BY_WORLD = ("indicators", "cell_summary", "cell_differences", "cell_coverage", "cell_indicators")
"""Tables of the JSON object that a run on a register does not have."""


class Wishes(NamedTuple):
    """How a run is to be kept and shown."""

    out: Path | None
    hands: Hands
    lang: str
    as_json: bool
    all_tables: bool


def wishes_of(asked: Run) -> Wishes:
    """How a user wants a run to be kept and shown; raises `InputError` for hands that cannot be used."""
    hands = Hands(asked.threads, asked.cluster)
    return Wishes(asked.out, hands, asked.lang, asked.as_json, asked.all_tables)


def carry_out(plan: Plan, base: str | None, wishes: Wishes) -> None:
    """Simulate a plan into its folder and print what it shows; raises as `carried_out` does."""
    results = carried_out(plan, base, wishes)
    if wishes.as_json:
        print(json.dumps(json_of(results), ensure_ascii=False))
        for sentence in law_sentences(plan.scenarios, plan.period, wishes.lang):
            print_aside(sentence)
    else:
        print_tables(results, wishes.lang, wishes.all_tables)
    folder = Path(str(results.folder))
    results.save_figures(folder, wishes.lang)
    print_aside(text("cli.results", wishes.lang, folder=folder))


def carried_out(plan: Plan, base: str | None, wishes: Wishes) -> Results:
    """Simulate a plan into its folder with a progress bar.

    Raises `InputError` when the folder cannot serve, `ToldInterruptError` when the user interrupts.
    """
    folder = wishes.out or new_folder(plan)
    if wishes.hands.cluster is None and not is_walked_plainly(plan):
        start_helper()
    try:
        with progress_bar(plan, wishes.lang) as advance:
            return run_plan(plan, base, out=folder, hands=wishes.hands, advance=advance)
    except KeyboardInterrupt:
        if plan.register is None:
            kept = len(list((folder / PARTS).glob("world-*.npy")))
            said = text("run.interrupted", wishes.lang, kept=kept, worlds=plan.worlds, folder=folder)
        else:
            said = text("run.interrupted_register", wishes.lang)
        print_aside(said)
        raise ToldInterruptError from None


def new_folder(plan: Plan) -> Path:
    """A folder that is not there yet, named by the moment and the first scenario."""
    named = RESULTS / f"{datetime.now():%Y%m%d-%H%M%S}-{plan.scenarios[0].name}"
    others = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(folder for folder in chain([named], others) if not folder.exists())


def print_aside(sentence: str) -> None:
    """Print a sentence where it does not mix with tables."""
    Console(stderr=True, soft_wrap=True).print(sentence, markup=False, highlight=False)


@contextmanager
def progress_bar(plan: Plan, lang: str) -> Iterator[Advance]:
    """A progress bar with the time left on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn(text("cli.left", lang)),
        TimeRemainingColumn(),
    )
    lock = threading.Lock()
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        total = plan.worlds * len(plan.scenarios) * plan.months
        task = bar.add_task(text("cli.simulating", lang), total=total, rate="")

        def advance(months: int) -> None:
            with lock:
                bar.update(task, advance=months)
                speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
                bar.update(task, rate=pace(plan, speed, lang) if speed else "")

        yield (lambda months: None) if bar.disable else advance


def said_of_run(plan: Plan, lang: str) -> str:
    """Worlds, people, seed and months of a run, in one sentence."""
    period = (plan.first_reported, plan.period.stop)
    if plan.register is None:
        return run_sentence(plan.worlds, plan.workers, plan.seed, period, lang)
    return register_sentence(plan.worlds, plan.register.size, plan.seed, period, lang)


def print_tables(results: Results, lang: str, all_tables: bool) -> None:
    """Print each scenario's years, then the paired differences to the base, and how to read them.

    Beside the main quantities, which are always printed, ``all_tables`` are many: targeting, risks,
    principles, households after a misfortune, support programmes, and areas.
    """
    console = Console()
    plan, titles = results.plan, results.titles
    console.print(said_of_run(plan, lang), highlight=False)
    if plan.first_reported % MONTHS_PER_YEAR or plan.period.stop % MONTHS_PER_YEAR:
        console.print(text("cli.partial_years", lang), highlight=False)
    for name in titles:
        console.print()
        console.print(results_table(results.summary, name, titles[name][lang], lang))
        for table in further_tables(results, name, lang) if all_tables else ():
            console.print(table)
    if results.base is not None:
        base_title = titles[results.base][lang]
        for name in dict.fromkeys(results.differences["scenario"]):
            console.print()
            console.print(difference_table(results.differences, name, titles[name][lang], base_title, lang))
        console.print(pairing_sentences(results, lang), highlight=False, markup=False)
    for sentence in notes_of(results, lang, all_tables):
        console.print(sentence, markup=False, highlight=False, style="dim")


def further_tables(results: Results, name: str, lang: str) -> Iterator[EstimateTable]:
    """The tables of one scenario beside the main one: by year, and by cells in the last year; of a register
    those that its masked summaries allow.
    """
    title = results.titles[name][lang]
    yield targeting_year_table(results.targeting, name, title, lang)
    if not results.is_of_a_register:
        yield from council_year_tables(results.indicators, name, title, lang)
        yield results.hardship_table(name, lang)
        support = results.support_table(name, lang)
        yield from () if support is None else (support,)
        yield results.cells_table(name, lang)
        yield results.waiting_and_families_table(name, lang)


def notes_of(results: Results, lang: str, all_tables: bool) -> Iterator[str]:
    """How the printed tables are to be read, which others there are, and what the law leaves open."""
    yield footnote(lang)
    if all_tables:
        yield text("report.targeting_note", lang)
    if results.is_of_a_register:
        yield text("privacy.note", lang)
    elif all_tables:
        yield text("report.principles_note", lang)
    if not all_tables:
        kind = "register" if results.is_of_a_register else "city"
        folder = str(results.folder)
        folder = f'"{folder}"' if " " in folder else folder
        yield text(f"cli.further_tables_{kind}", lang, folder=folder)
    yield from law_sentences(results.plan.scenarios, results.plan.period, lang)


def pairing_sentences(results: Results, lang: str) -> str:
    """How many times fewer worlds pairing needs in the last year, for the city's cost and for families."""
    if results.is_of_a_register:  # its worlds are not shown
        return ""
    if results.plan.worlds == 1:
        return text("cli.pairing_one_world", lang)
    return "\n".join(
        text(
            "cli.pairing",
            lang,
            title=results.titles[each.scenario][lang],
            year=results.last_year,
            cost=_times(each.cost, lang),
            families=_times(each.families, lang),
        )
        for each in pairings(results)
    )


class Pairing(NamedTuple):
    """How many times fewer worlds pairing needs for a scenario, in the last year."""

    scenario: str
    cost: float
    families: float


def pairings(results: Results) -> list[Pairing]:
    """What pairing saves for each scenario that is compared."""
    names = dict.fromkeys(results.differences["scenario"])
    saved, year = results.worlds_saved, results.last_year
    return [Pairing(name, saved(name, COST, year), saved(name, PAID_FAMILIES, year)) for name in names]


def _times(times: float, lang: str) -> str:
    if not isfinite(times):
        return text("cli.pairing_same", lang)
    return text("cli.pairing_times", lang, times=number(times, Style(lang, 0 if times >= WHOLE else 1)))


def json_of(results: Results) -> dict[str, object]:
    """The run as one plain object: table, differences, indicators, cells, and the folder of the results.

    Whatever needs the worlds is empty for a run on a register.
    """
    by_world: dict[str, list[dict[str, object]]] = {name: [] for name in BY_WORLD}
    if not results.is_of_a_register:
        by_world = {name: records(getattr(results, name)) for name in BY_WORLD}
    return {
        "table": records(results.summary),
        "differences": records(results.differences),
        **by_world,
        "pairing": [] if results.is_of_a_register else _plain_pairings(results),
        "results": str(results.folder),
    }


def _plain_pairings(results: Results) -> list[dict[str, object]]:
    """What pairing saves as plain objects; nothing where there is no such number."""
    if results.base is None or results.plan.worlds == 1:
        return []
    return [
        {"scenario": name, "year": results.last_year, "cost": _plain(cost), "families": _plain(families)}
        for name, cost, families in pairings(results)
    ]


def _plain(times: float) -> float | None:
    return times if isfinite(times) else None


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Rows of a table as plain objects; a hidden number is nothing."""
    plain = table.astype(object).where(table.notna(), None)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.itertuples(index=False)]
