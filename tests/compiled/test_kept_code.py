"""Compiled loops are kept between processes, and what is kept is never stale."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core.registry import cpu_target
from numba.core.runtime.nrt import rtsys

import jamsos_sim
from jamsos_sim.chance import draw
from jamsos_sim.compiled_code import make_known
from jamsos_sim.compiled_files import OFF
from jamsos_sim.compiled_folder import FOLDERS_KEPT, reachable_sources, remove_older_folders
from jamsos_sim.units import PARTS_PER_MILLION

PACKAGE = Path(jamsos_sim.__file__).parent
PROBE = """
from jamsos_sim import chance
from jamsos_sim.compiled import compiled, rule
from jamsos_sim.units import PARTS_PER_MILLION

@rule
def chosen(drawn):
    return drawn % PARTS_PER_MILLION

@compiled
def probe(key):
    return chosen(chance.draw(key, 7, 3))
"""
ASK = """
import numpy as np
from jamsos_sim import probe
answer = probe.probe(np.uint64(99))
print(answer, sum(probe.probe.stats.cache_hits.values()))
"""
PROBE_OF_COLUMNS = """
from jamsos_sim.model.columns import touches

@touches("communities.size", "ledger")
def largest(city):
    return max(city.communities.size) + city.ledger[0, 0]
"""
ASK_OF_COLUMNS = """
import numpy as np
from numba.core.event import install_recorder
from jamsos_sim.compiled_addresses import Columns, fields_of
from jamsos_sim.model.context import City
from jamsos_sim.probe_columns import largest

def blank(kind):
    if kind is int:
        return 0
    if isinstance(kind, Columns):
        return np.zeros((0,) * kind.dimensions, dtype=kind.dtype)
    return kind(**{name: blank(field.kind) for name, field in fields_of(kind).items()})

city = blank(City)
communities = city.communities._replace(size=np.arange(9, dtype=np.int32))
city = city._replace(communities=communities, ledger=np.full((1, 1), 30))
with install_recorder("numba:compile") as compilations:
    print(largest(city))
print(len(compilations.buffer) == 0)
"""
ASK_AFTER_REPLACING_A_RULE = """
import numpy as np
from jamsos_sim import probe
from jamsos_sim.compiled import rule
probe.chosen = rule(lambda drawn: -1)
print(probe.probe(np.uint64(99)), sum(probe.probe.stats.cache_hits.values()))
"""
ASK_WHAT_IS_LOADED = """
import sys
import numpy as np
from jamsos_sim import probe
probe.probe(np.uint64(99))
print(sum(name.startswith(("scipy.linalg", "numba.np.linalg", "numba.np.arraymath")) for name in sys.modules))
print(sum(probe.probe.stats.cache_hits.values()))
"""
ASK_FROM_A_NEW_LOOP = """
import numpy as np
from numba import njit
from jamsos_sim import probe
probe.probe(np.uint64(1))

@njit
def twice(key):
    return 2 * probe.probe(key) + np.arange(4).sum() - 6

