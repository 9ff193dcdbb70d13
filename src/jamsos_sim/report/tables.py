"""The tables that end a run in the terminal: one row for each year, each number with its interval.

A table never shortens a number: what does not fit beside each other is stacked.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import StringIO
from math import isnan
from typing import NamedTuple, Self

import pandas as pd
from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from jamsos_sim.messages import text
from jamsos_sim.model.ledger import RUPIAH
from jamsos_sim.report.numbers import (
    Estimate,
    Style,
    interval,
    is_certain,
    month,
    number,
    rupiah_digits,
    rupiah_unit,
    scale_of,
)

SHOWN = (
    "enrolled",
    "vulnerable_enrolled",
    "covered_person_months",
    "city_contributions",
    "appropriation",
    "jkk_cases",
    "jkk_paid",
    "jkm_cases",
    "jkm_paid",
)
"""Quantities of the tables, in order."""

SMALL_COUNT = 10
"""Columns that stay below it show one decimal: a mean of 0.4 cases is not none."""


UNBOUNDED = 10_000
"""Characters; wider than any table."""


NOTEBOOK_WIDTH = 120


class Column(NamedTuple):
    """One quantity over the years or other rows, as written."""

    header: str
    cells: tuple[tuple[str, str], ...]
    """For each row the mean, and the interval or nothing."""


class EstimateTable:
    """Columns over years, or over other rows, as many beside each other as the terminal has room for; one
    table in a notebook. A note, if there is one, stands below.
    """

    def __init__(
        self, title: str, row_header: str, rows: Sequence[int | str], columns: Sequence[Column]
    ) -> None:
        self.title = title
        self.row_header = row_header
        self.rows = tuple(rows)
        self.columns = tuple(columns)
        self.note = ""

    def with_note(self, note: str) -> Self:
        """The table with a note below it."""
        self.note = note
        return self

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self.title, style="bold")
        for columns in self._groups(console, options):
            yield self._table(columns)
        if self.note:
            yield Text(self.note, style="dim")

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return {"text/plain": self.as_text(NOTEBOOK_WIDTH), "text/html": self.as_html()}

    def as_text(self, width: int) -> str:
        """The table as plain text of at most so many characters in a line."""
        console = Console(file=StringIO(), width=width, color_system=None, force_jupyter=False)
        with console.capture() as shown:
            console.print(self)
        return "\n".join(line.rstrip() for line in shown.get().splitlines())

    def as_html(self) -> str:
        """The table as HTML, each interval below its mean."""
        headers = [self.row_header, *(column.header for column in self.columns)]
        rows = [_html_row("th", headers)]
        for row, named in enumerate(self.rows):
            cells = [(str(named), ""), *(column.cells[row] for column in self.columns)]
            rows.append(_html_row("td", ["\n".join(filter(None, cell)) for cell in cells]))
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return f"<table><caption>{escape(self.title)}</caption>{''.join(rows)}</table>{note}"

    def _groups(self, console: Console, options: ConsoleOptions) -> list[Sequence[Column]]:
        """The columns in as few equal groups as the width allows."""
        for count in range(1, len(self.columns)):
            size = -(-len(self.columns) // count)
            groups = [self.columns[start : start + size] for start in range(0, len(self.columns), size)]
            tables = [self._table(group) for group in groups]
            free = options.update(width=UNBOUNDED)
            if all(Measurement.get(console, free, table).maximum <= options.max_width for table in tables):
                return list(groups)
        return [[column] for column in self.columns]

    def _table(self, columns: Sequence[Column]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, 1))
        table.add_column(self.row_header, no_wrap=True, vertical="top")
        for column in columns:
            table.add_column(column.header, justify="right", no_wrap=True, vertical="top")
        for row, named in enumerate(self.rows):
            table.add_row(str(named), *(_cell(*column.cells[row]) for column in columns))
        return table


def _html_row(tag: str, cells: Sequence[str]) -> str:
    lines = [escape(cell).replace("\n", "<br>") for cell in cells]
    return "<tr>" + "".join(f'<{tag} style="text-align: right">{line}</{tag}>' for line in lines) + "</tr>"


def _cell(mean: str, spread: str) -> Text:
    return Text.assemble(mean, ("\n" + spread, "dim")) if spread else Text(mean)


def results_table(summary: pd.DataFrame, scenario: str, title: str, lang: str) -> EstimateTable:
    """A scenario's years: people, person-months, money and claims.

    Parameters
    ----------
    summary:
        Columns ``scenario, year, quantity, mean, low, high``; rupiah for the quantities in `RUPIAH`.
    scenario:
        Name of the scenario whose rows are shown.
    title:
        Its title in the language.
    """
    return _year_table(summary[summary["scenario"] == scenario], title, Style(lang))


def difference_table(
    differences: pd.DataFrame, scenario: str, title: str, base_title: str, lang: str
) -> EstimateTable:
    """A scenario's paired differences to the base scenario, with their signs.

    ``differences`` has the columns of a summary and ``to``, the one scenario compared with.
    """
    sentence = text("report.difference_title", lang, title=title, base=base_title)
    rows = differences[differences["scenario"] == scenario]
    return _year_table(rows, sentence, Style(lang, is_signed=True))


def _year_table(rows: pd.DataFrame, title: str, style: Style) -> EstimateTable:
    years = sorted({int(year) for year in rows["year"]})
    return EstimateTable(title, text("report.year", style.lang), years, quantity_columns(rows, SHOWN, style))


def quantity_columns(rows: pd.DataFrame, quantities: Iterable[str], style: Style) -> list[Column]:
    """A column over the years for each of the quantities that one scenario's rows of a summary hold."""
    years = sorted({int(year) for year in rows["year"]})
    by_quantity = {name: _estimates(rows, name) for name in quantities if (rows["quantity"] == name).any()}
    return [_column(name, [found[year] for year in years], style) for name, found in by_quantity.items()]


