"""What the tables of a region must say together: names that meet, sums that add up, ages and years whole."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from jamsos_sim.errors import InputError
from jamsos_sim.population.region_rows import (
    AgeSexRow,
    CityBudgetRow,
    DecileRow,
    KecamatanRow,
    KelurahanRow,
    MortalityRow,
    OccupationRow,
    TableRow,
)
from jamsos_sim.population.region_table import Table
from jamsos_sim.population.region_text import RegionText
from jamsos_sim.population.table_assumptions import low_decile_shares
from jamsos_sim.yaml_file import Document, closest

R = TypeVar("R", bound=TableRow)

SHARE_GAP = 0.001
"""How far shares may be from one, as they are rounded where they are written."""
RESIDENT_GAP = 0.01
YEARS_OF_GROUP = 5
DECILES = 10
MOST_TRADES = 120
"""What a column of one byte holds."""
SEXES = ("M", "F")

Faults = Iterator[InputError]


def faults_of_places(kecamatan: Table[KecamatanRow], kelurahan: Table[KelurahanRow] | None) -> Faults:
    """Districts given twice, wards of no district, districts without wards, sums that differ."""
    known = [row.kecamatan for row in kecamatan.rows]
    yield from _repeated(kecamatan, "kecamatan", known)
    if kelurahan is None:
        return
    yield from _repeated(kelurahan, "kelurahan", [(row.kecamatan, row.kelurahan) for row in kelurahan.rows])
    for number, ward in kelurahan:
        if ward.kecamatan not in known:
            yield _unknown(kelurahan, number, "kecamatan", ward.kecamatan, known)
    for number, district in kecamatan:
        wards = [row.residents for row in kelurahan.rows if row.kecamatan == district.kecamatan]
        told: dict[str, object] = {
            "name": district.kecamatan,
            "sum": sum(wards),
            "given": district.residents,
        }
        if not wards:
            yield kecamatan.fault("region.no_kelurahan", number, "kecamatan", name=district.kecamatan)
        elif district.residents is not None and _differ(sum(wards), district.residents):
            yield kecamatan.fault("region.kecamatan_sum", number, "residents", **told)
    if not any(row.residents for row in kelurahan.rows):
        yield kelurahan.fault("region.all_zero", 0, "residents")


def faults_of_ages(ages: Table[AgeSexRow]) -> Faults:
    """Groups given twice or missing for one sex, groups that are not of five years, nobody at work."""
    yield from _repeated(ages, "age_start", [(row.age_start, row.sex) for row in ages.rows])
    for sex in SEXES:
        own = {row.age_start for row in ages.rows if row.sex == sex}
        missing = sorted({row.age_start for row in ages.rows} - own)
        if missing:
            yield ages.fault("region.sex_missing", 0, "sex", sex=sex, ages=", ".join(map(str, missing)))
    starts = sorted({row.age_start for row in ages.rows})
    for before, after in pairwise(starts):
        if after - before != YEARS_OF_GROUP:
            number = next(number for number, row in ages if row.age_start == after)
            yield ages.fault("region.age_step", number, "age_start", before=before, after=after)
    if not any(row.residents * row.informal_rate_central for row in ages.rows):
        yield ages.fault("region.all_zero", 0, "informal_rate_central")
    if not any(row.residents * row.informal_rate_central * row.entry_weight_percent for row in ages.rows):
        yield ages.fault("region.all_zero", 0, "entry_weight_percent")


def faults_of_occupations(occupations: Table[OccupationRow], ages: Table[AgeSexRow] | None) -> Faults:
    """Trades given twice or too many of them, shares that do not add up, trades in which nobody is of age."""
    yield from _repeated(occupations, "key", [row.key for row in occupations.rows])
    if len(occupations.rows) > MOST_TRADES:
        yield occupations.fault("region.too_many_trades", MOST_TRADES, "key", most=MOST_TRADES)
    yield from _faults_of_sum(occupations, [row.share_central for row in occupations.rows])
    if ages is None:
        return
    youngest = min(row.age_start for row in ages.rows)
    for number, trade in occupations:
        if trade.oldest_age_group < youngest:
            ages_told = {"age": trade.oldest_age_group, "youngest": youngest}
            yield occupations.fault("region.nobody_of_age", number, "oldest_age_group", **ages_told)


def faults_of_deciles(deciles: Table[DecileRow], about: RegionText | None) -> Faults:
    """Deciles given twice or missing, and shares that do not add up."""
    given = [row.decile for row in deciles.rows]
    yield from _repeated(deciles, "decile", given)
    missing = [number for number in range(1, DECILES + 1) if number not in given]
    if missing:
        yield deciles.fault("region.decile_missing", 0, "decile", deciles=", ".join(map(str, missing)))
    yield from _faults_of_sum(deciles, [row.share_central for row in deciles.rows])
    if about is not None:
        highest = about.vulnerable_decile.value
        high = low_decile_shares(deciles.rows, highest)["high"]
        if high > 1:
            yield deciles.fault("region.low_deciles", 0, "share_high", decile=highest, sum=f"{high:.4g}")


def faults_of_mortality(mortality: Table[MortalityRow]) -> Faults:
    """Periods that leave or repeat years, and periods in which an age or a sex is missing."""
    starts = {(row.first_year, row.stop_year): number for number, row in reversed(list(mortality))}
    for (first, stop), number in starts.items():
        if stop <= first:
            yield mortality.fault("region.empty_period", number, "stop_year", first=first, stop=stop)
    for before, after in pairwise(sorted(starts)):
        if before[1] != after[0]:
            told = {"stop": before[1], "first": after[0]}
            yield mortality.fault("region.mortality_years", starts[after], "first_year", **told)
    for period, number in starts.items():
        rows = [row for row in mortality.rows if (row.first_year, row.stop_year) == period]
        for sex in SEXES:
            ages = [row.age_start for row in rows if row.sex == sex]
            if 0 not in ages or len(ages) > len(set(ages)):
                years = {"first": period[0], "stop": period[1]}
                yield mortality.fault("region.mortality_ages", number, "age_start", sex=sex, **years)


def faults_of_budgets(budgets: Table[CityBudgetRow] | None) -> Faults:
    """Versions of a year's budget given twice."""
    if budgets is not None:
        yield from _repeated(budgets, "version", [(row.year, row.version) for row in budgets.rows])


