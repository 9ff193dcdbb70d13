"""What the tables of a region's folder hold: one class for a table, one field for a column.

The check of a folder and the codebook in the documentation come from these classes.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from jamsos_sim.yaml_checks import Words

MOST_RESIDENTS = 100_000_000
MOST_INCOME = 1_000_000_000
OLDEST_AGE = 100
MOST_RUPIAH = 10**16
FIRST_YEAR, LAST_YEAR = 1900, 2200

Basis = Literal["published", "derived", "modelled"]
Confidence = Literal["high", "medium", "low"]
Sex = Literal["M", "F"]
BudgetVersion = Literal["draft", "original", "revised"]
"""Versions of a year's budget, the later ones last."""
Sector = Literal["other", "transport"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def column(default: Any = ..., *, id: str, en: str, **bounds: Any) -> Any:
    """A column with its meaning in both languages, and its bounds."""
    return Field(default, description=en, json_schema_extra={"deskripsi": id}, **bounds)


def _share(id: str, en: str) -> Any:
    return column(id=id, en=en, ge=0, le=1)


def _source() -> Any:
    return column(id="Dari mana angka baris ini", en="Where the numbers of the row come from")


def _confidence() -> Any:
    return column(id="Seberapa yakin, dengan kata sendiri", en="How sure we are, in your own words")


def _graded() -> Any:
    return column(id="Seberapa yakin: high, medium, atau low", en="How sure we are: high, medium or low")


def _basis(default: Any = ...) -> Any:
    return column(
        default,
        id="published (diterbitkan), derived (diturunkan dari terbitan), atau modelled (perkiraan)",
        en="published, derived (from something published) or modelled (a judgement)",
    )


class TableRow(BaseModel):
    """A row of a table: its columns are all known, numbers are written as text, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)
    rising: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Columns that may not fall from one to the next."""

    note: str = column("", id="Catatan bebas; tidak dibaca", en="A remark of your own; not read")

    @model_validator(mode="after")
    def _rises(self) -> "TableRow":
        for names in self.rising:
            values = [getattr(self, name) for name in names]
            if values != sorted(values):
                told = {"columns": ", ".join(names), "values": ", ".join(map(str, values))}
                raise PydanticCustomError("not_rising", "out of order", {**told, "column": names[0]})
        return self


class KecamatanRow(TableRow):
    """One district (kecamatan) of the city."""

    kecamatan: Words = column(id="Nama kecamatan, tanpa berulang", en="Name of the district, once each")
    residents: int | None = column(
        None,
        id="Penduduk; bila diisi, harus sama dengan jumlah kelurahannya (selisih sampai 1%)",
        en="Residents; when given they must be the sum of its wards (within 1%)",
        ge=0,
        le=MOST_RESIDENTS,
    )
    code: str = column("", id="Kode wilayah; tidak dibaca", en="Code of the area; not read")
    area_km2: float | None = column(
        None, id="Luas, km²; tidak dibaca", en="Area in km²; not read", ge=0, allow_inf_nan=False
    )
    basis: Basis = _basis("modelled")
    source: Words = _source()
    confidence: Words = _confidence()


class KelurahanRow(TableRow):
    """One ward (kelurahan) of a district."""

    kecamatan: Words = column(
        id="Kecamatannya, seperti tertulis di kecamatan.csv", en="Its district, as written in kecamatan.csv"
    )
    kelurahan: Words = column(id="Nama kelurahan", en="Name of the ward")
    residents: int = column(
        id="Penduduk; hanya perbandingan antarkelurahan yang dibaca",
        en="Residents; only the ratios between wards are read",
        ge=0,
        le=MOST_RESIDENTS,
    )
    code: str = column("", id="Kode wilayah; tidak dibaca", en="Code of the area; not read")
    published_population: int | None = column(
        None,
        id="Jumlah seperti diterbitkan; tidak dibaca",
        en="The count as published; not read",
        ge=0,
        le=MOST_RESIDENTS,
    )
    published_year: int | None = column(
        None,
        id="Tahun jumlah itu; tidak dibaca",
        en="Year of that count; not read",
        ge=FIRST_YEAR,
        le=LAST_YEAR,
    )
    basis: Basis = _basis()
    source: Words = _source()
    confidence: Words = _confidence()


class AgeSexRow(TableRow):
    """Residents of one sex in a group of five years of age; the last group is open."""

    rising = (("informal_rate_low", "informal_rate_central", "informal_rate_high"),)

    age_start: int = column(
        id="Umur pertama kelompok: 15, 20, 25, …",
        en="First age of the group: 15, 20, 25, …",
        ge=0,
        le=OLDEST_AGE,
    )
    sex: Sex = column(id="M (laki-laki) atau F (perempuan)", en="M (men) or F (women)")
    residents: int = column(id="Penduduk", en="Residents", ge=0, le=MOST_RESIDENTS)
    informal_rate_low: float = _share("Perkiraan rendah; tidak dibaca", "Low estimate; not read")
    informal_rate_central: float = _share(
        "Bagian penduduk itu yang bekerja informal; hanya bentuknya menurut umur yang dibaca",
        "Share of these residents in informal work; only its shape over the ages is read",
    )
    informal_rate_high: float = _share("Perkiraan tinggi; tidak dibaca", "High estimate; not read")
    entry_weight_percent: int = column(
        id="Seberapa sering pendatang baru berumur sekian dibandingkan pekerja yang ada, persen",
        en="How often newcomers are of that age, relative to present workers, per cent",
        ge=0,
        le=10_000,
    )
    basis: Basis = _basis()
    source: Words = _source()
    confidence: Words = _confidence()


class OccupationRow(TableRow):
    """One trade of informal workers."""

    rising = (
        ("share_low", "share_central", "share_high"),
        ("relative_risk_low", "relative_risk_central", "relative_risk_high"),
        ("income_p25", "income_median", "income_p75"),
    )

    key: Key = column(
        id="Nama pendek: huruf kecil, angka, garis bawah", en="Short name: small letters, digits, underscores"
    )
    label_id: Words = column(id="Nama dalam bahasa Indonesia", en="Name in Indonesian")
    label_en: Words = column(id="Nama dalam bahasa Inggris", en="Name in English")
    sector: Sector = column(
        id="Sektor menurut hukum: transport (pengemudi, kurir) atau other",
        en="Sector of the law: transport (drivers, couriers) or other",
    )
    share_low: float = _share("Bagian rendah", "Low share")
    share_central: float = _share(
        "Bagian dari semua pekerja informal; semua pekerjaan berjumlah 1",
        "Share of all informal workers; all trades add up to 1",
    )
    share_high: float = _share("Bagian tinggi", "High share")
    male_share: float = _share("Bagian laki-laki dalam pekerjaan itu", "Share of men in the trade")
    relative_risk_low: float = column(id="Risiko rendah", en="Low risk", ge=0, le=1_000)
    relative_risk_central: float = column(
        id="Risiko kecelakaan dibandingkan pekerjaan lain; hanya perbandingannya yang dibaca",
        en="Accident risk relative to other trades; only ratios are read",
        ge=0,
        le=1_000,
    )
    relative_risk_high: float = column(id="Risiko tinggi", en="High risk", ge=0, le=1_000)
    income_p25: int = column(
        id="Kuartil bawah penghasilan bersih, rupiah sebulan",
        en="Lower quartile of net income, rupiah a month",
        ge=1,
        le=MOST_INCOME,
    )
    income_median: int = column(
        id="Median penghasilan bersih, rupiah sebulan",
        en="Median of net income, rupiah a month",
        ge=1,
        le=MOST_INCOME,
    )
    income_p75: int = column(
        id="Kuartil atas penghasilan bersih, rupiah sebulan",
        en="Upper quartile of net income, rupiah a month",
        ge=1,
        le=MOST_INCOME,
    )
    youth_tilt_percent: int = column(
        id="Perubahan bobot pekerjaan per sepuluh tahun di bawah umur 45, persen",
        en="Change of the trade's weight for each ten years below age 45, per cent",
        ge=-100,
        le=100,
    )
    oldest_age_group: int = column(
        id="Umur pertama kelompok tertua yang masih bekerja di situ",
        en="First age of the oldest group that still works in the trade",
        ge=0,
        le=OLDEST_AGE,
    )
    source: Words = _source()
    confidence: Confidence = _graded()


class DecileRow(TableRow):
    """One national welfare decile (desil DTSEN), 1 the poorest."""

    rising = (("share_low", "share_central", "share_high"),)

    decile: int = column(id="Desil, 1 sampai 10", en="Decile, 1 to 10", ge=1, le=10)
    share_low: float = _share("Bagian rendah", "Low share")
    share_central: float = _share(
        "Bagian pekerja informal dalam desil itu; semua desil berjumlah 1",
        "Share of the informal workers in the decile; all deciles add up to 1",
    )
    share_high: float = _share("Bagian tinggi", "High share")
    basis: Basis = _basis()
    source: Words = _source()
    confidence: Confidence = _graded()


class MortalityRow(TableRow):
    """Deaths of one sex from an age on, in a period of years."""

    age_start: int = column(
        id="Umur pertama kelompok; yang pertama 0",
        en="First age of the group; the first is 0",
        ge=0,
        le=OLDEST_AGE,
    )
    sex: Sex = column(id="M (laki-laki) atau F (perempuan)", en="M (men) or F (women)")
    first_year: int = column(
        id="Tahun pertama periode", en="First year of the period", ge=FIRST_YEAR, le=LAST_YEAR
    )
    stop_year: int = column(
        id="Tahun sesudah periode; periode berikutnya mulai di sini",
        en="Year after the period; the next period begins here",
        ge=FIRST_YEAR,
        le=LAST_YEAR,
    )
    annual_rate: float = column(id="Kematian per orang setahun", en="Deaths per person and year", ge=0, le=2)
    source: Words = _source()
    confidence: Words = _confidence()


class CityBudgetRow(TableRow):
    """The city's whole budget (APBD) of a fiscal year, in one of its versions."""

    year: int = column(id="Tahun anggaran", en="Fiscal year", ge=FIRST_YEAR, le=LAST_YEAR)
    version: BudgetVersion = column(
        id="draft (rancangan), original (murni), atau revised (perubahan); yang terakhir yang dibaca",
        en="draft, original or revised (perubahan); the last one of a year is read",
    )
    expenditure: int = column(id="Belanja daerah, rupiah", en="Expenditure, rupiah", ge=1, le=MOST_RUPIAH)
    source: Words = _source()
    confidence: Confidence = _graded()


ROWS: dict[str, type[TableRow]] = {
    "kecamatan.csv": KecamatanRow,
    "kelurahan.csv": KelurahanRow,
    "age_sex.csv": AgeSexRow,
    "occupations.csv": OccupationRow,
    "deciles.csv": DecileRow,
    "mortality.csv": MortalityRow,
    "apbd.csv": CityBudgetRow,
}
"""Table to the class of its rows."""
