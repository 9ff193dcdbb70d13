"""The certificate of a run: carry out the stored plan again, and compare bit for bit.

A folder's manifest says what was run. Scenarios are read from the texts that it keeps, never from the files
of these names today. When something differs, the first table, row and column are named, and what is not as
it was when the run was stored: code, data, libraries, the manifest itself, or the stored result.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypedDict, Unpack

import pandas as pd
from pydantic import ValidationError

from jamsos_sim.api_progress import with_progress
from jamsos_sim.api_run import computed_tables, table_names
from jamsos_sim.certificate_causes import (
    FILE,
    KINDS,
    RESULT,
    SIZES,
    Cause,
    changes_of_manifest,
    changes_since,
)
from jamsos_sim.certificate_difference import Difference, first_difference
from jamsos_sim.certificate_words import sentences_of
from jamsos_sim.ensemble import Advance, Plan
from jamsos_sim.ensemble_digest import table_digest
from jamsos_sim.ensemble_folder import PLAN_FILE, stored_file_digest, stored_table, written_plan
from jamsos_sim.ensemble_hands import Hands
from jamsos_sim.ensemble_manifest import MANIFEST_FILE, Manifest, StoredPlan, read_manifest
from jamsos_sim.errors import InputError, spoken_language
from jamsos_sim.model.world import Period
from jamsos_sim.population.region_file import RegionFolder, read_region
from jamsos_sim.population.register import Register, load_register
from jamsos_sim.scenario import FIRST_MONTH, Scenario, scenario_of_texts
from jamsos_sim.units import month_of
from jamsos_sim.yaml_file import FileError


class Certificate(NamedTuple):
    """A stored run that can be carried out again.

    Attributes
    ----------
    folder, manifest:
        Where it lies, and what it says of itself.
    plan:
        What it says was run, with the region and the register of today.
    """

    folder: Path
    manifest: Manifest
    plan: Plan


class Compared(NamedTuple):
    """A table that was compared: its size, and its digest when computed again."""

    name: str
    rows: int
    values: int
    digest: str


@dataclass(frozen=True)
class Verdict:
    """What the verification of a stored run has found.

    Attributes
    ----------
    folder:
        The run's folder.
    is_match:
        Whether every stored table and the manifest are, bit for bit, what the run gives today.
    compared:
        Tables that were compared; none when the run was not carried out again.
    difference:
        The first difference, or ``None``.
    unreadable:
        A stored table that cannot be read, or ``None``.
    causes:
        What is not as it was and can be behind the difference; of a match, nothing.
    harmless:
        What is not as it was and has moved no number.
    seconds:
        How long it took.
    """

    folder: Path
    is_match: bool
    compared: tuple[Compared, ...]
    difference: Difference | None
    unreadable: str | None
    causes: tuple[Cause, ...]
    harmless: tuple[Cause, ...]
    seconds: float = field(compare=False)

    def sentences(self, lang: str) -> list[str]:
        """What was found, in a language of the catalogue; the first line says ``MATCH`` or not."""
        return sentences_of(self, lang)

    def to_record(self) -> dict[str, Any]:
        """The verdict as plain data."""
        return {
            "match": self.is_match,
            "folder": str(self.folder),
            "compared": [table._asdict() for table in self.compared],
            "difference": None if self.difference is None else asdict(self.difference),
            "unreadable": self.unreadable,
            "causes": [asdict(cause) for cause in self.causes],
            "harmless": [asdict(cause) for cause in self.harmless],
            "seconds": round(self.seconds, 1),
        }

    def __str__(self) -> str:
        return "\n".join(self.sentences(spoken_language()))


class Again(TypedDict, total=False):
    """How a stored run is carried out again; see `verify`."""

    region: str | Path | None
    population: str | Path | None
    threads: int | None
    cluster: str | None
    progress: bool


def verify(folder: str | Path, **settings: Unpack[Again]) -> Verdict:
    """Carry out a stored run again and compare it with its folder, bit for bit.

    Settings: ``region`` (name or folder, where it is not found by the name in the manifest), ``population``
    (the register of a run on a register), and ``threads``, ``cluster`` and ``progress`` as for `simulate`.

    Raises `InputError` when the folder is no finished run, or what it needs is not there.
    """
    hands = Hands(settings.get("threads"), settings.get("cluster"))
    certificate = certificate_of(Path(folder), settings.get("region"), settings.get("population"))
    with with_progress(certificate.plan, settings.get("progress", False)) as advance:
        return verdict_on(certificate, hands, advance)


def certificate_of(
    folder: Path, region: str | Path | None = None, population: str | Path | None = None
) -> Certificate:
    """Read the manifest of a run's folder; parameters and errors as for `verify`."""
    if not (folder / MANIFEST_FILE).is_file():
        key = "verify.unfinished" if (folder / PLAN_FILE).is_file() else "verify.no_run"
        raise InputError(key, folder=folder)
    manifest = read_manifest(folder)
    found, register = _region(manifest.plan, region), _register(manifest.plan, population)
    try:
        scenarios = _scenarios(manifest.plan, found)
    except InputError as fault:
        faults = fault.faults if isinstance(fault, FileError) else (fault,)
        raise FileError([InputError("verify.scenario_refused", folder=folder), *faults]) from fault
    except (KeyError, ValidationError, RecursionError) as fault:
        raise InputError("verify.damaged_manifest", file=folder / MANIFEST_FILE) from fault
    return Certificate(folder, manifest, _plan(manifest.plan, scenarios, found, register))


