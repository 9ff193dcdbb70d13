"""Drafts compared in pairs (notebook 40): the same people and luck, and how many worlds that saves."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.messages import text
from jamsos_sim.model.ledger import RUPIAH
from jamsos_sim.notebook.tables import Titles, by_world, label_of, named
from jamsos_sim.report.chart import (
    BLUE,
    GREY,
    INK,
    PALE,
    VERMILLION,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    in_language,
    inner_box,
    wrapped,
)
from jamsos_sim.report.numbers import (
    Estimate,
    Scale,
    Style,
    interval,
    number,
    rupiah_digits,
    rupiah_unit,
    scale_of,
)

NORMAL_90 = 1.645
"""Standard errors on each side of a mean that hold it in 90 of 100 cases."""

TITLE_WIDTH = 24


class Pair(NamedTuple):
    """One quantity in every world under two scenarios."""

    base: pd.Series
    draft: pd.Series

    @property
    def difference(self) -> float:
        """Mean difference, draft less base."""
        return float((self.draft - self.base).mean())

    @property
    def paired_error(self) -> float:
        """Standard error of the mean difference, taken world by world."""
        return float((self.draft - self.base).std(ddof=1)) / sqrt(len(self.base))

    @property
    def unpaired_error(self) -> float:
        """Standard error of the difference, had each scenario met other people and another luck."""
        return sqrt((float(self.base.var(ddof=1)) + float(self.draft.var(ddof=1))) / len(self.base))

    @property
    def worlds_saved(self) -> float:
        """How many times fewer worlds the paired difference needs for the same precision."""
        if self.paired_error == 0:
            return float("inf")
        return (self.unpaired_error / self.paired_error) ** 2


def pair_of(yearly: pd.DataFrame, names: tuple[str, str], quantity: str, year: int) -> Pair:
    """A quantity of a year under the base and the draft named."""
    base, draft = (by_world(yearly, name, quantity, year) for name in names)
    return Pair(base, draft)


def pairing_table(
    yearly: pd.DataFrame, names: tuple[str, str], quantities: Sequence[str], year: int, lang: str
) -> pd.DataFrame:
    """One row for each quantity: difference, its interval in pairs and without, and the worlds saved."""
    pairs = [pair_of(yearly, names, quantity, year) for quantity in quantities]
    columns = {
        text("notebooks.difference", lang): [
            _signed(pair.difference, quantity, lang) for pair, quantity in zip(pairs, quantities, strict=True)
        ],
        text("notebooks.in_pairs", lang): [
            _around(pair.difference, pair.paired_error, quantity, lang)
            for pair, quantity in zip(pairs, quantities, strict=True)
        ],
        text("notebooks.not_in_pairs", lang): [
            _around(pair.difference, pair.unpaired_error, quantity, lang)
            for pair, quantity in zip(pairs, quantities, strict=True)
        ],
        text("notebooks.worlds_saved", lang): [_times(pair.worlds_saved, lang) for pair in pairs],
    }
    return named(pd.DataFrame(columns), [_with_unit(quantity, lang) for quantity in quantities])


def _with_unit(quantity: str, lang: str) -> str:
    label = label_of(quantity, lang)
    return f"{label} ({rupiah_unit(MILLIONS, lang)})" if quantity in RUPIAH else label


MILLIONS = Scale("million", 10**6)


def _scaled(quantity: str) -> tuple[int, int]:
    """What to divide a quantity by in a table, and its decimals."""
    return (MILLIONS.size, rupiah_digits(MILLIONS)) if quantity in RUPIAH else (1, 1)


def _signed(difference: float, quantity: str, lang: str) -> str:
    size, digits = _scaled(quantity)
    return number(difference / size, Style(lang, digits, is_signed=True))


def _around(difference: float, error: float, quantity: str, lang: str) -> str:
    size, digits = _scaled(quantity)
    low, high = (difference - NORMAL_90 * error) / size, (difference + NORMAL_90 * error) / size
    return interval(Estimate(difference / size, low, high), Style(lang, digits, is_signed=True))


def _times(times: float, lang: str) -> str:
    if times == float("inf"):
        return text("notebooks.same_everywhere", lang)
    return number(times, Style(lang, 0 if times >= 10 else 1))


def pairing_figure(pair: Pair, titles: Titles, quantity: str, year: int, lang: str) -> Chart:
    """Left: every world under both scenarios. Right: the mean difference, in pairs and without."""
    scale = scale_of([*pair.base.tolist(), *pair.draft.tolist()]) if quantity in RUPIAH else Scale("", 1)
    unit = f" ({rupiah_unit(scale, lang)})" if quantity in RUPIAH else ""
    frame = Frame(
        text("notebooks.pairing_title", lang, quantity=label_of(quantity, lang), year=year, unit=unit),
        text("notebooks.pairing_subtitle", lang, worlds=number(len(pair.base), Style(lang))),
        text("report.source", lang),
        width=10.0,
        height=4.4,
    )
    with house_style():
        figure = framed(frame)
        box = inner_box(frame, Margins(left=0.65, right=0.25, top=0.3, bottom=0.42))
        worlds, differences = figure.subplots(1, 2, gridspec_kw=box | {"wspace": 0.32})
        names = [wrapped(title[lang], TITLE_WIDTH) for title in titles.values()]
        _draw_worlds(worlds, pair, scale, names, lang)
        _draw_differences(differences, pair, scale, lang)
    return figure


def _draw_worlds(axes: Axes, pair: Pair, scale: Scale, names: list[str], lang: str) -> None:
    for base, draft in zip(pair.base / scale.size, pair.draft / scale.size, strict=True):
        axes.plot([0, 1], [base, draft], color=BLUE, linewidth=0.9, alpha=0.6, marker="o", markersize=3.5)
    axes.set_xticks([0, 1], names)
    axes.set_xlim(-0.25, 1.25)
    axes.set_title(text("notebooks.pairing_left", lang), loc="left", size=9.5)
    _finish(axes, lang)


def _draw_differences(axes: Axes, pair: Pair, scale: Scale, lang: str) -> None:
    mean = pair.difference / scale.size
    errors = [pair.unpaired_error / scale.size, pair.paired_error / scale.size]
    each = ((pair.draft - pair.base) / scale.size).to_numpy(dtype=np.float64)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.plot(np.linspace(0.86, 1.14, each.size), each, "o", color=PALE, markersize=4, zorder=2)
    for place, (error, colour) in enumerate(zip(errors, (VERMILLION, BLUE), strict=True)):
        axes.errorbar(
            place, mean, NORMAL_90 * error, fmt="o", color=colour, capsize=5, elinewidth=2, markersize=6
        )
    words = [text("notebooks.without_pairs", lang), text("notebooks.with_pairs", lang)]
    axes.set_xticks([0, 1], words)
    axes.set_xlim(-0.5, 1.5)
    axes.set_title(text("notebooks.pairing_right", lang), loc="left", size=9.5, color=INK)
    _finish(axes, lang)


def _finish(axes: Axes, lang: str) -> None:
    digits = 0 if all(float(tick).is_integer() for tick in axes.get_yticks()) else 2
    axes.yaxis.set_major_formatter(in_language(Style(lang, digits)))
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y")