print(twice(np.uint64(99)) // 2, sum(probe.probe.stats.cache_hits.values()))
"""
ANSWER = draw(99, 7, 3) % PARTS_PER_MILLION
needs_compiler = pytest.mark.skipif(
    os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="the compiler is switched off"
)


def answer_of(package: Path, kept: Path | str, script: str = ASK) -> tuple[int, int]:
    """What the probe of a package says in a process of its own, and how many loops were found compiled."""
    surroundings = {**os.environ, "PYTHONPATH": str(package), "JAMSOS_CACHE": str(kept)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, check=True
    )
    answer, hits = done.stdout.split()
    assert done.stderr == ""
    return int(answer), int(hits)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package that has loops of its own, and their kept code."""
    folder = tmp_path_factory.mktemp("original")
    copied = folder / "package" / "jamsos_sim"
    left_out = shutil.ignore_patterns("__pycache__", "regions", "notebook", "report")
    shutil.copytree(PACKAGE, copied, ignore=left_out)
    (copied / "probe.py").write_text(PROBE, encoding="utf-8")
    (copied / "probe_columns.py").write_text(PROBE_OF_COLUMNS, encoding="utf-8")
    assert answer_of(copied.parent, folder / "kept") == (ANSWER, 0)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of the original that a test may change."""
    return shutil.copytree(original, tmp_path / "copy")


def changed(file: Path, before: str, after: str) -> None:
    source = file.read_text(encoding="utf-8")
    assert before in source
    file.write_text(source.replace(before, after), encoding="utf-8")


@needs_compiler
def test_the_second_process_compiles_nothing(original: Path) -> None:
    assert answer_of(original / "package", original / "kept") == (ANSWER, 1)


@needs_compiler
def test_kept_code_runs_without_what_the_compiler_loads(original: Path) -> None:
    assert answer_of(original / "package", original / "kept", ASK_WHAT_IS_LOADED) == (0, 1)


@needs_compiler
def test_kept_code_is_built_into_a_loop_that_is_new(original: Path) -> None:
    assert answer_of(original / "package", original / "kept", ASK_FROM_A_NEW_LOOP) == (ANSWER, 1)


class Context:
    """What the compiler knows; here, whether it was asked to load everything."""

    has_loaded_all = False

    def refresh(self) -> None:
        self.has_loaded_all = True


@needs_compiler
@pytest.mark.parametrize(("name", "is_known"), [("PyLong_AsLongLong", True), ("no_such_function", False)])
def test_where_a_name_is_not_known_the_compiler_loads_all_it_has(name: str, is_known: bool) -> None:
    rtsys.initialize(cpu_target.target_context)
    context = Context()
    make_known((name,), context)
    assert context.has_loaded_all is not is_known


@needs_compiler
def test_another_process_knows_the_narrowed_columns_again(folder: Path) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(folder / "package"), "JAMSOS_CACHE": str(folder / "kept")}
    said = [
        subprocess.check_output([sys.executable, "-c", ASK_OF_COLUMNS], env=surroundings, text=True).split()
        for _ in range(2)
    ]
    assert said == [["38", "False"], ["38", "True"]]


@needs_compiler
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("probe.py", "drawn % PARTS", "1 + drawn % PARTS"),
        ("units.py", "PARTS_PER_MILLION = 1_000_000", "PARTS_PER_MILLION = 1_000"),
        ("chance.py", "value >> np.uint64(27)", "value >> np.uint64(26)"),
    ],
    ids=["its own file", "a constant of another file", "a twin that no name leads to"],
)
def test_a_rule_changed_in_a_copied_package_changes_the_result(
    folder: Path, file: str, before: str, after: str
) -> None:
    changed(folder / "package" / "jamsos_sim" / file, before, after)
    answer, hits = answer_of(folder / "package", folder / "kept")
    assert (answer != ANSWER, hits) == (True, 0)


@needs_compiler
def test_code_of_a_rule_replaced_in_a_running_process_is_not_taken_for_the_packages(folder: Path) -> None:
    package, kept = folder / "package", folder / "kept"
    assert answer_of(package, kept, ASK_AFTER_REPLACING_A_RULE) == (-1, 0)
    assert answer_of(package, kept) == (ANSWER, 1)
    assert answer_of(package, kept, ASK_AFTER_REPLACING_A_RULE) == (-1, 1)


@needs_compiler
def test_a_damaged_file_is_compiled_again(folder: Path) -> None:
    (file,) = (folder / "kept").rglob("*.bin")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert answer_of(folder / "package", folder / "kept") == (ANSWER, 0)
    assert answer_of(folder / "package", folder / "kept") == (ANSWER, 1)


@needs_compiler
def test_without_a_folder_to_write_to_it_compiles_in_memory(folder: Path) -> None:
    in_the_way = folder / "a_file"
    in_the_way.write_text("", encoding="utf-8")
    kept = set(folder.rglob("*.bin"))
    assert answer_of(folder / "package", in_the_way / "kept") == (ANSWER, 0)
    assert answer_of(folder / "package", OFF) == (ANSWER, 0)
    assert set(folder.rglob("*.bin")) == kept


def test_only_the_latest_folders_stay(tmp_path: Path) -> None:
    for number in range(FOLDERS_KEPT + 5):
        (tmp_path / f"{number:032x}").mkdir()
        os.utime(tmp_path / f"{number:032x}", (number, number))
    remove_older_folders(tmp_path)
    assert {int(folder.name, 16) for folder in tmp_path.iterdir()} == set(range(5, FOLDERS_KEPT + 5))


def test_folders_that_are_no_versions_stay(tmp_path: Path) -> None:
    for number in range(FOLDERS_KEPT + 5):
        (tmp_path / f"foto {number}").mkdir()
    remove_older_folders(tmp_path)
    assert len(list(tmp_path.iterdir())) == FOLDERS_KEPT + 5


def test_every_module_that_a_module_with_loops_imports_is_part_of_the_folders_name() -> None:
    with_loops = [
        name for name, path in reachable_sources().items() if "@compiled" in path.read_text("utf-8")
    ]
    script = (
        f"import sys, {', '.join(with_loops)}; print(*(n for n in sys.modules if n[:10] == 'jamsos_sim'))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= set(reachable_sources())


def test_what_only_shows_results_is_no_part_of_the_folders_name() -> None:
    assert not {name for name in reachable_sources() if name.startswith("jamsos_sim.cli")}
