"""What a run has shown: its tables, summaries, paired differences and figures."""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_events import events_name, events_of_world
from jamsos_sim.ensemble_folder import writing
from jamsos_sim.ensemble_walk import walking
from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE
from jamsos_sim.model.cells import CellRows, cell_names
from jamsos_sim.model.ledger import FAMILIES, Rows
from jamsos_sim.outcomes import difference_table, summary_table, worlds_saved_by_pairing
from jamsos_sim.outcomes_cells import (
    CELLS,
    COVERAGE_QUANTITIES,
    cell_coverage,
    cell_differences,
    cell_indicators,
    cell_summary,
)
from jamsos_sim.outcomes_indicators import QUANTITIES as INDICATOR_QUANTITIES
from jamsos_sim.outcomes_indicators import indicator_table
from jamsos_sim.outcomes_payments import payments_table
from jamsos_sim.outcomes_tables import Size, Tables, in_blocks
from jamsos_sim.outcomes_targeting import QUANTITIES, targeting_table
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.units import year_of

if TYPE_CHECKING:
    from jamsos_sim.report.cells import ShownCells
    from jamsos_sim.report.chart import Chart
    from jamsos_sim.report.tables import EstimateTable

DRAWN = {"monthly": ("enrolled",), "yearly": ("city_contributions", "appropriation")}
"""Quantities that the figures of enrolment and of cost draw."""


