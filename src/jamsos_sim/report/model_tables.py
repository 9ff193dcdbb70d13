"""The parts of the model's description that come from the code: schedule, state, levers and
assumptions.
"""

from importlib import import_module
from inspect import getdoc
from types import ModuleType
from typing import Any, get_args, get_type_hints

import numpy as np

from jamsos_sim.assumptions import Assumption, load_assumptions
from jamsos_sim.levers import Lever, all_levers
from jamsos_sim.model import kernel
from jamsos_sim.model.context import Communities, People
from jamsos_sim.model.copies import CHANGING
from jamsos_sim.model.month import MONTH
from jamsos_sim.report.markdown import markdown_table
from jamsos_sim.report.syntax import attribute_docstrings, called_by
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import month_of

STEPS = "jamsos_sim.model.steps"
EXAMPLE, EXAMPLE_MONTH = "program_berjalan", "2026-01"
"""The scenario and month whose values stand beside the levers."""

BOUNDS = {"minimum": "≥ ", "maximum": "≤ "}


def schedule() -> str:
    """The steps of a month in their order: what each says of itself, and the loops it walks."""
    return "\n".join(f"{place}. {_step(name)}" for place, name in enumerate(MONTH, start=1))


def _step(name: str) -> str:
    says = _paragraphs(import_module(f"{STEPS}.{name}"))
    called = [each for each in called_by(kernel, "Kernel", name) if each.__module__.startswith(STEPS)]
    lines = [f"**`{name}`.** {says}", *(f"    - `{each.__name__}`: {_first_line(each)}" for each in called)]
    return "\n".join(lines)


def _paragraphs(module: ModuleType) -> str:
    """A step's own words, without its name."""
    words = " ".join((getdoc(module) or "").split())
    said = words.partition(": ")[2] if words.startswith("Step *") else words
    return said[:1].upper() + said[1:]


def _first_line(function: Any) -> str:
    return " ".join((getdoc(function) or "").partition("\n\n")[0].split())


def people_columns() -> str:
    """State variables of a person."""
    words = attribute_docstrings(People)
    rows = [
        [f"`{name}`", _kind(People, name), "changes" if name in CHANGING else "fixed", words[name]]
        for name in People._fields
    ]
    return markdown_table(["Column", "Type", "In a run", "Meaning"], rows)


def community_columns() -> str:
    """State variables of a community."""
    words = attribute_docstrings(Communities)
    rows = [[f"`{name}`", _kind(Communities, name), words[name]] for name in Communities._fields]
    return markdown_table(["Column", "Type", "Meaning"], rows)


def _kind(noun: type, column: str) -> str:
    """The type of a column's numbers."""
    inner = get_args(get_args(get_type_hints(noun)[column])[1])[0]
    return str(np.dtype(inner))


def lever_rows() -> str:
    """Every lever with its bounds and what the current programme says."""
    now = load_scenario(EXAMPLE).levers_at(month_of(EXAMPLE_MONTH))
    rows = [
        [f"`{lever.name}`", lever.description["en"], lever.unit, _bounds(lever), _value(now, lever.name)]
        for lever in all_levers().values()
    ]
    return markdown_table(["Lever", "Meaning", "Unit", "Allowed", f"`{EXAMPLE}`, {EXAMPLE_MONTH}"], rows)


def _bounds(lever: Lever) -> str:
    schema = lever.adapter.json_schema()
    allowed = [_allowed(option) for option in schema.get("anyOf", [schema])]
    return " or ".join(words for words in allowed if words)


def _allowed(option: dict[str, Any]) -> str:
    if "enum" in option:
        return ", ".join(f"`{word}`" for word in option["enum"])
    if option.get("type") == "null":
        return "empty"
    if option.get("type") == "array":
        return f"a list of: {_allowed(option['items'])}"
    return ", ".join(f"{sign}{_number(option[name])}" for name, sign in BOUNDS.items() if name in option)


def _value(levers: Any, name: str) -> str:
    for part in name.split("."):
        levers = getattr(levers, part)
    if levers is None:
        return "empty"
    if isinstance(levers, tuple):
        return ", ".join(_word(each) for each in levers) or "none"
    return _word(levers)


def _word(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    """A number with separators, and without a fraction that is none."""
    whole = int(value)
    return f"{whole:,}" if whole == value else f"{value:,.12g}"


def assumption_rows() -> str:
    """Every assumption with its range, reason and source, one table for each subject."""
    groups: dict[str, list[Assumption]] = {}
    for key, assumption in load_assumptions().items():
        groups.setdefault(key.partition(".")[0], []).append(assumption)
    head = ["Assumption", "Low", "Central", "High", "Unit", "Confidence", "What and why", "Source"]
    tables = [markdown_table(head, map(_assumption, each)) for each in groups.values()]
    return "\n\n".join(f"**{name}**\n\n{table}" for name, table in zip(groups, tables, strict=True))


def _assumption(entry: Assumption) -> list[str]:
    range_ = [_number(value) for value in (entry.low, entry.central, entry.high)]
    return [f"`{entry.key}`", *range_, entry.unit, entry.confidence, entry.reason["en"], entry.source]
