"""Check what a YAML file says against a model of its keys, and collect every fault as a sentence."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from jamsos_sim.errors import InputError
from jamsos_sim.units import MONTHS_PER_YEAR, month_of, year_of
from jamsos_sim.yaml_file import Address, Document, FileError, closest

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_VALUE = 60

SENTENCES = {
    "missing": "missing_key",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large_number",
    "int_type": "not_whole_number",
    "int_from_float": "not_whole_number",
    "float_type": "not_number",
    "finite_number": "not_number",
    "string_type": "not_text",
    "string_too_short": "empty_text",
    "too_short": "empty_mapping",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "tuple_type": "not_list",
    "list_type": "not_list",
    "bad_month": "bad_month",
    "repeated_entry": "repeated_entry",
}

NUMBERS = ("int_type", "float_type")


class Part(BaseModel):
    """A part of a file: its keys are all known, its values are not converted, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Bilingual(Part):
    """The same sentence in both languages of the toolkit."""

    id: Words = Field(description="bahasa Indonesia")
    en: Words = Field(description="English")

    def by_language(self) -> dict[str, str]:
        """Language to sentence."""
        return {"id": self.id, "en": self.en}


def month_of_text(value: object) -> int:
    """Month of ``2027-01`` or of a year such as ``2027``, which stands for its January.

    Raises `PydanticCustomError` when the value is neither, or far from any fiscal year of the programme.
    """
    text = str(value).strip()
    is_year = len(text) == len("2027") and text.isdecimal()
    try:
        month = int(text) * MONTHS_PER_YEAR if is_year else month_of(text)
    except InputError:
        month = 0
    if isinstance(value, bool) or not FIRST_YEAR <= year_of(month) <= LAST_YEAR:
        raise PydanticCustomError("bad_month", "not a month")
    return month


MONTH_PATTERN = r"^20\d\d(-(0[1-9]|1[0-2]))?$"
MonthOfText = Annotated[
    int,
    BeforeValidator(month_of_text),
    WithJsonSchema({"type": ["string", "integer"], "pattern": MONTH_PATTERN, "minimum": FIRST_YEAR}),
]


KnownKeys = Callable[[Address], Iterable[str]]


def no_keys(address: Address) -> Iterable[str]:
    """No key is known: for values that hold none."""
    return ()


def checked(
    check: Callable[[Any], T], document: Document, data: Any, at: Address = (), known: KnownKeys = no_keys
) -> tuple[T | None, list[InputError]]:
    """What a check of pydantic makes of data, or ``None`` and the faults it found.

    Parameters
    ----------
    at:
        Address of the data in the document.
    known:
        The keys that may stand at an address, for the closest name.
    """
    try:
        return check(data), []
    except ValidationError as error:
        return None, [_fault(details, document, at, known) for details in error.errors()]


def _fault(details: ErrorDetails, document: Document, at: Address, known: KnownKeys) -> InputError:
    address = (*at, *details["loc"])
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown_key(document, address, known(address))
    if kind == "literal_error":
        options = re.findall(r"'([^']+)'", str(context["expected"]))
        return unknown_option(document, address, details["input"], options)
    bound = context.get("ge", context.get("le"))
    key = f"yaml_file.{SENTENCES.get(kind, 'invalid')}"
    value = shown(details["input"])
    is_text = isinstance(details["input"], str) and kind in NUMBERS
    return document.fault(key, address, value=f'"{value}"' if is_text else value, bound=bound)


def unknown_key(document: Document, address: Address, known: Iterable[str]) -> InputError:
    """The fault of a key that nothing knows, with the closest known name or the list of names."""
    return _unknown(document, address, known, key="unknown_key", value=str(address[-1]))


def unknown_option(document: Document, address: Address, value: object, options: Iterable[str]) -> InputError:
    """The fault of a value that is none of the options, with the closest option or the list of them."""
    return _unknown(document, address, options, key="unknown_option", value=shown(value))


def _unknown(
    document: Document, address: Address, known: Iterable[str], *, key: str, value: str
) -> InputError:
    names = tuple(known)
    near = closest(value, names)
    if near is not None:
        return document.fault(f"yaml_file.{key}_near", address, value=value, near=near)
    return document.fault(f"yaml_file.{key}", address, value=value, known=", ".join(names))


def shown(value: object) -> str:
    """A value as a sentence shows it: short, on one line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def range_faults(
    document: Document, address: Address, bounds: tuple[float, float, float], unit: str
) -> list[InputError]:
    """Faults of a range: out of order, negative, or above one where the unit is a share."""
    low, central, high = bounds
    if not low <= central <= high:
        return [document.fault("yaml_file.low_central_high", address, low=low, central=central, high=high)]
    if unit.startswith("share") and not 0 <= low <= high <= 1:
        return [document.fault("yaml_file.not_a_share", address, low=low, high=high)]
    return [document.fault("yaml_file.negative", address, low=low)] if low < 0 else []


def raise_faults(faults: Iterable[InputError]) -> None:
    """Raise `FileError` with the faults in the order of their lines, if there are any."""
    ordered = sorted(faults, key=_line_of)
    if ordered:
        raise FileError(ordered)


def _line_of(fault: InputError) -> int:
    line = fault.values.get("line")
    return line if isinstance(line, int) else 0


def mapping_at(data: Any, *address: str) -> Mapping[str, Any]:
    """The mapping at an address of plain values, or an empty one when something else stands there."""
    for key in address:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}
