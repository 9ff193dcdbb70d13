"""The same person had one thing been different: the month, the payer, the arrears, a reading of the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jamsos_sim.errors import InputError
from jamsos_sim.law.coverage import is_inactive
from jamsos_sim.law.explain_benefits import paid_lines
from jamsos_sim.law.explain_lines import OWED, PAID, Line, Word, worded
from jamsos_sim.law.explain_owed import owed_lines
from jamsos_sim.law.person import Case, Person, checked
from jamsos_sim.law.readings import READINGS
from jamsos_sim.law.selectors import PAYERS
from jamsos_sim.messages import DEFAULT_LANGUAGE, text
from jamsos_sim.units import month_label

OTHER_PAYER = "other_payer"


@dataclass(frozen=True)
class Otherwise:
    """The same person had one thing been different: what is owed and paid then."""

    kind: str
    words: Mapping[str, object]
    owed: int
    paid: int

    def sentence(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """What was changed."""
        return text(f"law.otherwise_{self.kind}", lang, **worded(self.words, lang))

    def payer(self, lang: str = DEFAULT_LANGUAGE) -> object:
        """Who pays then, in words."""
        return worded(self.words, lang)["payer"]

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The change and its sums as plain values."""
        return {"if": self.sentence(lang), "owed": self.owed, "paid": self.paid}


def answer(case: Case) -> tuple[Line, ...]:
    """All lines of a case: what is owed, and what the event pays if there is one."""
    benefits = paid_lines(case) if case.person.event is not None else []
    return (*owed_lines(case), *benefits)


def otherwise(case: Case, lines: tuple[Line, ...]) -> Iterator[Otherwise]:
    """What would have been: a month earlier, arrears paid, another payer, another reading that matters."""
    if case.person.event is not None:
        yield from _a_month_earlier(case)
        yield from _arrears_paid(case)
    for payer in PAYERS:
        if payer != case.person.payer:
            other = replace(case.person, payer=payer)
            yield _other(other, OTHER_PAYER, payer=Word(f"law.payer_{payer}"))
    yield from _other_readings(case, (_sum(lines, OWED), _sum(lines, PAID)))


def _a_month_earlier(case: Case) -> Iterator[Otherwise]:
    """The same event in the month before; none when the law was not yet there."""
    label = month_label(case.month - 1)
    try:
        yield _other(_earlier(case, label), "month_earlier", month=label)
    except InputError:
        return


def _earlier(case: Case, label: str) -> Person:
    earlier = replace(case.person, month=label, claim_month=None)
    standing = case.standing
    if standing.unpaid:
        is_last_paid = standing.unpaid == 1
        run = max(standing.consecutive - is_last_paid, 0)
        return replace(earlier, months_unpaid=standing.unpaid - 1, consecutive_months=run, gap_months=None)
    paid = max(standing.paid - 1, 0)
    if standing.consecutive or not standing.earlier:
        run = max(standing.consecutive - 1, 0)
        gap = earlier.gap_months if paid > run + 1 else None
        return replace(earlier, paid_months=paid, consecutive_months=run, gap_months=gap)
    return replace(
        earlier, paid_months=paid, consecutive_months=paid, gap_months=None, months_unpaid=standing.gap
    )


def _arrears_paid(case: Case) -> Iterator[Otherwise]:
    """The same event had the arrears been paid while the membership was active, if that covers it."""
    law, standing = case.law, case.standing
    if not standing.unpaid or not standing.paid or not law.covers_paid_arrears:
        return
    if is_inactive(case.membership, case.month, law):
        return
    completed = standing.run + standing.unpaid - 1
    paid = replace(
        case.person,
        months_unpaid=0,
        paid_months=standing.paid + standing.unpaid,
        consecutive_months=completed,
    )
    yield _other(paid, "arrears_paid", unpaid=standing.unpaid)


def _other_readings(case: Case, sums: tuple[int, int]) -> Iterator[Otherwise]:
    for key, reading in READINGS.items():
        for option in reading.options:
            if option == case.readings[key]:
                continue
            chosen = replace(case.person, readings={**case.person.readings, key: option})
            other = _other(chosen, "reading", question=key, option=option, means=reading.option_texts[option])
            if (other.owed, other.paid) != sums:
                yield other


def _other(person: Person, kind: str, **words: object) -> Otherwise:
    lines = answer(checked(person))
    return Otherwise(kind, words, _sum(lines, OWED), _sum(lines, PAID))


def _sum(lines: tuple[Line, ...], kind: str) -> int:
    return sum(line.amount for line in lines if line.kind == kind)
