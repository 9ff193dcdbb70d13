"""What ``region.yaml`` of a region's folder says, and its faults."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from jamsos_sim.assumptions_file import Entry
from jamsos_sim.errors import InputError
from jamsos_sim.yaml_checks import Bilingual, MonthOfText, Part, Words, checked
from jamsos_sim.yaml_file import Address, Document, FileError, read_document

LAST_AGE = 120


class AgesText(Part):
    """A known share of one trade's workers in a range of ages."""

    occupation: Words = Field(description="key of occupations.csv")
    from_age: int = Field(ge=0, le=LAST_AGE)
    stop_age: int = Field(ge=0, le=LAST_AGE)
    share: float = Field(ge=0, le=1)
    basis: Literal["published", "derived", "modelled"]
    source: Words
    confidence: Words


class FitText(Part):
    """The numbers of the fit that are no table."""

    decile_income_tilt: Entry


class PointText(Part):
    """A number of enrolled people that was published."""

    month: MonthOfText
    people: int = Field(ge=0, le=100_000_000)
    is_of_the_year: bool = False
    source: Words


class TotalText(Part):
    """A quantity of a year, or of the end of one of its months, as published: between two whole numbers."""

    quantity: Words
    year: int = Field(ge=2000, le=2100)
    month: int | None = Field(None, ge=1, le=12)
    low: int = Field(ge=0)
    high: int = Field(ge=0)
    source: Bilingual


class PoolText(Part):
    """People whom the city could list, as publications lead to it."""

    low: int = Field(ge=0)
    high: int = Field(ge=0)
    basis: Literal["published", "derived", "modelled"]
    confidence: Words
    source: Words


class VulnerableText(Part):
    """Highest welfare decile of a vulnerable worker."""

    value: int = Field(ge=1, le=10)
    basis: Literal["published", "derived", "modelled", "assumption"]
    source: Words


def _key(default: Any = ..., *, id: str, en: str, **more: Any) -> Any:
    """A key of the file with its meaning in both languages."""
    return Field(default, description=en, json_schema_extra={"deskripsi": id}, **more)


def _list(*, id: str, en: str) -> Any:
    return Field(default_factory=list, description=en, json_schema_extra={"deskripsi": id})


class RegionText(Part):
    """``region.yaml`` as it is written."""

    name: Words = _key(id="Nama foldernya", en="Name of the folder")
    title: Bilingual = _key(
        id="Nama kota dalam dua bahasa: `id`, `en`", en="Name of the city in both languages: `id`, `en`"
    )
    province: Words | None = _key(None, id="Provinsi; tidak dibaca", en="Province; not read")
    assumptions_from: Words | None = _key(
        None,
        id="Wilayah bawaan yang asumsinya dipakai bila folder ini tidak punya sendiri",
        en="Shipped region whose assumptions hold where this folder has none of its own",
    )
    vulnerable_decile: VulnerableText = _key(
        id="Desil tertinggi pekerja rentan: `value`, `basis`, `source`",
        en="Highest decile of a vulnerable worker: `value`, `basis`, `source`",
    )
    fit: FitText = _key(
        id="`decile_income_tilt`: seberapa kuat pekerjaan berpenghasilan rendah berada di desil bawah, "
        "ditulis seperti asumsi",
        en="`decile_income_tilt`: how strongly trades with low incomes stand in low deciles, written as an "
        "assumption",
    )
    occupation_ages: list[AgesText] = _list(
        id="Bagian umur yang diketahui dari satu pekerjaan: `occupation`, `from_age`, `stop_age`, `share`, "
        "`basis`, `source`, `confidence`",
        en="Known age shares of single trades: `occupation`, `from_age`, `stop_age`, `share`, `basis`, "
        "`source`, `confidence`",
    )
    published_enrolment: list[PointText] = _list(
        id="Peserta seperti diterbitkan: `month`, `people`, `is_of_the_year`, `source`",
        en="People enrolled as published: `month`, `people`, `is_of_the_year`, `source`",
    )
    published_totals: list[TotalText] = _list(
        id="Angka seperti diterbitkan, untuk uji mundur: `quantity` (besaran hasil), `year`, `month` (1–12, "
        "boleh tidak ada: keadaan akhir bulan itu, bukan akhir tahun), `low`, `high`, `source` (`id`, `en`)",
        en="Numbers as published, for the back-cast: `quantity` (of the results), `year`, `month` (1–12, may "
        "be left out: as at the end of that month, not of the year), `low`, `high`, `source` (`id`, `en`)",
    )
    published_pool: PoolText | None = _key(
        None,
        id="Orang yang dapat didaftar kota, menurut terbitan: `low`, `high`, `basis`, `confidence`, `source`",
        en="People whom the city could list, as published: `low`, `high`, `basis`, `confidence`, `source`",
    )


PARTS: dict[str, type[Part]] = {
    "title": Bilingual,
    "vulnerable_decile": VulnerableText,
    "fit": FitText,
    "occupation_ages": AgesText,
    "published_enrolment": PointText,
    "published_totals": TotalText,
    "published_pool": PoolText,
}


def read_about(path: Path) -> tuple[tuple[Document, RegionText] | None, list[InputError]]:
    """What ``region.yaml`` says, or ``None`` and its faults."""
    try:
        document = read_document(path)
    except FileError as error:
        return None, list(error.faults)
    except InputError as error:
        return None, [error]
    about, faults = checked(RegionText.model_validate, document, document.data, (), _known_keys)
    return (None if about is None else (document, about)), faults


def _known_keys(address: Address) -> tuple[str, ...]:
    """The keys that may stand where an unknown one was found."""
    if len(address) == 1:
        return tuple(RegionText.model_fields)
    if address[0] == "fit" and len(address) > len(("fit", "key")):
        return tuple(Entry.model_fields)
    if "source" in address[1:-1]:
        return tuple(Bilingual.model_fields)
    return tuple(PARTS.get(str(address[0]), Bilingual).model_fields)