class Results:
    """What a run has shown.

    Attributes
    ----------
    plan:
        What was run.
    base:
        Scenario to which the others are compared, or ``None``.
    folder:
        Where the tables lie, or ``None``.
    """

    def __init__(
        self, plan: Plan, tables: Mapping[str, pd.DataFrame], base: str | None, folder: Path | None = None
    ) -> None:
        self.plan = plan
        self.base = base
        self.folder = folder
        self._tables = tables if isinstance(tables, Tables) else Tables(tables)

    @property
    def monthly(self) -> pd.DataFrame:
        """One row for each scenario, world, month and quantity; ``value`` is a whole number.

        Raises `InputError` for a run on a register, whose worlds are not shown; so does `yearly`.
        """
        return self._worlds("monthly")

    @property
    def yearly(self) -> pd.DataFrame:
        """One row for each scenario, world, year and quantity; ``value`` is a whole number."""
        return self._worlds("yearly")

    def _worlds(self, name: str) -> pd.DataFrame:
        self._worlds_are_shown()
        return self._tables[name]

    def _worlds_are_shown(self) -> None:
        if self.is_of_a_register:
            raise InputError("run.worlds_not_shown")

    @property
    def is_of_a_register(self) -> bool:
        """Whether real people of a register were simulated, so that only masked summaries are shown."""
        return self.plan.register is not None

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """Scenario to its title by language, in the order of the run."""
        return {scenario.name: dict(scenario.title) for scenario in self.plan.scenarios}

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Mean and 90% interval (``low``, ``high``) for each scenario, year and quantity.

        Of a run on a register, small counts are not numbers and ``is_hidden``.
        """
        if self.is_of_a_register:
            return self._tables["summary"]
        return in_blocks(self._tables, "yearly", self._size, summary_table)

    @cached_property
    def targeting(self) -> pd.DataFrame:
        """Mean and 90% interval of the errors of list and registry and of wrongly paid months, as shares.

        Columns ``scenario, year, indicator, mean, low, high``; not a number where nothing can be shared out.
        """
        if self.is_of_a_register:
            return self._tables["targeting"]
        return targeting_table(self._tables.of("yearly", QUANTITIES))

    def events(self, world: int) -> pd.DataFrame:
        """Events of a world named by ``events``, person by person; see `ensemble_events.events_of_world`.

        Raises `InputError` for a world whose events were not asked for.
        """
        if world not in self.plan.events:
            raise InputError("run.events_not_told", world=world)
        name = events_name(world)
        if name in self._tables:
            return self._tables[name]
        with walking(self.plan):
            return events_of_world(self.plan, world)

    @property
    def cells(self) -> pd.DataFrame:
        """What happened by kecamatan, decile, trade and sex, in every world.

        Columns ``scenario, world, year, dimension, cell, quantity, value``; `codebook` says what each
        quantity is, `outcomes_cells.cell_shares` how it is shared out. Raises `InputError` for a run on a
        register, of which no cells are kept.
        """
        return self._worlds(CELLS)

    @cached_property
    def cell_summary(self) -> pd.DataFrame:
        """Mean and 90% interval of the `cells`, by scenario, year, dimension, cell and quantity."""
        return self._in_cells(cell_summary)

    @cached_property
    def cell_differences(self) -> pd.DataFrame:
        """Mean and 90% interval of the paired difference of the `cells` to those of the base."""
        return self._in_cells(lambda rows: cell_differences(rows, str(self.base), self._compared))

    @cached_property
    def cell_coverage(self) -> pd.DataFrame:
        """Whom the programme reaches in each cell: share of those meant who are on the list, and how many are
        left out; estimate over all worlds together and 90% interval by scenario, year, dimension, cell and
        indicator.
        """
        self._worlds_are_shown()
        return cell_coverage(self._tables.of(CELLS, COVERAGE_QUANTITIES))

    @cached_property
    def cell_indicators(self) -> pd.DataFrame:
        """How long people waited for a place in each cell, what became of its bereaved families, and which
        households are below the poverty line after a death or an injury.

        Estimate over all worlds together and 90% interval by scenario, year, dimension, cell and indicator;
        `codebook` says what each indicator is. Raises `InputError` for a run on a register, of which no cells
        are kept.
        """
        self._worlds_are_shown()
        return cell_indicators(lambda quantities: self._tables.of(CELLS, quantities))

    def cells_table(self, scenario: str, lang: str = DEFAULT_LANGUAGE) -> "EstimateTable":
        """The last year of a scenario by kecamatan, decile and sex: whom the programme reaches, who is left
        out, claims and what they paid.
        """
        from jamsos_sim.report.cells import cells_table

        own = self._tabled_cells(self.cell_coverage, scenario)
        return cells_table(own, self.titles[scenario][lang], self._shown_cells(lang), lang)

    def waiting_and_families_table(self, scenario: str, lang: str = DEFAULT_LANGUAGE) -> "EstimateTable":
        """The last year of a scenario by kecamatan, decile, trade and sex: how long those admitted have
        waited, and of 100 bereaved families what they received.
        """
        from jamsos_sim.report.cells import waiting_and_families_table

        own = self._tabled_cells(self.cell_indicators, scenario)
        return waiting_and_families_table(own, self.titles[scenario][lang], self._shown_cells(lang), lang)

    def _tabled_cells(self, indicators: pd.DataFrame, scenario: str) -> pd.DataFrame:
        """Indicators of the cells of a scenario in its last year, and the quantities beside them."""
        told = pd.concat([indicators.rename(columns={"indicator": "quantity"}), self._counted_cells])
        return told[(told["scenario"] == scenario) & (told["year"] == self.last_year)]

    @cached_property
    def _counted_cells(self) -> pd.DataFrame:
        from jamsos_sim.report.cells import COUNTED

        return cell_summary(self._tables.of(CELLS, COUNTED))

    def _shown_cells(self, lang: str) -> "ShownCells":
        from jamsos_sim.report.cells import ShownCells

        return ShownCells(self.plan.region.region, self.last_year, number(self.plan.worlds, Style(lang)))

    def _in_cells(self, summarise: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
        self._worlds_are_shown()
        cells = len(cell_names(self.plan.region.region))
        size = Size(CellRows._fields, self._size.rows_of_each * cells)
        return in_blocks(self._tables, CELLS, size, summarise)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """What a council asks: fiscal risks, people left out, the insurer's account, families of 100, and the
        draft's four principles; mean and 90% interval.

        Columns ``scenario, year, indicator, mean, low, high``; `codebook` says what each indicator is. Raises
        `InputError` for a run on a register, whose worlds are not shown.
        """
        self._worlds_are_shown()
        # A sample of workers costs less than the city, whose whole budget is no measure of it.
        budgets = self.plan.region.region.city_budgets if self.is_of_the_city else ()
        return indicator_table(self._tables.of("yearly", INDICATOR_QUANTITIES), budgets)

    def support_table(self, scenario: str, lang: str = DEFAULT_LANGUAGE) -> "EstimateTable | None":
        """Courses and food parcels of a scenario by year: whom they reach, what they cost and bring; nothing
        where it has none in any world.

        Raises `InputError` for a run on a register, which does not tell of them; so does `hardship_table`.
        """
        from jamsos_sim.report.support import support_table

        self._worlds_are_shown()
        return support_table(self.summary, scenario, self.titles[scenario][lang], lang)

    def hardship_table(self, scenario: str, lang: str = DEFAULT_LANGUAGE) -> "EstimateTable":
        """Households of a scenario after a death or an accident by year: how many there are, and how many are
        below the poverty line, without any benefit and with what was claimed.
        """
        from jamsos_sim.report.hardship import hardship_table

        indicators = self.indicators
        return hardship_table(self.summary, indicators, scenario, self.titles[scenario][lang], lang)

    @cached_property
    def payments(self) -> pd.DataFrame:
        """Every payment by scenario, world, month, ``payer``, ``receiver`` and budget ``line``, in rupiah.

        Raises `InputError` for a run on a register, whose worlds are not shown.
        """
        return payments_table(self.monthly)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Mean and 90% interval of the paired difference to the base, by scenario, year and quantity."""
        others = self._compared
        if self.is_of_a_register:
            kept = self._tables["differences"]
            return kept[(kept["to"] == self.base) & kept["scenario"].isin(others)].reset_index(drop=True)
        if not others:
            return difference_table(self._tables.of("yearly", ("enrolled",)), str(self.base), others)
        return in_blocks(
            self._tables, "yearly", self._size, lambda rows: difference_table(rows, str(self.base), others)
        )

    @property
    def _compared(self) -> list[str]:
        """Scenarios that are compared to the base."""
        if self.base is None:
            return []
        # A scenario compared with itself alone still has an answer: zero everywhere.
        return [name for name in self.titles if name != self.base] or [self.base]

    @property
    def _size(self) -> Size:
        years = self.last_year - year_of(self.plan.first_reported) + 1
        return Size(Rows._fields, len(self.plan.scenarios) * self.plan.worlds * years)

    @property
    def last_year(self) -> int:
        """The last year of the tables."""
        return year_of(self.plan.period.stop - 1)

    def worlds_saved(self, scenario: str, quantity: str | Collection[str], year: int) -> float:
        """How many times fewer worlds the paired difference to the base needs than an unpaired one.

        Of several quantities, it is that of their sum.

        Not a number when neither scenario varies between worlds, infinite when their difference alone does
        not. Raises `InputError` for a run on a register.
        """
        self._worlds_are_shown()
        quantities = [quantity] if isinstance(quantity, str) else list(quantity)
        rows = self._tables.of("yearly", quantities)
        return worlds_saved_by_pairing(rows, str(self.base), scenario, quantities, year)

    @property
    def is_of_the_city(self) -> bool:
        """Whether the whole city was simulated, so that published numbers can stand beside the simulated
        ones.
        """
        return self.plan.workers is None and not self.is_of_a_register

    def enrolment_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """People sponsored over time, with the published numbers."""
        from jamsos_sim.report.enrolment import PublishedPoint, enrolment_figure

        first, stop = self.plan.first_reported, self.plan.period.stop
        shown = [
            PublishedPoint(*point)
            for point in self.plan.region.region.published_enrolment
            if self.is_of_the_city and first <= point.month < stop
        ]
        return enrolment_figure(self._drawn("monthly", "enrolment"), self.titles, lang, shown)

    def cost_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """What the city pays each year, against the appropriation."""
        from jamsos_sim.report.cost import cost_figure

        return cost_figure(self._drawn("yearly", "summary"), self.titles, lang)

    def families_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """What became of the families of vulnerable workers who died."""
        from jamsos_sim.report.families import Shown, families_figure, last_years, shares_figure

        if not self.is_of_a_register:
            return families_figure(self._tables.of("yearly", FAMILIES), self.titles, lang)
        first, last = last_years(self.summary)
        shown = Shown(first, last, number(self.plan.worlds, Style(lang)))
        return shares_figure(self._tables["families"], self.titles, lang, shown)

    def cells_figure(self, lang: str = DEFAULT_LANGUAGE) -> "Chart":
        """Whom the programme reaches and who is left out in the last year, by kecamatan, decile, sex and
        trade.

        Raises `InputError` for a run on a register, of which no cells are kept.
        """
        from jamsos_sim.report.cells import cells_figure

        return cells_figure(self.cell_coverage, self.titles, self._shown_cells(lang), lang)

    def _drawn(self, worlds: str, summary: str) -> pd.DataFrame:
        """What a figure draws: the table of worlds, or of a run on a register its masked summary."""
        if self.is_of_a_register:
            return self._tables[summary].assign(worlds=self.plan.worlds)
        return self._tables.of(worlds, DRAWN[worlds])

    def save_figures(self, folder: Path, lang: str = DEFAULT_LANGUAGE) -> list[Path]:
        """Write the figures as PNG files; their paths. A run on a register has none of its cells."""
        from jamsos_sim.report.chart import save_figure

        figures = {
            "enrolment": self.enrolment_figure(lang),
            "cost": self.cost_figure(lang),
            "families": self.families_figure(lang),
        }
        if not self.is_of_a_register:
            figures["cells"] = self.cells_figure(lang)
        paths = [folder / f"{name}.{lang}.png" for name in figures]
        with writing(folder):
            for path, figure in zip(paths, figures.values(), strict=True):
                save_figure(figure, path)
        return paths
