"""A region: what the population needs to know of one city.

All data of a city stand in its folder; another city is another folder and no code. `population.region_file`
reads a folder and says what is wrong with it.
"""

from dataclasses import dataclass
from typing import NamedTuple

from jamsos_sim.units import MONTHS_PER_YEAR


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


class PublishedTotal(NamedTuple):
    """A number that was made public: a quantity lies from ``low`` to ``high``.

    It is that of the year, people counted at its end; with a ``month`` (1 to 12) it is people counted at the
    end of that month. ``source`` is by language.
    """

    quantity: str
    year: int
    low: int
    high: int
    source: dict[str, str]
    month: int | None = None

    @property
    def last_month(self) -> int:
        """The month at whose end people are counted."""
        return self.year * MONTHS_PER_YEAR + (self.month or MONTHS_PER_YEAR) - 1


class PublishedPool(NamedTuple):
    """Range of the people whom the city could list, as derived from publications, and from which ones."""

    low: int
    high: int
    source: str


class CityBudget(NamedTuple):
    """What the city means to spend in a fiscal year, rupiah, as its budget (APBD) says at last."""

    year: int
    expenditure: int


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
    kecamatan_basis:
        How the residents of each kecamatan were found: published, derived or modelled.
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
    published_totals:
        Quantities of a year or a month as published, against which a back-cast is held.
    published_pool:
        People whom the city could list as derived from publications; None when there is nothing.
    city_budgets:
        Expenditure of the city's whole budget (belanja APBD), for the years for which it was published.
    vulnerable_decile:
        Highest welfare decile of a vulnerable worker (pekerja rentan): whom outcomes count as such.
    """

    name: str
    title: dict[str, str]
    kecamatan: tuple[str, ...]
    kecamatan_basis: tuple[str, ...]
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
    published_totals: tuple[PublishedTotal, ...]
    published_pool: PublishedPool | None
    city_budgets: tuple[CityBudget, ...]
    vulnerable_decile: int

    @property
    def table_stop(self) -> int:
        """First month beyond the region's tables."""
        return self.mortality[-1].stop_year * MONTHS_PER_YEAR
