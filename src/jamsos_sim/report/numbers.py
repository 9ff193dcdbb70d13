"""Numbers, rupiah and months as they are written in Indonesian and in English."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import isnan
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from jamsos_sim.messages import text
from jamsos_sim.units import calendar_month, year_of

MINUS = "−"
RUPIAH_DIGITS = 2
"""Decimals of an amount written in millions or more."""


class Estimate(NamedTuple):
    """A quantity over all worlds."""

    mean: float
    low: float
    """5th percentile."""
    high: float
    """95th percentile."""


class Style(NamedTuple):
    """How a number is written."""

    lang: str
    digits: int = 0
    is_signed: bool = False
    """Whether a positive number has its plus sign, as differences do."""


class Scale(NamedTuple):
    """A word for a power of ten, such as miliar."""

    name: str
    """Name of the word in the catalogue; empty for single units."""
    size: int


SCALES = (Scale("trillion", 10**12), Scale("billion", 10**9), Scale("million", 10**6))
UNITS = Scale("", 1)
THOUSAND = 1_000


def number(value: float, style: Style) -> str:
    """A number with the separators of the language; exactly nothing is ``0``, whatever the decimals."""
    exact = Decimal(str(value))
    if exact == 0:
        return "0"
    rounded = round(exact, style.digits)
    decimals = "." + "0" * style.digits if style.digits else ""
    return _sign(rounded, style.is_signed) + format_decimal(abs(rounded), f"#,##0{decimals}", style.lang)


def _sign(value: Decimal, is_signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if is_signed and value > 0 else ""


def interval(estimate: Estimate, style: Style) -> str:
    """Low and high of an estimate: ``4,70–5,31``, or ``−5,31; −4,70`` where signs would hide the dash."""
    low, high = number(estimate.low, style), number(estimate.high, style)
    return f"{low}; {high}" if style.is_signed or estimate.low < 0 else f"{low}–{high}"


def with_interval(estimate: Estimate, style: Style) -> str:
    """An estimate in one line: ``5,04 (4,70–5,31)``; where all worlds agree the mean stands alone."""
    mean = number(estimate.mean, style)
    return mean if is_certain(estimate, style) else f"{mean} ({interval(estimate, style)})"


def is_certain(estimate: Estimate, style: Style) -> bool:
    """Whether low, mean and high are the same, as written."""
    return len({round(Decimal(str(value)), style.digits) for value in estimate}) == 1


def scale_of(amounts: Iterable[float]) -> Scale:
    """The largest word of which the largest amount, as written, holds at least one."""
    known = (abs(amount) for amount in amounts if not isnan(amount))
    largest = Decimal(str(max(known, default=0)))
    for scale in SCALES:
        in_the_word_below = round(largest * THOUSAND / scale.size, RUPIAH_DIGITS)
        if in_the_word_below >= THOUSAND:
            return scale
    return UNITS


def scale_word(scale: Scale, lang: str) -> str:
    """The scale's word: miliar or billion; nothing for single units."""
    return text(f"report.{scale.name}", lang) if scale.name else ""


def rupiah_unit(scale: Scale, lang: str) -> str:
    """Unit of a column of amounts: ``Rp miliar``."""
    return f"Rp {scale_word(scale, lang)}".rstrip()


def rupiah_digits(scale: Scale) -> int:
    """Decimals of amounts on a scale: whole rupiah have none."""
    return RUPIAH_DIGITS if scale.name else 0


def rupiah(amount: float, lang: str) -> str:
    """An amount in words of its size: ``Rp5,04 miliar``, ``Rp42 juta``, ``Rp16.800``."""
    exact = Decimal(str(amount))
    scale = scale_of([amount])
    scaled = exact / scale.size
    digits = 0 if scaled == scaled.to_integral_value() else rupiah_digits(scale)
    written = number(float(abs(scaled)), Style(lang, digits))
    return f"{_sign(exact, False)}Rp{written} {scale_word(scale, lang)}".rstrip()


def rupiah_with_interval(estimate: Estimate, lang: str) -> str:
    """An amount with its interval on the same scale: ``Rp5,04 miliar (4,70–5,31)``."""
    scale = scale_of([estimate.mean])
    style = Style(lang, rupiah_digits(scale))
    mean, low, high = (amount / scale.size for amount in estimate)
    if is_certain(Estimate(mean, low, high), style):
        return rupiah(estimate.mean, lang)
    shown = number(abs(mean), style)
    sign = MINUS if mean < 0 else ""
    return (
        f"{sign}Rp{shown} {scale_word(scale, lang)}".rstrip()
        + f" ({interval(Estimate(mean, low, high), style)})"
    )


def month(value: int, lang: str) -> str:
    """A month such as ``Mei 2025`` or ``May 2025``."""
    return format_date(date(year_of(value), calendar_month(value), 1), "MMM y", locale=lang)
