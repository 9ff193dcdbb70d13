"""Months, rupiah and probabilities: the units every stage shares, and the one rounding rule.

A month is one integer, ``12 * year + (month - 1)``, so that periods are plain arithmetic: ``start <= month <
stop``. Rupiah are whole. A probability becomes an integer threshold on the scale of `CHANCE_SCALE`, so that a
comparison with an addressed draw is exact on every machine.
"""

from decimal import Decimal, localcontext
from math import ceil

from jamsos_sim.errors import InputError

MONTHS_PER_YEAR = 12
CHANCE_SCALE = 2**32
PARTS_PER_MILLION = 1_000_000


def month_of(label: str) -> int:
    """Month of a label such as ``2026-02``.

    Raises `InputError` when the label is not a year and a month.
    """
    year, dash, month = label.strip().partition("-")
    is_month = bool(dash) and len(year) == 4 and len(month) == 2 and (year + month).isdecimal()
    if not is_month or not 1 <= int(month) <= MONTHS_PER_YEAR:
        raise InputError("units.bad_month", label=label)
    return int(year) * MONTHS_PER_YEAR + int(month) - 1


def month_label(month: int) -> str:
    """Label of a month, such as ``2026-02``."""
    return f"{month // MONTHS_PER_YEAR:04d}-{month % MONTHS_PER_YEAR + 1:02d}"


def year_of(month: int) -> int:
    """Calendar (and fiscal) year of a month."""
    return month // MONTHS_PER_YEAR


def calendar_month(month: int) -> int:
    """Calendar month, 1 (January) to 12 (December)."""
    return month % MONTHS_PER_YEAR + 1


def rounded_share(amount: int, numerator: int, denominator: int) -> int:
    """``amount * numerator / denominator`` in whole units, halves away from zero for positive amounts."""
    return (2 * amount * numerator + denominator) // (2 * denominator)


def threshold_of(probability: float) -> int:
    """Integer threshold of a probability: a draw below it is a yes.

    Raises `ValueError` when the probability is outside 0 to 1.
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"a probability lies between 0 and 1, not {probability}")
    return ceil(probability * CHANCE_SCALE)


def monthly_probability(annual: float) -> float:
    """Monthly chance whose twelvefold repetition gives the annual chance.

    Decimal arithmetic, correctly rounded, gives the same digits on every platform.
    """
    if not 0.0 <= annual <= 1.0:
        raise ValueError(f"an annual chance lies between 0 and 1, not {annual}")
    with localcontext() as context:
        context.prec = 28
        remaining = (Decimal(1) - Decimal(annual)) ** (Decimal(1) / MONTHS_PER_YEAR)
        return float(Decimal(1) - remaining)


def monthly_probability_of_rate(annual_rate: float) -> float:
    """Monthly chance of at least one event of a constant annual hazard rate (events per person-year)."""
    if annual_rate < 0.0:
        raise ValueError(f"a rate is not negative, but this one is {annual_rate}")
    with localcontext() as context:
        context.prec = 28
        return float(Decimal(1) - (-Decimal(annual_rate) / MONTHS_PER_YEAR).exp())
