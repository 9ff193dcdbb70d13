"""How well the synthetic population meets its margins, and which margins are modelled."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, MultipleLocator

from jamsos_sim.messages import text
from jamsos_sim.population.fit_report import RUPIAH
from jamsos_sim.population.kelurahan import MODELLED
from jamsos_sim.population.region import Region
from jamsos_sim.report.chart import (
    BLUE,
    INK,
    MIDDLE_GREY,
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
from jamsos_sim.report.income_strip import draw_incomes
from jamsos_sim.report.numbers import Style, number, rupiah
from jamsos_sim.report.pool import Pool
from jamsos_sim.report.pool_strip import draw_pool

BASES = ("published", "derived", "modelled")
TRAIT, CHILDREN = "trait", "children"
NOT_FITTED = {"income", CHILDREN, TRAIT}
NOTHING = "–"
PERCENT = 100
BAR = 0.72
MEN, WOMEN = "M ", "F "
"""How categories of a margin by sex begin."""


def margin_table(report: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row for each margin of a fit report: where its shares come from, and the largest gap.

    The gap of the fitted table is what the fit left; that of the people has the rounding to whole people, and
    for what is given by chance their luck. Gaps are people; of incomes they are rupiah a month, and per cent
    of the quartile.
    """
    groups = {str(name): rows for name, rows in report.groupby("margin", sort=False)}
    columns = {text("fit.categories", lang): _sizes(groups.values(), lang)}
    for basis in BASES:
        own = (rows[rows["basis"] == basis] for rows in groups.values())
        columns[text(f"fit.basis_{basis}", lang)] = _sizes(own, lang)
    columns[text("fit.gap_fitted", lang)] = [
        NOTHING if name in NOT_FITTED else number(_gap_in_people(rows, "fitted"), Style(lang, 3))
        for name, rows in groups.items()
    ]
    columns[text("fit.gap_achieved", lang)] = [_gap_of_people(rows, lang) for rows in groups.values()]
    names = [text(f"fit.margin_{name}", lang) for name in groups]
    return pd.DataFrame(columns).set_index(pd.Index(names))


def _gap_of_people(rows: pd.DataFrame, lang: str) -> str:
    """The largest gap of the people in a margin, in words."""
    if (rows["unit"] != RUPIAH).all():
        return number(_gap_in_people(rows, "achieved"), Style(lang))
    gaps = (rows["achieved"] - rows["target"]).abs()
    relative = (gaps / rows["target"]).fillna(0.0)
    worst = int(relative.to_numpy().argmax())
    percent = number(PERCENT * float(relative.iloc[worst]), Style(lang, 1))
    return f"{rupiah(round(float(gaps.fillna(0.0).iloc[worst])), lang)} ({percent}%)"


def _gap_in_people(rows: pd.DataFrame, made: str) -> float:
    """The largest difference of a share to its target, times the people of whom it is a share."""
    wholes = (rows["people"] / rows["achieved"]).where(rows["people"] > 0)
    gaps = (rows[made] - rows["target"]).abs() * wholes.fillna(wholes.max())
    return float(gaps.fillna(0.0).max())


def _sizes(groups: Iterable[pd.DataFrame], lang: str) -> list[str]:
    return [number(len(rows), Style(lang)) for rows in groups]


def largest_gap(report: pd.DataFrame, made: str) -> float:
    """The largest difference of a share to its target; ``made`` is ``fitted`` or ``achieved``."""
    shares = report[report["unit"] != RUPIAH]
    return float((shares[made] - shares["target"]).abs().max())


class Bar(NamedTuple):
    """A category as drawn: its share of all informal workers, target and range, and how it was found."""

    label: str
    achieved: float
    target: float
    low: float
    high: float
    is_modelled: bool


class Pools(NamedTuple):
    """The pool at central assumptions, and of each world."""

    central: Pool
    worlds: list[Pool]


