"""What a scenario file may say, and every fault of one file at once.

A file is written as a regulation is: clauses with a month from which they are in force and the levers they
set. Only ``name``, ``title`` and ``differs_from`` are required.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, WithJsonSchema

from jamsos_sim.assumptions import Assumption, Range
from jamsos_sim.errors import InputError
from jamsos_sim.law.readings import QUESTIONS, READINGS
from jamsos_sim.levers import Lever, all_levers
from jamsos_sim.units import month_label
from jamsos_sim.yaml_checks import (
    Bilingual,
    MonthOfText,
    Part,
    Words,
    checked,
    mapping_at,
    month_of_text,
    raise_faults,
    range_faults,
    shown,
    unknown_key,
    unknown_option,
)
from jamsos_sim.yaml_file import Address, Document, closest

Timeline = tuple[tuple[int, Any], ...]
MONTH: TypeAdapter[int] = TypeAdapter(MonthOfText)
MARKS_OF_A_SCENARIO = ("title", "differs_from", "clauses")

ARTICLE_SCHEMA = {"type": ["string", "integer", "null"]}


def _article(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class ClauseText(Part):
    """A clause as it is written: what it is about, since when it is in force, and what it sets."""

    about: Bilingual | None = Field(None, description="What the clause is about, and what it assumes")
    pasal: Annotated[Words | None, BeforeValidator(_article), WithJsonSchema(ARTICLE_SCHEMA)] = Field(
        None, description="Article of the text; null while the text has none"
    )
    in_force: MonthOfText = Field(description="First month in force, such as 2027-01")
    basis: Literal["published", "draft", "assumption"] = Field(
        "assumption", description="What the values rest on: a publication, a draft text, or an assumption"
    )
    assumed_from: MonthOfText | None = Field(
        None,
        description="First month in which the values are an assumption although the earlier ones are not",
    )
    source: Words | None = Field(
        None, description="Publication and date; required unless the basis is an assumption"
    )
    sets: dict[str, Any] = Field(
        description="Lever to value, or to a map of months (or years) to values", min_length=1
    )


class ScenarioText(Part):
    """A scenario file as it is written."""

    name: Words = Field(description="The file's name without .yaml")
    title: Bilingual = Field(description="Title in both languages")
    differs_from: Words | None = Field(
        description="Name or path of the scenario this one changes; null for a first one"
    )
    about: Bilingual | None = Field(None, description="What the scenario assumes, and from which publication")
    status: Literal["in_force", "draft", "assumption"] = Field(
        "assumption", description="Standing of the text"
    )
    clauses: dict[str, ClauseText | None] = Field(
        default_factory=dict,
        description="Clauses by name; null removes the clause of that name from the scenario changed",
    )
    reading: dict[str, Any] = Field(
        default_factory=dict, description="Reading of an open question of the law"
    )
    assumptions: dict[str, Range] = Field(
        default_factory=dict, description="Ranges of assumptions, as low, central, high"
    )


def scenario_text(document: Document, assumptions: Mapping[str, Assumption]) -> ScenarioText:
    """Check a scenario file against the assumptions of a region and return what it says.

    Raises `FileError` with every fault of the file.
    """
    raise_faults(_faults_of_the_kind(document))
    faults = [
        *checked(ScenarioText.model_validate, document, document.data, (), _known_keys)[1],
        *_faults_of_clauses(document),
        *_faults_of_readings(document),
        *_faults_of_assumptions(document, assumptions),
        *_faults_of_the_name(document),
    ]
    raise_faults(faults)
    return ScenarioText.model_validate(document.data)


def timelines(document: Document, clause: str) -> dict[str, Timeline]:
    """The months and values that a clause gives each lever it sets; the file must have been checked."""
    in_force = month_of_text(mapping_at(document.data, "clauses", clause)["in_force"])
    sets = mapping_at(document.data, "clauses", clause, "sets")
    return {name: _timeline(all_levers()[name], value, in_force) for name, value in sets.items()}


def _timeline(lever: Lever, value: Any, in_force: int) -> Timeline:
    if not isinstance(value, Mapping):
        return ((in_force, lever.adapter.validate_python(value)),)
    dated = {month_of_text(date): lever.adapter.validate_python(entry) for date, entry in value.items()}
    return tuple(sorted(dated.items()))


def _known_keys(address: Address) -> tuple[str, ...]:
    """The keys that may stand where an unknown one was found."""
    if len(address) == 1:
        return tuple(ScenarioText.model_fields)
    parts: Mapping[str | int, type[Part]] = {"clauses": ClauseText, "assumptions": Range}
    is_own_key = len(address) == len(("clauses", "clause", "key"))
    part = parts.get(address[0], Bilingual) if is_own_key else Bilingual
    return tuple(part.model_fields)


def _faults_of_the_kind(document: Document) -> Iterator[InputError]:
    data = document.data
    if data is None:
        yield document.fault("scenario.empty", ())
    elif not isinstance(data, Mapping) or not any(closest(mark, data) for mark in MARKS_OF_A_SCENARIO):
        yield document.fault("scenario.not_a_scenario", ())


def _faults_of_the_name(document: Document) -> Iterator[InputError]:
    stem, name = PurePath(document.name).stem, document.data.get("name")
    if isinstance(name, str) and name.strip() and name != stem:
        yield document.fault("scenario.name_is_not_the_file", ("name",), name=shown(name), stem=stem)


def _faults_of_clauses(document: Document) -> Iterator[InputError]:
    setters: dict[str, str] = {}
    for name in mapping_at(document.data, "clauses"):
        clause = mapping_at(document.data, "clauses", name)
        yield from _faults_of_the_basis(document, name, clause)
        for lever in mapping_at(clause, "sets"):
            yield from _faults_of_setting(document, ("clauses", name, "sets", lever))
            if setters.setdefault(lever, name) != name:
                at = ("clauses", name, "sets", lever)
                yield document.fault("scenario.set_twice", at, lever=lever, first=setters[lever], second=name)


def _faults_of_the_basis(document: Document, name: str, clause: Mapping[str, Any]) -> Iterator[InputError]:
    basis = clause.get("basis", "assumption")
    if basis == "assumption" and clause.get("assumed_from") is not None:
        yield document.fault("scenario.assumed_anyway", ("clauses", name, "assumed_from"), clause=name)
    if basis in ("published", "draft") and clause.get("source") is None:
        at = ("clauses", name, "basis")
        yield document.fault("scenario.no_source", at, clause=name, basis=basis)


def _faults_of_setting(document: Document, address: tuple[str, ...]) -> Iterator[InputError]:
    lever = all_levers().get(address[-1])
    if lever is None:
        yield unknown_key(document, address, all_levers())
        return
    value = mapping_at(document.data, *address[:-1])[address[-1]]
    if not isinstance(value, Mapping):
        yield from checked(lever.adapter.validate_python, document, value, address)[1]
        return
    if not value:
        yield document.fault("scenario.no_dates", address)
    yield from _faults_of_dates(document, address, list(value))
    for date, entry in value.items():
        yield from checked(lever.adapter.validate_python, document, entry, (*address, date))[1]


def _faults_of_dates(document: Document, address: tuple[str, ...], dates: list[str]) -> Iterator[InputError]:
    written = mapping_at(document.data, *address[:-2]).get("in_force")
    in_force, _ = checked(MONTH.validate_python, document, written)
    seen: dict[int, str] = {}
    for date in dates:
        month, wrong = checked(MONTH.validate_python, document, date, (*address, date))
        yield from wrong
        if month is None:
            continue
        if seen.setdefault(month, date) != date:
            yield document.fault("scenario.month_twice", (*address, date), month=month_label(month))
        if in_force is not None and month < in_force:
            start = month_label(in_force)
            yield document.fault("scenario.before_in_force", (*address, date), in_force=start)


def _faults_of_readings(document: Document) -> Iterator[InputError]:
    for question, answer in mapping_at(document.data, "reading").items():
        address = ("reading", question)
        if question in QUESTIONS and question not in READINGS:
            kind = QUESTIONS[question].kind
            yield document.fault(f"scenario.question_is_{kind}", address, question=question)
        elif question not in READINGS:
            yield unknown_key(document, address, READINGS)
        elif answer not in (options := tuple(READINGS[question].options)):
            yield unknown_option(document, address, answer, options)


def _faults_of_assumptions(document: Document, known: Mapping[str, Assumption]) -> Iterator[InputError]:
    for key in mapping_at(document.data, "assumptions"):
        address = ("assumptions", key)
        if key not in known:
            yield unknown_key(document, address, known)
            continue
        given, _ = checked(Range.model_validate, document, mapping_at(document.data, *address))
        if given is not None:
            bounds = (given.low, given.central, given.high)
            yield from range_faults(document, address, bounds, known[key].unit)
