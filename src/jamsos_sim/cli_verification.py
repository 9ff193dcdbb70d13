"""The command ``jamsos verification``: what each check of the data costs, saves and reaches."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from jamsos_sim.api import plan_of
from jamsos_sim.api_run import yearly_of_register
from jamsos_sim.cli_run_options import Run
from jamsos_sim.cli_runs import (
    Wishes,
    carried_out,
    new_folder,
    print_aside,
    progress_bar,
    records,
    said_of_run,
    wishes_of,
)
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_folder import writing
from jamsos_sim.errors import InputError
from jamsos_sim.law.in_force import law_of
from jamsos_sim.messages import text
from jamsos_sim.model.status import CITY
from jamsos_sim.model.steps.prices import prices_of
from jamsos_sim.privacy import SMALLEST_CELL
from jamsos_sim.report.targeting import worth_rich_table
from jamsos_sim.study.verification import (
    MEASURES,
    first_whole_year,
    measure_label,
    verification_plan,
    without_small_counts,
    worth_table,
)
from jamsos_sim.units import PARTS_PER_MILLION, month_label, year_of

TABLE_FILE = "verification.csv"
DECIMALS = 2


def study_verification(asked: Run) -> None:
    """Run one scenario with each check on and off from the first month of the tables, and print their worth.

    Raises `InputError` for more than one scenario, or a period without a whole year.
    """
    if len(asked.scenarios) != 1:
        raise InputError("study.one_scenario", given=len(asked.scenarios))
    own = plan_of(asked.scenarios, asked.settings)
    plan = verification_plan(own, own.first_reported)
    folder = asked.out or new_folder(plan)
    wishes = wishes_of(asked)._replace(out=folder)
    worth = worth_of_register(plan, folder, wishes) if plan.register else worth_of_city(plan, wishes)
    show(worth.round(DECIMALS), plan, wishes)
    with writing(folder):
        worth.round(DECIMALS).to_csv(folder / TABLE_FILE, index=False)
    print_aside(text("study.results", asked.lang, folder=folder))


def worth_of_city(plan: Plan, wishes: Wishes) -> pd.DataFrame:
    """The worth of the checks, from a run that is kept and can be resumed."""
    results = carried_out(plan, None, wishes)
    return worth_table(results.yearly, plan.scenarios[0], plan.first_reported)


def worth_of_register(plan: Plan, folder: Path, wishes: Wishes) -> pd.DataFrame:
    """The worth of the checks in a real register: no world of it is kept, and no small count is told."""
    with progress_bar(plan, wishes.lang) as advance:
        yearly = yearly_of_register(plan, folder, wishes.hands, advance)
    worth = worth_table(yearly, plan.scenarios[0], plan.first_reported)
    law = law_of(plan.first_reported, plan.scenarios[0].readings)
    price = prices_of(law.lowest_base, PARTS_PER_MILLION, law).other[CITY]
    return without_small_counts(worth, SMALLEST_CELL, price)


def show(worth: pd.DataFrame, plan: Plan, wishes: Wishes) -> None:
    """Print the table, or one JSON object."""
    lang = wishes.lang
    if wishes.as_json:
        print(json.dumps({**said(plan), "worth": records(worth)}, ensure_ascii=False))
        return
    first, last = first_whole_year(plan.first_reported), year_of(plan.period.stop - 1)
    title = text("study.title", lang, title=plan.scenarios[0].title[lang], first=first, last=last)
    labels = [(name, measure_label(name, lang)) for name in MEASURES]
    console = Console()
    console.print(said_of_run(plan, lang), highlight=False)
    console.print()
    console.print(title, style="bold", highlight=False)
    console.print(worth_rich_table(worth, labels, lang))
    notes = [
        "study.verification_note",
        "study.where_money_goes",
        *(["privacy.note"] if plan.register else []),
    ]
    for note in notes:
        console.print(text(note, lang), style="dim", highlight=False)


def said(plan: Plan) -> dict[str, Any]:
    """What the numbers are of: amounts are in rupiah, people those of the run."""
    return {
        "scenario": plan.scenarios[0].name,
        "from": month_label(plan.first_reported),
        "to": month_label(plan.period.stop - 1),
        "worlds": plan.worlds,
        "workers": plan.workers,
        "register": plan.register is not None,
        "seed": plan.seed,
        "unit": {"checks": "people", "cost": "rupiah", "saved": "rupiah", "reached": "people"},
    }
