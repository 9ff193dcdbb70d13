"""The figures of a run: who is enrolled, what the city pays, what became of families, whom
the programme reaches by kecamatan, decile, sex and trade.

Every function takes a tidy table and gives a `Chart`. Tables have the columns ``scenario, world, year,
quantity, value`` (``month`` in place of ``year`` for the enrolment); scenarios appear in the order of
``titles``, the base scenario first. `cells_figure` takes the intervals of the cells.
"""

from jamsos_sim.report.cells import cells_figure
from jamsos_sim.report.chart import Chart, save_figure
from jamsos_sim.report.cost import cost_figure
from jamsos_sim.report.enrolment import PublishedPoint, enrolment_figure
from jamsos_sim.report.families import families_figure

__all__ = [
    "Chart",
    "PublishedPoint",
    "cells_figure",
    "cost_figure",
    "enrolment_figure",
    "families_figure",
    "save_figure",
]
