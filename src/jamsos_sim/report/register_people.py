"""People of a real register as tables of counts in which no number below five is told.

Each table is masked with its own totals. The size of the register is no secret: the intake tells it.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from rich.table import Table

from jamsos_sim.messages import text
from jamsos_sim.population.region import Region
from jamsos_sim.population.register_list import Register, codes_in, must_be_of
from jamsos_sim.population.workers import FEMALE, MALE
from jamsos_sim.privacy import SMALLEST_CELL, Int64, suppressed
from jamsos_sim.report.numbers import Style, number

SEXES = (MALE, FEMALE)


class Crossed(NamedTuple):
    """Counts of people by two things.

    Attributes
    ----------
    title, corner:
        Title of the table and heading of its first column.
    rows, columns:
        Labels.
    counts:
        People, one row for each label of `rows`.
    """

    title: str
    corner: str
    rows: list[str]
    columns: list[str]
    counts: Int64


def by_place(counts: Int64, region: Region, lang: str) -> Crossed:
    """Counts by kecamatan (rows) and recorded decile (columns) under their labels."""
    deciles = [text("intake.decile", lang, decile=decile) for decile in range(1, counts.shape[1] + 1)]
    title, corner = text("intake.table_title", lang), text("intake.kecamatan", lang)
    return Crossed(title, corner, list(region.kecamatan), deciles, counts)


def register_tables(register: Register, region: Region, lang: str) -> dict[str, Crossed]:
    """The people of a register by kecamatan and recorded decile, and by trade and sex.

    Raises `InputError` when the register is of another region, or uses words that it no longer has.
    """
    must_be_of(register, region)
    districts = np.array([each.kecamatan for each in region.kelurahan])
    of_place = districts[codes_in(register, region, "kelurahan")]
    deciles = register.columns["decile"] - 1
    place = _counted(of_place, deciles, (len(region.kecamatan), len(region.decile_shares)))
    return {"kecamatan": by_place(place, region, lang), "trade": _by_trade(register, region, lang)}


def _counted(rows: Int64, columns: Int64, shape: tuple[int, int]) -> Int64:
    return np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)


def _by_trade(register: Register, region: Region, lang: str) -> Crossed:
    """By trade and sex; trades of fewer than five people, or of nobody, are one row."""
    trades = codes_in(register, region, "occupation")
    counts = _counted(trades, register.columns["sex"], (len(region.occupations), len(SEXES)))
    is_shown = counts.sum(axis=1) >= SMALLEST_CELL
    labels = [each.title[lang] for each, shown in zip(region.occupations, is_shown, strict=True) if shown]
    kept = counts[is_shown]
    if not is_shown.all():
        labels.append(text("fit.other_trades", lang))
        kept = np.vstack([kept, counts[~is_shown].sum(axis=0)])
    sexes = [text(f"fit.{name}", lang) for name in ("men", "women")]
    return Crossed(text("fit.trade_title", lang), text("fit.trade", lang), labels, sexes, kept)


def masked_words(crossed: Crossed, lang: str) -> pd.DataFrame:
    """A table with its totals as it may be shown: numbers, ``<5``, and ``*`` for what would tell one."""
    shown = suppressed(crossed.counts)
    marks = {True: text("privacy.small", lang), False: text("privacy.hidden", lang)}
    cells = [
        [
            marks[bool(is_small)] if is_hidden else number(int(count), Style(lang))
            for count, is_small, is_hidden in zip(*line, strict=True)
        ]
        for line in zip(shown.counts, shown.is_small, shown.is_hidden, strict=True)
    ]
    total = text("intake.total", lang)
    index = pd.Index([*crossed.rows, total], name=crossed.corner)
    return pd.DataFrame(cells, index=index, columns=[*crossed.columns, total])


def masked_table(crossed: Crossed, lang: str) -> Table:
    """The same for a terminal."""
    words = masked_words(crossed, lang)
    table = Table(title=crossed.title, box=None, title_justify="left", padding=(0, 2, 0, 0))
    table.add_column(crossed.corner)
    for name in words.columns:
        table.add_column(str(name), justify="right")
    for label, *cells in words.itertuples():
        table.add_row(str(label), *cells)
    return table
