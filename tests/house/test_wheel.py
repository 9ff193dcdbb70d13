"""An installed package has what the checkout has: rules, tables, sentences, scenarios."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = {".yaml", ".csv", ".toml", ".json", ".md"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_module_and_data_file_is_shipped(shipped: set[str]) -> None:
    package = CHECKOUT / "src"
    files = [path for path in package.rglob("*") if path.suffix in DATA | {".py"}]
    assert {path.relative_to(package).as_posix() for path in files} <= shipped


def test_every_scenario_is_shipped_inside_the_package(shipped: set[str]) -> None:
    files = [path for path in (CHECKOUT / "scenarios").iterdir() if path.suffix in DATA]
    assert files
    assert {f"jamsos_sim/scenarios/{path.name}" for path in files} <= shipped


def test_tests_and_machine_folders_are_not_shipped(shipped: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in shipped} == {"jamsos_sim"}
    assert not any("__pycache__" in name for name in shipped)
