"""From scenario files to one frozen scenario: what a regulation says in every month.

A scenario is an overlay. It names the scenario from which it differs and says only what it changes; the first
scenario of the chain sets every lever. A clause acts from the month in which it is in force and replaces what
earlier files say of the same lever from then on.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jamsos_sim.assumptions import DEFAULT_REGION, Assumption, Range, load_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.levers import Levers, all_levers, levers_from
from jamsos_sim.scenario_file import ClauseText, ScenarioText, Timeline, scenario_text, timelines
from jamsos_sim.scenario_names import available_scenarios, find_scenario, shipped_scenarios
from jamsos_sim.units import month_label, month_of
from jamsos_sim.yaml_file import Document, FileName, closest, parse_document, read_document

__all__ = [
    "Clause",
    "Origin",
    "Scenario",
    "available_scenarios",
    "load_scenario",
    "read_scenario",
    "shipped_scenarios",
]

FIRST_MONTH = month_of("2023-01")
BASIS_ASSUMPTION = "assumption"


@dataclass(frozen=True)
class Clause:
    """One clause of a scenario, with the months and values that it gives to levers.

    Attributes
    ----------
    scenario:
        Name of the scenario in whose file the clause stands.
    about:
        Language to paragraph; empty when the file gives none.
    pasal:
        Article of the text, or ``None`` while there is none.
    in_force:
        First month in force.
    basis:
        ``published``, ``draft`` or ``assumption``.
    assumed_from:
        First month in which the values are an assumption although the earlier ones are not, or ``None``.
    source:
        Publication and date, or ``None``.
    sets:
        Lever to its months and values, in the order of the months.
    """

    name: str
    scenario: str
    about: Mapping[str, str]
    pasal: str | None
    in_force: int
    basis: str
    assumed_from: int | None
    source: str | None
    sets: Mapping[str, Timeline]

    def basis_at(self, month: int) -> str:
        """What the clause's values rest on in a month."""
        is_assumed = self.assumed_from is not None and month >= self.assumed_from
        return BASIS_ASSUMPTION if is_assumed else self.basis


@dataclass(frozen=True)
class Origin:
    """Where the value of a lever in one month comes from.

    Attributes
    ----------
    clause:
        The clause that gives it.
    since:
        Month since which the clause gives this value.
    basis:
        ``published``, ``draft`` or ``assumption``, in this month.
    """

    clause: Clause
    since: int
    basis: str


