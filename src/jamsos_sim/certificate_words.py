"""The verdict on a stored run in sentences."""

from typing import TYPE_CHECKING, Any

from jamsos_sim.certificate_difference import Difference
from jamsos_sim.messages import text
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.units import month_label

if TYPE_CHECKING:
    from jamsos_sim.certificate import Verdict
    from jamsos_sim.certificate_causes import Cause

MOST_NAMED = 6
"""Things that one sentence names; the others are counted."""


def sentences_of(verdict: "Verdict", lang: str) -> list[str]:
    """What was found; the first sentence says whether the run matches."""
    whole = Style(lang)
    folder = verdict.folder
    if verdict.is_match:
        values = number(sum(table.values for table in verdict.compared), whole)
        seconds = number(verdict.seconds, Style(lang, 1))
        said = [text("verify.match", lang, folder=folder, values=values, seconds=seconds)]
        for table in verdict.compared:
            size = {"rows": number(table.rows, whole), "columns": table.values // max(table.rows, 1)}
            said.append(text("verify.table", lang, table=table.name, digest=table.digest[:16], **size))
        return [*said, *(_cause("harmless", cause, lang) for cause in verdict.harmless)]
    said = [text("verify.differs", lang, folder=folder)]
    if verdict.unreadable is not None:
        said.append(text("verify.unreadable", lang, table=verdict.unreadable))
    elif verdict.difference is not None:
        said.append(_difference(verdict.difference, lang))
    elif verdict.compared:
        said.append(text("verify.tables_equal", lang))
    else:
        said.append(text("verify.not_run", lang))
    said += [_cause("cause", cause, lang) for cause in verdict.causes if not _is_told(verdict, cause)]
    return [*said, *(_cause("harmless", cause, lang) for cause in verdict.harmless)]


def _is_told(verdict: "Verdict", cause: "Cause") -> bool:
    """Whether a table that cannot be read was named already."""
    return verdict.unreadable is not None and cause.what == (verdict.unreadable,)


def _difference(found: Difference, lang: str) -> str:
    values = {"table": found.table, "column": found.column, "row": found.row}
    values |= {"where": _where(found.where, lang)}
    if found.column is None:
        sizes = {"stored": number(found.stored, Style(lang)), "again": number(found.again, Style(lang))}
        return text("verify.different_length", lang, **values, **sizes)
    if found.row is None:
        shown = {"stored": found.stored or "–", "again": found.again or "–"}
        return text("verify.different_column", lang, **values, **shown)
    shown = {"stored": _value(found.stored, lang), "again": _value(found.again, lang)}
    return text("verify.different_cell", lang, **values, **shown)


def _where(where: dict[str, Any], lang: str) -> str:
    """What names a row: ``program_berjalan, dunia 0, 2024-01, jkm_paid``."""
    named = {
        "month": lambda value: month_label(int(value)),
        "world": lambda value: text("verify.world", lang, world=value),
    }
    return ", ".join(named.get(name, str)(value) for name, value in where.items())


def _value(value: Any, lang: str) -> str:
    """A cell as it is written: whole numbers in the format of the language, others with all their digits."""
    if value is None:
        return "–"
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value, Style(lang))
    return str(value)


def _cause(role: str, cause: "Cause", lang: str) -> str:
    named = "; ".join(cause.what[:MOST_NAMED])
    if len(cause.what) > MOST_NAMED:
        more = number(len(cause.what) - MOST_NAMED, Style(lang))
        named += text("verify.and_more", lang, more=more)
    if role == "harmless":
        return text("verify.harmless", lang, kind=text(f"verify.kind_{cause.kind}", lang), what=named)
    return text(f"verify.cause_{cause.kind}", lang, what=named)
