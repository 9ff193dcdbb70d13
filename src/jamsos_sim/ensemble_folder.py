"""The folder of a run: durable parts, final tables, and the manifest that says what they are.

A world becomes one part, written under a temporary name and renamed, so a run that is stopped loses at most
the worlds it was working on. The manifest is written last: a folder with a manifest is a finished run.
"""

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pyarrow import Table, parquet

from jamsos_sim.assumptions import draw_assumptions
from jamsos_sim.ensemble import Ledgers, Plan, assumptions_of
from jamsos_sim.errors import InputError
from jamsos_sim.law.readings import check_readings
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.values_read import law_behind
from jamsos_sim.model.world import seed_of
from jamsos_sim.units import month_label

PLAN_FILE = "plan.json"
MANIFEST_FILE = "manifest.json"
PARTS = "parts"
LIBRARIES = ("numpy", "pandas", "numba", "mesa", "pyarrow")
DATA_SUFFIXES = (".py", ".yaml", ".csv")


@cache
def source_digest() -> str:
    """Digest of the package's code, law tables and region data: what a stored result was made with."""
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("jamsos_sim"), "")):
        digest.update(f"{name}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, name)
        elif entry.name.endswith(DATA_SUFFIXES):
            yield name, entry.read_bytes().replace(b"\r\n", b"\n")


def table_digest(table: pd.DataFrame) -> str:
    """Digest of a table's column names and values, whatever the file in which it is stored."""
    digest = hashlib.sha256()
    for name in table.columns:
        column = table[name]
        digest.update(f"{name}\n".encode())
        if pd.api.types.is_integer_dtype(column):
            digest.update(column.to_numpy(dtype="<i8").tobytes())
        elif pd.api.types.is_float_dtype(column):
            digest.update(column.to_numpy(dtype="<f8").tobytes())
        else:
            digest.update("\n".join(column.astype(str)).encode())
    return digest.hexdigest()


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
        "source": source_digest(),
    }


def registered(plan: Plan) -> dict[str, Any] | None:
    """Which register a run is on: its digest and its size, nothing of its people."""
    if plan.register is None:
        return None
    return {"digest": plan.register.digest, "people": plan.register.size}


class RunFolder:
    """The folder of one run; see the module."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self.plan = plan
        self.description = description_of(plan)

    @property
    def is_finished(self) -> bool:
        """Whether the run's manifest is there."""
        return (self.path / MANIFEST_FILE).exists()

    def open(self) -> None:
        """Make the folder, or take up the run that lies in it.

        Raises `InputError` when it holds another run or other files, or cannot be written.
        """
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if not any(is_content(entry) for entry in self.path.iterdir()):
                _write_json(self.path / PLAN_FILE, self.description)
            elif self._stored_description() != self.description:
                raise InputError("run.other_run", folder=self.path)
            if not self.is_finished and self.keeps_worlds:
                (self.path / PARTS).mkdir(exist_ok=True)
                _write_json(self.path / PLAN_FILE, self.description)

    def _stored_description(self) -> object:
        stored = self.path / PLAN_FILE
        if not stored.exists():
            raise InputError("run.foreign_folder", folder=self.path)
        try:
            return json.loads(stored.read_text(encoding="utf-8"))
        except ValueError as broken:
            raise InputError("run.foreign_folder", folder=self.path) from broken

    def _part(self, world: int) -> Path:
        return self.path / PARTS / f"world-{world:06d}.npy"

    @property
    def keeps_worlds(self) -> bool:
        """Whether worlds are stored while the run goes on; those of a real register never are."""
        return self.plan.register is None

    def missing_worlds(self) -> list[int]:
        """Numbers of the worlds that are not yet simulated."""
        return [world for world in range(self.plan.worlds) if not self._part(world).exists()]

    def keep(self, world: int, ledgers: Ledgers) -> None:
        """Store a simulated world."""
        part = self._part(world)
        with writing(self.path):
            temporary = part.with_suffix(".partial")
            with temporary.open("wb") as file:
                np.save(file, ledgers)
            os.replace(temporary, part)

    def worlds(self) -> Ledgers:
        """All simulated worlds: world by scenario by quantity by month."""
        return np.stack([np.load(self._part(world)) for world in range(self.plan.worlds)])

    def finish(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Write the final tables, then the manifest; the parts go."""
        with writing(self.path):
            for name, table in tables.items():
                temporary = self.path / f"{name}.parquet.partial"
                parquet.write_table(
                    Table.from_pandas(table, preserve_index=False), temporary, compression="zstd"
                )
                os.replace(temporary, self.path / f"{name}.parquet")
            _write_json(self.path / MANIFEST_FILE, self._manifest(tables))
        shutil.rmtree(self.path / PARTS, ignore_errors=True)

    def table(self, name: str) -> pd.DataFrame:
        """A final table of a finished run.

        Raises `InputError` when it cannot be read or is not the one that the manifest describes.
        """
        try:
            stored: pd.DataFrame = parquet.read_table(self.path / f"{name}.parquet").to_pandas()
            manifest = json.loads((self.path / MANIFEST_FILE).read_text(encoding="utf-8"))
            is_whole = manifest["digests"][name] == table_digest(stored)
        except (OSError, ValueError, KeyError) as fault:
            raise InputError("run.damaged_folder", folder=self.path, table=name) from fault
        if not is_whole:
            raise InputError("run.damaged_folder", folder=self.path, table=name)
        return stored

    def _manifest(self, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
        return {
            "plan": self.description,
            "quantities": list(Rows._fields),
            "assumptions": self._assumptions(),
            "law": {
                scenario.name: law_behind(scenario, self.plan.period) for scenario in self.plan.scenarios
            },
            "digests": {name: table_digest(table) for name, table in tables.items()},
            "versions": {
                "jamsos-sim": version("jamsos-sim"),
                "python": platform.python_version(),
                **{library: version(library) for library in LIBRARIES},
            },
        }

    def _assumptions(self) -> dict[str, Any]:
        described: dict[str, Any] = {}
        for scenario, assumptions in zip(self.plan.scenarios, assumptions_of(self.plan), strict=True):
            seeds = [seed_of(self.plan.seed, world) for world in range(self.plan.worlds)]
            draws = [draw_assumptions(assumptions, seed) for seed in seeds]
            described[scenario.name] = {
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
        return described


def is_content(entry: Path) -> bool:
    """Whether a file is somebody's, not one that a file browser leaves behind."""
    return not entry.name.startswith(".") and entry.name.lower() not in {"desktop.ini", "thumbs.db"}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say what is wrong with a folder that cannot be written to; raises `InputError` for `OSError`."""
    try:
        yield
    except OSError as fault:
        raise InputError("run.not_writable", folder=folder, reason=fault.strerror or fault) from fault


def _write_json(path: Path, content: object) -> None:
    temporary = path.with_name(path.name + ".partial")
    temporary.write_text(
        json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    os.replace(temporary, path)
