"""Stages read only what stands before them, and every file has one subject of reasonable length."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "jamsos_sim"
LONGEST_FILE = 400

# A family is the first part of a module's name: `scenario_file` belongs to `scenario`.
STAGES = (
    {"units", "interval", "errors", "messages", "chance", "compiled", "yaml", "privacy"},
    {"law"},
    {"assumptions", "population"},
    {"levers", "scenario"},
    {"model"},
    {"ensemble"},
    {"outcomes"},
    {"study"},
    {"report"},
    {"api"},
    {"certificate"},
    {"selftest"},
    {"notebook"},
    {"cli"},
)
STAGE_OF = {family: stage for stage, families in enumerate(STAGES) for family in families}


def family_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0].partition("_")[0]


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported_modules(source: str) -> Iterator[str]:
    """Names of the package's own modules that a source imports, wherever in the file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "jamsos_sim":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jamsos_sim."):
            yield str(node.module).removeprefix("jamsos_sim.")
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (name.removeprefix("jamsos_sim.") for name in names if name.startswith("jamsos_sim."))


def imports_to_the_right(family: str, source: str) -> list[str]:
    """Imported modules that stand in a later stage than the family."""
    return [
        module
        for module in imported_modules(source)
        if STAGE_OF.get(family_of(module), len(STAGES)) > STAGE_OF[family]
    ]


def test_every_module_belongs_to_a_stage() -> None:
    families = {family_of(path.relative_to(PACKAGE).parts[0].removesuffix(".py")) for path in modules()}
    assert families - {"regions"} <= set(STAGE_OF)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_its_own_or_earlier_stages(path: Path) -> None:
    family = family_of(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
    assert imports_to_the_right(family, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "from jamsos_sim.model.month import MONTH",
        "from jamsos_sim import model",
        "import jamsos_sim.scenario_file",
        "def late():\n    from jamsos_sim import simulate",
    ],
)
def test_an_import_from_a_later_stage_is_found(line: str) -> None:
    assert len(imports_to_the_right("law", line)) == 1


def test_relative_imports_are_not_used() -> None:
    relative = [
        path
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert relative == []


def test_no_file_is_longer_than_its_subject_needs() -> None:
    sources = [*modules(), CHECKOUT / "dev.py", *(CHECKOUT / "tests").rglob("*.py")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    assert {path.name: length for path, length in lengths.items() if length > LONGEST_FILE} == {}
