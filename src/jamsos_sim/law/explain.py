"""What one person owes and one event pays, provision by provision, and what it would have been otherwise.

The amounts come from the same rules as the model's; this file only orders and words them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jamsos_sim.errors import InputError
from jamsos_sim.law.explain_benefits import paid_lines
from jamsos_sim.law.explain_lines import OWED, PAID, Line, amount_text
from jamsos_sim.law.explain_owed import owed_lines
from jamsos_sim.law.person import Case, Person, checked
from jamsos_sim.law.scholarship import SchoolYear, scholarship_plan
from jamsos_sim.law.selectors import PAYERS
from jamsos_sim.law.status import ValueInForce
from jamsos_sim.messages import DEFAULT_LANGUAGE, text
from jamsos_sim.units import month_label

SCHOLARSHIPS = ("scholarship_jkm", "scholarship_jkk")


@dataclass(frozen=True)
class Otherwise:
    """The same person had one thing been different: what is owed and paid then."""

    key: str
    values: Mapping[str, str]
    owed: int
    paid: int

    def sentence(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """What was changed."""
        return text(self.key, lang, **self.values)

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The change and its sums as plain values."""
        return {"if": self.sentence(lang), "owed": self.owed, "paid": self.paid}


@dataclass(frozen=True)
class Explanation:
    """The answer for one person: sums, the lines behind them, and the answers had it been otherwise."""

    case: Case
    lines: tuple[Line, ...]
    otherwise: tuple[Otherwise, ...]
    scholarships: tuple[SchoolYear, ...]

    @property
    def owed(self) -> int:
        """Rupiah owed for the month."""
        return sum(line.amount for line in self.lines if line.kind == OWED)

    @property
    def paid(self) -> int:
        """Rupiah the event pays, scholarships to their end included."""
        return sum(line.amount for line in self.lines if line.kind == PAID)

    @property
    def values(self) -> tuple[ValueInForce, ...]:
        """The values of the law behind the lines, with status and confidence."""
        return tuple({value.name: value for line in self.lines for value in line.values}.values())

    @property
    def unverified(self) -> tuple[ValueInForce, ...]:
        """Those of the values that were not checked against the gazetted text, or are assumptions."""
        marked = (line for line in self.lines if not line.is_verified)
        found = (value for line in marked for value in line.values if value.is_unverified)
        return tuple({value.name: value for value in found}.values())

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The explanation as one object of plain values, amounts in whole rupiah."""
        return {
            "owed": self.owed,
            "paid": self.paid,
            "lines": [line.to_json(lang) for line in self.lines],
            "scholarships": [year._asdict() for year in self.scholarships],
            "otherwise": [other.to_json(lang) for other in self.otherwise],
            "readings": dict(self.case.readings),
            "unverified": [value.label(lang) for value in self.unverified],
        }

    def to_text(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """The explanation as sentences, one a line."""
        owed, paid = amount_text(self.owed, lang), amount_text(self.paid, lang)
        rows = [text("law.explain_owed", lang, month=month_label(self.case.month), amount=owed)]
        rows += [line.sentence(lang) for line in self.lines if line.kind == OWED]
        if self.case.person.event is not None:
            rows.append(text("law.explain_paid", lang, amount=paid))
            rows += [line.sentence(lang) for line in self.lines if line.kind != OWED]
        rows.append(text("law.explain_otherwise", lang))
        for other in self.otherwise:
            amounts = {"owed": amount_text(other.owed, lang), "paid": amount_text(other.paid, lang)}
            rows.append(text("law.explain_otherwise_line", lang, otherwise=other.sentence(lang), **amounts))
        return "\n".join(rows)


def explain(person: Person) -> Explanation:
    """What a person owes for the month and what the event pays, in the order of reasoning.

    Raises `InputError` with one sentence for whatever the person's description has wrong.
    """
    case = checked(person)
    lines = _lines(case)
    has_scholarship = any(line.reason in SCHOLARSHIPS for line in lines)
    plan = scholarship_plan(person.children, case.month, case.law) if has_scholarship else []
    return Explanation(case, lines, tuple(_otherwise(case)), tuple(plan))


def _lines(case: Case) -> tuple[Line, ...]:
    benefits = paid_lines(case) if case.person.event is not None else []
    return (*owed_lines(case), *benefits)


def _otherwise(case: Case) -> list[Otherwise]:
    others = []
    if case.person.event is not None:
        others += _a_month_earlier(case)
    for payer in PAYERS:
        if payer != case.person.payer:
            others.append(_answer(replace(case.person, payer=payer), "law.explain_other_payer", payer=payer))
    return others


def _a_month_earlier(case: Case) -> list[Otherwise]:
    """The same event in the month before; none when the law was not yet there."""
    label = month_label(case.month - 1)
    try:
        return [_answer(_earlier(case, label), "law.explain_month_earlier", month=label)]
    except InputError:
        return []


def _earlier(case: Case, label: str) -> Person:
    person, paid = case.person, case.membership.paid_months
    run = min(case.membership.last_paid_month - case.membership.run_start_month + 1, paid)
    if person.months_unpaid:
        return replace(person, month=label, claim_month=None, months_unpaid=person.months_unpaid - 1)
    earlier = replace(person, month=label, claim_month=None)
    return replace(earlier, paid_months=max(paid - 1, 0), consecutive_months=max(run - 1, 0))


def _answer(person: Person, key: str, **values: str) -> Otherwise:
    lines = _lines(checked(person))
    owed = sum(line.amount for line in lines if line.kind == OWED)
    return Otherwise(key, values, owed, sum(line.amount for line in lines if line.kind == PAID))
