"""Why a run computed again may differ: what is not as it was when the run was stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jamsos_sim.ensemble import Plan, assumptions_of
from jamsos_sim.ensemble_digest import LAW_FOLDER, LAW_TABLES, rule_sources
from jamsos_sim.ensemble_manifest import SCENARIO as SEALED_SCENARIO
from jamsos_sim.ensemble_manifest import Manifest, versions
from jamsos_sim.population.region_folder import file_digests

CODE, DATA, LIBRARY, SCENARIO, SEED = "code", "data", "library", "scenario", "seed"
MANIFEST, FILE, RESULT = "manifest", "file", "result"
KINDS = (SCENARIO, SEED, MANIFEST, CODE, DATA, LIBRARY, FILE, RESULT)
OWN = "jamsos-sim"
SETTINGS = tuple(f"plan.{key}" for key in ("worlds", "seed", "from", "to", "workers", "engine", "events"))
SIZES = ("plan.worlds", "plan.from", "plan.to", "plan.workers", "plan.engine", "plan.events")
"""Settings that decide how long a run takes; where they were changed, it is not run again."""


@dataclass(frozen=True)
class Cause:
    """Something that is not as it was.

    Attributes
    ----------
    kind:
        ``code``, ``data``, ``library``, ``scenario``, ``seed`` (or another setting), ``manifest`` or
        ``result``; ``file`` for a table's file whose bytes have changed and whose values have not.
    what:
        What exactly: files, versions, assumptions, parts of the manifest, or tables.
    """

    kind: str
    what: tuple[str, ...]


def changes_of_manifest(manifest: Manifest, written: Mapping[str, Any]) -> Iterator[Cause]:
    """Parts of the manifest that were changed after the run.

    Parameters
    ----------
    written:
        The plan as the run wrote it first, which tells what a setting was; empty when it is lost.
    """
    named: dict[str, list[str]] = {SCENARIO: [], SEED: [], MANIFEST: []}
    for part in manifest.changed_parts:
        if part.startswith(SEALED_SCENARIO):
            named[SCENARIO].append(part.split(".", 3)[-1])
        elif part in SETTINGS:
            key = part.removeprefix("plan.")
            named[SEED].append(f"{key} {written.get(key, '?')} → {manifest.settings[key]}")
        else:
            named[MANIFEST].append(part)
    yield from (Cause(kind, tuple(parts)) for kind, parts in named.items() if parts)


def changes_since(manifest: Manifest, plan: Plan) -> Iterator[Cause]:
    """What a plan is run with now that is not what the stored run was made with."""
    files = _changed(manifest.sources, rule_sources())
    is_law = {name: name.startswith(LAW_FOLDER) and name.endswith(LAW_TABLES) for name in files}
    code = [name for name in files if not is_law[name]]
    law = [name for name in files if is_law[name]]
    libraries = dict(_changed_versions(manifest.versions, versions()))
    kinds = {
        CODE: [*code, *([libraries.pop(OWN)] if OWN in libraries else [])],
        DATA: [*law, *_changes_of_region(manifest, plan), *_changes_of_register(manifest, plan)],
        LIBRARY: list(libraries.values()),
    }
    yield from (Cause(kind, tuple(named)) for kind, named in kinds.items() if named)


def _changed(stored: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in stored.keys() | now.keys() if stored.get(name) != now.get(name))


def _changed_versions(stored: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in _changed(stored, now):
        yield name, f"{name} {stored.get(name, '–')} → {now.get(name, '–')}"


def _changes_of_region(manifest: Manifest, plan: Plan) -> list[str]:
    region = plan.region
    if manifest.plan.region.digest == region.digest:
        return []
    files = _changed(manifest.region_files, file_digests(region.path))
    named = [f"{region.name}/{name}" for name in files] or [region.name]
    return [*named, *dict.fromkeys(_changed_ranges(manifest, plan))]


def _changed_ranges(manifest: Manifest, plan: Plan) -> Iterator[str]:
    for scenario, assumptions in zip(plan.scenarios, assumptions_of(plan), strict=True):
        stored = manifest.assumptions.get(scenario.name, {})
        for key in sorted(stored.keys() | assumptions.keys()):
            own = assumptions.get(key)
            now = None if own is None else (own.low, own.central, own.high)
            known = stored.get(key)
            before = None if known is None else (known.get("low"), known.get("central"), known.get("high"))
            if before != now:
                yield f"{key}: {_range(before)} → {_range(now)}"


def _range(bounds: tuple[Any, ...] | None) -> str:
    return "–" if bounds is None else "/".join(str(bound) for bound in bounds)


def _changes_of_register(manifest: Manifest, plan: Plan) -> list[str]:
    stored = manifest.plan.register_
    now = None if plan.register is None else plan.register.digest
    return [] if now == (None if stored is None else stored.digest) else ["register"]
