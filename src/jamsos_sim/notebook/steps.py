"""The model to read, step by step (notebook 99): one month of the Mesa model, and one person's path."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from jamsos_sim.messages import text
from jamsos_sim.model import status
from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.ledger import ROW, RUPIAH, Totals
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.reference import JamsosModel
from jamsos_sim.model.terms import Rules
from jamsos_sim.notebook.tables import label_of
from jamsos_sim.report.numbers import Style, number, rupiah
from jamsos_sim.units import MONTHS_PER_YEAR, calendar_month, month_label, year_of

STATUSES = ("not_listed", "proposed", "waiting", "sponsored", "self_paying", "settled")
"""Names of the codes of `status`, in their order."""

PRESENCES = ("not_arrived", "informal", "formal", "left", "dead", "no_person", "retired")


def walk_month(model: JamsosModel, rules: Rules, lang: str) -> pd.DataFrame:
    """Walk one month as `JamsosModel.run_month` does; one row for each step, with the people in each status.

    A second record of somebody has a status too and is counted, for the offices take it for a person.

    Columns besides the statuses: people at work informally in the city, and rupiah paid so far this month.
    """
    model.month_index = rules.moment.elapsed
    rows = [_state(model, rules)]
    for step in MONTH:
        getattr(model, step)(rules)
        rows.append(_state(model, rules))
    model.datacollector.collect(model)
    names = [text("notebooks.before_the_month", lang), *MONTH]
    columns = [*(text(f"notebooks.status_{name}", lang) for name in STATUSES)]
    columns += [text("notebooks.at_work", lang), text("notebooks.paid_so_far", lang)]
    return pd.DataFrame(rows, index=pd.Index(names), columns=columns)


def _state(model: JamsosModel, rules: Rules) -> list[int]:
    arrived = [worker for worker in model.workers if worker.presence != status.NOT_ARRIVED]
    counted = Counter(worker.status for worker in arrived)
    at_work = sum(worker.presence == status.INFORMAL for worker in arrived)
    paid = int(model.city.ledger[ROW.city_contributions, rules.moment.elapsed])
    return [*(counted[code] for code in range(len(STATUSES))), at_work, paid]


def ledger_of_decembers(collected: pd.DataFrame, start: int, lang: str) -> pd.DataFrame:
    """What the collector kept at the end of each year; ``start`` is the month of its first row."""
    ends = [row for row in range(len(collected)) if calendar_month(start + row) == MONTHS_PER_YEAR]
    rows = collected.iloc[ends]
    columns = {
        label_of(str(name), lang): [
            rupiah(float(value), lang) if name in RUPIAH else number(int(value), Style(lang))
            for value in rows[name]
        ]
        for name in rows.columns
    }
    years = [text("notebooks.december_of", lang, year=year_of(start + row)) for row in ends]
    return pd.DataFrame(columns, index=pd.Index(years))


Line = tuple[str, str, str, int]


def live_month(model: JamsosModel, rules: Rules) -> list[Line]:
    """Run one month; where everybody stands at its end."""
    model.run_month(rules)
    return lines_of_life(model, rules)


def lines_of_life(model: JamsosModel, rules: Rules) -> list[Line]:
    """Where everybody stands at the end of a month, by the person's number."""
    return [line_of_life(worker, rules) for worker in model.workers]


def line_of_life(worker: InformalWorker, rules: Rules) -> Line:
    """Where a person stands at the end of a month: month, presence, status, months ever paid."""
    return (
        month_label(rules.moment.month),
        PRESENCES[worker.presence],
        STATUSES[worker.status],
        worker.membership.paid_months,
    )


def path_table(lines: Sequence[Line], lang: str) -> pd.DataFrame:
    """The months in which a person's presence or status changed, with the months paid by then."""
    changed = [
        line
        for before, line in zip([None, *lines], lines, strict=False)
        if before is None or before[1:3] != line[1:3]
    ]
    words = [
        (
            month,
            text(f"notebooks.presence_{presence}", lang),
            text(f"notebooks.status_{stands}", lang),
            paid,
        )
        for month, presence, stands, paid in changed
    ]
    columns = [text(f"notebooks.path_{name}", lang) for name in ("month", "presence", "status", "paid")]
    return pd.DataFrame(words, columns=columns)


def busiest_month(ledger: Totals, row: int) -> int:
    """The month of a ledger, counted from its start, in which a quantity is largest."""
    return int(ledger[row].argmax())


def differing_cells(ours: Sequence[Sequence[int]], theirs: Sequence[Sequence[int]]) -> int:
    """How many numbers of two ledgers differ."""
    pairs = zip(ours, theirs, strict=True)
    return sum(int(mine != yours) for one, other in pairs for mine, yours in zip(one, other, strict=True))
