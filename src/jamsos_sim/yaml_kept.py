"""What YAML texts say, kept beside the compiled loops: reading them takes longer than simulating a small run.

What is kept is named by the text itself, by how it is read, and by the versions of the reader; so it is never
stale, and without a folder to write to every text is read anew.
"""

import contextlib
import hashlib
import pickle
import sys
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jamsos_sim.compiled_files import folder_of_versions, read_kept, write_kept

FOLDER = "documents"
MOST_FILES = 500
"""Files that stay; some hundred bytes to some ten thousand each."""
READER = "yaml_reader"

_of_this_process: dict[str, bytes] = {}


def kept(text: str, function: str) -> Any:
    """What a function of `yaml_reader` reads in a text; it reads once for each text and version.

    Each caller gets a copy of its own. Raises what the function raises; faults are not kept.
    """
    name = hashlib.sha256(f"{_versions()}\n{function}\n{text}".encode()).hexdigest()
    content = _of_this_process.get(name) or _stored(name)
    if content is None:
        # Importing the library takes longer than looking for what is kept.
        read = getattr(import_module(f"jamsos_sim.{READER}"), function)
        content = _stored_anew(name, read(text))
    _of_this_process[name] = content
    return pickle.loads(content)


def _stored(name: str) -> bytes | None:
    versions = folder_of_versions()
    return None if versions is None else read_kept(versions / FOLDER / name)


def _stored_anew(name: str, said: object) -> bytes:
    content, versions = pickle.dumps(said), folder_of_versions()
    if versions is not None:
        folder = versions / FOLDER
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make_room(folder)
        write_kept(folder / name, content)
    return content


def _make_room(folder: Path) -> None:
    ages = sorted((path.stat().st_mtime, path) for path in folder.iterdir())
    for _, path in ages[:-MOST_FILES]:
        path.unlink(missing_ok=True)


@cache
def _versions() -> str:
    """Everything beside a text that decides what is read in it."""
    source = hashlib.sha256(Path(__file__).with_name(f"{READER}.py").read_bytes()).hexdigest()
    return f"{source} {version('ruamel.yaml')} {sys.version}"
