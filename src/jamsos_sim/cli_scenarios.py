"""The commands ``jamsos list`` and ``jamsos check``."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jamsos_sim.errors import InputError
from jamsos_sim.law.sources import source_text
from jamsos_sim.law.status import Expiring, expiring
from jamsos_sim.messages import text
from jamsos_sim.model.values_read import VALUES_READ
from jamsos_sim.report.law_lines import reading_sentences
from jamsos_sim.scenario import FIRST_MONTH, Scenario, available_scenarios, load_scenario
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
            table.add_row(name, "", Text(fault.sentence(lang)))
            continue
        parent = scenario.chain[1] if len(scenario.chain) > 1 else text("cli.nothing", lang)
        table.add_row(name, parent, Text(scenario.title[lang]))
    Console().print(table)


def check_scenarios(files: Sequence[str], lang: str, region: str) -> None:
    """Check scenario files for a region and say what is right with each; the first faulty one raises
    `InputError`.
    """
    for file in files:
        scenario = load_scenario(file, region)
        parent = scenario.chain[1] if len(scenario.chain) > 1 else text("cli.nothing", lang)
        own = [clause for clause in scenario.clauses.values() if clause.scenario == scenario.name]
        print(text("cli.valid", lang, name=scenario.name, clauses=len(own), parent=parent))
        for sentence in reading_sentences([scenario], lang):
            print(sentence)
        for sentence in expiry_sentences(scenario, lang):
            print(sentence)


def expiry_sentences(scenario: Scenario, lang: str) -> list[str]:
    """The values of the law that end within the simulated period, those of one rule in one sentence."""
    values = expiring(FIRST_MONTH, LAST_MONTH + 1, scenario.readings)
    if not values:
        return []
    groups: dict[str, list[Expiring]] = {}
    for value in values:
        groups.setdefault(expiry_of(value, lang), []).append(value)
    return [
        text("cli.expiring", lang, last=month_label(LAST_MONTH)),
        *(said_of(group, stands, lang) for stands, group in groups.items()),
    ]


def said_of(group: Sequence[Expiring], stands: str, lang: str) -> str:
    """The values of one rule, when they end, for whom they hold, and whether the model reads them."""
    names = "; ".join(dict.fromkeys(value.means[lang] for value in group))
    is_read = any(value.name in VALUES_READ for value in group)
    return text("cli.expires" if is_read else "cli.expires_unread", lang, names=names, stands=stands)


def expiry_of(value: Expiring, lang: str) -> str:
    """From when to when a value holds, for whom, and where it stands."""
    entry = value.entry
    who = [text(f"law.sector_{sector}", lang) for sector in entry.when.get("sector", ())]
    who += [text(f"law.payer_{payer}", lang) for payer in entry.when.get("payer", ())]
    mark = "" if entry.is_verified else " " + text("law.unverified_mark", lang)
    return text(
        "cli.expiry",
        lang,
        first=month_label(entry.start),
        last=month_label(value.month - 1),
        who=", ".join(who) or text("cli.everybody", lang),
        source=source_text(entry.instrument, entry.article, lang) + mark,
    )
