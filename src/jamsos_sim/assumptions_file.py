"""Read the files of a region's assumptions: one entry for each key, and every fault of a file at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jamsos_sim.errors import InputError
from jamsos_sim.yaml_checks import Bilingual, Part, Words, checked, mapping_at, range_faults
from jamsos_sim.yaml_file import Address, Document, FileError, read_document


class Range(Part):
    """A range that a scenario gives an assumption instead of the region's: low, central and high value."""

    low: float
    central: float
    high: float


class Entry(Range):
    """An assumption as it is written."""

    unit: Words
    confidence: Literal["high", "medium", "low"]
    source: Words
    reason: Bilingual


@dataclass(frozen=True)
class Assumption:
    """One assumption.

    Attributes
    ----------
    low, central, high:
        Ends and centre of what is believed, in ``unit``.
    reason:
        Language to sentence: what it stands for and why this range.
    source:
        Publication and date, or ``scenario`` when a scenario has set the range.
    confidence:
        ``high``, ``medium`` or ``low``; ``scenario`` when a scenario has set the range.
    """

    key: str
    low: float
    central: float
    high: float
    unit: str
    reason: Mapping[str, str]
    source: str
    confidence: str


@dataclass(frozen=True)
class Place:
    """Where an assumption stands: its document, for the faults that only others show."""

    document: Document
    assumption: Assumption

    def fault(self, key: str, **values: object) -> InputError:
        """A fault of this assumption."""
        return self.document.fault(key, (self.assumption.key,), **values)


def assumption_of(key: str, data: Mapping[str, Any]) -> Assumption:
    """An assumption from its entry as plain values, which must be right."""
    return _assumption(key, Entry.model_validate(data))


def read_assumptions(paths: Iterable[Path]) -> tuple[dict[str, Place], list[InputError]]:
    """The assumptions in files, by key, and the faults of all files."""
    found: dict[str, Place] = {}
    faults: list[InputError] = []
    for path in paths:
        try:
            document = read_document(path)
        except FileError as error:
            faults += error.faults
            continue
        except InputError as error:
            faults.append(error)
            continue
        for key, data in mapping_at(document.data).items():
            assumption, wrong = _checked(document, key, data)
            faults += wrong
            if assumption is not None and key in found:
                faults.append(document.fault("scenario.assumption_twice", (key,)))
            elif assumption is not None:
                found[key] = Place(document, assumption)
    return found, faults


def _checked(document: Document, key: str, data: Any) -> tuple[Assumption | None, list[InputError]]:
    entry, faults = checked(Entry.model_validate, document, data, (key,), _keys_of_entry)
    if entry is None:
        return None, faults
    faults = range_faults(document, (key,), (entry.low, entry.central, entry.high), entry.unit)
    return _assumption(key, entry), faults


def _keys_of_entry(address: Address) -> tuple[str, ...]:
    is_own_key = len(address) == len(("assumption", "key"))
    return tuple((Entry if is_own_key else Bilingual).model_fields)


def _assumption(key: str, entry: Entry) -> Assumption:
    reason = entry.reason.by_language()
    return Assumption(
        key, entry.low, entry.central, entry.high, entry.unit, reason, entry.source, entry.confidence
    )
