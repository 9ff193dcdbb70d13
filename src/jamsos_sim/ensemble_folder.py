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
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from math import prod
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
from pyarrow import ArrowException, Table, parquet

from jamsos_sim.ensemble import PATIENCE, Ledgers, Plan, Simulated, StoppedError, cell_shape, ledger_shape
from jamsos_sim.ensemble_digest import table_digest
from jamsos_sim.ensemble_lock import locked
from jamsos_sim.ensemble_manifest import MANIFEST_FILE, description_of, manifest_of
from jamsos_sim.ensemble_table import LongTable, Piece, read_quantities
from jamsos_sim.errors import InputError

T = TypeVar("T")

PLAN_FILE = "plan.json"
PARTS = "parts"
PARTIAL = ".partial"
LEFT_BEHIND = (f"*{PARTIAL}", f"{PARTS}/*{PARTIAL}", ".*.png.*.part")
"""Half-written tables, worlds and figures."""
FULL = {errno.ENOSPC, errno.EDQUOT}
DIGEST_BYTES = 32
UNREADABLE = (ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, MemoryError)
"""What reading a damaged table may raise."""


class Written(NamedTuple):
    """Digests of a table that has been written: of its values, and of its file."""

    values: str
    file: str


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

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Make the folder or take up the run that lies in it, alone among all processes until the end.

        A finished run is read by many at once. Raises `InputError` when the folder holds another run or other
        files, cannot be written, or is being written by another process.
        """
        if self.is_finished and self._stored_description() != self.description:
            raise InputError("run.other_run", folder=self.path)
        with ExitStack() as held:
            try:
                with writing(self.path):
                    self.path.mkdir(parents=True, exist_ok=True)
                    held.enter_context(locked(self.path))
            except InputError:
                if not self.is_finished:
                    raise
            else:
                self._open()
            yield

    def _open(self) -> None:
        with writing(self.path):
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

    def keep(self, world: int, done: Simulated) -> None:
        """Store a simulated world."""
        content = io.BytesIO()
        with writing(self.path):
            np.save(content, np.concatenate([part.reshape(len(part), -1) for part in done], axis=1))
            content.write(hashlib.sha256(content.getbuffer()).digest())
            _write(self._part(world), content.getbuffer())

    def _kept(self, world: int) -> Ledgers | None:
        """A stored world, scenario by numbers, if it is there as it was written."""
        try:
            content = self._part(world).read_bytes()
        except FileNotFoundError:
            return None
        numbers, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
        if hashlib.sha256(numbers).digest() != digest:
            return None
        kept: Ledgers = np.load(io.BytesIO(numbers))
        return kept

    def require_all_worlds(self) -> None:
        """Raise `InputError` when a part was lost or damaged while the run went on."""
        if self.missing_worlds():
            raise InputError("run.lost_part", folder=self.path)

    def ledgers_of(self, piece: Piece) -> Ledgers:
        """Stored worlds of one scenario: world by quantity by month."""
        shape = ledger_shape(self.plan)
        return np.stack([numbers[: prod(shape)].reshape(shape) for numbers in self._numbers_of(piece)])

    def cells_of(self, piece: Piece) -> Ledgers:
        """Cells of stored worlds of one scenario: world by quantity by year by cell."""
        first, shape = prod(ledger_shape(self.plan)), cell_shape(self.plan)
        return np.stack([numbers[first:].reshape(shape) for numbers in self._numbers_of(piece)])

    def _numbers_of(self, piece: Piece) -> Iterator[Ledgers]:
        """All numbers of each stored world of one scenario."""
        for world in range(piece.start, piece.stop):
            yield np.load(self._part(world), mmap_mode="r")[piece.scenario]

    def finish(
        self,
        tables: Mapping[str, pd.DataFrame | LongTable],
        more: Iterable[tuple[str, pd.DataFrame]] = (),
        threads: int | None = None,
    ) -> None:
        """Write the final tables, then the manifest; the parts go.

        ``more`` are tables, each with its name, that are made and written one by one afterwards. So many
        others as there are ``threads``, or processors, are written side by side.
        """
        written: dict[str, Written] = {}
        with writing(self.path):
            written |= self._write_side_by_side(tables, threads or os.cpu_count() or 1)
            written |= {name: self._write_table(name, table) for name, table in more}
            digests = {name: each.values for name, each in written.items()}
            files = {name: each.file for name, each in written.items()}
            _write_json(self.path / MANIFEST_FILE, manifest_of(self.plan, digests, files))
        shutil.rmtree(self.path / PARTS, ignore_errors=True)

    def _write_side_by_side(
        self, tables: Mapping[str, pd.DataFrame | LongTable], threads: int
    ) -> dict[str, Written]:
        """Write tables in several threads: compressing and digesting go on without the interpreter lock.

        When one fails, or the user interrupts, the others end with their next piece, before this returns.
        """
        stop = threading.Event()

        def go_on() -> None:
            if stop.is_set():
                raise StoppedError

        with ThreadPoolExecutor(max_workers=threads) as pool:
            try:
                writing_now = {
                    name: pool.submit(self._write_table, name, table, go_on) for name, table in tables.items()
                }
                # A wait without a limit would hold back Ctrl-C on Windows.
                while wait(writing_now.values(), timeout=PATIENCE, return_when=FIRST_EXCEPTION).not_done:
                    for each in writing_now.values():
                        if each.done():
                            each.result()
            finally:
                stop.set()
        return {name: each.result() for name, each in writing_now.items()}

    def _write_table(
        self, name: str, table: pd.DataFrame | LongTable, go_on: Callable[[], None] = lambda: None
    ) -> Written:
        """Write a final table under its name."""
        file = self.path / table_file(name)
        if isinstance(table, LongTable):
            return Written(_write_with(file, lambda opened: table.write(opened, go_on)), file_digest(file))
        _write(file, _parquet_of(table))
        return Written(table_digest(table), file_digest(file))

    def require_tables(self, names: Sequence[str]) -> None:
        """Raise `InputError` when a table of the finished run is not the one that its manifest describes."""
        for name in names:
            try:
                manifest = json.loads((self.path / MANIFEST_FILE).read_text(encoding="utf-8"))
                is_untouched = manifest["files"][name] == file_digest(self.path / table_file(name))
            except (OSError, ValueError, KeyError, TypeError) as fault:
                raise InputError("run.damaged_folder", folder=self.path, table=name) from fault
            if not is_untouched:
                self.table(name)

    def quantities(self, name: str, quantities: Collection[str]) -> pd.DataFrame:
        """Rows of some quantities of a table; raises `InputError` when it cannot be read."""
        try:
            return read_quantities(self.path / table_file(name), quantities)
        except UNREADABLE as fault:
            raise InputError("run.damaged_folder", folder=self.path, table=name) from fault

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
        return file_digest(folder / table_file(name))
    except OSError:
        return None


def file_digest(path: Path) -> str:
    """Digest of a file, byte for byte; raises `OSError` when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
        raise InputError("run.not_writable", folder=folder, reason=fault) from fault


def _parquet_of(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    parquet.write_table(Table.from_pandas(table, preserve_index=False), content, compression="zstd")
    return content.getvalue()


def _write_json(path: Path, content: object) -> None:
    _write(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _write(path: Path, content: bytes | memoryview) -> None:
    _write_with(path, lambda file: file.write(content))


def _write_with(path: Path, write: Callable[[IO[bytes]], T]) -> T:
    """Write a file under a temporary name and rename it, so that its own name never stands for half of it."""
    temporary = path.with_name(path.name + PARTIAL)
    try:
        with temporary.open("wb") as file:
            told = write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)  # a full disk needs the room
        raise
    return told
