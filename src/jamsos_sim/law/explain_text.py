"""An explanation as text to read: what is owed, what is paid, to whom, by which provision, and what else."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from babel.dates import format_date
from babel.lists import format_list

from jamsos_sim.law.explain_lines import OWED, Line, amount_text
from jamsos_sim.law.explain_otherwise import OTHER_PAYER, Otherwise
from jamsos_sim.law.person import Case
from jamsos_sim.law.scholarship import SchoolYear
from jamsos_sim.law.selectors import CAUSES
from jamsos_sim.messages import text
from jamsos_sim.units import calendar_month, year_of

INDENT = "    "
AMOUNT_WIDTH = 18


class Page(NamedTuple):
    """How to write: the language and the characters in a line."""

    lang: str
    width: int


class Telling(NamedTuple):
    """What is told of a case."""

    case: Case
    lines: Sequence[Line]
    otherwise: Sequence[Otherwise]
    scholarships: Sequence[SchoolYear]


def explanation_text(telling: Telling, page: Page) -> str:
    """The whole text: the case, what is owed, what is paid, what else would have been, and what is unsure."""
    blocks = [_case_block(telling.case, page), _owed_block(telling, page)]
    if telling.case.person.event is not None:
        blocks.append(_paid_block(telling, page))
    blocks += [_otherwise_block(telling, page), _unverified_block(telling.lines, page)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _case_block(case: Case, page: Page) -> list[str]:
    person, lang = case.person, page.lang
    month = format_date(date(year_of(case.month), calendar_month(case.month), 1), "MMMM y", locale=lang)
    said = [
        text(
            "law.text_person",
            lang,
            month=month,
            payer=text(f"law.payer_{person.payer}", lang),
            sector=text(f"law.sector_{person.sector}", lang),
            income=amount_text(person.income, lang),
        )
    ]
    if person.event is not None:
        said += _event_sentences(case, lang)
    return wrap(" ".join(said), page.width)


def _event_sentences(case: Case, lang: str) -> list[str]:
    person, standing = case.person, case.standing
    said = [
        text(
            f"law.text_{person.event}",
            lang,
            cause=text(f"law.cause_{person.cause or CAUSES[0]}", lang),
            severity=text(f"law.severity_{case.severity}", lang),
        ),
        text("law.text_months", lang, paid=standing.paid, consecutive=standing.consecutive),
    ]
    if standing.unpaid:
        said.append(text("law.text_unpaid", lang, unpaid=standing.unpaid))
    if person.children:
        ages = format_list([str(age) for age in person.children], locale=lang)
        said.append(text("law.text_children", lang, ages=ages))
    return said


def _owed_block(telling: Telling, page: Page) -> list[str]:
    owed = [line for line in telling.lines if line.kind == OWED]
    total = amount_text(sum(line.amount for line in owed), page.lang)
    payer = text(f"law.payer_{telling.case.person.payer}", page.lang)
    head = wrap(text("law.text_owed", page.lang, amount=total, payer=payer), page.width)
    return [*head, *_numbered(owed, telling, page)]


def _paid_block(telling: Telling, page: Page) -> list[str]:
    paid = [line for line in telling.lines if line.kind != OWED]
    lang = page.lang
    rows = [text("law.text_paid", lang, amount=amount_text(sum(line.amount for line in paid), lang))]
    receivers = dict.fromkeys(line.to for line in paid if line.amount)
    for to in receivers:
        amount = sum(line.amount for line in paid if line.to == to)
        rows.append(_with_amount(INDENT, text(f"law.to_{to}", lang), amount, page))
    return rows + _numbered(paid, telling, page)


def _numbered(lines: Iterable[Line], telling: Telling, page: Page) -> list[str]:
    rows: list[str] = []
    for number, line in enumerate(lines, start=1):
        because = [line.because(page.lang), *_school_years(line, telling.scholarships, page.lang)]
        rows.append(_with_amount(f"{number:>2}. ", " ".join(because), line.amount, page))
        stands = f"{line.source(page.lang)} ({line.provision})"
        stands = " ".join(filter(None, (stands, line.mark(page.lang))))
        rows += wrap(stands, page.width, initial_indent=INDENT + "– ", subsequent_indent=INDENT + "  ")
    return rows


def _with_amount(label: str, sentence: str, amount: int, page: Page) -> str:
    """A sentence broken into lines, its amount at the right end of the first."""
    room = page.width - len(INDENT) - AMOUNT_WIDTH
    first, *rest = wrap(sentence, room)
    written = amount_text(amount, page.lang) if amount else ""
    head = f"{label}{first:<{room}}{written:>{AMOUNT_WIDTH}}".rstrip()
    return "\n".join([head, *(INDENT + line for line in rest)])


def _school_years(line: Line, years: Sequence[SchoolYear], lang: str) -> list[str]:
    """How the scholarship of a line's child adds up: years of each level, and in which calendar years."""
    own = [year for year in years if year.child == line.words.get("child")]
    said = []
    for _, group in groupby(own, key=lambda year: year.level):
        stay = list(group)
        said.append(
            text(
                "law.text_level",
                lang,
                years=len(stay),
                amount=amount_text(stay[0].amount, lang),
                level=text(f"law.level_{stay[0].level}", lang),
                first=stay[0].year,
                last=stay[-1].year,
            )
        )
    return ["; ".join(said) + "."] if said else []


def _otherwise_block(telling: Telling, page: Page) -> list[str]:
    rows = [text("law.text_otherwise", page.lang)]
    payers = [other for other in telling.otherwise if other.kind == OTHER_PAYER]
    others = [other for other in telling.otherwise if other.kind != OTHER_PAYER]
    sums = _sums(telling.lines)
    for other in others:
        rows += _bullet(other.sentence(page.lang), (other.owed, other.paid), sums, page)
    groups: dict[tuple[int, int], list[Otherwise]] = {}
    for other in payers:
        groups.setdefault((other.owed, other.paid), []).append(other)
    for found, group in groups.items():
        names = format_list([str(other.payer(page.lang)) for other in group], style="or", locale=page.lang)
        rows += _bullet(text("law.otherwise_other_payer", page.lang, payer=names), found, sums, page)
    return rows


def _sums(lines: Sequence[Line]) -> tuple[int, int]:
    owed = sum(line.amount for line in lines if line.kind == OWED)
    return owed, sum(line.amount for line in lines) - owed


def _bullet(changed: str, found: tuple[int, int], own: tuple[int, int], page: Page) -> list[str]:
    lang = page.lang
    said = [
        text("law.text_owed_then", lang, amount=amount_text(found[0], lang)) if found[0] != own[0] else "",
        text("law.text_paid_then", lang, amount=amount_text(found[1], lang)) if found[1] != own[1] else "",
    ]
    result = ", ".join(filter(None, said)) or text("law.text_same", lang)
    return wrap(f"{changed}: {result}.", page.width, initial_indent="  • ", subsequent_indent=INDENT)


def _unverified_block(lines: Sequence[Line], page: Page) -> list[str]:
    values = {value.name: value for line in lines for value in line.unverified}.values()
    if not values:
        return []
    rows = wrap(text("law.text_unverified", page.lang), page.width)
    for value in values:
        stands = text(
            "law.text_value",
            page.lang,
            means=value.means[page.lang],
            source=value.source(page.lang),
            confidence=text(f"law.confidence_{value.entry.confidence}", page.lang),
            status=text(f"law.status_{value.entry.status}", page.lang),
        )
        rows += wrap(stands, page.width, initial_indent="  • ", subsequent_indent=INDENT)
    return rows
