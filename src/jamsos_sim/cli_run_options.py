"""The options that ``jamsos run`` and ``jamsos compare`` share, written once."""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE
from jamsos_sim.population.default_region import DEFAULT_REGION

if TYPE_CHECKING:
    from jamsos_sim.api import Settings

Lang = Annotated[str, typer.Option("--lang", help="Bahasa keluaran | output language: id, en.")]
Names = Annotated[
    list[str], typer.Argument(help="Nama atau berkas skenario | scenario names or files.", show_default=False)
]
Region = Annotated[
    str, typer.Option("--region", help="Nama atau folder wilayah | name or folder of a region.")
]
Population = Annotated[
    Path | None,
    typer.Option(
        "--population", help="Register sendiri dari jamsos intake | your own register, from jamsos intake."
    ),
]
Worlds = Annotated[int, typer.Option("--worlds", help="Jumlah dunia | number of worlds.")]
Seed = Annotated[int, typer.Option("--seed", help="Benih | seed.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        help="Pekerja informal yang disimulasikan; seluruh kota | informal workers simulated; the city.",
    ),
]
First = Annotated[str, typer.Option("--from", help="Bulan pertama tabel | first month of the tables.")]
Last = Annotated[str, typer.Option("--to", help="Bulan terakhir | last month.")]
Engine = Annotated[str, typer.Option("--engine", help="kernel (cepat | fast), reference (Mesa).")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Folder hasil; dilanjutkan bila belum selesai | run folder; resumed if unfinished."
    ),
]
Threads = Annotated[
    int | None, typer.Option("--threads", help="Dunia yang berjalan bersamaan | worlds side by side.")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", help="Alamat penjadwal Dask | address of a Dask scheduler: tcp://127.0.0.1:8786."
    ),
]
Events = Annotated[
    str | None,
    typer.Option(
        "--events",
        help="Dunia yang kejadiannya ditulis orang demi orang | worlds whose events are written: 0,3-5.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Satu objek JSON | one JSON object.")]
AllTables = Annotated[
    bool,
    typer.Option(
        "--all",
        help=(
            "Cetak juga ketepatan sasaran, risiko, asas, kemiskinan, dukungan, dan wilayah | "
            "print targeting, risks, principles, poverty, support and areas too."
        ),
    ),
]

OTHER_NAMES = {"first": "--from", "last": "--to"}
"""Parameters whose option is not named as they are."""


class Run(NamedTuple):
    """What a user asks of a run."""

    scenarios: list[str]
    region: str
    population: Path | None
    worlds: int
    seed: int
    workers: int | None
    first: str
    last: str
    engine: str
    out: Path | None
    threads: int | None
    cluster: str | None
    events: str | None
    lang: str
    as_json: bool
    all_tables: bool = False

    @property
    def settings(self) -> "Settings":
        """What decides the numbers of the run, as the programming interface takes it."""
        return {
            "region": self.region,
            "population": self.population,
            "worlds": self.worlds,
            "seed": self.seed,
            "workers": self.workers,
            "first": self.first,
            "last": self.last,
            "engine": self.engine,
            "events": self.events,
        }


def _options(
    scenarios: Names,
    region: Region = DEFAULT_REGION,
    population: Population = None,
    worlds: Worlds = 20,
    seed: Seed = 2023,
    workers: Workers = None,
    first: First = "2023-01",
    last: Last = "2030-12",
    engine: Engine = "kernel",
    out: Out = None,
    threads: Threads = None,
    cluster: Cluster = None,
    events: Events = None,
    lang: Lang = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """The signature from which the library reads the options."""


def _options_of_tables(all_tables: AllTables = False) -> None:
    """What a user who is shown a run's tables may ask beside it."""


def with_run_options(command: Callable[[Run], None]) -> Callable[..., None]:
    """A command whose user gives the options of a run."""
    return _with_options(command, _options)


def with_table_options(command: Callable[[Run], None]) -> Callable[..., None]:
    """A command whose user gives the options of a run, and says which of its tables to print."""
    return _with_options(command, _options, _options_of_tables)


def _with_options(command: Callable[[Run], None], *declared: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def given(**words: Any) -> None:
        refuse_option_as_value(words)
        command(Run(**words))

    options = [each for written in declared for each in inspect.signature(written).parameters.values()]
    # The library reads a function's signature, which the checker of types does not know to be an attribute.
    given.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    given.__annotations__ = {each.name: each.annotation for each in options}
    return given


def refuse_option_as_value(words: Mapping[str, Any]) -> None:
    """Raise `InputError` where an option without its value has taken the next option for it; ``words`` are
    the names of parameters with what was given.
    """
    for name, word in words.items():
        if isinstance(word, str | Path) and str(word).startswith("--"):
            option = OTHER_NAMES.get(name, f"--{name}")
            raise InputError("cli.option_as_value", option=option, given=word)
