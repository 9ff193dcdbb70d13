"""Files that keep between processes what took long to make: whole and undamaged, or not there at all."""

import contextlib
import hashlib
import os
import uuid
from pathlib import Path

import platformdirs

VARIABLE = "JAMSOS_CACHE"
"""Environment variable that names the folder to keep compiled loops in; ``off`` keeps none."""
OFF = "off"

DIGEST_SIZE = hashlib.sha256().digest_size


def folder_of_versions() -> Path | None:
    """The folder that holds one folder for each version of the code; ``None`` when nothing is to be kept."""
    asked = os.environ.get(VARIABLE)
    if asked == OFF:
        return None
    try:
        return Path(asked) if asked else platformdirs.user_cache_path("jamsos_sim") / "compiled"
    except RuntimeError:  # nobody knows where the user's home is
        return None


def read_kept(path: Path) -> bytes | None:
    """What was written, or ``None`` when nothing was or the file is damaged: nobody runs guessed code."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    digest, content = stored[:DIGEST_SIZE], stored[DIGEST_SIZE:]
    return content if hashlib.sha256(content).digest() == digest else None


def write_kept(path: Path, content: bytes) -> None:
    """Write under a temporary name and rename; where that is not possible, keep nothing."""
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}.new")
    try:
        temporary.write_bytes(hashlib.sha256(content).digest() + content)
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
