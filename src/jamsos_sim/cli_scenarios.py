"""The commands ``jamsos list`` and ``jamsos check``."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from jamsos_sim.errors import InputError
from jamsos_sim.law.status import expiring
from jamsos_sim.messages import text
from jamsos_sim.scenario import FIRST_MONTH, available_scenarios, load_scenario
from jamsos_sim.units import month_label, month_of

LAST_MONTH = month_of("2030-12")


def print_scenarios(lang: str) -> None:
    """Print the scenarios at hand, each with its title and the scenario from which it differs."""
    table = Table(title=text("cli.list_title", lang), box=None, title_justify="left", padding=(0, 2, 0, 0))
    for column in ("name", "differs_from", "title"):
        table.add_column(text(f"cli.{column}", lang), overflow="fold")
    for name, path in available_scenarios().items():
        try:
            scenario = load_scenario(path)
        except InputError as fault:
            table.add_row(name, "", fault.sentence(lang))
            continue
        parent = scenario.chain[1] if len(scenario.chain) > 1 else text("cli.nothing", lang)
        table.add_row(name, parent, scenario.title[lang])
    Console().print(table)


def check_scenarios(files: Sequence[str], lang: str) -> None:
    """Check scenario files and say what is right with each; the first faulty one raises `InputError`."""
    for file in files:
        scenario = load_scenario(file)
        parent = scenario.chain[1] if len(scenario.chain) > 1 else text("cli.nothing", lang)
        own = [clause for clause in scenario.clauses.values() if clause.scenario == scenario.name]
        print(text("cli.valid", lang, name=scenario.name, clauses=len(own), parent=parent))
        for value in expiring(FIRST_MONTH, LAST_MONTH + 1, scenario.readings):
            month = month_label(value.month - 1)
            name = value.means[lang]
            print(text("cli.expires", lang, name=name, source=value.entry.instrument, month=month))
