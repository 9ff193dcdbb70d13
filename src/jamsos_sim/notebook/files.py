"""The notebooks that come with the toolkit: where they lie, and a folder of one's own with them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.scenario_names import shipped_folder as shipped_scenarios
from jamsos_sim.yaml_file import closest

FOLDER = "notebooks"
ENDING = ".ipynb"
README = "README.md"
SCENARIOS = "scenarios"
FOLDERS_ABOVE = 2
"""A notebook in English of a checkout lies two folders below the scenarios."""
REGISTER = "contoh_register"
"""Example of a register and its map, invented."""


class Copied(NamedTuple):
    """How many files a new folder has got."""

    notebooks: int
    scenarios: int


def shipped_notebooks() -> Path:
    """Folder of the notebooks that come with the toolkit: in the package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parents[1] / FOLDER


def shipped_register() -> Path:
    """Folder of the example of a register."""
    return Path(__file__).parents[1] / "regions" / DEFAULT_REGION / "example"


def in_language(folder: Path, lang: str) -> Path:
    """Where a folder of notebooks keeps those of a language: Indonesian ones at the top."""
    return folder if lang == DEFAULT_LANGUAGE else folder / lang


def notebooks_in(folder: Path, lang: str) -> dict[str, Path]:
    """Name to file of the notebooks of a language in a folder; none when it cannot be looked into."""
    try:
        return {path.stem: path for path in sorted(in_language(folder, lang).glob(f"*{ENDING}"))}
    except OSError:
        return {}


def own_scenario(name: str) -> Path:
    """File of a scenario as a notebook in either language finds it: in ``scenarios/`` here or just above.

    What is in neither is left to the search for names, which knows the shipped scenarios.
    """
    here = Path.cwd()
    folders = [folder / SCENARIOS for folder in (here, *here.parents[:FOLDERS_ABOVE])]
    found = (folder / f"{name}.yaml" for folder in folders if (folder / f"{name}.yaml").is_file())
    return next(found, Path(name))


def find_notebook(name: str, lang: str) -> Path:
    """File of a notebook: by path, or by name or number in this folder, in ``notebooks/`` here, or shipped.

    Raises `InputError` with the closest name when there is none.
    """
    path = Path(name)
    if path.suffix == ENDING and path.is_file():
        return path
    known: dict[str, Path] = {}
    for folder in (shipped_notebooks(), Path(FOLDER), Path()):
        known |= notebooks_in(folder, lang)
    stem = path.stem if path.suffix == ENDING else name
    found = known.get(stem) or _by_number(known, stem)
    if found is not None:
        return found
    near = closest(stem, sorted(known))
    if near is not None:
        raise InputError("notebooks.unknown_notebook_near", name=name, near=near)
    raise InputError("notebooks.unknown_notebook", name=name, known=", ".join(sorted(known)))


def _by_number(known: dict[str, Path], number: str) -> Path | None:
    found = [path for name, path in known.items() if number.isdecimal() and name.startswith(f"{number}_")]
    return found[0] if len(found) == 1 else None


def make_folder(folder: Path) -> Copied:
    """Make a folder with the notebooks of both languages, the scenarios and a README.

    A new folder appears under its name only when it is whole; an empty one is filled. Raises `InputError`
    when there is a file of that name or something in the folder, and when it cannot be written.
    """
    try:
        _require_nothing_there(folder)
        folder = folder.absolute()
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = folder.with_name(f".{folder.name}.{uuid4().hex}.part")
        try:
            copied = _fill(fresh)
            _put_in_place(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise InputError("notebooks.no_access", folder=folder, reason=error) from None
    return copied


def _put_in_place(fresh: Path, folder: Path) -> None:
    if not folder.is_dir():
        fresh.rename(folder)
        return
    for entry in fresh.iterdir():
        entry.rename(folder / entry.name)


def _require_nothing_there(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            raise InputError("notebooks.folder_not_empty", folder=folder)
    elif folder.exists():
        raise InputError("notebooks.folder_is_file", folder=folder)


def _fill(folder: Path) -> Copied:
    notebooks = list(_copies(folder))
    for source, target in notebooks:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(Path(__file__).with_name(README), folder / README)
    shutil.copytree(shipped_scenarios(), folder / SCENARIOS)
    shutil.copytree(shipped_register(), folder / REGISTER)
    return Copied(len(notebooks), len(list((folder / SCENARIOS).glob("*.yaml"))))


def _copies(folder: Path) -> Iterator[tuple[Path, Path]]:
    for lang in LANGUAGES:
        for path in notebooks_in(shipped_notebooks(), lang).values():
            yield path, in_language(folder, lang) / path.name
