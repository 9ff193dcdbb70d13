"""The codebook of quantities: name, unit, stock or flow, and meaning, in Indonesian and English.

It holds every row of the ledger, every column of the tables that a run leaves, and every indicator. The
meanings stand in the message catalogue (``messages/quantities.toml``).
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text
from jamsos_sim.model.cells import CELL_RUPIAH, CELL_STOCKS, CellRows
from jamsos_sim.model.ledger import RUPIAH, STOCKS, Rows
from jamsos_sim.outcomes_cells import BEREAVED_FAMILIES, CELLS_ALONE, NOTHING_OF_100
from jamsos_sim.outcomes_indicators import INDICATORS as COUNCIL
from jamsos_sim.outcomes_indicators import RUPIAH_INDICATORS
from jamsos_sim.outcomes_targeting import SHARES
from jamsos_sim.report.markdown import markdown_table

PARTS = ("ledger", "cells", "shares", "columns")
COLUMNS = ("part", "name", "kind", "unit", "meaning")
PERSON_MONTHS, FAMILIES, CASES = "person_months", "families", "cases"
ENDINGS = {
    **dict.fromkeys(("_person_months", "_strained", "_weighed", "_asked", "_lapsed"), PERSON_MONTHS),
    "_cases": CASES,
    "_claims": CASES,
    "_checks": "checks",
    "_months_to_payment": "months",
}
BEGINNINGS = {
    "paid_for_": PERSON_MONTHS,
    **dict.fromkeys(("families_", "bereaved_", "injured_"), FAMILIES),
    "records_": "records",
    "parcels_": "parcels",
}
OWN_UNITS = {
    "months_waited": PERSON_MONTHS,
    "rest_unpaid_months": PERSON_MONTHS,
    "meetings": "meetings",
    "death_grants": FAMILIES,
    "death_grants_avoided": FAMILIES,
    "attempts": "attempts",
    "failed_attempts": "attempts",
    "returned_attempts": "attempts",
    "lost_in_handover": "files",
    "verification_backlog": "files",
    "registration_backlog": "files",
    "accidents": CASES,
    "occupational_diseases": CASES,
    "ranks_of_enrolled": "ranks",
    "wrongly_paid_months": PERSON_MONTHS,
    "claims": CASES,
    "claims_beyond_cadres": CASES,
    "heirs_queued": CASES,
    "heirs_waiting": CASES,
    "assisted_after_waiting": CASES,
    "months_waited_for_help": "months",
}
"""Quantities whose unit their name does not tell; all others count persons."""

INDICATORS = (*SHARES, "families_received", "families_hidden", *COUNCIL)
"""Indicators in the tables; all others there are quantities of the ledger."""

INDICATOR_UNITS = {
    **dict.fromkeys(RUPIAH_INDICATORS, "rupiah"),
    **dict.fromkeys((name for name in COUNCIL if name.endswith("_of_100")), FAMILIES),
    **dict.fromkeys((name for name in COUNCIL if name.endswith("_mean")), "months"),
    "people_left_out": "persons",
    "concentration_index": "index",
    **dict.fromkeys((BEREAVED_FAMILIES, NOTHING_OF_100), FAMILIES),
}
"""Units of indicators that are no shares."""

TABLE_COLUMNS = {
    "scenario": "text",
    "to": "text",
    "world": "number",
    "month": "month",
    "year": "year",
    "quantity": "text",
    "indicator": "text",
    "value": "as_quantity",
    "mean": "as_quantity",
    "low": "as_quantity",
    "high": "as_quantity",
    "counted": "number",
    "is_hidden": "yes_or_no",
    "kind": "text",
    "person": "number",
    "reason": "text",
    "member": "text",
    "family": "text",
    "payer": "text",
    "receiver": "text",
    "amount": "rupiah",
    "payment_month": "month",
    "kecamatan": "text",
    "decile": "number",
    "recorded_decile": "number",
    "occupation": "text",
    "sex": "text",
    "dimension": "text",
    "cell": "text",
}
"""Column of a run's tables to its unit."""


def unit_of(quantity: str) -> str:
    """Name of the unit of a row of the ledger."""
    if quantity in (*RUPIAH, *CELL_RUPIAH):
        return "rupiah"
    named = [unit for ending, unit in ENDINGS.items() if quantity.endswith(ending)]
    named += [unit for beginning, unit in BEGINNINGS.items() if quantity.startswith(beginning)]
    return OWN_UNITS.get(quantity) or next(iter(named), "persons")


def codebook(lang: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """One row for each quantity, share and column: ``part``, ``name``, ``kind``, ``unit``, ``meaning``.

    ``part`` is ``ledger`` for the quantities, ``cells`` for those told by kecamatan, decile, trade and sex,
    ``shares`` for what is computed from them, and ``columns`` for columns of tables. Raises `InputError` for
    a language that the catalogue does not have.
    """
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    quantities = [
        ("ledger", name, "stock" if name in STOCKS else "flow", unit_of(name), name) for name in Rows._fields
    ]
    cells = [
        ("cells", name, "stock" if name in CELL_STOCKS else "flow", unit_of(name), _key_of_cell(name))
        for name in CellRows._fields
    ]
    shares = [
        ("shares", name, "share", INDICATOR_UNITS.get(name, "share"), f"indicator_{name}")
        for name in (*INDICATORS, *CELLS_ALONE)
    ]
    columns = [("columns", name, "column", unit, f"column_{name}") for name, unit in TABLE_COLUMNS.items()]
    rows = [
        (part, name, _word("kind", kind, lang), _word("unit", unit, lang), text(f"quantities.{key}", lang))
        for part, name, kind, unit, key in (*quantities, *cells, *shares, *columns)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _key_of_cell(name: str) -> str:
    """What the catalogue calls a quantity of the cells; those of the ledger are told once."""
    return name if name in Rows._fields else f"cell_{name}"


def _word(group: str, name: str, lang: str) -> str:
    return text(f"quantities.{group}_{name}", lang)


def codebook_parts(lang: str) -> dict[str, Callable[[], str]]:
    """Part of the codebook to what writes it in Markdown."""
    return {part: partial(codebook_table, part, lang) for part in PARTS}


def codebook_table(part: str, lang: str) -> str:
    """One part of the codebook in Markdown."""
    entries = codebook(lang)
    rows = entries[entries["part"] == part][list(COLUMNS[1:])].to_numpy().tolist()
    head = [_word("head", column, lang) for column in COLUMNS[1:]]
    return markdown_table(head, [[f"`{name}`", *words] for name, *words in rows])


def codebook_page(lang: str) -> str:
    """The whole codebook in Markdown."""
    return "\n\n".join(f"## {_word('part', part, lang)}\n\n{codebook_table(part, lang)}" for part in PARTS)
