"""What a run changes, and cities and people that can be changed without changing others."""

from jamsos_sim.model.context import City, Territory

CHANGING = (
    "decile",
    "decile_since",
    "income",
    "has_valid_nik",
    "recorded_decile",
    "age",
    "presence",
    "gone_since",
    "is_aware",
    "status",
    "since",
    "proposed_since",
    "failed_since",
    "enrolled_since",
    "refusal",
    "is_self_paid",
    "last_paid_month",
    "run_start_month",
    "paid_months",
    "stretch_since",
    "paid_before",
    "event",
    "training",
    "trained_since",
    "income_gain",
    "parcel_month",
    "year_covered",
    "year_paid",
    "year_wrong",
    "year_contributed",
)
"""Columns of people that a run changes; the others are the world's."""


def copied(city: City) -> City:
    """A city that a run can change without changing the given one."""
    people = {name: getattr(city.people, name).copy() for name in CHANGING}
    communities = {name: column.copy() for name, column in city.communities._asdict().items()}
    return city._replace(
        people=city.people._replace(**people),
        communities=city.communities._replace(**communities),
        territory=Territory(*(column.copy() for column in city.territory)),
        ledger=city.ledger.copy(),
        cells=city.cells.copy(),
        diary=city.diary.copy(),
    )
