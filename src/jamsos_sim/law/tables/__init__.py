"""The law as dated tables: every amount, rate, age and threshold, with source, status and confidence.

A value has a history of entries. An entry holds from its first to its last day, for the payers, sectors and
readings it names; the last one listed that holds is the law. A month belongs to an entry that takes effect
on any of its days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jamsos_sim.law.selectors import CODES
from jamsos_sim.units import MONTHS_PER_YEAR
from jamsos_sim.yaml_kept import kept

TABLES = ("contributions", "death", "scholarship", "accident", "continuity", "eligibility", "city")


@dataclass(frozen=True)
class Entry:
    """One line of a history: a value, when and for whom it holds, and where it stands."""

    start: int
    stop: int | None
    value: int | tuple[int, ...] | None
    same_as: str | None
    when: Mapping[str, tuple[str, ...]]
    provision: str
    instrument: str
    article: str | None
    status: str
    confidence: str
    is_verified: bool
    verified_rows: tuple[int, ...]

    def holds(self, month: int, case: Mapping[str, str]) -> bool:
        """Whether the entry is in force in a month for a case (payer, sector and readings by name)."""
        if month < self.start or (self.stop is not None and month >= self.stop):
            return False
        return all(case.get(selector) in allowed for selector, allowed in self.when.items())


@dataclass(frozen=True)
class Value:
    """A value of the law with its whole history."""

    name: str
    provision: str
    means: Mapping[str, str]
    unit: str
    selects: tuple[str, ...]
    history: tuple[Entry, ...]


def load_yaml(name: str) -> Any:
    """Contents of a table file of this folder."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return kept(text, "with_types")


@cache
def values() -> Mapping[str, Value]:
    """All values of the law by name."""
    found = [_value(name, raw) for table in TABLES for name, raw in load_yaml(table).items()]
    by_name = {value.name: value for value in found}
    if len(by_name) != len(found):
        raise ValueError("a value of the law is defined twice")
    return by_name


def month_of_day(day: date) -> int:
    """Absolute month that contains a day."""
    return day.year * MONTHS_PER_YEAR + day.month - 1


def _value(name: str, raw: Mapping[str, Any]) -> Value:
    history = tuple(_entry(line, raw["provision"]) for line in raw["history"])
    return Value(name, raw["provision"], raw["means"], raw["unit"], tuple(raw.get("selects", ())), history)


def _entry(raw: Mapping[str, Any], provision: str) -> Entry:
    return Entry(
        start=month_of_day(raw["from"]),
        stop=month_of_day(raw["to"]) + 1 if "to" in raw else None,
        value=_number(raw["value"]) if "value" in raw else None,
        same_as=raw.get("same_as"),
        when={selector: tuple(allowed) for selector, allowed in raw.get("when", {}).items()},
        provision=raw.get("provision", provision),
        instrument=raw["source"]["instrument"],
        article=raw["source"]["article"],
        status=raw["status"],
        confidence=raw["confidence"],
        is_verified=raw.get("verified", True),
        verified_rows=tuple(raw.get("verified_rows", ())),
    )


def _number(raw: Any) -> int | tuple[int, ...]:
    if isinstance(raw, list):
        return tuple(CODES[item] if isinstance(item, str) else int(item) for item in raw)
    return CODES[raw] if isinstance(raw, str) else int(raw)
