"""The command ``jamsos population``: who the informal workers of a city are, and how well they fit."""

from pathlib import Path
from typing import Annotated, Any

import typer

from jamsos_sim.cli_run_options import Lang, Population, Region, Seed
from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES
from jamsos_sim.population.default_region import DEFAULT_REGION

MOST_SEED = 2**63
"""Seeds and numbers of worlds lie below."""


def _option(name: str, indonesian: str, english: str) -> Any:
    return typer.Option(name, help=f"{indonesian} | {english}")


Report = Annotated[
    bool, _option("--report", "Simpan laporan kecocokan: tabel dan gambar", "keep the fit report.")
]
Out = Annotated[Path | None, _option("--out", "Folder laporan", "folder of the report.")]
Worlds = Annotated[int, _option("--worlds", "Jumlah dunia untuk kisaran", "worlds behind the intervals.")]
World = Annotated[
    int | None,
    _option("--world", "Dunia yang dilaporkan; asumsi nilai tengah", "world reported; central assumptions."),
]


def population(
    report: Report = False,
    out: Out = None,
    region: Region = DEFAULT_REGION,
    population: Population = None,
    seed: Seed = 2023,
    worlds: Worlds = 20,
    world: World = None,
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Penduduk tiruan atau register sendiri: siapa mereka dan kecocokannya. | The synthetic people, or
    your own register: who they are and how well they fit.
    """
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    _check(report, out, seed, worlds, world)
    if population is not None:
        if world is not None:
            raise InputError("fit.register_has_no_world")

        from jamsos_sim.cli_population_register import show_register

        show_register(population, region, lang, out or report)
        return

    from jamsos_sim.cli_population_show import Asked, show

    show(Asked(region, seed, worlds, world, lang), report, out)


def _check(report: bool, out: Path | None, seed: int, worlds: int, world: int | None) -> None:
    if out is not None and not report:
        raise InputError("fit.out_needs_report")
    if not 0 <= seed < MOST_SEED:
        raise InputError("run.bad_seed", seed=seed)
    if worlds < 1:
        raise InputError("run.too_few_worlds", worlds=worlds)
    if world is not None and not 0 <= world < MOST_SEED:
        raise InputError("fit.no_such_world", given=world)
