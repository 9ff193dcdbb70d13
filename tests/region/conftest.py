"""A second city: made up, smaller, with other trades and another definition of a vulnerable worker."""

import json
import shutil
from pathlib import Path

import pytest

from jamsos_sim.levers import all_levers
from jamsos_sim.scenario import FIRST_MONTH, load_scenario

KOTA_CONTOH = Path(__file__).parent / "kota_contoh"
OWN = {
    "places": {"2023-01": 600, "2024-01": 1_200},
    "budget.appropriation": 250_000_000,
    "eligibility.decile_ceiling": 3,
}


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the city's folder in the current directory, which is otherwise empty."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(KOTA_CONTOH, tmp_path / "kota_contoh"))


@pytest.fixture
def programme(city: Path) -> Path:
    """The city's own programme: a first scenario, which differs from none."""
    return write_programme(city.parent / "program_kami.yaml")


def write_programme(path: Path, more: str = "") -> Path:
    levers = load_scenario("program_berjalan").levers_at(FIRST_MONTH)
    sets = {name: value_of(levers, name) for name in all_levers()} | OWN
    path.write_text(
        f"name: {path.stem}\n"
        "title: {id: Program kota, en: The city's programme}\n"
        "differs_from: null\n"
        f"clauses: {{semua: {{in_force: 2023-01, sets: {json.dumps(sets)}}}}}\n{more}",
        encoding="utf-8",
    )
    return path


def value_of(levers: object, name: str) -> object:
    for part in name.split("."):
        levers = getattr(levers, part)
    return levers
