"""The folder of a run: durable parts, final tables, and the manifest that says what they are.

A world becomes one part, written under a temporary name and renamed, so a run that is stopped loses at most
the worlds it was working on. The manifest is written last: a folder with a manifest is a finished run.
"""

import errno
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pyarrow import ArrowException, Table, parquet

from jamsos_sim.ensemble import Ledgers, Plan
from jamsos_sim.ensemble_digest import table_digest
from jamsos_sim.ensemble_manifest import MANIFEST_FILE, description_of, manifest_of
from jamsos_sim.errors import InputError

PLAN_FILE = "plan.json"
PARTS = "parts"
PARTIAL = ".partial"
LEFT_BEHIND = (f"*{PARTIAL}", f"{PARTS}/*{PARTIAL}", ".*.png.*.part")
"""Half-written tables, worlds and figures."""
FULL = {errno.ENOSPC, errno.EDQUOT}
DIGEST_BYTES = 32
UNREADABLE = (ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, MemoryError)
"""What reading a damaged table may raise."""


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
            self._sweep()
            if not self.is_finished:
                _write_json(self.path / PLAN_FILE, self.description)  # now rather than after hours
                if self.keeps_worlds:
                    (self.path / PARTS).mkdir(exist_ok=True)

    def _sweep(self) -> None:
        """Remove what a killed run left half-written, and the parts of a finished one."""
        for pattern in LEFT_BEHIND:
            for left in self.path.glob(pattern):
                left.unlink(missing_ok=True)
        if self.is_finished:
            shutil.rmtree(self.path / PARTS, ignore_errors=True)

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
        """Numbers of the worlds that are not yet simulated, or whose part is not whole."""
        return [world for world in range(self.plan.worlds) if self._kept(world) is None]

    def keep(self, world: int, ledgers: Ledgers) -> None:
        """Store a simulated world."""
        content = io.BytesIO()
        with writing(self.path):
            np.save(content, ledgers)
            numbers = content.getvalue()
            _write(self._part(world), numbers + hashlib.sha256(numbers).digest())

    def _kept(self, world: int) -> Ledgers | None:
        """A stored world, if it is there as it was written."""
        try:
            content = self._part(world).read_bytes()
        except FileNotFoundError:
            return None
        numbers, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
        if hashlib.sha256(numbers).digest() != digest:
            return None
        ledgers: Ledgers = np.load(io.BytesIO(numbers))
        return ledgers

    def worlds(self) -> Ledgers:
        """All simulated worlds: world by scenario by quantity by month.

        Raises `InputError` when a part was lost while the run went on.
        """
        kept = [ledgers for world in range(self.plan.worlds) if (ledgers := self._kept(world)) is not None]
        if len(kept) < self.plan.worlds:
            raise InputError("run.lost_part", folder=self.path)
        return np.stack(kept)

    def finish(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Write the final tables, then the manifest; the parts go."""
        written: dict[str, str] = {}
        with writing(self.path):
            for name, table in tables.items():
                content = _parquet_of(table)
                _write(self.path / table_file(name), content)
                written[name] = hashlib.sha256(content).hexdigest()
            _write_json(self.path / MANIFEST_FILE, manifest_of(self.plan, tables, written))
        shutil.rmtree(self.path / PARTS, ignore_errors=True)

    def table(self, name: str) -> pd.DataFrame:
        """A final table of a finished run.

        Raises `InputError` when it cannot be read or is not the one that the manifest describes.
        """
        stored = stored_table(self.path, name)
        try:
            manifest = json.loads((self.path / MANIFEST_FILE).read_text(encoding="utf-8"))
            is_whole = manifest["digests"][name] == table_digest(stored)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise InputError("run.damaged_folder", folder=self.path, table=name) from fault
        if not is_whole:
            raise InputError("run.damaged_folder", folder=self.path, table=name)
        return stored


def written_plan(folder: Path) -> dict[str, Any]:
    """The plan that a run wrote when it began; empty when it is lost or damaged."""
    try:
        written = json.loads((folder / PLAN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return written if isinstance(written, dict) else {}


def table_file(name: str) -> str:
    """Name of the file of a table."""
    return f"{name}.parquet"


def stored_table(folder: Path, name: str) -> pd.DataFrame:
    """A table as it lies in a run's folder; raises `InputError` when it cannot be read."""
    try:
        with parquet.ParquetFile(folder / table_file(name)) as file:
            table: pd.DataFrame = file.read().to_pandas()
    except UNREADABLE as fault:
        raise InputError("run.damaged_folder", folder=folder, table=name) from fault
    return table


def stored_file_digest(folder: Path, name: str) -> str | None:
    """Digest of the file of a table, byte for byte; nothing when it cannot be read."""
    try:
        return hashlib.sha256((folder / table_file(name)).read_bytes()).hexdigest()
    except OSError:
        return None


def is_content(entry: Path) -> bool:
    """Whether a file is somebody's, not one that a file browser or a stopped run leaves behind."""
    is_left_behind = entry.name.startswith(".") or entry.name == PLAN_FILE + PARTIAL
    return not is_left_behind and entry.name.lower() not in {"desktop.ini", "thumbs.db"}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say what is wrong with a folder that cannot be written to; raises `InputError` for `OSError`."""
    try:
        yield
    except OSError as fault:
        if fault.errno in FULL:
            raise InputError("run.disk_full", folder=folder) from fault
        raise InputError("run.not_writable", folder=folder, reason=fault.strerror or fault) from fault


def _parquet_of(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    parquet.write_table(Table.from_pandas(table, preserve_index=False), content, compression="zstd")
    return content.getvalue()


def _write_json(path: Path, content: object) -> None:
    _write(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _write(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it, so that its own name never stands for half of it."""
    temporary = path.with_name(path.name + PARTIAL)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)  # a full disk needs the room
        raise