@dataclass(frozen=True)
class Scenario:
    """One wording of the regulation, resolved to what it says in every month.

    Attributes
    ----------
    title, about:
        Language to text; ``about`` is empty when the file gives none.
    status:
        ``in_force``, ``draft`` or ``assumption``.
    chain:
        Names from this scenario to the first one of the chain.
    clauses:
        Every clause that acts, by name, those of the first scenario first.
    readings:
        Question of the law to the reading chosen.
    assumptions:
        Ranges that replace those of the region, by key.
    texts:
        Name to source text of every file of the chain.
    """

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    status: str
    chain: tuple[str, ...]
    clauses: Mapping[str, Clause]
    readings: Mapping[str, str]
    assumptions: Mapping[str, Range]
    texts: Mapping[str, str]
    _months: tuple[int, ...] = field(repr=False)
    _values: tuple[Levers, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The scenario's own source text."""
        return self.texts[self.name]

    def levers_at(self, month: int) -> Levers:
        """All levers as they stand in a month.

        Raises `InputError` for a month before the first scenario of the chain begins.
        """
        index = bisect_right(self._months, month) - 1
        if index < 0:
            asked, first = month_label(month), month_label(self._months[0])
            raise InputError("scenario.before_the_first_month", name=self.name, month=asked, first=first)
        return self._values[index]

    def sources_at(self, month: int) -> dict[str, Origin]:
        """Lever to the origin of its value in a month.

        Raises `InputError` for a month before the first scenario of the chain begins.
        """
        self.levers_at(month)
        found: dict[str, Origin] = {}
        for clause in self.clauses.values():
            for lever, timeline in clause.sets.items():
                since = max((start for start, _ in timeline if start <= month), default=None)
                if since is not None:
                    found[lever] = Origin(clause, since, clause.basis_at(month))
        return {lever: found[lever] for lever in all_levers()}

    def with_levers(
        self, name: str, title: Mapping[str, str], month: int, changes: Mapping[str, Any]
    ) -> "Scenario":
        """A scenario of its own: as this one, but some levers are held at one value each from a month on.

        Parameters
        ----------
        changes:
            Lever to its value, as a scenario file would write it; the values are not checked.
        """
        sets = {lever: ((month, value),) for lever, value in changes.items()}
        clause = Clause(name, name, title, None, month, BASIS_ASSUMPTION, None, None, sets)
        clauses = {**self.clauses, name: clause}
        months, values = _resolved(clauses, {})
        text = json.dumps(
            {"name": name, "differs_from": self.name, "from": month_label(month), "sets": dict(changes)}
        )
        return replace(
            self,
            name=name,
            title=title,
            chain=(name, *self.chain),
            clauses=clauses,
            texts={name: text, **self.texts},
            _months=months,
            _values=values,
        )

    def changes_after(self, month: int) -> tuple[int, ...]:
        """Months after a month in which some lever changes."""
        return tuple(later for later in self._months if later > month)


@dataclass(frozen=True)
class _Layer:
    """One file of the chain, checked by itself."""

    document: Document
    text: ScenarioText

    def clause(self, name: str, text: ClauseText) -> Clause:
        about = {} if text.about is None else text.about.by_language()
        return Clause(
            name,
            self.text.name,
            about,
            text.pasal,
            text.in_force,
            text.basis,
            text.assumed_from,
            text.source,
            timelines(self.document, name),
        )


def load_scenario(name: FileName, region: str | Path = DEFAULT_REGION) -> Scenario:
    """Load a scenario by its name or path, for the region whose assumptions it may narrow.

    Raises `InputError` when there is no such scenario, and `FileError` with a sentence for every fault of a
    file.
    """
    path = find_scenario(name)
    return _scenario(_chain_from(read_document(path), path, load_assumptions(region)))


def read_scenario(
    text: str, name: str, beside: FileName = ".", region: str | Path = DEFAULT_REGION
) -> Scenario:
    """Read a scenario from its text, as if it stood in the file ``<name>.yaml`` of a folder.

    Raises the same errors as `load_scenario`.
    """
    path = Path(beside) / f"{name}.yaml"
    return _scenario(_chain_from(parse_document(text, str(path)), path, load_assumptions(region)))


def scenario_of_texts(
    chain: Sequence[str], texts: Mapping[str, str], region: str | Path = DEFAULT_REGION
) -> Scenario:
    """The scenario that a chain of stored texts says, whatever the files of these names say today.

    Parameters
    ----------
    chain, texts:
        As in `Scenario`; texts of `Scenario.with_levers` are read back too.

    Raises `FileError` with a sentence for every fault of a text, `KeyError` for a name without a text.
    """
    own = _held_levers(texts[chain[0]])
    if own is not None and len(chain) > 1:
        name, month, sets = own
        return scenario_of_texts(chain[1:], texts, region).with_levers(name, {}, month, sets)
    known = load_assumptions(region)
    documents = [parse_document(texts[name], f"{name}.yaml") for name in chain]
    return _scenario([_Layer(document, scenario_text(document, known)) for document in documents])


def _held_levers(text: str) -> tuple[str, int, dict[str, Any]] | None:
    """Name, month and levers of a text that `Scenario.with_levers` wrote; nothing for a scenario file."""
    try:
        written = json.loads(text)
        return str(written["name"]), month_of(written["from"]), dict(written["sets"])
    except (ValueError, KeyError, TypeError, InputError):
        return None


def _chain_from(document: Document, path: Path, known: Mapping[str, Assumption]) -> list[_Layer]:
    """The files from this one to the first of the chain."""
    layers = [_Layer(document, scenario_text(document, known))]
    seen = {path.resolve()}
    while (parent := layers[-1].text.differs_from) is not None:
        path = _parent_path(layers[-1], parent, path)
        _require_a_new_file(layers, path, path.resolve() in seen)
        seen.add(path.resolve())
        document = read_document(path)
        layers.append(_Layer(document, scenario_text(document, known)))
    return layers


def _require_a_new_file(layers: Sequence[_Layer], path: Path, is_seen: bool) -> None:
    last, names = layers[-1].document, [layer.text.name for layer in layers]
    if is_seen:
        raise last.fault("scenario.cycle", ("differs_from",), chain=" → ".join([*names, path.stem]))
    if path.stem in names:
        raise last.fault("scenario.same_name", ("differs_from",), name=path.stem)


def _parent_path(layer: _Layer, parent: str, path: Path) -> Path:
    try:
        return find_scenario(parent, path.parent)
    except InputError as error:
        key = error.key.replace("scenario.unknown", "scenario.unknown_parent")
        raise layer.document.fault(key, ("differs_from",), **error.values) from None


def _scenario(layers: Sequence[_Layer]) -> Scenario:
    own, first_to_own = layers[0].text, list(reversed(layers))
    documents = {layer.text.name: layer.document for layer in layers}
    _require_every_lever(first_to_own[0], _clauses_of(first_to_own[:1]))
    clauses = _clauses_of(first_to_own)
    _require_every_lever(layers[0], clauses)
    months, values = _resolved(clauses, documents)
    return Scenario(
        name=own.name,
        title=own.title.by_language(),
        about={} if own.about is None else own.about.by_language(),
        status=own.status,
        chain=tuple(documents),
        clauses=clauses,
        readings={
            question: answer for layer in first_to_own for question, answer in layer.text.reading.items()
        },
        assumptions={key: bounds for layer in first_to_own for key, bounds in layer.text.assumptions.items()},
        texts={name: document.text for name, document in documents.items()},
        _months=months,
        _values=values,
    )


def _clauses_of(layers: Sequence[_Layer]) -> dict[str, Clause]:
    """Clauses that act after each file has added, replaced and removed its own."""
    clauses: dict[str, Clause] = {}
    for layer in layers:
        for name, text in layer.text.clauses.items():
            if text is None and name not in clauses:
                near = closest(name, clauses) or ", ".join(clauses) or "–"
                at = ("clauses", name)
                raise layer.document.fault("scenario.nothing_to_remove", at, clause=name, near=near)
            clauses.pop(name, None)
            if text is not None:
                clauses[name] = layer.clause(name, text)
    return clauses


def _require_every_lever(layer: _Layer, clauses: Mapping[str, Clause]) -> None:
    lines = [entry for clause in clauses.values() for entry in clause.sets.items()]
    present = {lever for lever, line in lines if line[0][0] <= FIRST_MONTH}
    missing = ", ".join(lever for lever in all_levers() if lever not in present)
    if missing:
        month = month_label(FIRST_MONTH)
        raise layer.document.fault("scenario.levers_missing", ("clauses",), levers=missing, month=month)


def _resolved(
    clauses: Mapping[str, Clause], documents: Mapping[str, Document]
) -> tuple[tuple[int, ...], tuple[Levers, ...]]:
    """Months in which a lever changes, and all levers from each of them on."""
    lines = {lever: _combined(lever, clauses) for lever in all_levers()}
    first = max(line[0][0] for line in lines.values())
    months = tuple(sorted({first} | {month for line in lines.values() for month, _ in line if month > first}))
    values = tuple(
        levers_from({lever: _value_at(line, month) for lever, line in lines.items()}) for month in months
    )
    for month, levers in zip(months, values, strict=True):
        _require_a_year_that_fits(month, levers, clauses, documents)
    changes = [index for index in range(len(months)) if index == 0 or values[index] != values[index - 1]]
    return tuple(months[index] for index in changes), tuple(values[index] for index in changes)


def _combined(lever: str, clauses: Mapping[str, Clause]) -> Timeline:
    """A lever's months and values: each later clause replaces what came before, from its first month on."""
    line: Timeline = ()
    for clause in clauses.values():
        own = clause.sets.get(lever, ())
        line = (*(entry for entry in line if not own or entry[0] < own[0][0]), *own)
    return line


def _value_at(line: Timeline, month: int) -> Any:
    return line[bisect_right([start for start, _ in line], month) - 1][1]


def _require_a_year_that_fits(
    month: int, levers: Levers, clauses: Mapping[str, Clause], documents: Mapping[str, Document]
) -> None:
    budget = levers.budget
    if budget.fits_the_year:
        return
    causes = {"budget.months_paid", "budget.first_paid_month"}
    last = [clause for clause in clauses.values() if causes & set(clause.sets)][-1]
    raise documents[last.scenario].fault(
        "scenario.year_too_short",
        ("clauses", last.name, "sets"),
        month=month_label(month),
        months=budget.months_paid,
        first=budget.first_paid_month,
    )
