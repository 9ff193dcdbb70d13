"""The checks of the published schema, as a pandera schema over the numbers that were understood."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from jamsos_sim.population.intake_fields import CHILDREN, FIELD, bounds_of
from jamsos_sim.population.region import Region

TOO_LOW, TOO_HIGH, BEFORE_PARENT = "too_low", "too_high", "before_parent"
NOT_NULLABLE = "not_nullable"
"""pandera's name for a missing value where there must be one."""


class Failure(NamedTuple):
    """A value that breaks a check: its place in the table, its field, the reason."""

    place: int
    field: str
    reason: str


def schema_of(region: Region, names: Iterable[str]) -> pa.DataFrameSchema:
    """The schema of the fields of a register; unknown values of optional fields are missing."""
    listed = list(names)
    return pa.DataFrameSchema(
        {name: _column(name, region) for name in listed},
        checks=[_born_after_parent(name) for name in CHILDREN if name in listed],
        strict=True,
    )


def _column(name: str, region: Region) -> pa.Column:
    field, bounds = FIELD[name], bounds_of(FIELD[name], region)
    checks = []
    if bounds is not None:
        checks = [
            pa.Check.greater_than_or_equal_to(bounds.low, error=TOO_LOW),
            pa.Check.less_than_or_equal_to(bounds.high, error=TOO_HIGH),
        ]
    return pa.Column("Int64", checks, nullable=not field.is_required)


def _born_after_parent(name: str) -> pa.Check:
    return pa.Check(
        lambda table: (table[name] > table["birth_date"]).fillna(True),
        error=f"{name}:{BEFORE_PARENT}",
        ignore_na=False,
    )


def failures_of(table: pd.DataFrame, region: Region) -> list[Failure]:
    """All values that break the schema, by their place from 0."""
    try:
        schema_of(region, table.columns).validate(table, lazy=True)
    except SchemaErrors as broken:
        return _failures(broken.failure_cases)
    return []


def _failures(cases: pd.DataFrame) -> list[Failure]:
    """The cases of a report; a check over two fields reports every column of its row, and is named once."""
    columns = zip(cases["index"], cases["column"], cases["check"], strict=True)
    return [
        Failure(int(place), str(column), str(reason).rpartition(":")[2])
        for place, column, reason in columns
        if ":" not in str(reason) or str(reason).startswith(f"{column}:")
    ]
