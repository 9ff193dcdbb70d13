"""Incomes of each trade in a figure: the quartiles of the people made, and those that were aimed at."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from jamsos_sim.messages import text
from jamsos_sim.population.fit_report import QUARTILES
from jamsos_sim.population.kelurahan import MODELLED
from jamsos_sim.population.region import Region
from jamsos_sim.report.chart import BLUE, VERMILLION, in_language
from jamsos_sim.report.numbers import Style

MILLION = 1_000_000
BAR = 0.72


def draw_incomes(axes: Axes, report: pd.DataFrame, region: Region, lang: str) -> None:
    """A bar from the lower to the upper quartile for each trade, cut at the median; marks of the targets."""
    quartiles = _quartiles(report)
    trades = [(each.title[lang], [f"{each.key} {name}" for name in QUARTILES]) for each in region.occupations]
    trades.sort(key=lambda trade: quartiles[trade[1][1]].target)
    for row, (_, names) in enumerate(trades):
        low, middle, high = (quartiles[name].achieved / MILLION for name in names)
        axes.barh([row, row], [middle - low, high - middle], left=[low, middle], height=BAR, color=BLUE)
        axes.plot([middle, middle], [row - BAR / 2, row + BAR / 2], color="white", linewidth=1.4)
        for name in names:
            _mark(axes, row, quartiles[name])
    axes.set_yticks(np.arange(len(trades)), [title for title, _ in trades])
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(in_language(Style(lang, 1)))
    axes.tick_params(axis="y", length=0, labelsize=8)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_title(text("fit.panel_incomes", lang), loc="left", size=9.5)


class _Quartile(NamedTuple):
    """Rupiah a month made and aimed at, and whether the target is modelled."""

    achieved: float
    target: float
    is_modelled: bool


def _quartiles(report: pd.DataFrame) -> dict[str, _Quartile]:
    """Category to quartile."""
    rows = report[report["margin"] == "income"]
    columns = zip(rows["category"], rows["achieved"], rows["target"], rows["basis"], strict=True)
    return {
        str(name): _Quartile(float(made), float(aim), basis == MODELLED) for name, made, aim, basis in columns
    }


def _mark(axes: Axes, row: int, quartile: _Quartile) -> None:
    axes.plot(
        quartile.target / MILLION,
        row,
        "o",
        markersize=4.5,
        color=VERMILLION,
        markerfacecolor="white" if quartile.is_modelled else VERMILLION,
        markeredgewidth=1.2,
        zorder=4,
    )
