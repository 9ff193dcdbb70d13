"""What the programme does by kecamatan, decile, trade and sex: a table of one year, and its figure."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.messages import text
from jamsos_sim.model.cells import CELL_RUPIAH, DIMENSIONS, cell_names
from jamsos_sim.population.region import Region
from jamsos_sim.report.chart import (
    COLOURS,
    INK,
    PALE,
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
    Style,
    interval,
    is_certain,
    number,
    rupiah_digits,
    rupiah_unit,
    scale_of,
)
from jamsos_sim.report.spread import Titles, headroom
from jamsos_sim.report.tables import SMALL_COUNT, Column, EstimateTable

PERCENT = 100
NOTHING = "–"
TABLED = ("kecamatan", "decile", "sex")
"""Dimensions of the table of whom the programme reaches; the figure has the trades as well."""
REACHED_COUNTS = ("entitled_workers", "wrongly_enrolled", "claims", "benefits_paid")
COUNTED = (*REACHED_COUNTS, "admitted")
"""Quantities of the cells that stand in the tables beside indicators."""
TABLE_COLUMNS = ("entitled_workers", "coverage_share", "people_left_out", *REACHED_COUNTS[1:])
ASKED_COUNTS = ("admitted", "bereaved_families")
ASKED_COLUMNS = (
    "admitted",
    "months_waited_mean",
    "bereaved_families",
    "families_full_of_100",
    "families_funeral_only_of_100",
    "families_gap_waiting_of_100",
    "families_work_death_of_100",
    "families_nothing_of_100",
    "families_gap_of_100",
)
"""Columns of the table of waiting and families: what the programme paid, and the families that received
nothing, of which the last column counts those in a gap; the other reasons are in `cell_indicators`.
"""

MARKS = (("o", "●"), ("s", "■"), ("^", "▲"), ("D", "◆"), ("v", "▼"), ("P", "✚"), ("X", "✖"))
"""Marks of scenarios, as drawn and as written."""
LABEL_INCHES, LABEL_WIDTH = 2.75, 44
ROW_INCHES, SCENARIO_INCHES, KEY_INCHES = 0.12, 0.11, 0.2
MANY = 6
"""Scenarios beyond which a row grows no higher."""
NAME_WIDTH = 110
IN_TENTHS = ("coverage_share", *(name for name in ASKED_COLUMNS if name not in ASKED_COUNTS))
"""Columns that show one decimal."""
FEWEST_COUNTED = 10
"""Of fewer people or families in all worlds together no share or mean is written: one of them more or less
would move it by a tenth and more.
"""
TOO_FEW = "*"


class ShownCells(NamedTuple):
    """Which cells are shown.

    Attributes
    ----------
    region:
        The city, whose names the cells have.
    year:
        Year that is shown.
    worlds:
        Number of worlds, as written.
    """

    region: Region
    year: int
    worlds: str


def cell_labels(region: Region, lang: str) -> Mapping[tuple[str, str], str]:
    """Dimension and name of each cell to what people call it."""
    trades = {trade.key: trade.title[lang] for trade in region.occupations}

    def label(dimension: str, cell: str) -> str:
        if dimension == "decile":
            return text("report.cells_of_decile", lang, decile=cell)
        if dimension == "sex":
            return text(f"report.cells_{cell}", lang)
        return trades.get(cell, cell) if dimension == "occupation" else cell

    return {named: label(*named) for named in cell_names(region)}


def cells_table(told: pd.DataFrame, title: str, shown: ShownCells, lang: str) -> EstimateTable:
    """One scenario's year by kecamatan, decile and sex; cells in which nothing was counted in any world are
    left out.

    Parameters
    ----------
    told:
        Rows of the scenario and the year: ``dimension, cell, quantity, mean, low, high, counted``, with the
        quantities of `TABLE_COLUMNS`; estimates as in `jamsos_sim.outcomes_cells.cell_indicators`.
    """
    labels = {cell: label for cell, label in cell_labels(shown.region, lang).items() if cell[0] in TABLED}
    heading = text("report.cells_title", lang, title=title, year=shown.year)
    table = _table(told, heading, labels, (REACHED_COUNTS, TABLE_COLUMNS), lang)
    return table.with_note(text("report.cells_note", lang, fewest=FEWEST_COUNTED))


def waiting_and_families_table(told: pd.DataFrame, title: str, shown: ShownCells, lang: str) -> EstimateTable:
    """One scenario's year by kecamatan, decile, trade and sex: the wait for a place, and what bereaved
    families received; cells in which nobody was admitted and no family was bereaved are left out.

    Parameters
    ----------
    told:
        As for `cells_table`, with the quantities and indicators of `ASKED_COLUMNS`.
    """
    heading = text("report.cells_asked_title", lang, title=title, year=shown.year)
    labels = cell_labels(shown.region, lang)
    table = _table(told, heading, labels, (ASKED_COUNTS, ASKED_COLUMNS), lang)
    return table.with_note(text("report.cells_asked_note", lang, fewest=FEWEST_COUNTED))


def _table(
    told: pd.DataFrame,
    heading: str,
    labels: Mapping[tuple[str, str], str],
    names: tuple[Sequence[str], Sequence[str]],
    lang: str,
) -> EstimateTable:
    """A row for each cell in which one of some counts is not nought; ``names`` are these and the columns."""
    found, few, (counts, shown) = _estimates(told, "quantity"), _too_few(told), names
    rows = [cell for cell in labels if any(found[*cell, name].mean > 0 for name in counts)]
    columns = [
        _column(name, [None if (*cell, name) in few else found[*cell, name] for cell in rows], lang)
        for name in shown
    ]
    return EstimateTable(heading, text("report.cells_rows", lang), [labels[cell] for cell in rows], columns)


def _estimates(told: pd.DataFrame, named: str) -> dict[tuple[str, str, str], Estimate]:
    rows = told[["dimension", "cell", named, *Estimate._fields]].itertuples(index=False)
    return {(dimension, cell, name): Estimate(*values) for dimension, cell, name, *values in rows}


def _too_few(told: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Cells and their shares and means that are of somebody, but of too few to be written."""
    is_few = told["quantity"].isin(IN_TENTHS) & told["counted"].between(1, FEWEST_COUNTED - 1)
    return set(told.loc[is_few, ["dimension", "cell", "quantity"]].itertuples(index=False, name=None))


