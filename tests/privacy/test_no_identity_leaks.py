"""Planted identity numbers, names and addresses never come out again, in whatever file or stream."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from pyarrow import parquet

from jamsos_sim.cli import exit_code
from jamsos_sim.population.region_file import load_region

HEADING = "NIK,Nama,Alamat,Lahir,JK,Kelurahan,Pekerjaan,Desil"
MAP = """\
columns:
  {nik: NIK, name: Nama, address: Alamat, birth_date: Lahir, sex: JK, kelurahan: Kelurahan,
   occupation: Pekerjaan, decile: Desil}
"""
PEOPLE = 240
KEY = "kunci-rahasia-uji-0123456789abcdef"
NIKS = [9_974_010_112_800_000 + 7 * number + 1 for number in range(PEOPLE)]
NAMES = ["Wargakarangan", "Jl. Rahasiabuatan"]
SLIPPED = NIKS[:12]
"""Rows in which name or identity number stand in a wrong column."""


def register() -> str:
    kelurahan = [each.name for each in load_region("tangsel").kelurahan]
    lines = [HEADING]
    for number, nik in enumerate(NIKS):
        name, address = f"{NAMES[0]} {number}", f"{NAMES[1]} {number}"
        cells = [
            nik,
            name,
            address,
            "31/12/1980",
            "LP"[number % 2],
            kelurahan[number % 9],
            "pemulung",
            number % 4 + 1,
        ]
        if nik in SLIPPED:
            cells[4 + number % 4] = (name, nik, address, f"{nik:.2E}")[number % 3]
        lines.append(",".join(map(str, cells)))
    lines.append(lines[20])
    lines.append(f'"{NAMES[0]} tanpa penutup,{NIKS[0]}')
    return "\n".join(lines) + "\n"


def traces(text: str) -> list[str]:
    """What of the planted people stands in a text."""
    planted = [*map(str, NIKS), *NAMES, KEY]
    return [word for word in planted if word.casefold() in text.casefold()]


def numbers_in(path: Path) -> Iterator[str]:
    """Texts and whole numbers of a Parquet file, so that compression hides nothing."""
    stored = parquet.read_table(path)
    yield json.dumps({str(key): str(value) for key, value in (stored.schema.metadata or {}).items()})
    table = stored.to_pandas()
    for name in table.columns:
        yield str(name)
        column = table[name]
        if pd.api.types.is_numeric_dtype(column):
            yield from (str(int(value)) for value in column.dropna().unique())
        else:
            yield from (str(value) for value in column.unique())


def leaks(folder: Path) -> dict[str, list[str]]:
    """Planted words by file, in bytes of every encoding and in the values of tables."""
    found = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        texts = [content.decode("latin-1"), content.decode("utf-16-le", errors="ignore")]
        texts += numbers_in(path) if path.suffix == ".parquet" else []
        words = [word for text in texts for word in traces(text)]
        if words:
            found[str(path)] = words
    return found


Planted = Callable[..., str]


@pytest.fixture
def jamsos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Planted:
    """Carry out a command in a folder in which the register itself does not lie; what it said."""
    secret = tmp_path / "secret"
    (tmp_path / "work").mkdir()
    secret.mkdir()
    (secret / "register.csv").write_text(register(), encoding="utf-8")
    (secret / "map.yaml").write_text(MAP, encoding="utf-8")
    (secret / "nik.key").write_text(KEY, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("MPLBACKEND", "agg")

    def carry_out(*words: str, code: int = 0) -> str:
        capfd.readouterr()
        assert exit_code(list(words)) == code
        said = capfd.readouterr()
        return said.out + said.err

    return carry_out


FILES = ("../secret/register.csv", "--map", "../secret/map.yaml", "--key-file", "../secret/nik.key")


def test_the_search_finds_what_is_planted(tmp_path: Path) -> None:
    (tmp_path / "plain.csv").write_text(register(), encoding="utf-8")
    pd.DataFrame({"whole": NIKS, "broken": [float(nik) for nik in NIKS]}).to_parquet(
        tmp_path / "numbers.parquet"
    )
    (tmp_path / "wide.txt").write_bytes(f"{NAMES[0]}".encode("utf-16-le"))
    assert {Path(path).name for path in leaks(tmp_path)} == {"plain.csv", "numbers.parquet", "wide.txt"}


def test_nothing_planted_comes_out_of_the_intake(jamsos: Planted) -> None:
    said = jamsos("intake", *FILES, "--out", "workers.parquet")
    assert traces(said) == []
    assert leaks(Path()) == {}
    assert {path.name for path in Path().iterdir()} == {"workers.parquet", "rejected.csv"}


def test_nothing_planted_comes_out_of_runs_on_the_register(jamsos: Planted) -> None:
    jamsos("intake", *FILES, "--out", "workers.parquet")
    small = ("--population", "workers.parquet", "--worlds", "2", "--to", "2024-06")
    said = jamsos("run", "program_berjalan", *small, "--out", "results/one")
    said += jamsos("compare", "program_berjalan", "tanpa_program", *small, "--out", "results/two", "--json")
    years = ("--population", "workers.parquet", "--worlds", "2", "--from", "2026-01", "--to", "2027-12")
    said += jamsos("verification", "program_berjalan", *years, "--out", "results/three")
    register_of = ("--population", "workers.parquet")
    said += jamsos("population", *register_of, "--report", "--out", "results/four")
    assert traces(said) == []
    assert leaks(Path()) == {}
    assert all(any(Path("results", name).iterdir()) for name in ("one", "two", "three", "four"))


def test_a_run_on_a_register_leaves_no_count_below_five(jamsos: Planted) -> None:
    jamsos("intake", *FILES, "--out", "workers.parquet")
    small = ("--population", "workers.parquet", "--worlds", "2", "--to", "2024-06")
    jamsos("run", "program_berjalan", *small, "--out", "results/one")
    tables = {path.stem: pd.read_parquet(path) for path in Path("results/one").glob("*.parquet")}
    assert {"monthly", "yearly", "events"} & set(tables) == set()
    summary = tables["summary"]
    numbers = summary.loc[~summary["is_hidden"], ["mean", "low", "high"]]
    assert ((numbers >= 5) | (numbers == 0)).all(axis=None)


def test_nothing_planted_comes_out_of_a_notebook(jamsos: Planted) -> None:
    jamsos("intake", *FILES, "--out", "workers.parquet")
    cell = (
        "from jamsos_sim import simulate\n"
        "from jamsos_sim.population.register import load_register\n"
        "from pathlib import Path\n"
        "print(load_register(Path('workers.parquet')))\n"
        "results = simulate('program_berjalan', population='workers.parquet', worlds=2, last='2023-12')\n"
        "results.summary"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(notebook, timeout=200, resources={"metadata": {"path": "."}}).execute()
    nbformat.write(notebook, "notebook.ipynb")
    assert notebook.cells[0].outputs[-1].output_type == "execute_result"
    assert leaks(Path()) == {}


@pytest.mark.parametrize(
    "broken", ["without a heading", "a short key", "a register that is no table", "an output in no folder"]
)
def test_no_sentence_about_a_fault_shows_anybody(jamsos: Planted, broken: str) -> None:
    secret = Path("../secret")
    words = [*FILES, "--out", "workers.parquet"]
    if broken == "without a heading":
        lines = register().splitlines(keepends=True)[1:]
        (secret / "register.csv").write_text("".join(lines), encoding="utf-8")
    elif broken == "a short key":
        (secret / "nik.key").write_text(KEY[:8], encoding="utf-8")
    elif broken == "a register that is no table":
        (secret / "register.csv").write_bytes(b"%PDF" + register().encode())
    else:
        words[-1] = f"none{os.sep}workers.parquet"
    said = jamsos("intake", *words, code=2)
    assert traces(said) == []
    assert KEY[:8] not in said
    assert list(Path().iterdir()) == []
