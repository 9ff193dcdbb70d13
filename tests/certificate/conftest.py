"""A small stored run, and a copy of it for each test."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from jamsos_sim import simulate
from jamsos_sim.api import Settings

SMALL = Settings(worlds=2, workers=150, last="2024-03", threads=1)
NAMES = ("program_berjalan", "usulan")
DRAFT = (
    "name: usulan\ntitle: {id: Usulan, en: Draft}\ndiffers_from: program_berjalan\n"
    "clauses: {kuota: {in_force: 2023-02, sets: {places: 20_000}}}\n"
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of the current programme and a draft whose file is gone since."""
    folder = tmp_path_factory.mktemp("tersimpan")
    draft = folder / "usulan.yaml"
    draft.write_text(DRAFT, encoding="utf-8")
    simulate("program_berjalan", draft, **SMALL, out=folder / "hasil")
    draft.unlink()
    return folder / "hasil"


@pytest.fixture
def stored(made: Path, tmp_path: Path) -> Path:
    """A copy of the run's folder."""
    return Path(shutil.copytree(made, tmp_path / "hasil"))


def manifest_in(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def change_manifest(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = manifest_in(folder)
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def change_table(folder: Path, name: str, change: Callable[[pd.DataFrame], pd.DataFrame | None]) -> None:
    table = pd.read_parquet(folder / f"{name}.parquet")
    changed = change(table)
    (table if changed is None else changed).to_parquet(folder / f"{name}.parquet", index=False)