def faults_of_about(document: Document, about: RegionText, folder: str) -> Faults:
    """A name that is not the folder's, and ranges upside down."""
    if about.name != folder:
        yield document.fault("region.name_is_not_the_folder", ("name",), name=about.name, folder=folder)
    for number, total in enumerate(about.published_totals):
        if total.low > total.high:
            where = ("published_totals", number, "low")
            yield document.fault("region.pool_range", where, low=total.low, high=total.high)
    pool = about.published_pool
    if pool is not None and pool.low > pool.high:
        yield document.fault("region.pool_range", ("published_pool", "low"), low=pool.low, high=pool.high)


def faults_of_known_ages(
    document: Document, about: RegionText, occupations: Table[OccupationRow], ages: Table[AgeSexRow]
) -> Faults:
    """Known ages of no trade, of no age, or of no group of ages."""
    keys, starts = [row.key for row in occupations.rows], {row.age_start for row in ages.rows}
    for number, known in enumerate(about.occupation_ages):
        at = ("occupation_ages", number)
        inside = {start for start in starts if known.from_age <= start < known.stop_age}
        told = {"first": known.from_age, "stop": known.stop_age}
        if known.stop_age <= known.from_age:
            yield document.fault("region.empty_ages", (*at, "stop_age"), **told)
        elif inside in (set(), starts):
            yield document.fault("region.ages_of_no_group", (*at, "from_age"), **told)
        if known.occupation not in keys:
            near = closest(known.occupation, keys) or ", ".join(keys)
            yield document.fault(
                "region.unknown_trade", (*at, "occupation"), value=known.occupation, near=near
            )


def _repeated(table: Table[R], column: str, names: Iterable[object]) -> Faults:
    seen: dict[object, int] = {}
    for number, name in enumerate(names):
        if name in seen:
            told = " ".join(map(str, name)) if isinstance(name, tuple) else name
            yield table.fault("region.row_twice", number, column, name=told, first=table.lines[seen[name]])
        seen.setdefault(name, number)


def _unknown(
    table: Table[KelurahanRow], number: int, column: str, value: str, known: list[str]
) -> InputError:
    near = closest(value, known)
    if near is None:
        return table.fault("region.unknown_word", number, column, value=value, known=", ".join(known))
    return table.fault("region.unknown_word_near", number, column, value=value, near=near)


def _faults_of_sum(table: Table[OccupationRow] | Table[DecileRow], shares: list[float]) -> Faults:
    if abs(sum(shares) - 1.0) > SHARE_GAP:
        yield InputError("region.shares", file=table.name, column="share_central", sum=f"{sum(shares):.4g}")


def _differ(ours: int, theirs: int) -> bool:
    return abs(ours - theirs) > RESIDENT_GAP * theirs
