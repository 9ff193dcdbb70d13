"""What ``jamsos region check`` and ``jamsos region list`` say of a folder."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jamsos_sim.errors import InputError
from jamsos_sim.messages import text
from jamsos_sim.model.ledger import STOCKS, Rows
from jamsos_sim.model.world import Period, world_of
from jamsos_sim.population.region_file import RegionFolder, read_region
from jamsos_sim.population.region_fit import largest_gap
from jamsos_sim.population.region_folder import OPTIONAL_TABLES, available_regions
from jamsos_sim.population.region_text import RegionText
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.scenario import FIRST_MONTH
from jamsos_sim.units import year_of
from jamsos_sim.yaml_file import closest

SAMPLE = 1_000
"""People of the world that is made to see that the folder can be simulated."""


def holdings(folder: str | Path, lang: str) -> Iterator[str]:
    """What a whole folder holds, sentence by sentence.

    Raises `InputError` when it is not whole: with every fault of its files, or with the first reason for
    which it cannot be simulated.
    """
    found = read_region(folder)
    gap = largest_gap(found.region)
    require_simulation(found)
    yield text("region.whole", lang, title=found.region.title[lang], name=found.name)
    yield _places(found, lang)
    yield from _people(found, gap, lang)
    years = {"first": found.region.mortality[0].first_year, "last": found.region.mortality[-1].stop_year - 1}
    yield text("region.years", lang, **years)
    yield _assumed(found, lang)
    left_out = _left_out(found)
    if left_out:
        yield text("region.optional", lang, parts=", ".join(left_out))


def require_simulation(found: RegionFolder) -> None:
    """Make a small world of the region; raises `InputError` when that cannot be done."""
    first, needed = found.region.mortality[0].first_year, year_of(FIRST_MONTH)
    if first > needed:
        raise InputError("region.mortality_late", region=found.name, first=first, needed=needed)
    for total in found.region.published_totals:
        if total.quantity not in Rows._fields:
            near = closest(total.quantity, Rows._fields) or ", ".join(Rows._fields)
            raise InputError("region.unknown_quantity", name=total.quantity, near=near)
        if total.month is not None and total.quantity not in STOCKS:
            raise InputError("region.month_of_a_sum", name=total.quantity, year=total.year)
    world_of(found.region, found.assumptions, 0, Period(FIRST_MONTH, FIRST_MONTH + 1), SAMPLE)


def _places(found: RegionFolder, lang: str) -> str:
    region, style = found.region, Style(lang)
    return text(
        "region.holds",
        lang,
        kecamatan=number(len(region.kecamatan), style),
        kelurahan=number(len(region.kelurahan), style),
        residents=number(sum(each.population for each in region.kelurahan), style),
        trades=number(len(region.occupations), style),
        ages=number(len(region.age_starts), style),
    )


def _people(found: RegionFolder, gap: float, lang: str) -> Iterator[str]:
    employed = found.assumptions["population.employed"]
    share = found.assumptions["population.informal_share"]
    workers = round(employed.central * share.central)
    size = {"workers": workers, "low": employed.low * share.low, "high": employed.high * share.high}
    written = {name: number(count, Style(lang)) for name, count in size.items()}
    yield text("region.size", lang, **written, decile=found.region.vulnerable_decile)
    people = number(gap * workers, Style(lang, 3))
    yield text("region.fitted", lang, gap=people, workers=number(workers, Style(lang)))


def _assumed(found: RegionFolder, lang: str) -> str:
    tables = len(found.table_assumptions)
    own = len(found.own_assumptions)
    taken = len(found.assumptions) - own - tables
    return text("region.assumed", lang, own=own, tables=tables, taken=taken)


def _left_out(found: RegionFolder) -> list[str]:
    optional = [name for name, field in RegionText.model_fields.items() if not field.is_required()]
    keys = [name for name in optional if name not in {*found.written_keys, "assumptions_from"}]
    return keys + [name for name in OPTIONAL_TABLES if not (found.path / name).exists()]


def print_regions(lang: str) -> None:
    """Print the regions at hand, each with its city and its folder."""
    table = Table(title=text("region.list_title", lang), box=None, title_justify="left", padding=(0, 2, 0, 0))
    for column in ("cli.name", "region.title", "region.folder"):
        table.add_column(text(column, lang), overflow="fold")
    for name, path in available_regions().items():
        try:
            city = read_region(path).region.title[lang]
        except InputError as fault:
            city = fault.sentence(lang)
        table.add_row(name, Text(city), Text(str(path)))
    Console().print(table)
