"""What nobody knows exactly: each assumption with range, unit, reason and source, and the draw of a world.

An assumption is ignorance, not choice; choices are levers (`jamsos_sim.levers`). The files lie in
``regions/<region>/assumptions/*.yaml``, one entry for each key.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

from jamsos_sim import chance
from jamsos_sim.errors import InputError
from jamsos_sim.units import CHANCE_SCALE
from jamsos_sim.yaml_checks import Bilingual, Part, Words, checked, mapping_at, raise_faults, range_faults
from jamsos_sim.yaml_file import Address, Document, closest, read_document

DEFAULT_REGION = "tangsel"
WHOLE_UNITS = ("months", "days")
SET_BY_SCENARIO = "scenario"


class Range(Part):
    """A range that a scenario gives an assumption instead of the region's: low, central and high value."""

    low: float
    central: float
    high: float


class _Entry(Range):
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


def load_assumptions(region: str = DEFAULT_REGION) -> dict[str, Assumption]:
    """All assumptions of a region, by key, in the order of the keys.

    Raises `InputError` for an unknown region, a fault in one of its files, or a key that two files give.
    """
    return dict(_loaded(region))


@cache
def _loaded(region: str) -> Mapping[str, Assumption]:
    with as_file(files("jamsos_sim")) as package:
        folder = package / "regions" / region / "assumptions"
        known = sorted(entry.parent.name for entry in (package / "regions").glob("*/assumptions"))
        if region not in known:
            near = closest(region, known) or known[0]
            raise InputError("scenario.unknown_region", region=region, near=near)
        return _merged(sorted(folder.glob("*.yaml")))


def _merged(paths: list[Path]) -> dict[str, Assumption]:
    found: dict[str, Assumption] = {}
    for path in paths:
        document = read_document(path)
        for assumption in _assumptions_in(document):
            if assumption.key in found:
                at = (assumption.key,)
                raise document.fault("scenario.assumption_twice", at)
            found[assumption.key] = assumption
    return dict(sorted(found.items()))


def _assumptions_in(document: Document) -> list[Assumption]:
    faults: list[InputError] = []
    found: list[Assumption] = []
    for key, data in mapping_at(document.data).items():
        entry, wrong = checked(_Entry.model_validate, document, data, (key,), _keys_of_entry)
        if entry is not None:
            wrong = range_faults(document, (key,), (entry.low, entry.central, entry.high), entry.unit)
            found.append(_assumption(key, entry))
        faults += wrong
    raise_faults(faults)
    return found


def _keys_of_entry(address: Address) -> tuple[str, ...]:
    is_own_key = len(address) == len(("assumption", "key"))
    return tuple((_Entry if is_own_key else Bilingual).model_fields)


def _assumption(key: str, entry: _Entry) -> Assumption:
    reason = entry.reason.by_language()
    return Assumption(
        key, entry.low, entry.central, entry.high, entry.unit, reason, entry.source, entry.confidence
    )


def apply_overrides(
    assumptions: Mapping[str, Assumption], overrides: Mapping[str, Range]
) -> dict[str, Assumption]:
    """The assumptions with the ranges that a scenario gives.

    Raises `KeyError` for an override of an assumption that does not exist.
    """
    changed = {key: _overridden(assumptions[key], bounds) for key, bounds in overrides.items()}
    return {**assumptions, **changed}


def _overridden(assumption: Assumption, bounds: Range) -> Assumption:
    return replace(
        assumption,
        low=bounds.low,
        central=bounds.central,
        high=bounds.high,
        source=SET_BY_SCENARIO,
        confidence=SET_BY_SCENARIO,
    )


def draw_assumptions(assumptions: Mapping[str, Assumption], seed: int) -> dict[str, float]:
    """One world's value of every assumption.

    Half of the worlds draw uniformly between low and central, half between central and high. The draw of a
    key depends on the seed and the key alone, so that other assumptions may come and go. Values in months or
    days are whole numbers.
    """
    return {key: _drawn(assumption, seed) for key, assumption in assumptions.items()}


def _drawn(assumption: Assumption, seed: int) -> float:
    key = chance.key_of(seed, _number_of(assumption.key))
    share = chance.draw(key, 0, chance.DECISION_ASSUMPTION) / CHANCE_SCALE
    if share < 0.5:
        value = assumption.low + (assumption.central - assumption.low) * (2 * share)
    else:
        value = assumption.central + (assumption.high - assumption.central) * (2 * share - 1)
    return float(int(value + 0.5)) if assumption.unit in WHOLE_UNITS else value


def _number_of(key: str) -> int:
    """A stable number of 63 bits for a key."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:8], "big") >> 1
