"""One person explained (notebook 15): what a death pays, by the months paid before it."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from jamsos_sim.law.explain import explain
from jamsos_sim.law.person import Person
from jamsos_sim.messages import text
from jamsos_sim.report.chart import (
    BLUE,
    INK,
    Chart,
    Frame,
    Margins,
    framed,
    house_style,
    in_language,
    inner_box,
)
from jamsos_sim.report.numbers import Style, rupiah
from jamsos_sim.report.spread import headroom

MILLION = 10**6


def benefits_by_months_paid(person: Person, months: Sequence[int]) -> pd.DataFrame:
    """What the person's event pays after so many paid months without a break.

    Columns: ``paid_months`` and ``paid``, whole rupiah with scholarships to their end.
    """
    answers = [explain(replace(person, paid_months=paid, consecutive_months=paid)).paid for paid in months]
    return pd.DataFrame({"paid_months": list(months), "paid": answers})


def benefit_figure(benefits: pd.DataFrame, month: str, lang: str) -> Chart:
    """A bar of the benefit for each number of paid months; ``month`` is the month of the event."""
    frame = Frame(
        text("notebooks.waiting_title", lang),
        text("notebooks.waiting_subtitle", lang, month=month),
        text("notebooks.waiting_source", lang),
        width=8.0,
        height=3.9,
    )
    amounts = benefits["paid"].tolist()
    with house_style():
        figure = framed(frame)
        axes = figure.subplots(
            gridspec_kw=inner_box(frame, Margins(left=0.55, right=0.15, top=0.1, bottom=0.5))
        )
        places = range(len(amounts))
        axes.bar(places, [amount / MILLION for amount in amounts], color=BLUE, width=0.7)
        for place, amount in zip(places, amounts, strict=True):
            label = rupiah(amount, lang)
            axes.annotate(
                label,
                (place, amount / MILLION),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                size=8.5,
                color=INK,
            )
        axes.set_xticks(places, [str(months) for months in benefits["paid_months"]])
        axes.set_xlabel(text("notebooks.waiting_axis", lang))
        axes.set_ylim(0, headroom([amount / MILLION for amount in amounts]))
        axes.yaxis.set_major_formatter(in_language(Style(lang)))
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="y")
    return figure
