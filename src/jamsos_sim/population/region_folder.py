"""Find the folder of a region by name or path: in ``regions/`` here, shipped, or anywhere else."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from jamsos_sim.errors import InputError
from jamsos_sim.yaml_file import closest

FOLDER = "regions"
ABOUT = "region.yaml"
ASSUMPTIONS = "assumptions"
TABLES = ("kecamatan.csv", "kelurahan.csv", "age_sex.csv", "occupations.csv", "deciles.csv", "mortality.csv")
OPTIONAL_TABLES = ("apbd.csv",)
"""Tables that a folder may leave out."""


def shipped_regions() -> dict[str, Path]:
    """Name to folder of the regions that come with the toolkit."""
    return _regions_in(Path(__file__).parents[1] / FOLDER)


def available_regions() -> dict[str, Path]:
    """Name to folder of every region that a command can name: in ``regions/`` here, or shipped."""
    return dict(sorted({**shipped_regions(), **_regions_in(Path(FOLDER))}.items()))


def folder_of(region: str | Path) -> Path:
    """Folder of a region, given by its name or by a path.

    Raises `InputError` with the closest name when there is none, and when a file stands there.
    """
    known = available_regions()
    if str(region) in known:
        return known[str(region)]
    path = Path(region)
    try:
        if path.is_dir():
            return path.resolve()
        is_there = path.exists()
    except (OSError, ValueError):
        is_there = False
    if is_there:
        raise InputError("region.not_a_folder", path=path)
    near = closest(path.name, known)
    if near is not None:
        raise InputError("region.unknown_near", name=region, near=near)
    raise InputError("region.unknown", name=region, known=", ".join(known))


def assumption_files(folder: Path) -> list[Path]:
    """Files of a region's assumptions, in the order of their names."""
    return sorted((folder / ASSUMPTIONS).glob("*.yaml"))


def digest_of(folder: Path) -> str:
    """Digest of everything a region's folder says, whatever its place and its line ends."""
    digest = hashlib.sha256()
    for path in _files_of(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(_content(path))
    return digest.hexdigest()


def file_digests(folder: Path) -> dict[str, str]:
    """File to digest of everything a region's folder says, whatever its line ends."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(_content(path)).hexdigest()
        for path in _files_of(folder)
    }


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except OSError:  # said in a sentence by whoever reads the file
        return b""


def _files_of(folder: Path) -> Iterator[Path]:
    named = [folder / name for name in (ABOUT, *TABLES, *OPTIONAL_TABLES)]
    yield from (path for path in named if path.is_file())
    yield from assumption_files(folder)


def _regions_in(folder: Path) -> dict[str, Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return {}
    return {entry.name: entry.resolve() for entry in entries if (entry / ABOUT).is_file()}
