"""Find a scenario by path or name: beside the file that names it, in ``scenarios/`` here, or shipped."""

from collections.abc import Iterator
from pathlib import Path

from jamsos_sim.errors import InputError
from jamsos_sim.yaml_file import FileName, closest

ENDINGS = (".yaml", ".yml")
FOLDER = "scenarios"
CURRENT_PROGRAMME = "program_berjalan"
"""The programme that the shipped region runs today."""


def shipped_folder() -> Path:
    """Folder of the scenarios that come with the toolkit: in the package, or at the top of a checkout."""
    package = Path(__file__).parent
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parents[1] / FOLDER


def shipped_scenarios() -> tuple[str, ...]:
    """Names of the scenarios that come with the toolkit."""
    return tuple(sorted(path.stem for path in _files_in(shipped_folder())))


def available_scenarios() -> dict[str, Path]:
    """Name to file of every scenario that a command can name: in ``scenarios/`` here, or shipped."""
    paths = [*_files_in(shipped_folder()), *_files_in(Path(FOLDER))]
    return dict(sorted((path.stem, path) for path in paths))


def find_scenario(name: FileName, beside: Path | None = None) -> Path:
    """File of a scenario.

    Parameters
    ----------
    name:
        A path, or a name without folder and ending.
    beside:
        Folder of the file that names it; a relative path starts there.

    Raises `InputError` with the closest name when there is no such scenario.
    """
    for path in _candidates(Path(name), beside):
        if _is_there(path):
            return path
    folders = [FOLDER] if beside is None else [str(beside), FOLDER]
    known = {path.stem for folder in folders for path in _files_in(Path(folder))} | set(shipped_scenarios())
    near = closest(Path(name).stem, sorted(known))
    if near is not None:
        raise InputError("scenario.unknown_near", name=name, near=near)
    raise InputError("scenario.unknown", name=name, known=", ".join(sorted(known)))


def _candidates(name: Path, beside: Path | None) -> Iterator[Path]:
    own = [] if beside is None else [beside]
    if name.suffix in ENDINGS or len(name.parts) > 1:
        yield from (folder / name for folder in [*own, Path()])
        return
    for folder in [*own, Path(FOLDER), shipped_folder()]:
        yield from (folder / f"{name}{ending}" for ending in ENDINGS)
    yield name


def _is_there(path: Path) -> bool:
    """Whether something is there to be opened; what can't be looked at is left to the reader of files."""
    try:
        return path.exists()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS)
    except OSError:
        return []
