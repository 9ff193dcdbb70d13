"""The published schema of a register: one list of fields, from which come the checks and the codebook.

What a field means and what may stand in it is said in the message catalogue, under ``intake.means_*`` and
``intake.allowed_*``; its words and habits are those of `intake_habits` and `intake_words`.
"""

from calendar import monthrange
from typing import Any, NamedTuple

from jamsos_sim.messages import text
from jamsos_sim.population.region import Region
from jamsos_sim.population.registry import HIGHEST_DECILE
from jamsos_sim.units import MONTHS_PER_YEAR, calendar_month, month_label, month_of, year_of

SCHEMA_VERSION = 1

IDENTITY, DATE, SEX, PLACE, TRADE, DECILE, RUPIAH, YES_NO, DROPPED = (
    "identity",
    "date",
    "sex",
    "place",
    "trade",
    "decile",
    "rupiah",
    "yes_no",
    "dropped",
)


class Field(NamedTuple):
    """One field of a register: its name, kind of content, whether every row must have it, an example."""

    name: str
    kind: str
    is_required: bool
    example: str


FIELDS = (
    Field("nik", IDENTITY, True, "9974010112800001"),
    Field("birth_date", DATE, True, "31-12-1980"),
    Field("sex", SEX, True, "L"),
    Field("kelurahan", PLACE, True, "Rawa Buntu"),
    Field("occupation", TRADE, True, "pemulung"),
    Field("decile", DECILE, True, "3"),
    Field("declared_income", RUPIAH, False, "Rp 1,5 juta"),
    Field("insured_elsewhere", YES_NO, False, "tidak"),
    Field("has_disability", YES_NO, False, "tidak"),
    Field("has_stunted_child", YES_NO, False, "ya"),
    Field("has_tuberculosis", YES_NO, False, "tidak"),
    Field("is_in_remote_home", YES_NO, False, "tidak"),
    Field("first_child", DATE, False, "17-08-2012"),
    Field("second_child", DATE, False, "2015-02-28"),
    Field("name", DROPPED, False, "–"),
    Field("address", DROPPED, False, "–"),
)
FIELD = {field.name: field for field in FIELDS}
CHILDREN = ("first_child", "second_child")

EARLIEST_BIRTH = month_of("1900-01")
LARGEST_DECLARED = 10**9
"""Rupiah a month above which a declared income is a slip of the pen, and within 32 bits."""

STORED = tuple(field for field in FIELDS if field.kind not in {IDENTITY, DROPPED})
"""The fields whose values are kept; of the identity number only a keyed hash is."""

FRICTIONLESS_TYPES = {
    IDENTITY: "string",
    DATE: "date",
    DECILE: "integer",
    RUPIAH: "integer",
    YES_NO: "boolean",
}


class Bounds(NamedTuple):
    """Smallest and largest value of a field, both allowed."""

    low: int
    high: int


def bounds_of(field: Field, region: Region) -> Bounds | None:
    """Bounds of a field's stored number, or ``None`` for words.

    Nobody is registered who would be younger than the region's workers at the end of its tables.
    """
    if field.kind == DATE:
        youngest = 0 if field.name in CHILDREN else region.age_starts[0] * MONTHS_PER_YEAR
        return Bounds(EARLIEST_BIRTH, region.table_stop - 1 - youngest)
    return {DECILE: Bounds(1, HIGHEST_DECILE), RUPIAH: Bounds(0, LARGEST_DECLARED)}.get(field.kind)


def allowed_of(field: Field, lang: str) -> str:
    """What may stand in a field, as a sentence."""
    largest = f"{LARGEST_DECLARED:,}"
    largest = largest.replace(",", ".") if lang == "id" else largest
    return text(f"intake.allowed_{field.kind}", lang, largest=largest, highest=HIGHEST_DECILE)


def table_schema(region: Region, lang: str) -> dict[str, Any]:
    """The schema in the manner of a Frictionless Table Schema."""
    return {"fields": [_descriptor(field, region, lang) for field in FIELDS], "primaryKey": ["nik"]}


def last_day(month: int) -> str:
    """Last day of a month, such as ``2019-12-31``."""
    _, days = monthrange(year_of(month), calendar_month(month))
    return f"{month_label(month)}-{days:02d}"


def _descriptor(field: Field, region: Region, lang: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": field.is_required}
    bounds = bounds_of(field, region)
    if bounds is not None:
        is_date = field.kind == DATE
        constraints["minimum"] = f"{month_label(bounds.low)}-01" if is_date else bounds.low
        constraints["maximum"] = last_day(bounds.high) if is_date else bounds.high
    if field.kind == SEX:
        constraints["enum"] = ["L", "P"]
    return {
        "name": field.name,
        "type": FRICTIONLESS_TYPES.get(field.kind, "string"),
        "description": text(f"intake.means_{field.name}", lang),
        "constraints": constraints,
    }
