"""What became of the families of vulnerable workers who died: shares of a hundred, as table and figure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from jamsos_sim.interval import HIGH, LOW
from jamsos_sim.messages import text
from jamsos_sim.model.ledger import FAMILIES
from jamsos_sim.report.chart import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    INK,
    MARGIN_INCHES,
    MIDDLE_GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
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
from jamsos_sim.report.numbers import Estimate, Style, with_interval
from jamsos_sim.report.spread import Titles, worlds_of

HUNDRED = 100
YEARS_SHOWN = 5

DRAWN = {
    "families_full": BLUE,
    "families_work_death": GREEN,
    "families_funeral_only": SKY,
    "families_gap_waiting": BLACK,
    "families_not_claimed": ORANGE,
    "families_gap": VERMILLION,
    "families_insured_elsewhere": PURPLE,
    "families_too_old": MIDDLE_GREY,
    "families_unprotected": PALE,
}
"""Categories from the best to the worst, with their colours."""

HIDDEN = "families_hidden"
"""Categories of a run on a register that are too small to be shown, together."""

HATCHED: Mapping[str, Any] = {"edgecolor": GREY, "linewidth": 0.6, "hatch": "////"}

RECEIVED = ("families_full", "families_work_death", "families_funeral_only", "families_gap_waiting")
"""Categories in which the programme paid."""


def last_years(yearly: pd.DataFrame) -> tuple[int, int]:
    """First and last of the run's last five years."""
    last = int(yearly["year"].max())
    return max(int(yearly["year"].min()), last - YEARS_SHOWN + 1), last


def families_of_hundred(yearly: pd.DataFrame, years: tuple[int, int] | None = None) -> pd.DataFrame:
    """Of 100 families of vulnerable workers who died, how many the programme left in which state.

    Parameters
    ----------
    yearly:
        Columns ``scenario, world, year, quantity, value``.
    years:
        First and last year taken together; the run's last five when left out.

    Returns
    -------
    Columns ``scenario, quantity, mean, low, high``: the categories and, as ``families_received``, those in
    which the programme paid. The mean is that of all families of all worlds, so that categories add up to
    100; low and high are the 5th and 95th percentile of the worlds' own shares. A scenario without a death
    has no rows.
    """
    first, last = years or last_years(yearly)
    chosen = yearly["quantity"].isin(FAMILIES) & yearly["year"].between(first, last)
    counts = yearly[chosen].pivot_table(
        index=["scenario", "world"],
        columns="quantity",
        values="value",
        aggfunc="sum",
        fill_value=0,
        observed=True,
    )
    counts = counts.reindex(columns=list(DRAWN), fill_value=0)
    counts["families_received"] = counts[list(RECEIVED)].sum(axis="columns")
    rows = [
        (
            scenario,
            quantity,
            *_share(of_scenario[quantity].to_numpy(), of_scenario[list(DRAWN)].sum(axis="columns")),
        )
        for scenario, of_scenario in counts.groupby("scenario", sort=True)
        if of_scenario[list(DRAWN)].to_numpy().sum() > 0
        for quantity in counts.columns
    ]
    return pd.DataFrame(rows, columns=["scenario", "quantity", *Estimate._fields])


def _share(counts: np.ndarray, families: pd.Series) -> Estimate:
    """Share of a hundred over all worlds, and its spread over the worlds in which somebody died."""
    totals = families.to_numpy()
    some = totals > 0
    shares = HUNDRED * counts[some] / totals[some]
    low, high = np.quantile(shares, [LOW, HIGH])
    return Estimate(float(HUNDRED * counts.sum() / totals.sum()), float(low), float(high))


def whole_shares(shares: list[float]) -> list[int]:
    """Shares of a hundred as whole numbers that still add up to a hundred (largest remainders)."""
    floors = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda index: (floors[index] - shares[index], index))
    for index in by_remainder[: HUNDRED - sum(floors)]:
        floors[index] += 1
    return floors


ROW_INCHES = 0.62
NUMBER_ROOM = 2
"""The smallest share whose number has room in its bar."""
NAME_WIDTH = 26


