"""The parts that levers are declared from: bounds, calendar months, and a field with its meaning and unit."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, Strict
from pydantic_core import PydanticCustomError

from jamsos_sim.units import MONTHS_PER_YEAR

# Far above any city's numbers, and far below what the columns of the model can hold.
MOST_PERSONS = 10_000_000
OLDEST_ALIVE = 120
MOST_MONTHS = 600
MOST_RUPIAH_A_MONTH = 1_000_000_000
MOST_RUPIAH_A_YEAR = 10_000_000_000_000


def lever(*, id: str, en: str, unit: str, **bounds: Any) -> Any:
    """Field of a lever: its meaning in Indonesian and English, its unit, and the bounds of its value."""
    return Field(description=en, json_schema_extra={"deskripsi": id, "unit": unit}, **bounds)


def distinct(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """The entries as they are; raises pydantic's own error when one is repeated."""
    if len(set(entries)) < len(entries):
        raise PydanticCustomError("repeated_entry", "an entry is repeated")
    return entries


def _in_order(months: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(distinct(months)))


CalendarMonth = Annotated[int, Field(ge=1, le=MONTHS_PER_YEAR)]
CalendarMonths = Annotated[tuple[CalendarMonth, ...], Strict(False), AfterValidator(_in_order)]
