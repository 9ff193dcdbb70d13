"""What is declared, what is locked and what is imported are the same packages."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (CHECKOUT / "requirements-dev.lock").read_text(encoding="utf-8")
CONDA = (CHECKOUT / "environment.yml").read_text(encoding="utf-8")
CORE = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
EXTRAS = {
    name: [Requirement(line) for line in lines]
    for name, lines in PROJECT["project"]["optional-dependencies"].items()
}
CONDA_EXTRAS = ("cluster", "lab", "test")
FIXED = {"jupyterlab", "numpy", "pandas", "mesa", "matplotlib", "nbval"}
MODULE_OF = {"python-calamine": "python_calamine", "ruamel-yaml": "ruamel"}
PART_OF = {"llvmlite": "numba", "pydantic_core": "pydantic"}
OF_AN_EXTRA = {"distributed"}  # imported where a cluster is asked for
NEEDED_BY_ANOTHER = {"networkx"}  # Mesa imports it without declaring it


def bounds(requirements: list[Requirement]) -> dict[str, SpecifierSet]:
    named = {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}
    return {name: specifier for name, specifier in named.items() if name != "jamsos-sim"}


def pins() -> dict[str, set[str]]:
    """Package to its locked versions: more than one where Pythons or platforms differ."""
    locked: dict[str, set[str]] = {}
    for line in LOCK.splitlines():
        name, _, version = line.partition(";")[0].strip().partition("==")
        locked.setdefault(canonicalize_name(name), set()).add(version)
    return locked


def conda_packages() -> list[str]:
    listed = YAML(typ="safe").load(CONDA)["dependencies"]
    return [entry for entry in listed if isinstance(entry, str)]


def declared() -> dict[str, SpecifierSet]:
    return bounds([*CORE, *(requirement for extra in EXTRAS.values() for requirement in extra)])


def imported_packages() -> set[str]:
    sources = (CHECKOUT / "src").rglob("*.py")
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    selective = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    outer = {name.partition(".")[0] for name in plain | selective} - sys.stdlib_module_names - {"jamsos_sim"}
    return {PART_OF.get(name, name) for name in outer}


def test_the_conda_environment_has_the_bounds_of_the_project() -> None:
    here = bounds([Requirement(entry) for entry in conda_packages() if entry != "pip"])
    python = here.pop("python")
    assert here == bounds([*CORE, *(entry for extra in CONDA_EXTRAS for entry in EXTRAS[extra])])
    assert python == SpecifierSet(PROJECT["project"]["requires-python"])


def test_the_conda_environment_has_the_fixed_packages() -> None:
    assert {Requirement(entry).name for entry in conda_packages()} >= FIXED


def test_the_lock_pins_every_declared_package() -> None:
    assert set(declared()) <= set(pins())


@pytest.mark.parametrize("name", declared())
def test_every_pin_is_within_the_declared_bounds(name: str) -> None:
    assert all(version in declared()[name] for version in pins()[name])


def test_a_package_declared_twice_has_one_bound() -> None:
    lists = [bounds(requirements) for requirements in (CORE, *EXTRAS.values())]
    known = declared()
    assert all(known[name] == specifier for named in lists for name, specifier in named.items())


def test_the_build_tools_are_locked_too() -> None:
    tools = bounds([Requirement(line) for line in PROJECT["build-system"]["requires"]])
    assert tools.items() <= bounds(EXTRAS["test"]).items()


@pytest.mark.parametrize("text", [LOCK, CONDA], ids=["lock", "environment"])
def test_no_address_of_a_package_index_is_committed(text: str) -> None:
    assert re.search(r"://|--(extra-)?index-url|--find-links|@ file", text) is None


def test_every_imported_package_is_a_core_dependency_or_known_to_be_an_extra() -> None:
    modules = {MODULE_OF.get(name, name) for name in bounds(CORE)}
    assert imported_packages() <= modules | OF_AN_EXTRA
    assert {extra for extra in EXTRAS if OF_AN_EXTRA & set(bounds(EXTRAS[extra]))} == {"cluster", "test"}


def test_every_core_dependency_is_imported() -> None:
    modules = {MODULE_OF.get(name, name) for name in set(bounds(CORE)) - NEEDED_BY_ANOTHER}
    assert modules <= imported_packages()