class Shown(NamedTuple):
    """What a figure of families is of: its first and last year, and the number of worlds as written."""

    first: int
    last: int
    worlds: str


def families_figure(
    yearly: pd.DataFrame,
    titles: Titles,
    lang: str,
    years: tuple[int, int] | None = None,
) -> Chart:
    """Of 100 families of vulnerable workers who lost a breadwinner, what happened; one bar per scenario."""
    first, last = years or last_years(yearly)
    table = families_of_hundred(yearly, (first, last))
    return shares_figure(table, titles, lang, Shown(first, last, worlds_of(yearly, lang)))


def shares_figure(table: pd.DataFrame, titles: Titles, lang: str, shown: Shown) -> Chart:
    """The figure of families from their shares of a hundred, as `families_of_hundred` gives them.

    Categories that a run on a register hides stand together as ``families_hidden``.
    """
    has_hidden = bool((table["quantity"] == HIDDEN).any())
    frame = Frame(
        text("report.families_title", lang, first=shown.first, last=shown.last),
        text("report.families_subtitle", lang, worlds=shown.worlds),
        text("report.source_families", lang),
        width=10.0,
        height=ROW_INCHES * len(titles) + 2.15,
    )
    shares = {
        (scenario, quantity): Estimate(float(mean), float(low), float(high))
        for scenario, quantity, mean, low, high in table.itertuples(index=False)
    }
    with house_style():
        figure = framed(frame)
        axes = figure.subplots(
            gridspec_kw=inner_box(frame, Margins(left=2.0, right=1.25, top=0.6, bottom=0.25))
        )
        for row, name in enumerate(titles):
            own = {quantity: share for (scenario, quantity), share in shares.items() if scenario == name}
            if own:
                _draw_families(axes, row, own, lang)
            else:
                axes.text(1, row, text("report.families_none", lang), va="center", color=GREY)
        axes.set_yticks(range(len(titles)), [wrapped(title[lang], NAME_WIDTH) for title in titles.values()])
        axes.set_ylim(len(titles) - 0.5, -0.5)
        axes.set_xlim(0, HUNDRED)
        axes.xaxis.set_major_formatter(in_language(Style(lang)))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.annotate(
            text("report.families_received", lang),
            (1.015, 1.0),
            xycoords="axes fraction",
            va="bottom",
            weight="bold",
        )
        _draw_key(figure, frame, lang, has_hidden)
    return figure


def _draw_families(axes: Axes, row: int, shares: Mapping[str, Estimate], lang: str) -> None:
    drawn = {name: colour for name, colour in {**DRAWN, HIDDEN: "white"}.items() if name in shares}
    exact = [shares[category].mean for category in drawn]
    start = 0.0
    for share, shown, colour in zip(exact, whole_shares(exact), drawn.values(), strict=True):
        look = HATCHED if colour == "white" else {"edgecolor": "white", "linewidth": 0.6}
        axes.barh(row, share, left=start, height=0.62, color=colour, **look)
        if shown >= NUMBER_ROOM and colour != "white":
            is_dark = colour in {BLUE, GREEN, VERMILLION}
            axes.text(
                start + share / 2,
                row,
                str(shown),
                ha="center",
                va="center",
                color="white" if is_dark else INK,
            )
        start += share
    received = shares.get("families_received")
    said = text("privacy.hidden", lang) if received is None else with_interval(received, Style(lang))
    axes.text(HUNDRED * 1.015, row, said, va="center", weight="bold")


def _draw_key(figure: Chart, frame: Frame, lang: str, has_hidden: bool) -> None:
    """The categories' colours, in the order of the bars."""
    handles = [
        Patch(color=colour, label=text(f"report.{category}", lang)) for category, colour in DRAWN.items()
    ]
    if has_hidden:
        handles.append(Patch(facecolor="white", label=text("report.families_hidden", lang), **HATCHED))
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(MARGIN_INCHES / frame.width, 1 - 0.62 / frame.height),
        ncols=4,
        frameon=False,
        fontsize=8,
        handlelength=1.0,
        handleheight=1.0,
        columnspacing=1.4,
        borderaxespad=0.0,
        borderpad=0.0,
    )
