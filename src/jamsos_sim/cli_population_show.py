"""What ``jamsos population`` prints and keeps: the pool first, then who the people are and how they fit."""

import os
import textwrap
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from jamsos_sim.ensemble_folder import writing
from jamsos_sim.messages import text
from jamsos_sim.population.region import Region
from jamsos_sim.population.region_file import read_region
from jamsos_sim.report.chart import Chart, save_figure
from jamsos_sim.report.fit import Pools, fit_figure, margin_table
from jamsos_sim.report.people import largest_trades, people_table
from jamsos_sim.report.pool import Pool, pool_sentences, pool_table
from jamsos_sim.report.population import Choice, City, city_of
from jamsos_sim.scenario import FIRST_MONTH, load_scenario
from jamsos_sim.scenario_names import CURRENT_PROGRAMME

RESULTS = Path("results")
FILES = ("fit.csv", "fit.parquet", "pool.csv", "fit.png")


class Asked(NamedTuple):
    """What the user wants to see; ``world`` is None for central assumptions."""

    region: str
    seed: int
    worlds: int
    world: int | None
    lang: str


def show(asked: Asked, report: bool, out: Path | None) -> None:
    """Print pool and people, and with ``report`` the fit too, which is kept in a folder.

    Raises `InputError` for a region that is not there or cannot be fitted, and a folder that cannot be
    written to.
    """
    folder = read_region(asked.region)
    kept = out or new_folder(folder.name)
    if report:
        check_folder(kept)
    choice = Choice(load_scenario(CURRENT_PROGRAMME), FIRST_MONTH, asked.seed, asked.worlds, asked.world)
    city = city_of(folder.region, folder.assumptions, choice)
    print_pool(folder.region, city, asked.lang)
    print_people(folder.region, city, asked.lang)
    if report:
        said = "fit.shown_central" if asked.world is None else "fit.shown_world"
        name = folder.region.title[asked.lang]
        print_margins(city, text(said, asked.lang, city=name, seed=asked.seed, world=asked.world), asked.lang)
        figure = fit_figure(city.fit, folder.region, Pools(city.pool, city.pools), asked.lang)
        write_report(kept, city, figure)
        told = text("fit.written", asked.lang, folder=kept, files=", ".join(FILES))
        Console(stderr=True, soft_wrap=True).print(told, markup=False, highlight=False)


def print_pool(region: Region, city: City, lang: str) -> None:
    """The pool against the published one, and desk by desk."""
    for sentence in pool_sentences(region, city.pool, city.pools, lang):
        _say(sentence)
    _print_table(pool_table(city.pool, city.pools, lang), text("fit.pool_title", lang))


def print_people(region: Region, city: City, lang: str) -> None:
    """Size and make-up of the people."""
    _print_table(people_table(city.portrait, city.portraits, lang), text("fit.people_title", lang))
    _say(text("fit.largest_trades", lang, trades=largest_trades(region, city.workers, lang)))


def print_margins(city: City, title: str, lang: str) -> None:
    """The fit, margin by margin."""
    Console().print()
    _say(title)
    _print_table(margin_table(city.fit, lang), text("fit.margins_title", lang))
    _say(text("fit.modelled_note", lang))


def _say(sentence: str) -> None:
    Console().print(sentence, markup=False, highlight=False)


def _print_table(table: pd.DataFrame, title: str) -> None:
    shown = Table(
        title=title,
        title_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    shown.add_column("")
    for name in table.columns:
        widest = max(map(len, [*str(name).split(), *table[name].astype(str)]))
        shown.add_column(textwrap.fill(str(name), widest), justify="right")
    for name, *cells in table.itertuples():
        shown.add_row(str(name), *map(str, cells))
    console = Console()
    console.print()
    console.print(shown)


def new_folder(region: str) -> Path:
    """A folder that is not there yet, named by the moment and the region."""
    named = RESULTS / f"{datetime.now():%Y%m%d-%H%M%S}-{region}"
    others = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(folder for folder in chain([named], others) if not folder.exists())


def check_folder(folder: Path) -> None:
    """Raise `InputError` when a folder can't be made or written to; nothing is left of the attempt."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    with writing(folder), TemporaryDirectory(prefix=".", dir=there):
        pass


def write_report(folder: Path, city: City, figure: Chart) -> None:
    """Write tables and figure of the report, each under a temporary name first.

    Raises `InputError` when the folder cannot be written to.
    """
    pools = pd.DataFrame([city.pool, *city.pools], columns=list(Pool._fields))
    pools.insert(0, "world", ["central", *map(str, range(len(city.pools)))])
    fit_csv, fit_parquet, pool_csv, fit_png = (folder / name for name in FILES)
    partial = fit_parquet.with_name(f".{fit_parquet.name}.part")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write_csv(fit_csv, city.fit)
        city.fit.to_parquet(partial, index=False)
        os.replace(partial, fit_parquet)
        write_csv(pool_csv, pools)
        save_figure(figure, fit_png)


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table under a temporary name first."""
    partial = path.with_name(f".{path.name}.part")
    table.to_csv(partial, index=False, lineterminator="\n", float_format="%.9f", encoding="utf-8")
    os.replace(partial, path)