def _column(name: str, estimates: Sequence[Estimate | None], lang: str) -> Column:
    """A column of estimates, and of None where there are too few people or families."""
    known = [each for each in estimates if each is not None]
    scale = scale_of(value for each in known for value in each) if name in CELL_RUPIAH else None
    unit = {} if scale is None else {"unit": rupiah_unit(scale, lang)}
    factor = PERCENT if name == "coverage_share" else 1 if scale is None else 1 / scale.size

    def written(estimate: Estimate | None) -> tuple[str, str]:
        if estimate is None:
            return TOO_FEW, ""
        scaled = Estimate(*(factor * value for value in estimate))
        if scale is not None:
            return _written(scaled, Style(lang, rupiah_digits(scale)))
        return _written(scaled, Style(lang, int(name in IN_TENTHS or scaled.mean < SMALL_COUNT)))

    return Column(text(f"report.cells_{name}", lang, **unit), tuple(written(each) for each in estimates))


def _written(estimate: Estimate, style: Style) -> tuple[str, str]:
    if math.isnan(estimate.mean):
        return NOTHING, ""
    return number(estimate.mean, style), "" if is_certain(estimate, style) else interval(estimate, style)


class Look(NamedTuple):
    """How a scenario is drawn: its mark, the same as written, and its colour."""

    mark: str
    sign: str
    colour: str


