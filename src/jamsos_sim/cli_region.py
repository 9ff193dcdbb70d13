"""The commands ``jamsos region check``, ``list`` and ``schema``: the folder of a city."""

from typing import Annotated

import typer

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES

Folder = Annotated[
    str, typer.Argument(help="Nama atau folder wilayah | name or folder of a region.", show_default=False)
]
Lang = Annotated[str, typer.Option("--lang", help="Bahasa | language: id, en.")]

region_app = typer.Typer(
    help="Wilayah: folder data satu kota. | Regions: a folder with the data of one city.",
    no_args_is_help=True,
)


@region_app.command("check")
def check(folder: Folder, lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Periksa folder wilayah. | Check the folder of a region."""
    from jamsos_sim.cli_region_check import holdings

    for sentence in holdings(folder, _checked(lang)):
        print(sentence)


@region_app.command("list")
def list_regions(lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Wilayah yang tersedia. | The regions at hand."""
    from jamsos_sim.cli_region_check import print_regions

    print_regions(_checked(lang))


@region_app.command("schema")
def schema(lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Kolom setiap tabel wilayah. | The columns of every table of a region."""
    from jamsos_sim.population.region_codebook import codebook

    print(codebook(_checked(lang)))


def _checked(lang: str) -> str:
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    return lang
