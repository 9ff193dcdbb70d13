"""The appropriation (notebook 60): money short, people left out, money left over, together."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from jamsos_sim.errors import InputError
from jamsos_sim.messages import text
from jamsos_sim.notebook.backcast import estimate
from jamsos_sim.notebook.tables import Titles, by_world, label_of, named
from jamsos_sim.report.chart import (
    BLUE,
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
    Style,
    number,
    rupiah_digits,
    rupiah_unit,
    rupiah_with_interval,
    scale_of,
    with_interval,
)
from jamsos_sim.report.spread import headroom

PERCENT = 100
TITLE_WIDTH = 34


class Year(NamedTuple):
    """A fiscal year of a scenario, one number for each world."""

    paid: pd.Series
    """Rupiah paid."""
    unspent: pd.Series
    """Rupiah of the appropriation that were not paid."""
    short: pd.Series
    """Rupiah that the months meant to be paid, and not paid, would have cost."""
    unfunded: pd.Series
    """Person-months meant to be paid for which there was no money."""
    waiting: pd.Series
    """Eligible people without a place at the end of the year."""


def year_of_scenario(yearly: pd.DataFrame, scenario: str, year: int) -> Year:
    """The fiscal year of a scenario; what was short is priced at the year's own contribution a month.

    Raises `InputError` for a year that the table does not have.
    """
    years = yearly["year"]
    if not (years == year).any():
        raise InputError("notebooks.year_outside", year=year, first=years.min(), last=years.max())
    names = (
        "city_contributions",
        "appropriation",
        "unfunded_person_months",
        "paid_person_months",
        "waiting",
    )
    paid, appropriation, unfunded, months, waiting = (
        by_world(yearly, scenario, name, year) for name in names
    )
    short = (unfunded * paid) // months.clip(lower=1)
    return Year(paid, appropriation - paid, short, unfunded, waiting)


def three_risks(yearly: pd.DataFrame, titles: Titles, year: int, lang: str) -> pd.DataFrame:
    """One row for each scenario: how often money is short, by how much, who is left out, what is left."""
    years = [year_of_scenario(yearly, name, year) for name in titles]
    style = Style(lang)
    columns = {
        text("notebooks.worlds_short", lang): [
            f"{number(PERCENT * float((each.unfunded > 0).mean()), style)}%" for each in years
        ],
        text("notebooks.short", lang): [rupiah_with_interval(estimate(each.short), lang) for each in years],
        label_of("unfunded_person_months", lang): [
            with_interval(estimate(each.unfunded), style) for each in years
        ],
        label_of("waiting", lang): [with_interval(estimate(each.waiting), style) for each in years],
        text("notebooks.unspent", lang): [
            rupiah_with_interval(estimate(each.unspent), lang) for each in years
        ],
    }
    return named(pd.DataFrame(columns), [title[lang] for title in titles.values()])


def appropriation_figure(yearly: pd.DataFrame, titles: Titles, lang: str) -> Chart:
    """For each scenario and year: what was paid, what was left of the appropriation, what was short."""
    years = sorted(int(year) for year in yearly["year"].unique())
    means = {name: [_means(yearly, name, year) for year in years] for name in titles}
    largest = max(sum(three) for own in means.values() for three in own)
    scale = scale_of([largest])
    frame = Frame(
        text("notebooks.appropriation_title", lang),
        text("notebooks.appropriation_subtitle", lang, unit=rupiah_unit(scale, lang)),
        text("report.source", lang),
        width=10.0,
        height=4.3,
    )
    with house_style():
        figure = framed(frame)
        box = inner_box(frame, Margins(left=0.5, right=0.15, top=0.62, bottom=0.25))
        panels = figure.subplots(
            1, len(titles), sharey=True, squeeze=False, gridspec_kw=box | {"wspace": 0.08}
        )
        for axes, (name, title) in zip(panels[0], titles.items(), strict=True):
            stacked = np.array(means[name]).T / scale.size
            _draw_years(axes, years, stacked)
            axes.set_ylim(0, headroom([largest / scale.size]))
            digits = rupiah_digits(scale) if largest / scale.size < 4 else 0
            axes.yaxis.set_major_formatter(in_language(Style(lang, digits)))
            axes.set_title(wrapped(title[lang], TITLE_WIDTH), loc="left", size=9.5)
        _draw_legend(figure, lang)
    return figure


def _means(yearly: pd.DataFrame, scenario: str, year: int) -> tuple[float, float, float]:
    own = year_of_scenario(yearly, scenario, year)
    return float(own.paid.mean()), float(own.unspent.mean()), float(own.short.mean())


def _draw_years(
    axes: Axes, years: list[int], stacked: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> None:
    paid, unspent, short = stacked
    axes.bar(years, paid, color=BLUE, width=0.72)
    axes.bar(years, unspent, bottom=paid, color=PALE, width=0.72)
    axes.bar(
        years, short, bottom=paid + unspent, facecolor="white", edgecolor=VERMILLION, hatch="////", width=0.72
    )
    axes.stairs(
        paid + unspent, np.append(years, years[-1] + 1) - 0.5, baseline=None, color=INK, linewidth=1.4
    )
    axes.set_xticks(years, [str(year) for year in years])
    axes.tick_params(axis="x", length=0, labelsize=8)
    axes.grid(axis="y")


def _draw_legend(figure: Chart, lang: str) -> None:
    handles = [
        Patch(color=BLUE),
        Patch(color=PALE),
        Patch(facecolor="white", edgecolor=VERMILLION, hatch="////"),
        Patch(facecolor="white", edgecolor=INK),
    ]
    words = ["legend_paid", "legend_unspent", "legend_short", "legend_appropriation"]
    figure.legend(
        handles,
        [text(f"notebooks.{word}", lang) for word in words],
        loc="upper left",
        bbox_to_anchor=(0.006, 1 - 0.62 / figure.get_figheight()),
        ncols=4,
        frameon=False,
        fontsize=8.5,
        borderaxespad=0.0,
    )