def look_of(place: int) -> Look:
    """The look of a scenario by its place; beyond the palette, colours meet other marks."""
    colour = place % len(COLOURS)
    return Look(*MARKS[(place + place // len(COLOURS)) % len(MARKS)], COLOURS[colour])


class Row(NamedTuple):
    """A row of the figure: a heading, or a cell."""

    label: str
    cell: tuple[str, str] | None


def cells_figure(coverage: pd.DataFrame, titles: Titles, shown: ShownCells, lang: str) -> Chart:
    """Share of those meant who are on the list, and how many are left out, by kecamatan, decile, sex and
    trade at the end of a year.

    Parameters
    ----------
    coverage:
        The table of `jamsos_sim.outcomes_cells.cell_coverage`.
    """
    told = coverage[coverage["year"] == shown.year]
    meant = told[told["indicator"].eq("coverage_share") & told["mean"].notna()]
    rows = rows_of(set(zip(meant["dimension"], meant["cell"], strict=True)), shown.region, lang)
    height = len(rows) * (ROW_INCHES + SCENARIO_INCHES * min(len(titles), MANY)) + KEY_INCHES * len(titles)
    frame = Frame(
        text("report.cells_figure_title", lang, year=shown.year),
        text("report.cells_figure_subtitle", lang, worlds=shown.worlds),
        text("report.source", lang),
        width=10.0,
        height=height + 1.75,
    )
    with house_style():
        figure = framed(frame)
        margins = Margins(LABEL_INCHES, 0.3, 0.35 + KEY_INCHES * len(titles), 0.2)
        panels = figure.subplots(
            1, 2, sharey=True, squeeze=True, gridspec_kw=inner_box(frame, margins) | {"wspace": 0.08}
        )
        for axes, indicator in zip(panels, ("coverage_share", "people_left_out"), strict=True):
            _draw_panel(axes, told[told["indicator"] == indicator], rows, list(titles))
            axes.set_title(text(f"report.cells_panel_{indicator}", lang), loc="left", size=9.5)
            axes.xaxis.set_major_formatter(in_language(Style(lang)))
        _name_rows(panels[0], rows)
        _draw_key(figure, frame, [title[lang] for title in titles.values()])
    return figure


def rows_of(meant: set[tuple[str, str]], region: Region, lang: str) -> list[Row]:
    """Rows of the figure: each dimension with its heading and its cells in which somebody is meant."""
    labels = cell_labels(region, lang)
    order = [dimension for dimension in DIMENSIONS if dimension != "occupation"] + ["occupation"]
    rows = []
    for dimension in order:
        own = [cell for cell in labels if cell[0] == dimension and cell in meant]
        rows += [Row(text(f"report.cells_by_{dimension}", lang), None), *(Row(labels[c], c) for c in own)]
    return rows


def _draw_panel(axes: Axes, told: pd.DataFrame, rows: Sequence[Row], names: Sequence[str]) -> None:
    factor = PERCENT if set(told["indicator"]) == {"coverage_share"} else 1
    for place, name in enumerate(names):
        look = look_of(place)
        found = _estimates(told[told["scenario"] == name], "scenario")
        drawn = [(y, found[*row.cell, name]) for y, row in enumerate(rows) if row.cell is not None]
        values = factor * np.array([estimate for _, estimate in drawn]).reshape(-1, len(Estimate._fields))
        own = np.array([y for y, _ in drawn]) + 0.8 * ((place + 0.5) / len(names) - 0.5)
        axes.hlines(own, values[:, 1], values[:, 2], color=look.colour, linewidth=1.2)
        # A mark at nought is shown whole.
        axes.plot(values[:, 0], own, look.mark, markersize=3.6, color=look.colour, clip_on=False, zorder=3)
    axes.set_xlim(0, headroom((factor * told["high"]).tolist()))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    for y, row in enumerate(rows):
        if row.cell is None:
            axes.axhline(y - 0.5, color=PALE, linewidth=0.8)


def _name_rows(axes: Axes, rows: Sequence[Row]) -> None:
    axes.set_yticks(range(len(rows)), [wrapped(row.label, LABEL_WIDTH) for row in rows], size=8)
    for row, written in zip(rows, axes.get_yticklabels(), strict=True):
        written.set_fontweight("bold" if row.cell is None else "normal")


def _draw_key(figure: Chart, frame: Frame, titles: Sequence[str]) -> None:
    """Marks and names of the scenarios, one below the other under the subtitle."""
    for place, title in enumerate(titles):
        y = 1 - (0.66 + KEY_INCHES * place) / frame.height
        figure.text(
            0.12 / frame.width, y, look_of(place).sign, va="top", size=8.5, color=look_of(place).colour
        )
        named = wrapped(title, NAME_WIDTH).splitlines()[0]
        figure.text(0.32 / frame.width, y, named, va="top", size=8.5, color=INK)
