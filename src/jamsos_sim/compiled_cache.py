"""Compiled loops kept on disk, one file for each loop and each set of types of its arguments.

Numba's own cache does not notice a change in another file, and two processes that save at once can swap each
other's code in its index. Here a file is named by everything that decides what is in it, written under a
temporary name and renamed; there is no index.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jamsos_sim.compiled_code import packed, unpacked
from jamsos_sim.compiled_files import read_kept, write_kept
from jamsos_sim.compiled_folder import PACKAGE, code_folder
from jamsos_sim.compiled_meaning import meaning_of


class CodeCache:
    """What numba asks for the compiled code of one loop, and gives it to when it is new."""

    def __init__(self, loop: Callable[..., Any]) -> None:
        self.loop = loop
        # Only sources of the package are part of the folder's name.
        self.is_enabled = Path(loop.__code__.co_filename).is_relative_to(PACKAGE)

    @property
    def cache_path(self) -> str | None:
        """Folder of the code of all loops, or ``None`` when none is kept."""
        folder = code_folder()
        return None if folder is None else str(folder)

    def enable(self) -> None:
        """Keep code from now on."""
        self.is_enabled = True

    def disable(self) -> None:
        """Neither keep code nor look for it."""
        self.is_enabled = False

    def flush(self) -> None:
        """Nothing: what is kept is never stale."""

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """Code kept for these types, or ``None``: then it is compiled."""
        path = self._file(signature)
        content = None if path is None else read_kept(path)
        return None if content is None else unpacked(target_context, content)

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep new code where a folder can be written; elsewhere it serves this process only."""
        path = self._file(signature)
        if path is None or result.lifted or result.library.has_dynamic_globals:
            return
        write_kept(path, packed(result))

    def _file(self, signature: Any) -> Path | None:
        folder = code_folder() if self.is_enabled else None
        if folder is None:
            return None
        named = f"{self.loop.__module__}.{self.loop.__qualname__}"
        decided = hashlib.sha256(f"{named}\n{signature}\n{meaning_of(self.loop)}".encode()).hexdigest()
        return folder / f"{named}.{decided[:24]}.bin"
