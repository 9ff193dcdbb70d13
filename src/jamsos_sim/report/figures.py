"""The three figures of a run: who is enrolled, what the city pays, what became of families.

Every function takes a tidy table and gives a `Chart`. Tables have the columns ``scenario, world, year, quantity,
value`` (``month`` in place of ``year`` for the enrolment); scenarios appear in the order of ``titles``, the base
scenario first.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.messages import text
from jamsos_sim.report.chart import (
    BLUE,
    COLOURS,
    DASHES,
    INK,
    POINTS_PER_INCH,
    VERMILLION,
    Chart,
    Frame,
    Margins,
    axes_inches,
    framed,
    house_style,
    in_language,
    inner_box,
    kept_apart,
    save_figure,
    wrapped,
)
from jamsos_sim.report.families import families_figure
from jamsos_sim.report.numbers import RUPIAH_DIGITS, Scale, Style, month, number, scale_of, scale_word
from jamsos_sim.units import MONTHS_PER_YEAR, year_of

__all__ = [
    "PublishedPoint",
    "band",
    "cost_figure",
    "enrolment_figure",
    "families_figure",
    "save_figure",
]

Titles = Mapping[str, Mapping[str, str]]
"""Scenario to language to title."""

Floats = npt.NDArray[np.float64]
LOW, HIGH = 0.05, 0.95


class PublishedPoint(NamedTuple):
    """A number of enrolled people that was made public."""

    month: int
    """Month at whose end it is drawn."""
    people: int
    is_of_the_year: bool = False
    """Whether only the year was published."""


def band(table: pd.DataFrame, quantity: str, time: str) -> pd.DataFrame:
    """Mean, 5th and 95th percentile over worlds, for each scenario and ``time`` (``month`` or ``year``)."""
    rows = table[table["quantity"] == quantity]
    values = rows.groupby(["scenario", time], sort=True)["value"]
    spread = {"mean": values.mean(), "low": values.quantile(LOW), "high": values.quantile(HIGH)}
    return pd.DataFrame(spread).reset_index()


def worlds_of(table: pd.DataFrame, lang: str) -> str:
    """Number of worlds in a table, as written."""
    return number(table["world"].nunique(), Style(lang))


LABEL_POINTS = 8.5
LABEL_WIDTH = 28
"""Characters in a line of a scenario's label."""
LINE_HEIGHT = 1.3


def enrolment_figure(
    monthly: pd.DataFrame, titles: Titles, lang: str, published: Sequence[PublishedPoint] = ()
) -> Chart:
    """People sponsored by the city at the end of each month, with interval.

    ``published`` are the numbers that a run at the size of the city must reach; leave them out of a smaller run.
    """
    subtitle = "report.enrolment_subtitle_published" if published else "report.enrolment_subtitle"
    bands = band(monthly, "enrolled", "month")
    ends = [_end_of_line(bands, name, title[lang], lang) for name, title in titles.items()]
    frame = Frame(
        text("report.enrolment_title", lang),
        text(subtitle, lang, worlds=worlds_of(monthly, lang)),
        text("report.source", lang),
        width=10.0,
        height=max(4.9, sum(end.points for end in ends) / POINTS_PER_INCH + 1.6),
    )
    with house_style():
        figure = framed(frame)
        axes = figure.subplots(
            gridspec_kw=inner_box(frame, Margins(left=0.75, right=2.3, top=0.08, bottom=0.3))
        )
        for order, name in enumerate(titles):
            _draw_band(axes, bands[bands["scenario"] == name], order)
        _set_years(axes, bands["month"])
        axes.set_ylim(0, _headroom([bands["high"].max(), *(point.people for point in published)]))
        axes.yaxis.set_major_formatter(in_language(Style(lang)))
        axes.grid(axis="y")
        _draw_published(axes, published, lang)
        _label_ends(axes, ends)
    return figure


class End(NamedTuple):
    """The right end of a scenario's line."""

    mean: float
    label: str
    points: float
    """Height of the label, with a little air."""


def _end_of_line(bands: pd.DataFrame, name: str, title: str, lang: str) -> End:
    mean = float(bands.loc[bands["scenario"] == name, "mean"].iloc[-1])
    label = f"{wrapped(title, LABEL_WIDTH)}\n{number(mean, Style(lang))}"
    return End(mean, label, (label.count("\n") + 1) * LABEL_POINTS * LINE_HEIGHT + 4)


def _headroom(values: Sequence[float]) -> float:
    largest = max(values)
    return largest * 1.08 if largest > 0 else 1.0


def _end_of(months: pd.Series) -> Floats:
    """Time in years at the end of months: December 2024 ends where the year 2025 begins."""
    ends: Floats = (months.to_numpy(dtype=np.float64) + 1) / MONTHS_PER_YEAR
    return ends


def _draw_band(axes: Axes, rows: pd.DataFrame, order: int) -> None:
    times = _end_of(rows["month"])
    colour, dashes = COLOURS[order % len(COLOURS)], DASHES[order % len(DASHES)]
    axes.fill_between(times, rows["low"], rows["high"], color=colour, alpha=0.16, linewidth=0)
    axes.plot(times, rows["mean"], color=colour, linestyle=dashes, linewidth=1.7, zorder=3 + 0.01 * order)


