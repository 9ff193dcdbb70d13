"""The pool of people who could be listed, as one line of a figure against the published range."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from jamsos_sim.messages import text
from jamsos_sim.population.region import Region
from jamsos_sim.report.chart import BLUE, INK, MIDDLE_GREY, in_language
from jamsos_sim.report.numbers import Style
from jamsos_sim.report.pool import Pool, estimate_of


def draw_pool(axes: Axes, region: Region, central: Pool, worlds: Sequence[Pool], lang: str) -> None:
    """One dot for central assumptions, a line for the interval over worlds, a tick for each world."""
    spread = estimate_of([float(pool.income) for pool in worlds])
    if region.published_pool is not None:
        axes.axvspan(
            region.published_pool.low, region.published_pool.high, color=MIDDLE_GREY, alpha=0.7, lw=0
        )
    axes.plot([pool.income for pool in worlds], [0.0] * len(worlds), "|", color=BLUE, markersize=9)
    axes.plot([spread.low, spread.high], [0.0, 0.0], color=INK, linewidth=1.0)
    axes.plot(central.income, 0.0, "o", color=BLUE, markersize=7)
    axes.set_ylim(-1, 1)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.xaxis.set_major_formatter(in_language(Style(lang)))
    axes.grid(axis="x")
    axes.set_title(text("fit.panel_pool", lang), loc="left", size=9.5)
