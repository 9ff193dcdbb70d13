"""A region: the tables of one city, read from its folder under ``regions/``.

All data of a city stand in its folder; another city is another folder and no code. The tables keep source
and confidence in their own columns; `SOURCES.md` beside them says what is published and what is modelled.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from jamsos_sim.errors import InputError
from jamsos_sim.law.selectors import SECTORS
from jamsos_sim.units import MONTHS_PER_YEAR, month_of

Row = Mapping[str, str]


class Kelurahan(NamedTuple):
    """One urban village: name, position of its kecamatan, residents, and how that count was found."""

    name: str
    kecamatan: int
    population: int
    basis: str


class Occupation(NamedTuple):
    """One trade of informal workers.

    Attributes
    ----------
    key, title:
        Name in the tables; label by language.
    sector:
        Sector code of the law.
    share, male_share:
        Share of all informal workers; share of men in the trade.
    relative_risk:
        Accident risk relative to other trades; only ratios matter.
    income_quartiles:
        Lower quartile, median and upper quartile of net income, rupiah a month.
    youth_tilt:
        Change of the trade's weight for each ten years below age 45.
    oldest_age:
        First age of the oldest age group that works in the trade.
    """

    key: str
    title: dict[str, str]
    sector: int
    share: float
    male_share: float
    relative_risk: float
    income_quartiles: tuple[int, int, int]
    youth_tilt: float
    oldest_age: int


class OccupationAges(NamedTuple):
    """A known share of a trade's workers with ``from_age <= age < stop_age``."""

    occupation: int
    from_age: int
    stop_age: int
    share: float
    basis: str


class PublishedEnrolment(NamedTuple):
    """People enrolled by the city, as published: of a month, or of a whole year, shown at its end."""

    month: int
    people: int
    is_of_the_year: bool


class MortalityPeriod(NamedTuple):
    """Death rates with ``first_year <= year < stop_year``.

    ``rates`` holds, for men and then women, pairs of the first age of a group and deaths per person-year.
    """

    first_year: int
    stop_year: int
    rates: tuple[tuple[tuple[int, float], ...], tuple[tuple[int, float], ...]]


@dataclass(frozen=True, eq=False)
class Region:
    """Everything the population needs to know of a city.

    Attributes
    ----------
    name, title:
        Folder name; label by language.
    kecamatan, kelurahan, occupations:
        Tables whose positions are the codes used in `Workers`.
    age_starts:
        First ages of the five-year groups, the last one open.
    residents, informal_rates:
        Residents and share of them in informal work, by sex and age group.
    entry_weights:
        How likely newcomers are of an age group relative to present workers, per cent, by sex and age group.
    decile_shares:
        Shares of informal workers in national welfare deciles 1 to 10.
    occupation_ages:
        Known age shares of single trades.
    mortality:
        Death rates by period.
    decile_income_tilt:
        How strongly trades with low incomes stand in low deciles.
    published_enrolment:
        People enrolled by the city as published.
    vulnerable_decile:
        Highest welfare decile of a vulnerable worker (pekerja rentan): whom outcomes count as such.
    """

    name: str
    title: dict[str, str]
    kecamatan: tuple[str, ...]
    kelurahan: tuple[Kelurahan, ...]
    occupations: tuple[Occupation, ...]
    age_starts: tuple[int, ...]
    residents: tuple[tuple[int, ...], ...]
    informal_rates: tuple[tuple[float, ...], ...]
    entry_weights: tuple[tuple[int, ...], ...]
    decile_shares: tuple[float, ...]
    occupation_ages: tuple[OccupationAges, ...]
    mortality: tuple[MortalityPeriod, ...]
    decile_income_tilt: float
    published_enrolment: tuple[PublishedEnrolment, ...]
    vulnerable_decile: int

    @property
    def table_stop(self) -> int:
        """First month beyond the region's tables."""
        return self.mortality[-1].stop_year * MONTHS_PER_YEAR


def region_names() -> list[str]:
    """Names of the regions that come with the package."""
    return sorted(entry.name for entry in _regions().iterdir() if entry.joinpath("region.yaml").is_file())


