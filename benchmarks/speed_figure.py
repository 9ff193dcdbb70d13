"""The figure of `docs/performance.md`: programs side by side, in the lean month and in the full one."""

from typing import Any

from speed_words import WORDS

from jamsos_sim.report.chart import (
    BLUE,
    GREY,
    MIDDLE_GREY,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    inner_box,
)
from jamsos_sim.report.numbers import Style, number

OWN = "jamsos_sim"
FRAME_INCHES = (10.0, 3.4)
MARGINS = Margins(left=1.45, right=0.25, top=0.30, bottom=0.12)
ROOM_FOR_LABELS = 1.34
THICKNESS = 0.125
LEAST_DIGITS, FEW, SOME = 3, 1.0, 10.0


def written(value: float, lang: str) -> str:
    """A rate or ratio with about three figures."""
    digits = LEAST_DIGITS - 1 if value < FEW else 1 if value < SOME else 0
    if value < 0.1:
        digits = LEAST_DIGITS
    return number(value, Style(lang, digits))


def lean_rates(peers: dict[str, Any], lang: str) -> dict[str, float]:
    """Program to rate in the lean month, in millions."""
    names = WORDS[lang]["peers"]
    return {in_lines(names[peer]): own["rate"] / 1e6 for peer, own in peers["peers"].items()}


def full_rates(full: dict[str, Any], lang: str) -> dict[str, float]:
    """Program to rate in the full month, in millions, in the first scenario of a world."""
    programs = WORDS[lang]["programs"]
    return {in_lines(programs[name]): rates["first"] for name, rates in full["rates"].items()}


def in_lines(name: str) -> str:
    """The name of a program beside its bar, in two lines where it has two parts."""
    return name.replace(", ", ",\n")


def draw_bars(axes: Any, title: str, rates: dict[str, float], lang: str) -> None:
    """One panel."""
    names = list(rates)
    colours = [BLUE if name.startswith(OWN) else MIDDLE_GREY for name in names]
    bars = axes.barh(names, rates.values(), color=colours, height=THICKNESS * len(names))
    labels = [f"{written(rate, lang)}  ({written(rate / rates['Mesa'], lang)}×)" for rate in rates.values()]
    axes.bar_label(bars, labels, padding=4)
    axes.set_title(title, loc="left", fontsize=10)
    axes.set_xlim(0, max(rates.values()) * ROOM_FOR_LABELS)
    axes.invert_yaxis()
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0, color=GREY)


def speed_figure(peers: dict[str, Any], full: dict[str, Any], lang: str) -> Chart:
    """Both months, a panel each; bars are in proportion within a panel."""
    words = WORDS[lang]["figure"]
    frame = Frame(words["title"], words["subtitle"], words["source"], *FRAME_INCHES)
    with house_style():
        figure = framed(frame)
        grid = figure.add_gridspec(1, 2, wspace=0.46, width_ratios=(1, 1), **inner_box(frame, MARGINS))
        draw_bars(figure.add_subplot(grid[0, 0]), words["lean"], lean_rates(peers, lang), lang)
        draw_bars(figure.add_subplot(grid[0, 1]), words["full"], full_rates(full, lang), lang)
    return figure
