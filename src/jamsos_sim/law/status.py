"""Where every value of the law stands: instrument, article, status, confidence, and when it ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from jamsos_sim.law.in_force import WORKED_OUT_FROM, entry_in_force
from jamsos_sim.law.readings import check_readings
from jamsos_sim.law.selectors import PAYERS, SECTORS
from jamsos_sim.law.sources import source_text
from jamsos_sim.law.tables import Entry, values
from jamsos_sim.messages import DEFAULT_LANGUAGE, text

IN_FORCE, DRAFT, ASSUMPTION = "in_force", "draft", "assumption"
STATUSES = (IN_FORCE, DRAFT, ASSUMPTION)
"""Where a value stands, the firmest first."""
CONFIDENCES = ("high", "medium", "low")
"""How sure we are of a value, the surest first."""


def weakest(stated: Iterable[str], order: Sequence[str]) -> str:
    """The last of the stated words in their order."""
    return max(stated, key=order.index)


@dataclass(frozen=True)
class ValueInForce:
    """A value of the law as it stands in one month for one case."""

    name: str
    entry: Entry
    means: Mapping[str, str]
    unit: str

    @property
    def is_unverified(self) -> bool:
        """Whether the value was not checked against the gazetted text, or is an assumption."""
        return not self.entry.is_verified or self.entry.status != IN_FORCE

    def source(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """Instrument and article, or that the article is not known."""
        return source_text(self.entry.instrument, self.entry.article, lang)

    def label(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """What the value is, with a mark when it is unverified."""
        if not self.is_unverified:
            return self.means[lang]
        mark = "law.assumption_mark" if self.entry.status == ASSUMPTION else "law.unverified_mark"
        return f"{self.means[lang]} {text(mark, lang)}"

    def to_record(self) -> dict[str, Any]:
        """The value and where it stands, in both languages, as plain values."""
        return {
            "value": self.name,
            "means": dict(self.means),
            "instrument": self.entry.instrument,
            "article": self.entry.article,
            "status": self.entry.status,
            "confidence": self.entry.confidence,
        }

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, str]:
        """The value and where it stands, as plain values in one language."""
        return {
            "value": self.name,
            "means": self.means[lang],
            "source": self.source(lang),
            "status": self.entry.status,
            "confidence": self.entry.confidence,
        }


@dataclass(frozen=True)
class Expiring:
    """A value whose entry ends inside a horizon: ``month`` is the first month without it."""

    name: str
    month: int
    entry: Entry
    means: Mapping[str, str]


def values_used(
    names: Iterable[str], month: int, case: Mapping[str, str] | None = None
) -> tuple[ValueInForce, ...]:
    """The named values as they stand in a month; ``case`` holds payer, sector and readings by name.

    Raises `InputError` for an unknown reading and for a value that is not in force.
    """
    settled = _settled(case)
    return tuple(_value_in_force(name, month, settled) for name in names)


def values_in_force(month: int, case: Mapping[str, str] | None = None) -> tuple[ValueInForce, ...]:
    """All values of the law as they stand in a month."""
    return values_used(values(), month, case)


def unverified(month: int, case: Mapping[str, str] | None = None) -> tuple[ValueInForce, ...]:
    """The values in force that were not checked against the gazetted text, or are assumptions."""
    return tuple(value for value in values_in_force(month, case) if value.is_unverified)


def values_behind(
    names: Iterable[str], period: tuple[int, int], readings: Mapping[str, str] | None, payers: Iterable[str]
) -> tuple[ValueInForce, ...]:
    """Every value that stands behind the named ones in some month of ``start <= month < stop``.

    A value counts once for each entry that is in force for one of the payers, in either sector, and so do the
    values to which it refers. Ordered as in the tables.
    """
    chosen = check_readings(readings)
    cases = [{**chosen, "payer": payer, "sector": sector} for payer, sector in product(payers, SECTORS)]
    tables = list(values())
    found: dict[tuple[int, int], ValueInForce] = {}
    for name in _with_sources(names):
        for month, case in product(_turns(name, *period), cases):
            value = _value_in_force(name, month, case)
            found[tables.index(name), values()[name].history.index(value.entry)] = value
    return tuple(found[place] for place in sorted(found))


def _with_sources(names: Iterable[str]) -> list[str]:
    """The names, and those of the values that they refer to or are worked out from."""
    known = dict.fromkeys(names)
    for name in list(known):
        referred = [entry.same_as for entry in values()[name].history if entry.same_as is not None]
        known |= dict.fromkeys([*referred, *WORKED_OUT_FROM.get(name, ())])
    return list(known)


def _turns(name: str, start: int, stop: int) -> set[int]:
    """Months of a period in which the value may be another than the month before, the first included."""
    ends = {month for entry in values()[name].history for month in (entry.start, entry.stop)}
    return {start} | {month for month in ends if month is not None and start < month < stop}


def expiring(start: int, stop: int, readings: Mapping[str, str] | None = None) -> tuple[Expiring, ...]:
    """Values in force at some time in ``start <= month < stop`` whose entry ends before ``stop``.

    Entries that the readings switch off are left out. Ordered by the month in which they end.
    """
    chosen = check_readings(readings)
    found = [
        Expiring(value.name, entry.stop, entry, value.means)
        for value in values().values()
        for entry in value.history
        if entry.stop is not None and start < entry.stop < stop and _applies(entry, chosen)
    ]
    return tuple(sorted(found, key=lambda item: (item.month, item.name)))


def _applies(entry: Entry, readings: Mapping[str, str]) -> bool:
    return any(
        entry.holds(entry.start, {**readings, "payer": payer, "sector": sector})
        for payer, sector in product(PAYERS, SECTORS)
    )


def _settled(case: Mapping[str, str] | None) -> dict[str, str]:
    given = dict(case or {})
    who = {"payer": given.pop("payer", "self"), "sector": given.pop("sector", "other")}
    return {**check_readings(given), **who}


def _value_in_force(name: str, month: int, case: Mapping[str, str]) -> ValueInForce:
    value = values()[name]
    return ValueInForce(name, entry_in_force(name, month, case), value.means, value.unit)
