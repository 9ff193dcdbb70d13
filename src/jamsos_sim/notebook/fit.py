"""How well the synthetic population meets its margins (notebook 10), and which margins are modelled."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from jamsos_sim.messages import text
from jamsos_sim.notebook.tables import named
from jamsos_sim.population.region import Region
from jamsos_sim.report.chart import (
    BLUE,
    INK,
    SKY,
    VERMILLION,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    in_language,
    inner_box,
)
from jamsos_sim.report.numbers import Style, number

BASES = ("published", "derived", "modelled")
MODELLED = "modelled"
PERCENT = 100
BAR = 0.72
MEN, WOMEN = "M ", "F "
"""How categories of a margin by sex begin."""


def margin_table(report: pd.DataFrame, workers: int, lang: str) -> pd.DataFrame:
    """One row for each margin of a fit report: where its shares come from, and the largest gap in people.

    ``workers`` is the number of informal workers whose shares the report gives.
    """
    groups = {str(name): rows for name, rows in report.groupby("margin", sort=False)}
    columns = {text("notebooks.categories", lang): _sizes(groups.values(), lang)}
    for basis in BASES:
        own = (rows[rows["basis"] == basis] for rows in groups.values())
        columns[text(f"notebooks.basis_{basis}", lang)] = _sizes(own, lang)
    gaps = [float((rows["achieved"] - rows["target"]).abs().max()) * workers for rows in groups.values()]
    columns[text("notebooks.largest_gap", lang)] = [number(gap, Style(lang, 3)) for gap in gaps]
    return named(pd.DataFrame(columns), [text(f"notebooks.margin_{name}", lang) for name in groups])


def _sizes(groups: Iterable[pd.DataFrame], lang: str) -> list[str]:
    return [number(len(rows), Style(lang)) for rows in groups]


def gap_in_billionths(report: pd.DataFrame) -> int:
    """The largest difference between a share and its target, in whole billionths of all workers, upwards."""
    return int(np.ceil(float((report["achieved"] - report["target"]).abs().max()) * 10**9))


class Bar(NamedTuple):
    """A category as drawn: its share of all informal workers, its target, and whether that is modelled."""

    label: str
    achieved: float
    target: float
    is_modelled: bool


def fit_figure(report: pd.DataFrame, region: Region, lang: str) -> Chart:
    """Age and sex, trades, welfare deciles and kecamatan: bars of what was made, marks of the targets."""
    frame = Frame(
        text("notebooks.fit_title", lang, city=region.title[lang]),
        text("notebooks.fit_subtitle", lang),
        text("notebooks.fit_source", lang),
        width=10.0,
        height=7.6,
    )
    with house_style():
        figure = framed(frame)
        box = inner_box(frame, Margins(left=1.0, right=0.15, top=0.55, bottom=0.3))
        gaps = {"wspace": 0.62, "hspace": 0.30, "width_ratios": [1, 1.05], "height_ratios": [14, 10]}
        (ages, trades), (deciles, districts) = figure.subplots(2, 2, gridspec_kw=box | gaps)
        _draw_pyramid(ages, _bars_of_sex(report, "sex_age"), lang)
        _draw_bars(trades, _sorted(_trades(report, region, lang)), text("notebooks.panel_trades", lang), lang)
        _draw_bars(deciles, _deciles(report), text("notebooks.panel_deciles", lang), lang)
        _draw_bars(districts, _sorted(_districts(report, region)), text("notebooks.panel_places", lang), lang)
        _draw_legend(figure, lang)
    return figure


def _bars(rows: pd.DataFrame) -> list[Bar]:
    columns = zip(rows["category"], rows["achieved"], rows["target"], rows["basis"], strict=True)
    return [Bar(str(name), float(made), float(aim), basis == MODELLED) for name, made, aim, basis in columns]


def _of_margin(report: pd.DataFrame, margin: str) -> list[Bar]:
    return _bars(report[report["margin"] == margin])


def _bars_of_sex(report: pd.DataFrame, margin: str) -> dict[str, list[Bar]]:
    bars = _of_margin(report, margin)
    return {
        sex: [bar._replace(label=bar.label.removeprefix(sex)) for bar in bars if bar.label.startswith(sex)]
        for sex in (MEN, WOMEN)
    }


def _summed(label: str, bars: list[Bar]) -> Bar:
    """Several categories as one; it is modelled when one of them is."""
    return Bar(
        label,
        sum(bar.achieved for bar in bars),
        sum(bar.target for bar in bars),
        any(bar.is_modelled for bar in bars),
    )


def _trades(report: pd.DataFrame, region: Region, lang: str) -> list[Bar]:
    by_sex = _bars_of_sex(report, "sex_occupation")
    titles = {trade.key: trade.title[lang] for trade in region.occupations}
    pairs = zip(by_sex[MEN], by_sex[WOMEN], strict=True)
    return [_summed(titles[men.label], [men, women]) for men, women in pairs]


def _deciles(report: pd.DataFrame) -> list[Bar]:
    return list(reversed(_of_margin(report, "decile")))


def _districts(report: pd.DataFrame, region: Region) -> list[Bar]:
    wards = _of_margin(report, "kelurahan")
    places = [ward.kecamatan for ward in region.kelurahan]
    return [
        _summed(name, [bar for bar, place in zip(wards, places, strict=True) if place == number])
        for number, name in enumerate(region.kecamatan)
    ]


def _sorted(bars: list[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: bar.achieved)


def _draw_bars(axes: Axes, bars: list[Bar], title: str, lang: str) -> None:
    rows = np.arange(len(bars))
    axes.barh(rows, [PERCENT * bar.achieved for bar in bars], height=BAR, color=BLUE)
    for row, bar in zip(rows.tolist(), bars, strict=True):
        _mark(axes, PERCENT * bar.target, row, bar.is_modelled)
    axes.set_yticks(rows, [bar.label for bar in bars])
    _finish(axes, title, lang)


def _draw_pyramid(axes: Axes, bars: dict[str, list[Bar]], lang: str) -> None:
    for sex, side, colour in ((MEN, -1, BLUE), (WOMEN, 1, SKY)):
        lines = np.arange(len(bars[sex]))
        axes.barh(lines, [side * PERCENT * bar.achieved for bar in bars[sex]], height=BAR, color=colour)
        for row, bar in zip(lines.tolist(), bars[sex], strict=True):
            _mark(axes, side * PERCENT * bar.target, row, bar.is_modelled)
    axes.set_yticks(range(len(bars[MEN])), [bar.label for bar in bars[MEN]])
    widest = 1.12 * max(abs(limit) for limit in axes.get_xlim())
    axes.set_xlim(-widest, widest)
    for word, place, align in (("men", 0.02, "left"), ("women", 0.98, "right")):
        axes.text(
            place,
            0.97,
            text(f"notebooks.{word}", lang),
            transform=axes.transAxes,
            ha=align,
            va="top",
            size=8.5,
        )
    _finish(axes, text("notebooks.panel_ages", lang), lang)
    axes.xaxis.set_major_locator(MultipleLocator(2))
    axes.xaxis.set_major_formatter(lambda value, _: number(abs(value), Style(lang)))


def _mark(axes: Axes, share: float, row: float, is_modelled: bool) -> None:
    axes.plot(
        share,
        row,
        "o",
        markersize=4.5,
        color=VERMILLION,
        markerfacecolor="white" if is_modelled else VERMILLION,
        markeredgewidth=1.2,
        clip_on=False,
    )


def _finish(axes: Axes, title: str, lang: str) -> None:
    axes.set_title(title, loc="left", size=9.5)
    axes.xaxis.set_major_formatter(in_language(Style(lang)))
    axes.tick_params(axis="y", length=0, labelsize=8)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")


def _draw_legend(figure: Chart, lang: str) -> None:
    def mark(face: str) -> Line2D:
        return Line2D(
            [], [], marker="o", linestyle="none", markersize=5, color=VERMILLION, markerfacecolor=face
        )

    handles = [Patch(color=BLUE), mark(VERMILLION), mark("white")]
    words = ["legend_made", "legend_target", "legend_modelled"]
    figure.legend(
        handles,
        [text(f"notebooks.{word}", lang) for word in words],
        loc="upper left",
        bbox_to_anchor=(0.006, 1 - 0.62 / figure.get_figheight()),
        ncols=3,
        frameon=False,
        fontsize=8.5,
        labelcolor=INK,
        borderaxespad=0.0,
    )
