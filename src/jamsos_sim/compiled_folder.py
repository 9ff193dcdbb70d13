"""Where compiled loops are kept between processes: a folder of the user's, named by all that decides them.

The name is the digest of every source file that a compiled loop can reach, of Python, of the libraries, of
the processor and of the compiler's settings. A change in any of them means another folder, so that nothing
kept is ever stale. Without a folder that can be written, loops are compiled in memory.
"""

import hashlib
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numba
import numpy as np
from numba.core.registry import cpu_target

from jamsos_sim.compiled_files import folder_of_versions

PACKAGE = Path(__file__).resolve().parent
FOLDERS_KEPT = 16
"""Folders of the latest versions that stay when a new one is made; each takes a few megabytes."""

MARK = "walked"
"""File that says that a whole run has put its code beside it."""
VERSION = re.compile(r"[0-9a-f]{32}")
"""Name of the folder of a version."""

COMPILER_SETTINGS = (
    "OPT",
    "BOUNDSCHECK",
    "LOOP_VECTORIZE",
    "SLP_VECTORIZE",
    "DEBUGINFO_DEFAULT",
    "DISABLE_INTEL_SVML",
)

# Each begins with what is rare in a source, so that hundreds of files are searched in milliseconds; what is
# found in a text that is no import adds a source, and leaves out none.
_IMPORT = re.compile(r"from[ \t]+(jamsos_sim[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)")
_IMPORT_OF_MODULE = re.compile(r"import[ \t]+(jamsos_sim[\w.]*)")
_MAKES_LOOPS = re.compile(r"@(?:compiled|touches)\b")


@cache
def code_folder() -> Path | None:
    """The folder of this version of the code, made if need be; ``None`` when none can be written."""
    versions = folder_of_versions()
    if versions is None:
        return None
    folder = versions / version_digest()
    try:
        is_new = not folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.utime(folder)
    except OSError:
        return folder if folder.is_dir() else None
    if is_new:
        remove_older_folders(versions)
    return folder


def is_code_kept() -> bool:
    """Whether a whole run has left its compiled code on disk; a few loops alone are not enough."""
    folder = code_folder()
    return folder is not None and (folder / MARK).exists()


def mark_code_kept() -> None:
    """Leave word that a whole run has kept its code."""
    folder = code_folder()
    if folder is not None:
        with suppress(OSError):
            (folder / MARK).touch()


def remove_older_folders(versions: Path) -> None:
    """Remove all but the folders used last. Whoever still uses one compiles again, and loses nothing."""
    ages: list[tuple[float, Path]] = []
    for folder in versions.iterdir():
        if not VERSION.fullmatch(folder.name):  # whatever else its user keeps there
            continue
        try:
            ages.append((folder.stat().st_mtime, folder))
        except OSError:  # another process has just removed it
            continue
    for _, folder in sorted(ages, reverse=True)[FOLDERS_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def version_digest() -> str:
    """Digest of everything outside a loop that decides its compiled code."""
    digest = hashlib.sha256()
    for words in _versions():
        digest.update(f"{words}\n".encode())
    for name, path in sorted(reachable_sources().items()):
        digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:32]


def _versions() -> Iterator[str]:
    yield f"python {sys.implementation.cache_tag} {sys.version} {sys.byteorder} {platform.machine()}"
    yield f"numba {numba.__version__} llvmlite {version('llvmlite')} numpy {np.__version__}"
    yield f"platform, processor and its features {cpu_target.target_context.codegen().magic_tuple()}"
    for name in COMPILER_SETTINGS:
        yield f"setting {name} {getattr(numba.config, name, None)}"


def reachable_sources() -> dict[str, Path]:
    """Modules that make compiled loops and all that these import, directly or not: name to source file."""
    files = {_module_of(path): path for path in PACKAGE.rglob("*.py")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
    found = {name for name, source in texts.items() if _MAKES_LOOPS.search(source)}
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        # The package itself imports nothing before it is asked: its names lead everywhere.
        new = {each for each in _imported(texts[name]) if each in files and each != "jamsos_sim"} - found
        found |= new
        waiting += new
    return {name: files[name] for name in found | {"jamsos_sim"}}


def _module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(("jamsos_sim", *(parts[:-1] if parts[-1] == "__init__" else parts)))


def _imported(source: str) -> Iterator[str]:
    """Modules named by the imports of a source, the packages they stand in, and names that are none."""
    for module, names in _IMPORT.findall(source):
        yield from _with_packages(module)
        yield from (f"{module}.{name}" for name in re.findall(r"\w+", names))
    for module in _IMPORT_OF_MODULE.findall(source):
        yield from _with_packages(module)


def _with_packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[: end + 1]) for end in range(len(parts)))