def _set_years(axes: Axes, months: pd.Series) -> None:
    first, last = year_of(int(months.min())), year_of(int(months.max()))
    axes.set_xlim(int(months.min()) / MONTHS_PER_YEAR, (int(months.max()) + 1) / MONTHS_PER_YEAR)
    axes.set_xticks(range(first, last + 2), [""] * (last + 2 - first))
    axes.set_xticks([year + 0.5 for year in range(first, last + 1)], minor=True)
    axes.set_xticklabels([str(year) for year in range(first, last + 1)], minor=True)
    axes.tick_params(axis="x", which="minor", length=0)


def _draw_published(axes: Axes, published: Sequence[PublishedPoint], lang: str) -> None:
    for point in published:
        place = ((point.month + 1) / MONTHS_PER_YEAR, point.people)
        axes.plot(
            *place,
            "o",
            markersize=8,
            markerfacecolor="white",
            markeredgecolor=INK,
            markeredgewidth=1.4,
            zorder=5,
        )
        when = str(year_of(point.month)) if point.is_of_the_year else month(point.month, lang)
        label = f"{number(point.people, Style(lang))}\n{when}"
        axes.annotate(
            label,
            place,
            xytext=(-3, 6),
            textcoords="offset points",
            ha="right",
            va="bottom",
            size=LABEL_POINTS,
            zorder=6,
        )


def _label_ends(axes: Axes, ends: list[End]) -> None:
    """Name each line at its right end, with its last mean."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    unit = (top - bottom) / (axes_inches(axes) * POINTS_PER_INCH)
    sizes = [end.points * unit for end in ends]
    limits = (bottom - 2 * LABEL_POINTS * LINE_HEIGHT * unit, top)
    places = kept_apart([end.mean for end in ends], sizes, limits)
    along = [right + share * (right - left) for share in (0.0, 0.012, 0.024, 0.032)]
    for order, (end, place) in enumerate(zip(ends, places, strict=True)):
        colour = COLOURS[order % len(COLOURS)]
        axes.plot(along[:3], [end.mean, place, place], color=colour, linewidth=0.8, clip_on=False)
        axes.text(along[3], place, end.label, va="center", color=colour, size=LABEL_POINTS, linespacing=1.15)


PANEL_INCHES = 2.15
PANEL_TITLE_WIDTH = 62
BAR_WIDTH = 0.68
LOW_BAR = 0.13
"""A bar below this share of the axis has its number above it."""
NUMBER_GAP, NUMBER_TOP = 0.02, 0.12
"""Shares of the axis between a bar and the lower and upper edge of a number above it."""


def cost_figure(yearly: pd.DataFrame, titles: Titles, lang: str) -> Chart:
    """What the city pays each year, with interval, against the appropriation; one panel per scenario."""
    paid = band(yearly, "city_contributions", "year")
    appropriation = band(yearly, "appropriation", "year")
    scale = scale_of([paid["high"].max(), appropriation["mean"].max()])
    columns = 1 if len(titles) == 1 else 2
    rows = -(-len(titles) // columns)
    frame = Frame(
        text("report.cost_title", lang),
        text("report.cost_subtitle", lang, unit=scale_word(scale, lang), worlds=worlds_of(yearly, lang)),
        text("report.source", lang),
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
        top = _headroom([paid["high"].max() / scale.size, appropriation["mean"].max() / scale.size])
        for axes, (name, title) in zip(panels, titles.items(), strict=False):
            axes.set_ylim(0, top * 1.06)
            axes.set_title(wrapped(title[lang], PANEL_TITLE_WIDTH), loc="left", size=9.5)
            _draw_paid(axes, paid[paid["scenario"] == name], scale, lang)
            _draw_appropriation(axes, appropriation[appropriation["scenario"] == name], scale, lang)
        for axes in panels[len(titles) :]:
            axes.remove()
        for axes in panels[: len(titles)][-columns:]:
            axes.tick_params(axis="x", labelbottom=True)
    return figure


def _draw_paid(axes: Axes, rows: pd.DataFrame, scale: Scale, lang: str) -> None:
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
    axes.yaxis.set_major_formatter(in_language(Style(lang, _tick_digits(axes))))
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y")
    limit = axes.get_ylim()[1]
    for year, amount, reach in zip(years, mean, high, strict=True):
        is_low = amount < LOW_BAR * limit
        axes.text(
            year,
            (reach if is_low else 0.0) + NUMBER_GAP * limit,
            number(amount, Style(lang, RUPIAH_DIGITS)),
            ha="center",
            va="bottom",
            size=8,
            color=INK if is_low else "white",
        )


def _tick_digits(axes: Axes) -> int:
    return 0 if all(float(tick).is_integer() for tick in axes.get_yticks()) else 1


def _draw_appropriation(axes: Axes, rows: pd.DataFrame, scale: Scale, lang: str) -> None:
    years = rows["year"].to_numpy()
    amounts = rows["mean"].to_numpy(dtype=np.float64) / scale.size
    edges = np.append(years, years[-1] + 1) - 0.5
    axes.stairs(amounts, edges, baseline=None, color=VERMILLION, linewidth=1.8, zorder=4)
    label = text("report.cost_appropriation", lang, amount=number(amounts[-1], Style(lang, RUPIAH_DIGITS)))
    above_numbers = NUMBER_TOP * axes.get_ylim()[1] if amounts[-1] < LOW_BAR * axes.get_ylim()[1] else 0.0
    axes.annotate(
        label,
        (edges[-1], amounts[-1] + above_numbers),
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=VERMILLION,
        size=8.5,
    )
