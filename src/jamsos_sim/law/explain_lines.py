"""One line of an explanation: a provision, an amount, a receiver and the sentence that gives the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from jamsos_sim.law.contributions import band_of_income
from jamsos_sim.law.person import Case
from jamsos_sim.law.provisions import provisions
from jamsos_sim.law.status import ValueInForce, values_used
from jamsos_sim.messages import DEFAULT_LANGUAGE, text

OWED, PAID = "owed", "paid"
NOBODY = "nobody"


class Reason(NamedTuple):
    """What stands behind a sentence: provision, values of the law it uses, and who receives the amount.

    An empty provision means that of the first value, as it stands in the month.
    """

    provision: str
    values: tuple[str, ...] = ()
    to: str = NOBODY


SCHOOL = ("scholarship_amounts", "scholarship_years", "scholarship_start_age", "scholarship_end_age")

REASONS: Mapping[str, Reason] = {
    "band": Reason("C4", ("band_from", "band_base")),
    "jkk": Reason("C1", ("jkk_rate_ppm", "jkk_minimum", "jkk_maximum"), "insurer"),
    "jkm": Reason("C2", ("jkm_flat",), "insurer"),
    "jht": Reason("C5", ("jht_rate_ppm",), "insurer"),
    "relief": Reason("", ("jkk_due_ppm", "jkm_due_ppm"), "insurer"),
    "excluded": Reason("P2"),
    "covered": Reason("J28"),
    "covered_in_arrears": Reason("A4", ("unpaid_months_covered", "months_unpaid_to_inactive")),
    "never_paid": Reason("J28"),
    "in_arrears": Reason("A4", ("unpaid_months_covered", "covers_paid_arrears")),
    "inactive": Reason("A1", ("months_unpaid_to_inactive",)),
    "city_bears": Reason("A4", ("late_transfer_bearer",), "heirs"),
    "insurer_bears": Reason("A4", ("late_transfer_bearer",)),
    "work_related": Reason("J24", ("covers_commuting", "covers_occupational_disease", "covers_violence")),
    "not_work_related": Reason("K9", ()),
    "accident_not_work": Reason("J24", ()),
    "claim_too_late": Reason("J23", ("claim_years",)),
    "waiting": Reason("K6", ("jkm_waiting_months",)),
    "within_waiting": Reason("K6", ("jkm_within_waiting",), "heirs"),
    "waiting_over": Reason("K6", ("jkm_waiting_months",)),
    "lump_sum": Reason("K1", ("jkm_lump_sum",), "heirs"),
    "periodic": Reason("K2", ("jkm_periodic_months", "jkm_periodic_monthly"), "heirs"),
    "funeral": Reason("K3", ("jkm_funeral",), "heirs"),
    "jkk_lump_sum": Reason("J11", ("jkk_death_ppm", "disability_months", "jkk_death_floor"), "heirs"),
    "jkk_periodic": Reason("J10", ("jkk_periodic_months", "jkk_periodic_monthly"), "heirs"),
    "jkk_periodic_worker": Reason("J10", ("jkk_periodic_months", "jkk_periodic_monthly"), "worker"),
    "jkk_funeral": Reason("J12", ("jkk_funeral",), "heirs"),
    "total_disability": Reason("J9", ("total_disability_ppm", "disability_months"), "worker"),
    "partial_disability": Reason("J7", ("disability_months", "partial_disability_maximum_ppm"), "worker"),
    "functional_disability": Reason("J8", ("disability_months", "partial_disability_maximum_ppm"), "worker"),
    "incapacity": Reason(
        "J6", ("incapacity_first_months", "incapacity_first_ppm", "incapacity_later_ppm"), "worker"
    ),
    "medical": Reason("J1", ("jkk_medical_ceiling",), "hospital"),
    "scholarship_jkm": Reason("K7", SCHOOL, "child"),
    "scholarship_jkk": Reason("J15", SCHOOL, "child"),
    "scholarship_once": Reason("K5", ("scholarship_once",), "child"),
    "scholarship_too_early": Reason("K7", ("jkm_scholarship_months",)),
    "scholarship_limit": Reason("K7", ("scholarship_maximum_children",)),
    "heir": Reason("K11", ("heir_order",)),
    "no_heir": Reason("K11", ("heir_order",)),
}


@dataclass(frozen=True)
class Line:
    """One line; ``kind`` says whether its amount is owed or paid; a line of reasoning has the amount 0."""

    kind: str
    reason: str
    amount: int
    words: Mapping[str, object]
    provision: str
    values: tuple[ValueInForce, ...]
    is_verified: bool

    def because(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """The sentence that gives the reason."""
        worded = {name: _worded(word, lang) for name, word in self.words.items()}
        return text(f"law.explain_{self.reason}", lang, **worded)

    def source(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """Instrument and article of the amount in that month, or that the article is not known."""
        if self.values:
            return self.values[0].source(lang)
        return provisions()[self.provision].source(lang)

    @property
    def status(self) -> str:
        """In force, draft or assumption."""
        return self.values[0].entry.status if self.values else provisions()[self.provision].status

    @property
    def confidence(self) -> str:
        """High, medium or low."""
        return self.values[0].entry.confidence if self.values else provisions()[self.provision].confidence

    def sentence(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """The line as text: amount, reason, provision and source, and a mark when a value is unverified."""
        mark = "" if self.is_verified else text("law.unverified_mark", lang)
        stands = f"{self.provision}: {self.source(lang)}"
        return f"  {amount_text(self.amount, lang):>16}  {self.because(lang)} ({stands}){mark}"

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "kind": self.kind,
            "provision": f"{self.provision} {provisions()[self.provision].about[lang]}",
            "amount": self.amount,
            "to": text(f"law.to_{REASONS[self.reason].to}", lang),
            "source": self.source(lang),
            "status": self.status,
            "confidence": self.confidence,
            "verified": self.is_verified,
            "because": self.because(lang),
        }


def line_of(case: Case, kind: str, reason: str, amount: int, **words: object) -> Line:
    """A line of a case; ``words`` fill its sentence."""
    provision, names, _ = REASONS[reason]
    used = values_used(names, case.month, case.names)
    return Line(
        kind=kind,
        reason=reason,
        amount=amount,
        words=words,
        provision=provision or used[0].entry.provision,
        values=used,
        is_verified=all(_is_verified(value, case) for value in used),
    )


def amount_text(amount: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """Whole rupiah as people write them: Rp16.800 in Indonesian, Rp16,800 in English."""
    grouped = f"{abs(amount):,}"
    sign = "−" if amount < 0 else ""
    return f"{sign}Rp{grouped.replace(',', '.') if lang == 'id' else grouped}"


class Rupiah(int):
    """An amount among the words of a sentence, written as rupiah."""


class Word(str):
    """A key of the message catalogue among the words of a sentence, written in its language."""

    __slots__ = ()


def _worded(word: object, lang: str) -> object:
    if isinstance(word, Word):
        return text(word, lang)
    return amount_text(word, lang) if isinstance(word, Rupiah) else word


def _is_verified(value: ValueInForce, case: Case) -> bool:
    if value.entry.verified_rows:
        return band_of_income(case.person.income, case.law) + 1 in value.entry.verified_rows
    return not value.is_unverified
