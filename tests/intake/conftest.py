"""A small register of invented people, taken in as a user would."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from jamsos_sim.cli import exit_code
from jamsos_sim.population.region import Region
from jamsos_sim.population.region_file import load_region

KEY = "a-key-for-tests-of-thirty-two-ch"
HEADING = ["NIK", "Nama", "Lahir", "JK", "Kelurahan", "Pekerjaan", "Desil"]
MAP = """\
columns:
  nik: NIK
  name: Nama
  birth_date: Lahir
  sex: JK
  kelurahan: Kelurahan
  occupation: Pekerjaan
  decile: Desil
"""


class Said(NamedTuple):
    """What the command answered, and the folder in which it worked."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def rejected(self) -> list[dict[str, str]]:
        """Lines of rejected.csv."""
        with (self.folder / "rejected.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def person(number: int, **cells: object) -> list[object]:
    """A row of an invented person; cells by column name may be replaced."""
    usual = {
        "NIK": f"99740101128{number:05d}",
        "Nama": f"Warga Contoh {number}",
        "Lahir": "31/12/1980",
        "JK": "L",
        "Kelurahan": "Serua",
        "Pekerjaan": "pemulung",
        "Desil": "2",
    }
    return list({**usual, **cells}.values())


def lines_of(rows: list[list[object]], separator: str = ",") -> str:
    return "".join(separator.join(map(str, row)) + "\n" for row in rows)


def people(count: int) -> list[list[object]]:
    return [HEADING, *(person(number) for number in range(1, count + 1))]


@pytest.fixture(scope="session")
def region() -> Region:
    return load_region("tangsel")


Intake = Callable[..., Said]


@pytest.fixture
def intake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Intake:
    """Take in rows, text or bytes; more words may follow."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JAMSOS_NIK_KEY", KEY)
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")

    def carry_out(
        content: list[list[object]] | str | bytes | None,
        *words: str,
        name: str = "register.csv",
        more: str = "",
    ) -> Said:
        if isinstance(content, list):
            content = lines_of(content)
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / name).write_bytes(data)
        if more:
            (tmp_path / "map.yaml").write_text(MAP + more, encoding="utf-8")
        capsys.readouterr()
        usual = ["intake", name, "--map", "map.yaml", "--out", "workers.parquet", "--lang", "en"]
        code = exit_code([*usual, *words])
        return Said(code, *capsys.readouterr(), tmp_path)

    return carry_out