@lru_cache(maxsize=8)
def load_region(name: str) -> Region:
    """Region of a name, read once.

    Raises `InputError` when no region has that name.
    """
    if name not in region_names():
        raise InputError("population.unknown_region", name=name, known=", ".join(region_names()))
    folder = _regions().joinpath(name)
    about = YAML(typ="safe").load(folder.joinpath("region.yaml").read_text(encoding="utf-8"))
    kecamatan = tuple(row["kecamatan"] for row in _rows(folder, "kecamatan.csv"))
    occupations = tuple(_occupation(row) for row in _rows(folder, "occupations.csv"))
    by_sex = _by_sex(_rows(folder, "age_sex.csv"))
    return Region(
        name=name,
        title=dict(about["title"]),
        kecamatan=kecamatan,
        kelurahan=tuple(_kelurahan(row, kecamatan) for row in _rows(folder, "kelurahan.csv")),
        occupations=occupations,
        age_starts=tuple(int(row["age_start"]) for row in by_sex[0]),
        residents=tuple(tuple(int(row["population_2024"]) for row in rows) for rows in by_sex),
        informal_rates=tuple(tuple(float(row["informal_rate_central"]) for row in rows) for rows in by_sex),
        entry_weights=tuple(tuple(int(row["entry_weight_percent"]) for row in rows) for rows in by_sex),
        decile_shares=tuple(float(row["share_central"]) for row in _rows(folder, "deciles.csv")),
        occupation_ages=_occupation_ages(about["occupation_ages"], [each.key for each in occupations]),
        mortality=_mortality(_rows(folder, "mortality.csv")),
        decile_income_tilt=float(about["fit"]["decile_income_tilt"]["central"]),
        published_enrolment=tuple(
            PublishedEnrolment(month_of(point["month"]), point["people"], point["is_of_the_year"])
            for point in about["published_enrolment"]
        ),
        vulnerable_decile=int(about["vulnerable_decile"]["value"]),
    )


def _regions() -> Traversable:
    return files("jamsos_sim").joinpath("regions")


def _rows(folder: Traversable, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(folder.joinpath(name).read_text(encoding="utf-8").splitlines()))


def _by_sex(rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    men = [row for row in rows if row["sex"] == "M"]
    women = [row for row in rows if row["sex"] == "F"]
    return men, women


def _kelurahan(row: Row, kecamatan: tuple[str, ...]) -> Kelurahan:
    return Kelurahan(
        row["kelurahan"], kecamatan.index(row["kecamatan"]), int(row["population_2023"]), row["basis"]
    )


def _occupation(row: Row) -> Occupation:
    return Occupation(
        key=row["key"],
        title={"id": row["label_id"], "en": row["label_en"]},
        sector=SECTORS.index(row["sector"]),
        share=float(row["share_central"]),
        male_share=float(row["male_share"]),
        relative_risk=float(row["relative_risk_central"]),
        income_quartiles=(int(row["income_p25"]), int(row["income_median"]), int(row["income_p75"])),
        youth_tilt=int(row["youth_tilt_percent"]) / 100,
        oldest_age=int(row["oldest_age_group"]),
    )


def _occupation_ages(entries: list[dict[str, Any]], keys: list[str]) -> tuple[OccupationAges, ...]:
    return tuple(
        OccupationAges(
            keys.index(entry["occupation"]),
            entry["from_age"],
            entry["stop_age"],
            entry["share"],
            entry["basis"],
        )
        for entry in entries
    )


def _mortality(rows: list[dict[str, str]]) -> tuple[MortalityPeriod, ...]:
    periods = sorted({(int(row["first_year"]), int(row["stop_year"])) for row in rows})
    return tuple(
        MortalityPeriod(first, stop, (_rates(rows, first, "M"), _rates(rows, first, "F")))
        for first, stop in periods
    )


def _rates(rows: list[dict[str, str]], first_year: int, sex: str) -> tuple[tuple[int, float], ...]:
    return tuple(
        (int(row["age_start"]), float(row["annual_rate"]))
        for row in rows
        if int(row["first_year"]) == first_year and row["sex"] == sex
    )
