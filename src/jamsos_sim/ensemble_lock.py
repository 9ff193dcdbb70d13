"""One process at a time writes the folder of a run.

The lock is the operating system's: it ends with the process that holds it, however that ends, so a killed run
never locks its own resumption out.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jamsos_sim.errors import InputError

LOCK_FILE = ".lock"
HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""What the system answers when another process holds the lock."""

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a run's folder.

    Raises `InputError` at once when somebody else holds it, `OSError` when the folder cannot be written.
    """
    path = folder / LOCK_FILE
    file = _taken(path)
    try:
        yield
    finally:
        if sys.platform == "win32":  # pragma: no cover
            os.close(file)  # an open file cannot be removed there
        with suppress(OSError):
            path.unlink()
        if sys.platform != "win32":
            os.close(file)


def _taken(path: Path) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _take(file)
        except OSError as fault:
            if fault.errno in HELD:
                os.close(file)
                raise InputError("run.in_use", folder=path.parent) from fault
            # Some shared folders know no locks; a run there is as safe as its user is careful.
        if _is_still(path, file):
            return file
        os.close(file)


def _is_still(path: Path, file: int) -> bool:
    """Whether an open file is still the one of its name: its last holder may have removed it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except OSError:
        return False