def _estimates(rows: pd.DataFrame, quantity: str) -> dict[int, Estimate]:
    of_quantity = rows.loc[rows["quantity"] == quantity, ["year", *Estimate._fields]]
    return {
        int(year): Estimate(float(mean), float(low), float(high))
        for year, mean, low, high in of_quantity.itertuples(index=False)
    }


def _values(estimates: Iterable[Estimate]) -> Iterator[float]:
    return (value for estimate in estimates for value in estimate)


def _column(quantity: str, estimates: list[Estimate], style: Style) -> Column:
    if quantity in RUPIAH:
        # Each column has its own unit: a small register's money stands beside the city's appropriation.
        scale = scale_of(_values(estimates))
        header = text(f"report.{quantity}", style.lang, unit=rupiah_unit(scale, style.lang))
        written = style._replace(digits=rupiah_digits(scale))
        shown = [Estimate(*(value / scale.size for value in estimate)) for estimate in estimates]
    else:
        header = text(f"report.{quantity}", style.lang)
        written = style._replace(digits=_count_digits(estimates))
        shown = estimates
    return Column(header, tuple(_written(estimate, written) for estimate in shown))


def _count_digits(estimates: list[Estimate]) -> int:
    values = list(_values(estimates))
    is_small = max((abs(value) for value in values if not isnan(value)), default=0) < SMALL_COUNT
    return 1 if is_small and any(value != round(value) for value in values if not isnan(value)) else 0


def _written(estimate: Estimate, style: Style) -> tuple[str, str]:
    if isnan(estimate.mean):
        return text("privacy.hidden", style.lang), ""
    spread = "" if is_certain(estimate, style) else interval(estimate, style)
    return number(estimate.mean, style), spread


def run_sentence(worlds: int, workers: int | None, seed: int, period: tuple[int, int], lang: str) -> str:
    """What was simulated, to stand above the tables.

    Parameters
    ----------
    workers:
        Informal workers simulated; None for all of the city, whose number each world draws.
    period:
        First month and the month after the last.
    """
    size = None if workers is None else number(workers, Style(lang))
    key = "report.run_whole_city" if size is None else "report.run"
    first, last = month(period[0], lang), month(period[1] - 1, lang)
    return text(
        key, lang, worlds=number(worlds, Style(lang)), workers=size, seed=seed, first=first, last=last
    )


def register_sentence(worlds: int, people: int, seed: int, period: tuple[int, int], lang: str) -> str:
    """What was simulated on a register, to stand above the tables; arguments as for `run_sentence`."""
    style = Style(lang)
    first, last = month(period[0], lang), month(period[1] - 1, lang)
    counts = {"worlds": number(worlds, style), "people": number(people, style)}
    return text("report.run_register", lang, **counts, seed=seed, first=first, last=last)


def footnote(lang: str) -> str:
    """How the numbers of the tables are to be read, to stand below them."""
    return text("report.footnote", lang)
