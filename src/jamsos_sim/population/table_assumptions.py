"""Assumptions that stand in the tables of a region: columns low, central and high of a trade or a decile.

They become assumptions of the same form as those of ``assumptions/*.yaml``, so that a world draws them and a
scenario may narrow them: ``mix.<trade>`` and ``relative_risk.<trade>`` from ``occupations.csv``,
``population.low_decile_share`` from ``deciles.csv``, ``population.decile_income_tilt`` from ``region.yaml``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jamsos_sim.assumptions_file import Assumption, assumption_of
from jamsos_sim.messages import LANGUAGES, text
from jamsos_sim.population.region_rows import DecileRow, OccupationRow
from jamsos_sim.population.region_text import RegionText

MIX = "mix."
RELATIVE_RISK = "relative_risk."
LOW_DECILE_SHARE = "population.low_decile_share"
DECILE_INCOME_TILT = "population.decile_income_tilt"
BOUNDS = ("low", "central", "high")
DIGITS = 9
"""Decimals kept of a sum of shares, so that it reads as the shares do."""


def table_assumptions(
    about: RegionText, occupations: Iterable[OccupationRow], deciles: Sequence[DecileRow]
) -> dict[str, Assumption]:
    """The assumptions that stand in the tables of a region, by key; the tables must have been checked."""
    tilt = about.fit.decile_income_tilt.model_dump()
    return {
        **{own.key: own for row in occupations for own in _of_trade(row)},
        LOW_DECILE_SHARE: _of_deciles(deciles, about.vulnerable_decile.value),
        DECILE_INCOME_TILT: assumption_of(DECILE_INCOME_TILT, tilt),
    }


def is_of_a_trade(key: str) -> bool:
    """Whether an assumption belongs to one trade of one region."""
    return key.startswith((MIX, RELATIVE_RISK))


def low_decile_shares(deciles: Iterable[DecileRow], highest: int) -> dict[str, float]:
    """Low, central and high share of the informal workers in deciles 1 to ``highest``."""
    low = [row for row in deciles if row.decile <= highest]
    return {bound: round(sum(getattr(row, f"share_{bound}") for row in low), DIGITS) for bound in BOUNDS}


def _of_trade(row: OccupationRow) -> Iterator[Assumption]:
    labels = {"id": row.label_id, "en": row.label_en}
    words = {"source": row.source, "confidence": row.confidence}
    for prefix, column, unit, reason in (
        (MIX, "share", "share", "population.reason_mix"),
        (RELATIVE_RISK, "relative_risk", "ratio", "population.reason_risk"),
    ):
        bounds = {bound: getattr(row, f"{column}_{bound}") for bound in BOUNDS}
        said = {lang: text(reason, lang, trade=labels[lang]) for lang in LANGUAGES}
        entry: dict[str, Any] = {**bounds, **words, "unit": unit, "reason": said}
        yield assumption_of(f"{prefix}{row.key}", entry)


def _of_deciles(deciles: Sequence[DecileRow], highest: int) -> Assumption:
    first = min(deciles, key=lambda row: row.decile)
    reason = {lang: text("population.reason_low_deciles", lang, decile=highest) for lang in LANGUAGES}
    entry: dict[str, Any] = {
        **low_decile_shares(deciles, highest),
        "unit": "share",
        "source": first.source,
        "confidence": first.confidence,
        "reason": reason,
    }
    return assumption_of(LOW_DECILE_SHARE, entry)