def fit_figure(report: pd.DataFrame, region: Region, pools: Pools, lang: str) -> Chart:
    """The pool on top; below bars of the people made, marks of the targets, and their range over worlds."""
    frame = Frame(
        text("fit.title", lang, city=region.title[lang]),
        text("fit.subtitle", lang, worlds=number(len(pools.worlds), Style(lang))),
        text("fit.source", lang, region=region.name),
        width=10.0,
        height=13.2,
    )
    with house_style():
        figure = framed(frame)
        box = inner_box(frame, Margins(left=1.0, right=0.15, top=0.4, bottom=0.25))
        grid = figure.add_gridspec(4, 2, wspace=0.88, hspace=0.2, height_ratios=[1.5, 14, 14, 7], **box)
        left = grid[2, 0].subgridspec(2, 1, hspace=0.3, height_ratios=[10, 3])
        draw_pool(figure.add_subplot(grid[0, :]), region, pools.central, pools.worlds, lang)
        _draw_pyramid(figure.add_subplot(grid[1, 0]), _bars_of_sex(report, "sex_age"), lang)
        draw_incomes(figure.add_subplot(grid[2, 1]), report, region, lang)
        panels = {
            "trades": (grid[1, 1], _sorted(_trades(report, region, lang))),
            "deciles": (left[0], list(reversed(_of_margin(report, "decile")))),
            "places": (grid[3, 0], _sorted(_of_margin(report, "kecamatan"))),
            "traits": (grid[3, 1], _sorted(_traits(report, lang))),
            "children": (left[1], list(reversed(_of_margin(report, CHILDREN)))),
        }
        wards = number(len(region.kelurahan), Style(lang))
        for name, (place, bars) in panels.items():
            axes = figure.add_subplot(place)
            _draw_bars(axes, bars, text(f"fit.panel_{name}", lang, wards=wards), lang)
            if name == "traits":
                _write_shares(axes, bars, lang)
        _draw_legend(figure, region.published_pool is not None, lang)
    return figure


def _of_margin(report: pd.DataFrame, margin: str) -> list[Bar]:
    rows = report[report["margin"] == margin]
    columns = zip(
        rows["category"],
        rows["achieved"],
        rows["target"],
        rows["low"],
        rows["high"],
        rows["basis"],
        strict=True,
    )
    return [
        Bar(str(name), float(made), float(aim), float(low), float(high), basis == MODELLED)
        for name, made, aim, low, high, basis in columns
    ]


def _bars_of_sex(report: pd.DataFrame, margin: str) -> dict[str, list[Bar]]:
    bars = _of_margin(report, margin)
    return {
        sex: [bar._replace(label=bar.label.removeprefix(sex)) for bar in bars if bar.label.startswith(sex)]
        for sex in (MEN, WOMEN)
    }


def _summed(label: str, bars: list[Bar]) -> Bar:
    """Several categories as one; it is modelled when one of them is.

    The ends of ranges are added, as they may be when the categories rise and fall together.
    """
    return Bar(
        label,
        achieved=sum(bar.achieved for bar in bars),
        target=sum(bar.target for bar in bars),
        low=sum(bar.low for bar in bars),
        high=sum(bar.high for bar in bars),
        is_modelled=any(bar.is_modelled for bar in bars),
    )


def _trades(report: pd.DataFrame, region: Region, lang: str) -> list[Bar]:
    by_sex = _bars_of_sex(report, "sex_occupation")
    titles = {trade.key: trade.title[lang] for trade in region.occupations}
    pairs = zip(by_sex[MEN], by_sex[WOMEN], strict=True)
    return [_summed(titles[men.label], [men, women]) for men, women in pairs]


def _traits(report: pd.DataFrame, lang: str) -> list[Bar]:
    bars = _of_margin(report, TRAIT)
    return [bar._replace(label=text(f"fit.trait_{bar.label}", lang)) for bar in bars]


