"""The table of the support programmes: whom courses and food parcels reach, what they cost and bring."""

import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.report.numbers import Style
from jamsos_sim.report.tables import EstimateTable, quantity_columns

COURSES = (
    "trained_baking",
    "trained_massage",
    "trained_certified",
    "courses_completed",
    "trained_to_formal",
    "training_cost",
    "training_income_gain",
)
PARCELS = (
    "parcels_stunting",
    "parcels_tuberculosis",
    "parcels_disability",
    "parcels_remote",
    "parcels_cost",
    "parcels_income_gain",
)
CONTACTS = ("contacts", "informed_at_contact", "helped_registrations")
SUPPORT = (COURSES, PARCELS, CONTACTS)
"""Quantities of the table, in order; those that belong together are shown together or not at all."""


def support_table(summary: pd.DataFrame, scenario: str, title: str, lang: str) -> EstimateTable | None:
    """A scenario's courses and food parcels by year, from the first year that has any in any world on.

    Nothing where there is none. ``summary`` has the columns ``scenario, year, quantity, mean, low, high``.
    """
    own = summary[summary["scenario"] == scenario]
    some = own[own["quantity"].isin([*COURSES, *PARCELS]) & (own["mean"] > 0)]
    if some.empty:
        return None
    told, found = own[own["year"] >= some["year"].min()], set(some["quantity"])
    shown = [name for names in SUPPORT if names is CONTACTS or found & set(names) for name in names]
    years = sorted({int(year) for year in told["year"]})
    heading = text("report.support_title", lang, title=title)
    columns = quantity_columns(told, shown, Style(lang))
    table = EstimateTable(heading, text("report.year", lang), years, columns)
    return table.with_note(text("report.support_note", lang))
