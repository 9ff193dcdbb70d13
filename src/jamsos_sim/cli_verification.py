"""The command ``jamsos verification``: what each check of the data costs, saves and reaches."""

import json

import pandas as pd
from rich.console import Console

from jamsos_sim.api import plan_of, yearly_of
from jamsos_sim.cli_run_options import Run
from jamsos_sim.cli_runs import Wishes, carried_out, new_folder, print_aside, progress_bar, records
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_folder import writing
from jamsos_sim.errors import InputError
from jamsos_sim.law.in_force import law_of
from jamsos_sim.messages import text
from jamsos_sim.model.steps.contribute import prices_of
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
from jamsos_sim.units import year_of

TABLE_FILE = "verification.csv"


def study_verification(asked: Run) -> None:
    """Run one scenario with each check on and off from the first month of the tables, and print their worth.

    Raises `InputError` for more than one scenario, or a period without a whole year.
    """
    if len(asked.scenarios) != 1:
        raise InputError("study.one_scenario", given=len(asked.scenarios))
    own = plan_of(asked.scenarios, asked.settings)
    plan = verification_plan(own, own.first_reported)
    wishes = Wishes(asked.out or new_folder(plan), asked.threads, asked.lang, asked.as_json)
    worth = worth_of_register(plan, wishes) if plan.register else worth_of_city(plan, wishes)
    show(worth, plan, wishes)


def worth_of_city(plan: Plan, wishes: Wishes) -> pd.DataFrame:
    """The worth of the checks, from a run that is kept and can be resumed."""
    results = carried_out(plan, None, wishes)
    return worth_table(results.yearly, plan.scenarios[0], plan.first_reported)


def worth_of_register(plan: Plan, wishes: Wishes) -> pd.DataFrame:
    """The worth of the checks in a real register: no world of it is kept, and no small count is told."""
    with progress_bar(plan, wishes.lang) as advance:
        yearly = yearly_of(plan, wishes.threads, advance)
    worth = worth_table(yearly, plan.scenarios[0], plan.first_reported)
    law = law_of(plan.first_reported, plan.scenarios[0].readings)
    return without_small_counts(worth, SMALLEST_CELL, prices_of(law.lowest_base, law).city_other)


def show(worth: pd.DataFrame, plan: Plan, wishes: Wishes) -> None:
    """Print the table, or one JSON object, and keep the table in the run's folder."""
    lang, folder = wishes.lang, wishes.out
    first, last = first_whole_year(plan.first_reported), year_of(plan.period.stop - 1)
    title = text("study.title", lang, title=plan.scenarios[0].title[lang], first=first, last=last)
    if wishes.as_json:
        print(
            json.dumps(
                {"worth": records(worth.astype(object).where(worth.notna(), None))}, ensure_ascii=False
            )
        )
    else:
        console = Console()
        labels = [(name, measure_label(name, lang)) for name in MEASURES]
        console.print(title, style="bold", highlight=False)
        console.print(worth_rich_table(worth, labels, lang))
        console.print(text("study.verification_note", lang), style="dim", highlight=False)
    if folder is not None:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            worth.to_csv(folder / TABLE_FILE, index=False)
        print_aside(text("cli.results", lang, folder=folder))
