"""Read a region's folder: its tables and assumptions, or every fault of all its files.

A folder is read again when something in it has changed, and otherwise once in a process.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from jamsos_sim.assumptions_file import Assumption, read_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.law.selectors import SECTORS
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.population.region import (
    CityBudget,
    Kelurahan,
    MortalityPeriod,
    Occupation,
    OccupationAges,
    PublishedEnrolment,
    PublishedPool,
    PublishedTotal,
    Region,
)
from jamsos_sim.population.region_assumptions import faults_of_assumptions, written_in_files
from jamsos_sim.population.region_checks import (
    SEXES,
    faults_of_about,
    faults_of_ages,
    faults_of_budgets,
    faults_of_deciles,
    faults_of_known_ages,
    faults_of_mortality,
    faults_of_occupations,
    faults_of_places,
)
from jamsos_sim.population.region_folder import (
    ABOUT,
    OPTIONAL_TABLES,
    assumption_files,
    digest_of,
    folder_of,
    shipped_regions,
)
from jamsos_sim.population.region_rows import (
    AgeSexRow,
    BudgetVersion,
    CityBudgetRow,
    DecileRow,
    KecamatanRow,
    KelurahanRow,
    MortalityRow,
    OccupationRow,
    TableRow,
)
from jamsos_sim.population.region_table import Table, read_table
from jamsos_sim.population.region_text import RegionText, read_about
from jamsos_sim.population.table_assumptions import table_assumptions
from jamsos_sim.yaml_file import Document, FileError, closest

R = TypeVar("R", bound=TableRow)
PERCENT = 100
BUDGETS = OPTIONAL_TABLES[0]


@dataclass(frozen=True, eq=False)
class RegionFolder:
    """A region's folder as it was read.

    Attributes
    ----------
    path:
        Where the folder lies.
    digest:
        Digest of all it says; another digest is another region.
    region, assumptions:
        What it says.
    own_assumptions, table_assumptions:
        Keys of the assumptions that stand in its files of assumptions, and in its tables; the others are
        those of another region.
    written_keys:
        Keys of ``region.yaml`` that are written.
    """

    path: Path
    digest: str
    region: Region
    assumptions: Mapping[str, Assumption]
    own_assumptions: frozenset[str]
    table_assumptions: frozenset[str]
    written_keys: frozenset[str]

    @property
    def name(self) -> str:
        """Name of the region."""
        return self.region.name


def read_region(region: str | Path = DEFAULT_REGION) -> RegionFolder:
    """The folder of a region, given by its name or by a path.

    Raises `InputError` when there is no such folder, and `FileError` with every fault of its files.
    """
    folder = folder_of(region)
    return _read(folder, digest_of(folder))


def load_region(region: str | Path = DEFAULT_REGION) -> Region:
    """The region of a name or a path; raises as `read_region` does."""
    return read_region(region).region


class _Found(NamedTuple):
    """The tables of a folder; ``None`` for one with a fault."""

    about: tuple[Document, RegionText] | None
    kecamatan: Table[KecamatanRow] | None
    kelurahan: Table[KelurahanRow] | None
    age_sex: Table[AgeSexRow] | None
    occupations: Table[OccupationRow] | None
    deciles: Table[DecileRow] | None
    mortality: Table[MortalityRow] | None
    budgets: Table[CityBudgetRow] | None


@lru_cache(maxsize=16)
def _read(folder: Path, digest: str) -> RegionFolder:
    faults: list[InputError] = []

    def table(name: str, kind: type[R]) -> Table[R] | None:
        read, wrong = read_table(folder / name, kind)
        faults.extend(wrong)
        return read

    about, wrong = read_about(folder / ABOUT)
    faults += wrong
    found = _Found(
        about,
        table("kecamatan.csv", KecamatanRow),
        table("kelurahan.csv", KelurahanRow),
        table("age_sex.csv", AgeSexRow),
        table("occupations.csv", OccupationRow),
        table("deciles.csv", DecileRow),
        table("mortality.csv", MortalityRow),
        table(BUDGETS, CityBudgetRow) if (folder / BUDGETS).exists() else Table(BUDGETS, (), ()),
    )
    faults += _faults_of_tables(found, folder.name)
    own, wrong = read_assumptions(assumption_files(folder))
    faults += wrong
    base, wrong = _base(found.about)
    faults += wrong
    if folder != shipped_regions()[DEFAULT_REGION]:
        faults += faults_of_assumptions(folder.name, own, base, _shipped(DEFAULT_REGION).assumptions)
    if faults:
        raise FileError(faults)
    written = {**base, **{key: place.assumption for key, place in own.items()}}
    return _region_folder(folder, digest, found, written, frozenset(own))


def _faults_of_tables(found: _Found, name: str) -> Iterator[InputError]:
    if found.about is not None:
        yield from faults_of_about(*found.about, name)
        if found.occupations is not None and found.age_sex is not None:
            yield from faults_of_known_ages(*found.about, found.occupations, found.age_sex)
    if found.kecamatan is not None:
        yield from faults_of_places(found.kecamatan, found.kelurahan)
    if found.age_sex is not None:
        yield from faults_of_ages(found.age_sex)
    if found.occupations is not None:
        yield from faults_of_occupations(found.occupations, found.age_sex)
    if found.deciles is not None:
        yield from faults_of_deciles(found.deciles, found.about[1] if found.about else None)
    if found.mortality is not None:
        yield from faults_of_mortality(found.mortality)
    yield from faults_of_budgets(found.budgets)


def _base(about: tuple[Document, RegionText] | None) -> tuple[Mapping[str, Assumption], list[InputError]]:
    """The assumptions that hold where the folder has none of its own."""
    if about is None or about[1].assumptions_from is None:
        return {}, []
    document, name, known = about[0], about[1].assumptions_from, shipped_regions()
    if name not in known:
        near = closest(name, known) or ", ".join(known)
        return {}, [document.fault("region.unknown_base", ("assumptions_from",), name=name, near=near)]
    return written_in_files(_shipped(name).assumptions), []


def _shipped(name: str) -> RegionFolder:
    folder = shipped_regions()[name]
    return _read(folder, digest_of(folder))


def _region_folder(
    path: Path, digest: str, found: _Found, written: Mapping[str, Assumption], own: frozenset[str]
) -> RegionFolder:
    tables = _whole(found)
    about, occupations, deciles = tables.about[1], tables.occupations.rows, tables.deciles.rows
    in_tables = table_assumptions(about, occupations, deciles)
    return RegionFolder(
        path=path,
        digest=digest,
        region=_region(tables),
        assumptions=dict(sorted({**written, **in_tables}.items())),
        own_assumptions=own,
        table_assumptions=frozenset(in_tables),
        written_keys=frozenset(about.model_fields_set),
    )


class _Whole(NamedTuple):
    """All tables of a folder without a fault."""

    about: tuple[Document, RegionText]
    kecamatan: Table[KecamatanRow]
    kelurahan: Table[KelurahanRow]
    age_sex: Table[AgeSexRow]
    occupations: Table[OccupationRow]
    deciles: Table[DecileRow]
    mortality: Table[MortalityRow]
    budgets: Table[CityBudgetRow]


def _whole(found: _Found) -> _Whole:
    if any(part is None for part in found):
        raise AssertionError("a table that could not be read has left no fault")
    return _Whole(*found)  # type: ignore[arg-type]  # none of them is None, as was just made sure


def _region(tables: _Whole) -> Region:
    about = tables.about[1]
    kecamatan = tuple(row.kecamatan for row in tables.kecamatan.rows)
    occupations = tuple(_occupation(row) for row in tables.occupations.rows)
    by_sex = [_sorted_ages(tables.age_sex.rows, sex) for sex in SEXES]
    deciles = sorted(tables.deciles.rows, key=lambda row: row.decile)
    pool = about.published_pool
    return Region(
        name=about.name,
        title=about.title.by_language(),
        kecamatan=kecamatan,
        kecamatan_basis=tuple(row.basis for row in tables.kecamatan.rows),
        kelurahan=tuple(_kelurahan(row, kecamatan) for row in tables.kelurahan.rows),
        occupations=occupations,
        age_starts=tuple(row.age_start for row in by_sex[0]),
        residents=tuple(tuple(row.residents for row in rows) for rows in by_sex),
        informal_rates=tuple(tuple(row.informal_rate_central for row in rows) for rows in by_sex),
        entry_weights=tuple(tuple(row.entry_weight_percent for row in rows) for rows in by_sex),
        decile_shares=tuple(row.share_central for row in deciles),
        occupation_ages=_occupation_ages(about, [each.key for each in occupations]),
        mortality=_mortality(tables.mortality.rows),
        decile_income_tilt=about.fit.decile_income_tilt.central,
        published_enrolment=tuple(
            PublishedEnrolment(point.month, point.people, point.is_of_the_year)
            for point in about.published_enrolment
        ),
        published_totals=tuple(
            PublishedTotal(
                total.quantity, total.year, total.low, total.high, total.source.by_language(), total.month
            )
            for total in about.published_totals
        ),
        published_pool=None if pool is None else PublishedPool(pool.low, pool.high, pool.source),
        city_budgets=_city_budgets(tables.budgets.rows),
        vulnerable_decile=about.vulnerable_decile.value,
    )


def _city_budgets(rows: Sequence[CityBudgetRow]) -> tuple[CityBudget, ...]:
    """Of each year the last version."""
    versions = get_args(BudgetVersion)
    last = {row.year: row for row in sorted(rows, key=lambda row: versions.index(row.version))}
    return tuple(CityBudget(year, row.expenditure) for year, row in sorted(last.items()))


def _sorted_ages(rows: Sequence[AgeSexRow], sex: str) -> list[AgeSexRow]:
    return sorted((row for row in rows if row.sex == sex), key=lambda row: row.age_start)


def _kelurahan(row: KelurahanRow, kecamatan: tuple[str, ...]) -> Kelurahan:
    return Kelurahan(row.kelurahan, kecamatan.index(row.kecamatan), row.residents, row.basis)


def _occupation(row: OccupationRow) -> Occupation:
    return Occupation(
        key=row.key,
        title={"id": row.label_id, "en": row.label_en},
        sector=SECTORS.index(row.sector),
        share=row.share_central,
        male_share=row.male_share,
        relative_risk=row.relative_risk_central,
        income_quartiles=(row.income_p25, row.income_median, row.income_p75),
        youth_tilt=row.youth_tilt_percent / PERCENT,
        oldest_age=row.oldest_age_group,
    )


def _occupation_ages(about: RegionText, keys: list[str]) -> tuple[OccupationAges, ...]:
    return tuple(
        OccupationAges(keys.index(known.occupation), known.from_age, known.stop_age, known.share, known.basis)
        for known in about.occupation_ages
    )


def _mortality(rows: Sequence[MortalityRow]) -> tuple[MortalityPeriod, ...]:
    periods = sorted({(row.first_year, row.stop_year) for row in rows})
    return tuple(
        MortalityPeriod(first, stop, (_rates(rows, first, "M"), _rates(rows, first, "F")))
        for first, stop in periods
    )


def _rates(rows: Sequence[MortalityRow], first_year: int, sex: str) -> tuple[tuple[int, float], ...]:
    own = (row for row in rows if row.first_year == first_year and row.sex == sex)
    return tuple(sorted((row.age_start, row.annual_rate) for row in own))