def _sorted(bars: list[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: bar.achieved)


def _draw_bars(axes: Axes, bars: list[Bar], title: str, lang: str) -> None:
    rows = np.arange(len(bars))
    axes.barh(rows, [PERCENT * bar.achieved for bar in bars], height=BAR, color=BLUE)
    for row, bar in zip(rows.tolist(), bars, strict=True):
        _mark(axes, 1, row, bar)
    axes.set_yticks(rows, [bar.label for bar in bars])
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    _finish(axes, title, lang)


def _write_shares(axes: Axes, bars: list[Bar], lang: str) -> None:
    """The share beside each bar, where bars are too short to be read."""
    axes.set_xlim(right=1.15 * axes.get_xlim()[1])
    for row, bar in enumerate(bars):
        end = PERCENT * max(bar.achieved, bar.high)
        said = number(PERCENT * bar.achieved, Style(lang, 1))
        axes.annotate(said, (end, row), (6, 0), textcoords="offset points", va="center", size=8)


def _draw_pyramid(axes: Axes, bars: dict[str, list[Bar]], lang: str) -> None:
    for sex, side, colour in ((MEN, -1, BLUE), (WOMEN, 1, SKY)):
        lines = np.arange(len(bars[sex]))
        axes.barh(lines, [side * PERCENT * bar.achieved for bar in bars[sex]], height=BAR, color=colour)
        for row, bar in zip(lines.tolist(), bars[sex], strict=True):
            _mark(axes, side, row, bar)
    axes.set_yticks(range(len(bars[MEN])), [bar.label for bar in bars[MEN]])
    widest = 1.12 * max(abs(limit) for limit in axes.get_xlim())
    axes.set_xlim(-widest, widest)
    for word, place, align in (("men", 0.02, "left"), ("women", 0.98, "right")):
        said = text(f"fit.{word}", lang)
        axes.text(place, 0.97, said, transform=axes.transAxes, ha=align, va="top", size=8.5)
    _finish(axes, text("fit.panel_ages", lang), lang)
    axes.xaxis.set_major_locator(MultipleLocator(2))
    axes.xaxis.set_major_formatter(lambda value, _: number(abs(value), Style(lang)))


def _mark(axes: Axes, side: int, row: float, bar: Bar) -> None:
    """The target of a bar, and the range it has over worlds where there is one."""
    if bar.high > bar.low:
        ends = [side * PERCENT * bar.low, side * PERCENT * bar.high]
        axes.plot(ends, [row, row], color=INK, linewidth=1.0, solid_capstyle="butt", zorder=3)
    axes.plot(
        side * PERCENT * bar.target,
        row,
        "o",
        markersize=4.5,
        color=VERMILLION,
        markerfacecolor="white" if bar.is_modelled else VERMILLION,
        markeredgewidth=1.2,
        clip_on=False,
        zorder=4,
    )


def _finish(axes: Axes, title: str, lang: str) -> None:
    axes.set_title(title, loc="left", size=9.5)
    axes.xaxis.set_major_formatter(in_language(Style(lang)))
    axes.tick_params(axis="y", length=0, labelsize=8)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")


def _draw_legend(figure: Chart, has_pool: bool, lang: str) -> None:
    def mark(face: str) -> Line2D:
        return Line2D(
            [], [], marker="o", linestyle="none", markersize=5, color=VERMILLION, markerfacecolor=face
        )

    spread = Line2D([], [], color=INK, linewidth=1.0)
    handles: list[Line2D | Patch] = [Patch(color=BLUE), mark(VERMILLION), mark("white"), spread]
    words = ["legend_made", "legend_target", "legend_modelled", "legend_range"]
    if has_pool:
        handles.append(Patch(color=MIDDLE_GREY))
        words.append("legend_pool")
    figure.legend(
        handles,
        [text(f"fit.{word}", lang) for word in words],
        loc="upper left",
        bbox_to_anchor=(0.006, 1 - 0.58 / figure.get_figheight()),
        ncols=len(words),
        columnspacing=1.3,
        handletextpad=0.5,
        frameon=False,
        fontsize=8,
        labelcolor=INK,
        borderaxespad=0.0,
    )
