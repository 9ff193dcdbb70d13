"""The levers of a regulation: everything that a council can choose, with its bounds, unit and meaning.

This is the only list of levers. The check of scenario files, the schema for editors and the documentation
come from it. A lever's name is its group and its own name, such as ``budget.months_paid``.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from jamsos_sim.levers_fields import (
    MOST_MONTHS,
    MOST_PERSONS,
    MOST_RUPIAH_A_MONTH,
    OLDEST_ALIVE,
)
from jamsos_sim.levers_fields import lever as _lever
from jamsos_sim.levers_money import Budget, DeathGrant, Funding
from jamsos_sim.levers_offices import (
    CandidateList,
    Coordination,
    Registration,
    Registry,
    Verification,
    Wards,
)
from jamsos_sim.levers_support import Parcels, Training
from jamsos_sim.yaml_checks import Part


class Eligibility(Part):
    """Who may be enrolled, by what the registries say."""

    decile_ceiling: int = _lever(
        id="Desil kesejahteraan DTSEN tertinggi yang masih diterima",
        en="Highest welfare decile of the registry (DTSEN) that is accepted",
        unit="decile",
        ge=1,
        le=10,
    )
    income_ceiling: int | None = _lever(
        id="Penghasilan tercatat tertinggi yang masih diterima; null berarti tanpa batas",
        en="Highest recorded income that is accepted; null means no ceiling",
        unit="rupiah a month",
        ge=0,
        le=MOST_RUPIAH_A_MONTH,
    )
    minimum_age: int = _lever(
        id="Usia terendah saat didaftarkan", en="Lowest age at enrolment", unit="years", ge=0, le=OLDEST_ALIVE
    )


class Outreach(Part):
    """How the programme is made known."""

    meetings: float = _lever(
        id="Bagian komunitas pekerja yang mengadakan pertemuan sosialisasi dalam sebulan",
        en="Share of workers' communities that hold an information meeting in a month",
        unit="share a month",
        ge=0.0,
        le=1.0,
    )


class Contribution(Part):
    """What is paid for a member."""

    declared_base: int | None = _lever(
        id="Dasar penghasilan yang didaftarkan; kosong berarti yang terendah menurut hukum",
        en="Declared base income; empty means the lowest one of the law",
        unit="rupiah a month",
        ge=0,
        le=MOST_RUPIAH_A_MONTH,
    )


class Subsidy(Part):
    """How much of the contribution is paid for a recipient, and how long."""

    share: float = _lever(
        id="Bagian iuran yang ditanggung; sisanya dibayar penerima setiap bulan",
        en="Share of the contribution that is paid for a recipient, who pays the rest every month",
        unit="share",
        ge=0.05,
        le=1.0,
    )
    duration_months: int | None = _lever(
        id="Lama bantuan iuran bagi satu penerima; kosong berarti selama masih memenuhi syarat",
        en="How long a recipient is paid for; empty means as long as the criteria are met",
        unit="months",
        ge=1,
        le=MOST_MONTHS,
    )
    renewal: Literal["allowed", "none"] = _lever(
        id="Apakah penerima yang masa bantuannya habis boleh diusulkan lagi",
        en="Whether a recipient whose time is over may be proposed again",
        unit="option",
    )


class Claims(Part):
    """Help with claims."""

    assistance_share: float = _lever(
        id="Bagian kematian penerima yang ahli warisnya didampingi kelurahan saat mengurus klaim",
        en="Share of recipients' deaths in which the ward helps the heirs with the claim",
        unit="share",
        ge=0.0,
        le=1.0,
    )


class Levers(Part):
    """All levers as they stand in one month."""

    eligibility: Eligibility
    places: int = _lever(
        id="Pekerja yang iurannya ditanggung kota pada saat yang sama",
        en="Workers whose contributions the city pays at the same time",
        unit="persons",
        ge=0,
        le=MOST_PERSONS,
    )
    list: CandidateList
    kelurahan: Wards
    verification: Verification
    registry: Registry
    coordination: Coordination
    registration: Registration
    outreach: Outreach
    contribution: Contribution
    subsidy: Subsidy
    budget: Budget
    funding: Funding
    claims: Claims
    death_grant: DeathGrant
    training: Training
    parcels: Parcels


class Lever(NamedTuple):
    """One lever of the list.

    Attributes
    ----------
    name:
        Dotted name, as scenario files write it.
    description:
        Language to sentence.
    adapter:
        The check of one value; its JSON schema carries the bounds.
    """

    name: str
    description: Mapping[str, str]
    unit: str
    adapter: TypeAdapter[Any]


@cache
def all_levers() -> Mapping[str, Lever]:
    """Name to lever, in the order in which a regulation would speak of them."""
    return {lever.name: lever for lever in _levers_of(Levers, "")}


def levers_from(values: Mapping[str, object]) -> Levers:
    """Levers of a mapping of every dotted name to a value that was checked."""
    nested: dict[str, Any] = {}
    for name, value in values.items():
        group, dot, own = name.rpartition(".")
        (nested.setdefault(group, {}) if dot else nested)[own] = value
    return Levers.model_validate(nested)


def _levers_of(model: type[Part], prefix: str) -> Iterator[Lever]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Part):
            yield from _levers_of(kind, f"{name}.")
        else:
            yield _lever_of(f"{prefix}{name}", field)


def _lever_of(name: str, field: FieldInfo) -> Lever:
    extra = field.json_schema_extra
    notes = extra if isinstance(extra, dict) else {}
    description = {"id": str(notes["deskripsi"]), "en": str(field.description)}
    checks: Any = Annotated[field.annotation, field]
    adapter: TypeAdapter[Any] = TypeAdapter(checks, config=ConfigDict(strict=True, allow_inf_nan=False))
    return Lever(name, description, str(notes["unit"]), adapter)
