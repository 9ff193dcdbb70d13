"""The figure of the people sponsored by the city, month by month, beside what was published."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.messages import text
from jamsos_sim.report.chart import (
    COLOURS,
    DASHES,
    INK,
    POINTS_PER_INCH,
    TEXT_COLOURS,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    in_language,
    inner_box,
    kept_apart,
    wrapped,
)
from jamsos_sim.report.numbers import Style, month, number
from jamsos_sim.report.spread import Titles, band, headroom, source_line, worlds_of, written_or_hidden
from jamsos_sim.units import MONTHS_PER_YEAR, year_of

Floats = npt.NDArray[np.float64]


class PublishedPoint(NamedTuple):
    """A number of enrolled people that was made public."""

    month: int
    """Month at whose end it is drawn."""
    people: int
    is_of_the_year: bool = False
    """Whether only the year was published."""


LABEL_POINTS = 8.5
LABEL_WIDTH = 28
"""Characters in a line of a scenario's label."""
LINE_HEIGHT = 1.3


def enrolment_figure(
    monthly: pd.DataFrame, titles: Titles, lang: str, published: Sequence[PublishedPoint] = ()
) -> Chart:
    """People sponsored by the city at the end of each month, with interval.

    ``published`` are the numbers that a run at the size of the city must reach; a smaller run has none.
    """
    subtitle = "report.enrolment_subtitle_published" if published else "report.enrolment_subtitle"
    bands = band(monthly, "enrolled", "month")
    ends = [_end_of_line(bands, name, title[lang], lang) for name, title in titles.items()]
    frame = Frame(
        text("report.enrolment_title", lang),
        text(subtitle, lang, worlds=worlds_of(monthly, lang)),
        source_line(bands, lang),
        width=10.0,
        height=max(4.9, sum(end.points for end in ends) / POINTS_PER_INCH + 1.6),
    )
    with house_style():
        figure = framed(frame)
        axes = figure.subplots(
            gridspec_kw=inner_box(frame, Margins(left=0.75, right=2.3, top=0.08, bottom=0.3))
        )
        rows = [bands[bands["scenario"] == name].reset_index(drop=True) for name in titles]
        for order, own in enumerate(rows):
            _draw_band(axes, own if order == 0 else _since_fork(own, rows[0]), order)
        _set_years(axes, bands["month"])
        axes.set_ylim(0, headroom([bands["high"].max(), *(point.people for point in published)]))
        axes.yaxis.set_major_formatter(in_language(Style(lang)))
        axes.grid(axis="y")
        _draw_published(axes, published, lang)
        _label_ends(axes, ends, axes.get_position().height * frame.height * POINTS_PER_INCH)
    return figure


class End(NamedTuple):
    """The right end of a scenario's line."""

    mean: float
    label: str
    points: float
    """Height of the label, with a little air."""


def _end_of_line(bands: pd.DataFrame, name: str, title: str, lang: str) -> End:
    mean = float(bands.loc[bands["scenario"] == name, "mean"].iloc[-1])
    label = f"{wrapped(title, LABEL_WIDTH)}\n{written_or_hidden(mean, Style(lang))}"
    return End(
        0.0 if np.isnan(mean) else mean, label, (label.count("\n") + 1) * LABEL_POINTS * LINE_HEIGHT + 4
    )


def _end_of(months: pd.Series) -> Floats:
    """Time in years at the end of months: December 2024 ends where the year 2025 begins."""
    ends: Floats = (months.to_numpy(dtype=np.float64) + 1) / MONTHS_PER_YEAR
    return ends


def _since_fork(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """The rows from the month before they first depart from the base; all when they never do."""
    shown = ["mean", "low", "high"]
    ours, theirs = (table[shown].fillna(-1).to_numpy() for table in (rows, base))  # hidden alike is alike
    departed = np.flatnonzero((ours != theirs).any(axis=1))
    return rows.iloc[max(departed[0] - 1, 0) :] if departed.size else rows


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


def _label_ends(axes: Axes, ends: list[End], points: float) -> None:
    """Name each line at its right end, with its last mean; ``points`` is the height of the axes."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    unit = (top - bottom) / points
    sizes = [end.points * unit for end in ends]
    limits = (bottom - 2 * LABEL_POINTS * LINE_HEIGHT * unit, top)
    places = kept_apart([end.mean for end in ends], sizes, limits)
    along = [right + share * (right - left) for share in (0.0, 0.012, 0.024, 0.032)]
    for order, (end, place) in enumerate(zip(ends, places, strict=True)):
        colour = COLOURS[order % len(COLOURS)]
        axes.plot(along[:3], [end.mean, place, place], color=colour, linewidth=1.2, clip_on=False)
        ink = TEXT_COLOURS[order] if order < len(TEXT_COLOURS) else INK
        axes.text(along[3], place, end.label, va="center", color=ink, size=LABEL_POINTS, linespacing=1.15)
