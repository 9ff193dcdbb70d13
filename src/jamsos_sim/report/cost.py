"""The figure of what the city pays each year against its appropriation (pagu)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.messages import text
from jamsos_sim.report.chart import (
    BLUE,
    INK,
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
from jamsos_sim.report.numbers import RUPIAH_DIGITS, Scale, Style, number, rupiah_unit, scale_of
from jamsos_sim.report.spread import Titles, band, headroom, source_line, worlds_of, written_or_hidden

PANEL_INCHES = 2.15
PANEL_TITLE_WIDTH = 62
BAR_WIDTH = 0.68
LOW_BAR = 0.13
"""A bar below this share of the axis has its number above it."""
NUMBER_GAP, NUMBER_TOP = 0.02, 0.12
"""Shares of the axis between a bar and the lower and upper edge of a number above it."""
LABEL_YEARS = 2
"""Last years above which the label of the appropriation may stand."""
FIGURES = 4
"""Figures of an amount that fit into a bar, and that anybody reads there."""


def cost_figure(yearly: pd.DataFrame, titles: Titles, lang: str) -> Chart:
    """What the city pays each year, with interval, against the appropriation; one panel per scenario."""
    paid = band(yearly, "city_contributions", "year")
    appropriation = band(yearly, "appropriation", "year")
    scale = scale_of([paid["high"].max(), appropriation["mean"].max()])
    style = Style(lang, _digits(paid["mean"].max() / scale.size))
    columns = 1 if len(titles) == 1 else 2
    rows = -(-len(titles) // columns)
    frame = Frame(
        text("report.cost_title", lang),
        text("report.cost_subtitle", lang, unit=rupiah_unit(scale, lang), worlds=worlds_of(yearly, lang)),
        source_line(paid, lang),
        width=10.0,
        height=PANEL_INCHES * rows + 1.2,
    )
    with house_style():
        figure = framed(frame)
        box = inner_box(frame, Margins(left=0.45, right=0.15, top=0.3, bottom=0.25))
        gaps = {"wspace": 0.06, "hspace": 0.32}
        panels = figure.subplots(
            rows, columns, sharex=True, sharey=True, squeeze=False, gridspec_kw=box | gaps
        ).ravel()
        top = headroom([paid["high"].max() / scale.size, appropriation["mean"].max() / scale.size])
        for axes, (name, title) in zip(panels, titles.items(), strict=False):
            axes.set_ylim(0, top * 1.06)
            axes.set_title(wrapped(title[lang], PANEL_TITLE_WIDTH), loc="left", size=9.5)
            own = [table[table["scenario"] == name] for table in (paid, appropriation)]
            _draw_paid(axes, own[0], scale, style)
            _draw_appropriation(axes, own[1], scale, style, _last_reach(own[0]) / scale.size)
        for axes in panels[len(titles) :]:
            axes.remove()
        for axes in panels[: len(titles)][-columns:]:
            axes.tick_params(axis="x", labelbottom=True)
    return figure


def _digits(largest: float) -> int:
    """Decimals with which the largest amount still has few enough figures."""
    before_the_point = len(str(int(np.nan_to_num(largest))))
    return min(max(FIGURES - before_the_point, 0), RUPIAH_DIGITS)


def _last_reach(rows: pd.DataFrame) -> float:
    """Upper end of the highest interval of the last years that is not hidden."""
    return float(np.nan_to_num(rows["high"].to_numpy(dtype=np.float64)[-LABEL_YEARS:]).max())


def _draw_paid(axes: Axes, rows: pd.DataFrame, scale: Scale, style: Style) -> None:
    years = rows["year"].to_numpy()
    mean, low, high = (rows[name].to_numpy(dtype=np.float64) / scale.size for name in ("mean", "low", "high"))
    axes.bar(years, mean, width=BAR_WIDTH, color=BLUE)
    spread = np.clip(np.stack([mean - low, high - mean]), 0.0, None)
    has_spread = high > low
    axes.errorbar(
        years[has_spread],
        mean[has_spread],
        spread[:, has_spread],
        fmt="none",
        ecolor=INK,
        elinewidth=1.3,
        capsize=3,
    )
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.yaxis.set_major_formatter(in_language(style._replace(digits=_tick_digits(axes))))
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y")
    limit = axes.get_ylim()[1]
    for year, amount, reach in zip(years, mean, high, strict=True):
        is_low = not amount >= LOW_BAR * limit
        axes.text(
            year,
            (np.nan_to_num(reach) if is_low else 0.0) + NUMBER_GAP * limit,
            written_or_hidden(amount, style),
            ha="center",
            va="bottom",
            size=8,
            color=INK if is_low else "white",
        )


def _tick_digits(axes: Axes) -> int:
    return 0 if all(float(tick).is_integer() for tick in axes.get_yticks()) else 1


def _draw_appropriation(axes: Axes, rows: pd.DataFrame, scale: Scale, style: Style, reach: float) -> None:
    """The line of the appropriation, and its last amount above the line and the intervals next to it."""
    years = rows["year"].to_numpy()
    amounts = rows["mean"].to_numpy(dtype=np.float64) / scale.size
    edges = np.append(years, years[-1] + 1) - 0.5
    axes.stairs(amounts, edges, baseline=None, color=VERMILLION, linewidth=1.8, zorder=4)
    label = text("report.cost_appropriation", style.lang, amount=number(amounts[-1], style))
    highest = max(float(amounts[-LABEL_YEARS:].max()), reach)
    limit = axes.get_ylim()[1]
    above_numbers = NUMBER_TOP * limit if highest < LOW_BAR * limit else 0.0
    axes.annotate(
        label,
        (edges[-1], highest + above_numbers),
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=VERMILLION,
        size=8.5,
    )
