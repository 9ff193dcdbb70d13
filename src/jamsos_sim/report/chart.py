"""What all figures share: colours, a frame with title and source, labels kept apart, files that repeat.

A figure is a `Chart`, a matplotlib figure that needs neither display nor global state; a notebook shows it
as it is.
"""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from jamsos_sim.report.numbers import Style, number

BLACK, BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY = (
    "#000000",
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
)
"""The palette of Okabe and Ito, told apart by colour-blind readers; its yellow is too pale for lines."""

COLOURS = (BLACK, BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
"""Colours of scenarios in their order; the base scenario, which comes first, is black."""

TEXT_COLOURS = (BLACK, BLUE, VERMILLION, "#007957")
"""Colours dark enough for words on white; the rest of the scenarios are named in ink."""

DASHES = ("-", (0, (6, 2)), (0, (2, 1.2)), (0, (6, 1.5, 1.5, 1.5)))
"""Line patterns, so that a print in grey can be read as well."""

INK, GREY, MIDDLE_GREY, PALE = "#222222", "#5f5f5f", "#aeaeae", "#d9d9d9"
POINTS_PER_INCH = 72
DOTS_PER_INCH = 150

LOOK = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    # A title may hold dollar signs.
    "text.parse_math": False,
}


class Frame(NamedTuple):
    """The words around a chart, and its size in inches."""

    title: str
    subtitle: str
    source: str
    width: float
    height: float


class Chart(Figure):
    """A figure that shows itself in a notebook as the same PNG that `save_figure` writes."""

    words = ""
    """Title and subtitle, for those who cannot see the picture."""

    def png(self) -> bytes:
        """The picture; the same figure gives the same bytes."""
        buffer = BytesIO()
        with house_style():
            self.savefig(
                buffer, format="png", dpi=DOTS_PER_INCH, facecolor="white", metadata={"Software": None}
            )
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return {"image/png": self.png(), "text/plain": self.words}


def save_figure(figure: Chart, path: Path) -> None:
    """Write a figure as PNG, under a temporary name first, so that no half-written picture bears its name.

    Raises `OSError` when the folder cannot be written to.
    """
    partial = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        partial.write_bytes(figure.png())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def house_style() -> Iterator[None]:
    """The look of all figures, whatever the user's own matplotlib settings are."""
    with matplotlib.style.context(["default", LOOK]):
        yield


TOP_INCHES = 0.62
BOTTOM_INCHES = 0.34
MARGIN_INCHES = 0.12


def framed(frame: Frame) -> Chart:
    """An empty chart with its title, subtitle and source note; axes go into `inner_box`."""
    figure = Chart(figsize=(frame.width, frame.height), dpi=DOTS_PER_INCH, facecolor="white")
    figure.words = f"{frame.title}. {frame.subtitle}."
    left = MARGIN_INCHES / frame.width
    height = frame.height
    figure.text(left, 1 - 0.12 / height, frame.title, va="top", size=12, weight="bold")
    figure.text(left, 1 - 0.39 / height, frame.subtitle, va="top", size=8.5, color=GREY)
    figure.text(left, 0.10 / height, frame.source, va="bottom", size=7.5, color=GREY)
    return figure


class Margins(NamedTuple):
    """Inches between the frame's words and the axes."""

    left: float
    right: float
    top: float
    bottom: float


def inner_box(frame: Frame, margins: Margins) -> dict[str, float]:
    """Edges of the axes as shares of the figure, for a grid of axes."""
    return {
        "left": margins.left / frame.width,
        "right": 1 - margins.right / frame.width,
        "top": 1 - (TOP_INCHES + margins.top) / frame.height,
        "bottom": (BOTTOM_INCHES + margins.bottom) / frame.height,
    }


def in_language(style: Style) -> FuncFormatter:
    """Tick labels with the separators of the language."""
    return FuncFormatter(lambda value, _: number(value, style))


def wrapped(words: str, width: int) -> str:
    """Words in as few lines as the width allows, the lines of about equal length."""
    lines = textwrap.wrap(words, width)
    narrower = next(size for size in range(1, width + 1) if len(textwrap.wrap(words, size)) <= len(lines))
    return "\n".join(textwrap.wrap(words, narrower))


class Group(NamedTuple):
    """Boxes that touch each other, and where their middle lies."""

    boxes: tuple[int, ...]
    size: float
    centre: float


def kept_apart(wanted: Sequence[float], sizes: Sequence[float], limits: tuple[float, float]) -> list[float]:
    """Positions near those wanted at which boxes of the given sizes do not overlap, all in one unit.

    Boxes keep their order; those that would overlap are moved together, as far up as down. They stay between
    the limits, which must leave room for all.
    """
    groups: list[Group] = []
    for box in sorted(range(len(wanted)), key=lambda index: (wanted[index], index)):
        group = _inside(Group((box,), sizes[box], wanted[box]), limits)
        while groups and group.centre - groups[-1].centre < (group.size + groups[-1].size) / 2:
            group = _inside(_joined(groups.pop(), group), limits)
        groups.append(group)
    placed = [0.0] * len(wanted)
    for group in groups:
        edge = group.centre - group.size / 2
        for box in group.boxes:
            placed[box] = edge + sizes[box] / 2
            edge += sizes[box]
    return placed


def _joined(lower: Group, upper: Group) -> Group:
    boxes = lower.boxes + upper.boxes
    centre = (lower.centre * len(lower.boxes) + upper.centre * len(upper.boxes)) / len(boxes)
    return Group(boxes, lower.size + upper.size, centre)


def _inside(group: Group, limits: tuple[float, float]) -> Group:
    lowest, highest = limits[0] + group.size / 2, limits[1] - group.size / 2
    return group._replace(centre=min(max(group.centre, lowest), highest))