def _region(stored: StoredPlan, given: str | Path | None) -> RegionFolder:
    if given is not None:
        return read_region(given)
    try:
        return read_region(stored.region.name)
    except FileError:
        raise
    except InputError as fault:
        raise InputError("verify.needs_region", region=stored.region.name) from fault


def _register(stored: StoredPlan, given: str | Path | None) -> Register | None:
    if given is not None and stored.register_ is None:
        raise InputError("verify.needs_no_population")
    if stored.register_ is None:
        return None
    if given is None:
        raise InputError("verify.needs_population", people=stored.register_.people)
    return load_register(Path(given))


def _plan(
    stored: StoredPlan, scenarios: tuple[Scenario, ...], region: RegionFolder, register: Register | None
) -> Plan:
    return Plan(
        scenarios=scenarios,
        worlds=stored.worlds,
        seed=stored.seed,
        period=Period(FIRST_MONTH, month_of(stored.last) + 1),
        first_reported=month_of(stored.first),
        workers=stored.workers,
        engine=stored.engine,
        region=region,
        register=register,
        events=tuple(stored.events),
    )


def _scenarios(stored: StoredPlan, region: RegionFolder) -> tuple[Scenario, ...]:
    return tuple(scenario_of_texts(each.chain, each.texts, region.path) for each in stored.scenarios)


def verdict_on(certificate: Certificate, hands: Hands, advance: Advance) -> Verdict:
    """Carry out a stored run again and compare; the run's folder is only read."""
    start = time.perf_counter()
    folder, manifest, plan = certificate
    changed = tuple(changes_of_manifest(manifest, written_plan(folder)))
    if set(SIZES) & set(manifest.changed_parts):
        return Verdict(folder, False, (), None, None, changed, (), time.perf_counter() - start)
    stored: dict[str, pd.DataFrame] = {}
    for name in table_names(plan):
        try:
            stored[name] = stored_table(folder, name)
        except InputError:
            told = (*changed, Cause(RESULT, (name,)))
            return Verdict(folder, False, (), None, name, told, (), time.perf_counter() - start)
    again = computed_tables(plan, hands, advance)
    compared = tuple(_compared(name, table) for name, table in again.items())
    differences = (first_difference(name, stored[name], again[name]) for name in stored)
    difference = next((found for found in differences if found is not None), None)
    causes, harmless = _causes(certificate, stored, compared)
    if difference is not None and not causes:
        causes = (Cause(RESULT, (difference.table,)),)
    is_match = difference is None and not causes
    return Verdict(
        folder, is_match, compared, difference, None, causes, harmless, time.perf_counter() - start
    )


def _compared(name: str, table: pd.DataFrame) -> Compared:
    return Compared(name, len(table), int(table.size), table_digest(table))


def _causes(
    certificate: Certificate, stored: Mapping[str, pd.DataFrame], compared: Sequence[Compared]
) -> tuple[tuple[Cause, ...], tuple[Cause, ...]]:
    """What can be behind a difference, and what has moved no number."""
    manifest = certificate.manifest
    causes = list(changes_of_manifest(manifest, written_plan(certificate.folder)))
    since = list(changes_since(manifest, certificate.plan))
    # Where the run gives again what its manifest says, code, data and libraries of today are innocent.
    is_reproduced = all(manifest.digests.get(table.name) == table.digest for table in compared)
    altered = [name for name, table in stored.items() if manifest.digests.get(name) != table_digest(table)]
    rewritten = [
        name
        for name in stored
        if name not in altered and manifest.files.get(name) != stored_file_digest(certificate.folder, name)
    ]
    harmless = [Cause(FILE, tuple(rewritten))] if rewritten else []
    (harmless if is_reproduced else causes).extend(since)
    if altered:
        causes.append(Cause(RESULT, tuple(altered)))
    return _ordered(causes), _ordered(harmless)


def _ordered(causes: Sequence[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(causes, key=lambda cause: KINDS.index(cause.kind)))
