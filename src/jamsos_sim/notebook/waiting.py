"""One person explained (notebook 15): what a death pays, by the months paid before it."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from jamsos_sim.law.explain import explain
from jamsos_sim.law.person import Person
from jamsos_sim.messages import text
from jamsos_sim.report.chart import (
    BLUE,
    INK,
    SKY,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    in_language,
    inner_box,
)
from jamsos_sim.report.numbers import Style, month, rupiah
from jamsos_sim.report.spread import headroom
from jamsos_sim.units import month_of

MILLION = 10**6


def benefits_by_months_paid(person: Person, months: Sequence[int]) -> pd.DataFrame:
    """What the person's event pays after so many paid months without a break.

    Columns: ``paid_months``; in whole rupiah ``heirs``, and ``children`` for scholarships to their end.
    """
    cases = [replace(person, paid_months=paid, consecutive_months=paid) for paid in months]
    heirs = [explain(replace(case, children=())).paid for case in cases]
    children = [explain(case).paid - own for case, own in zip(cases, heirs, strict=True)]
    return pd.DataFrame({"paid_months": list(months), "heirs": heirs, "children": children})


def benefit_figure(benefits: pd.DataFrame, label: str, lang: str) -> Chart:
    """Bars of the benefit for each number of paid months; ``label`` is the month of the event."""
    frame = Frame(
        text("notebooks.waiting_title", lang),
        text("notebooks.waiting_subtitle", lang, month=month(month_of(label), lang)),
        text("notebooks.waiting_source", lang),
        width=8.0,
        height=4.1,
    )
    with house_style():
        figure = framed(frame)
        box = inner_box(frame, Margins(left=0.55, right=0.15, top=0.1, bottom=0.5))
        _draw(figure.subplots(gridspec_kw=box), benefits, lang)
    return figure


def _draw(axes: Axes, benefits: pd.DataFrame, lang: str) -> None:
    heirs, children = (benefits[name].to_numpy() / MILLION for name in ("heirs", "children"))
    places = range(len(benefits))
    axes.bar(places, heirs, color=BLUE, width=0.7, label=text("notebooks.to_heirs", lang))
    axes.bar(places, children, bottom=heirs, color=SKY, width=0.7, label=text("notebooks.to_children", lang))
    for place, amount in enumerate((benefits["heirs"] + benefits["children"]).tolist()):
        axes.annotate(
            rupiah(amount, lang),
            (place, amount / MILLION),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            size=8.5,
            color=INK,
        )
    axes.set_xticks(places, [str(months) for months in benefits["paid_months"]])
    axes.set_xlabel(text("notebooks.waiting_axis", lang))
    axes.set_ylim(0, headroom((heirs + children).tolist()))
    axes.yaxis.set_major_formatter(in_language(Style(lang)))
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y")
    axes.legend(loc="upper left", frameon=False, fontsize=8.5)
