"""The manifest of a run: everything that decides its numbers, what they were made with, and their digests.

A seal closes it: one digest for each of its parts, so that a part changed later is known by name.
"""

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jamsos_sim.assumptions import Assumption, draw_assumptions
from jamsos_sim.ensemble import Plan, assumptions_of
from jamsos_sim.ensemble_digest import digest_of_json, rule_sources, source_digest
from jamsos_sim.errors import InputError
from jamsos_sim.law.readings import check_readings
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.values_read import law_behind
from jamsos_sim.model.world import seed_of
from jamsos_sim.population.region_folder import file_digests
from jamsos_sim.units import month_label

MANIFEST_FILE = "manifest.json"
LIBRARIES = ("numpy", "pandas", "numba", "llvmlite", "mesa", "pyarrow")
SEAL = "seal"
PLAN = "plan"
SCENARIO = "plan.scenarios."
"""How the name of a sealed scenario begins."""


def description_of(plan: Plan) -> dict[str, Any]:
    """Everything that decides the numbers of a run, as plain data."""
    return {
        "scenarios": [
            {
                "name": scenario.name,
                "chain": list(scenario.chain),
                "texts": dict(scenario.texts),
                "readings": check_readings(scenario.readings),
            }
            for scenario in plan.scenarios
        ],
        "region": {"name": plan.region.name, "digest": plan.region.digest},
        "register": registered(plan),
        "worlds": plan.worlds,
        "seed": plan.seed,
        "from": month_label(plan.first_reported),
        "to": month_label(plan.period.stop - 1),
        "workers": plan.workers,
        "engine": plan.engine,
        "events": list(plan.events),
        "source": source_digest(),
    }


def registered(plan: Plan) -> dict[str, Any] | None:
    """Which register a run is on: its digest and its size, nothing of its people."""
    if plan.register is None:
        return None
    return {"digest": plan.register.digest, "people": plan.register.size}


def manifest_of(plan: Plan, digests: Mapping[str, str], written: Mapping[str, str]) -> dict[str, Any]:
    """What is to be known of a run that made tables, as plain data under a seal.

    Parameters
    ----------
    digests:
        Table to digest of its values.
    written:
        Table to digest of the file in which it lies.
    """
    manifest = {
        PLAN: description_of(plan),
        "quantities": list(Rows._fields),
        "assumptions": described_assumptions(plan),
        "law": {scenario.name: law_behind(scenario, plan.period) for scenario in plan.scenarios},
        "sources": rule_sources(),
        "region_files": file_digests(plan.region.path),
        "digests": dict(digests),
        "files": dict(written),
        "versions": versions(),
    }
    return {**manifest, SEAL: seal_of(manifest)}


def versions() -> dict[str, str]:
    """The package, Python, the machine and the libraries behind the numbers, each with its version."""
    return {
        "jamsos-sim": version("jamsos-sim"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        **{library: version(library) for library in LIBRARIES},
    }


def seal_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Part of a manifest to its digest: each scenario, each other key of its plan, each of its other keys."""
    plan = dict(manifest[PLAN])
    parts = {f"{SCENARIO}{place}.{each['name']}": each for place, each in enumerate(plan.pop("scenarios"), 1)}
    parts |= {f"{PLAN}.{key}": value for key, value in plan.items()}
    parts |= {key: value for key, value in manifest.items() if key not in (PLAN, SEAL)}
    return {key: digest_of_json(value) for key, value in parts.items()}


def described_assumptions(plan: Plan) -> dict[str, Any]:
    """Scenario to its assumptions, each with its range and its value in every world."""
    seeds = [seed_of(plan.seed, world) for world in range(plan.worlds)]
    described: list[tuple[Mapping[str, Assumption], dict[str, Any]]] = []
    for assumptions in assumptions_of(plan):
        # Most scenarios have the ranges of another one, and every draw of every world takes its time.
        known = next((told for ranges, told in described if ranges == assumptions), None)
        described.append((assumptions, known or _with_draws(assumptions, seeds)))
    return {scenario.name: told for scenario, (_, told) in zip(plan.scenarios, described, strict=True)}


def _with_draws(assumptions: Mapping[str, Assumption], seeds: list[int]) -> dict[str, Any]:
    draws = [draw_assumptions(assumptions, seed) for seed in seeds]
    return {
        key: {
            "low": own.low,
            "central": own.central,
            "high": own.high,
            "unit": own.unit,
            "source": own.source,
            "draws": [drawn[key] for drawn in draws],
        }
        for key, own in assumptions.items()
    }


class _Stored(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class StoredScenario(_Stored):
    """A scenario as a manifest keeps it."""

    name: str
    chain: Annotated[list[str], Field(min_length=1)]
    texts: dict[str, str]


class StoredRegion(_Stored):
    """The region of a stored run: its name and the digest of its folder."""

    name: str
    digest: str


class StoredRegister(_Stored):
    """The register of a stored run: its digest and its size."""

    digest: str
    people: int


class StoredPlan(_Stored):
    """The plan of a stored run."""

    scenarios: Annotated[list[StoredScenario], Field(min_length=1)]
    region: StoredRegion
    register_: StoredRegister | None = Field(alias="register")
    worlds: int
    seed: int
    first: str = Field(alias="from")
    last: str = Field(alias="to")
    workers: int | None
    engine: str
    events: list[int]


class Manifest(_Stored):
    """What the verification of a run reads of its manifest.

    Attributes
    ----------
    assumptions:
        Scenario to assumption to what is known of it.
    sources, region_files, versions, digests, files, seal:
        File, library, table, file of a table or part to what identifies it.
    changed_parts:
        Parts that are not what was written at the end of the run, by name.
    """

    plan: StoredPlan
    assumptions: dict[str, dict[str, dict[str, Any]]]
    sources: dict[str, str]
    region_files: dict[str, str]
    versions: dict[str, str]
    digests: Annotated[dict[str, str], Field(min_length=1)]
    files: dict[str, str]
    seal: dict[str, str]
    changed_parts: list[str]

    @property
    def settings(self) -> dict[str, Any]:
        """The plan's keys as they stand in the file."""
        return self.plan.model_dump(by_alias=True)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a finished run.

    Raises `InputError` when there is none, or when it is none of this version.
    """
    path = folder / MANIFEST_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Manifest.model_validate({**content, "changed_parts": _changed_parts(content)})
    except ValidationError as fault:
        place = ".".join(str(part) for part in fault.errors()[0]["loc"])
        raise InputError("verify.damaged_part", file=path, place=place) from fault
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise InputError("verify.damaged_manifest", file=path) from fault


def _changed_parts(content: Any) -> list[str]:
    """Parts of which the seal does not hold; all of them when there is none."""
    seal = content.get(SEAL)
    stored = seal if isinstance(seal, dict) else {}
    now = seal_of(content)
    return sorted(key for key in now.keys() | stored.keys() if now.get(key) != stored.get(key))
