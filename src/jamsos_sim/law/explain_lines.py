"""One line of an explanation: a provision, an amount, a receiver and the sentence that gives the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from jamsos_sim.law.contributions import band_of_income
from jamsos_sim.law.person import NO_ONE, PERCENT, Case
from jamsos_sim.law.provisions import provisions
from jamsos_sim.law.selectors import HEIRS
from jamsos_sim.law.status import ASSUMPTION, CONFIDENCES, STATUSES, ValueInForce, values_used, weakest
from jamsos_sim.messages import DEFAULT_LANGUAGE, text
from jamsos_sim.units import PARTS_PER_MILLION

OWED, PAID = "owed", "paid"
NOBODY, INSURER, WORKER, HOSPITAL, CHILD = "nobody", "insurer", "worker", "hospital", "child"
HEIR_OR_FUND, HEIR_OR_ARRANGER = "heir_or_fund", "heir_or_arranger"
"""Who receives what: the heirs; without them the social security fund, or who arranged the funeral."""


class Reason(NamedTuple):
    """What stands behind a sentence: provision, values of the law it uses, and who receives the amount.

    An empty provision means that of the first value, as it stands in the month.
    """

    provision: str
    values: tuple[str, ...] = ()
    to: str = NOBODY


WAITING = ("jkm_waiting_months", "jkm_waiting_days")
SCHOOL = ("scholarship_amounts", "scholarship_years", "scholarship_start_age", "scholarship_end_age")

REASONS: Mapping[str, Reason] = {
    "band": Reason("C4", ("band_from", "band_base")),
    "jkk": Reason("C1", ("jkk_rate_ppm", "jkk_minimum", "jkk_maximum"), INSURER),
    "jkm": Reason("C2", ("jkm_flat",), INSURER),
    "jht": Reason("C5", ("jht_rate_ppm",), INSURER),
    "relief": Reason("", ("jkk_due_ppm", "jkm_due_ppm"), INSURER),
    "excluded": Reason("P2"),
    "not_discounted": Reason("P8"),
    "covered": Reason("J28", ("jkk_waiting_months",)),
    "covered_in_arrears": Reason("A4", ("unpaid_months_covered", "months_unpaid_to_inactive")),
    "never_paid": Reason("J28", ("jkk_waiting_months",)),
    "in_arrears": Reason("A4", ("unpaid_months_covered", "covers_paid_arrears")),
    "inactive": Reason("A1", ("months_unpaid_to_inactive",)),
    "ended_by_age": Reason("E4", ("cover_ends_at_maximum_age", "maximum_age")),
    "city_bears": Reason("A4", ("late_transfer_bearer",)),
    "insurer_bears": Reason("A4", ("late_transfer_bearer",)),
    "work_related": Reason("J24"),
    "commute": Reason("J24", ("covers_commuting",)),
    "disease": Reason("J24", ("covers_occupational_disease",)),
    "violence": Reason("J27", ("covers_violence",)),
    "not_work_related": Reason("K9"),
    "accident_not_work": Reason("J24"),
    "claim_too_late": Reason("J23", ("claim_years",)),
    "gap_resets": Reason("A5", ("unpaid_months_that_reset",)),
    "gap_keeps": Reason("A5", ("unpaid_months_that_reset",)),
    "waiting": Reason("K6", WAITING),
    "no_waiting": Reason("K6", ("jkm_waiting_months",)),
    "waiting_over": Reason("K6", WAITING),
    "within_waiting": Reason("K6", ("jkm_within_waiting",), HEIR_OR_ARRANGER),
    "lump_sum": Reason("K1", ("jkm_lump_sum",), HEIR_OR_FUND),
    "periodic": Reason("K2", ("jkm_periodic_monthly", "jkm_periodic_months"), HEIR_OR_FUND),
    "funeral": Reason("K3", ("jkm_funeral",), HEIR_OR_ARRANGER),
    "jkk_lump_sum": Reason("J11", ("jkk_death_ppm", "disability_months", "jkk_death_floor"), HEIR_OR_FUND),
    "jkk_periodic": Reason("J10", ("jkk_periodic_monthly", "jkk_periodic_months"), HEIR_OR_FUND),
    "jkk_periodic_worker": Reason("J10", ("jkk_periodic_monthly", "jkk_periodic_months"), WORKER),
    "jkk_funeral": Reason("J12", ("jkk_funeral",), HEIR_OR_ARRANGER),
    "total_disability": Reason("J9", ("total_disability_ppm", "disability_months"), WORKER),
    "partial_disability": Reason("J7", ("disability_months", "partial_disability_maximum_ppm"), WORKER),
    "functional_disability": Reason("J8", ("disability_months", "partial_disability_maximum_ppm"), WORKER),
    "incapacity": Reason(
        "J6", ("incapacity_first_months", "incapacity_first_ppm", "incapacity_later_ppm"), WORKER
    ),
    "medical": Reason("J1", ("jkk_medical_ceiling",), HOSPITAL),
    "traffic_medical": Reason("J29", ("traffic_offsets_medical",), HOSPITAL),
    "traffic_cash": Reason("J29", ("traffic_offsets_cash",), HEIR_OR_FUND),
    "traffic_cash_worker": Reason("J29", ("traffic_offsets_cash",), WORKER),
    "health_insurance": Reason("J30"),
    "scholarship_jkm": Reason("K7", SCHOOL, CHILD),
    "scholarship_jkk": Reason("J15", SCHOOL, CHILD),
    "scholarship_once": Reason("K5", ("scholarship_once",), CHILD),
    "scholarship_too_early": Reason("K7", ("jkm_scholarship_months",)),
    "scholarship_limit": Reason("K7", ("scholarship_maximum_children",)),
    "heir": Reason("K11", ("heir_order",)),
    "no_heir": Reason("K11", ("heir_order",)),
}


@dataclass(frozen=True)
class Line:
    """One line; ``kind`` says whether its amount is owed or paid; a line of reasoning has the amount 0.

    ``to`` is the key of the receiver in the message catalogue, ``values`` the numbers of the law behind the
    line, ``unverified`` those among them that were not checked against the text or are assumptions.
    """

    kind: str
    reason: str
    amount: int
    to: str
    words: Mapping[str, object]
    provision: str
    values: tuple[ValueInForce, ...]
    unverified: tuple[ValueInForce, ...]

    def because(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """The sentence that gives the reason."""
        return text(f"law.explain_{self.reason}", lang, **worded(self.words, lang))

    def receiver(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """Who receives the amount."""
        return text(f"law.to_{self.to}", lang)

    def source(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """Instrument and article of the amount in that month, or that the article is not known."""
        if self.values:
            return self.values[0].source(lang)
        return provisions()[self.provision].source(lang)

    @property
    def status(self) -> str:
        """In force, draft or assumption: the weakest of the values."""
        statuses = [value.entry.status for value in self.values] or [provisions()[self.provision].status]
        return weakest(statuses, STATUSES)

    @property
    def confidence(self) -> str:
        """High, medium or low: the weakest of the values."""
        stated = [value.entry.confidence for value in self.values]
        return weakest(stated or [provisions()[self.provision].confidence], CONFIDENCES)

    @property
    def is_verified(self) -> bool:
        """Whether provision and values were checked against the text, and none of them is an assumption."""
        return provisions()[self.provision].is_verified and not self.unverified

    def mark(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """How the line is marked: as an assumption, as unverified, or not at all."""
        if self.is_verified:
            return ""
        return text("law.assumption_mark" if self.status == ASSUMPTION else "law.unverified_mark", lang)

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "kind": self.kind,
            "provision": f"{self.provision} {provisions()[self.provision].about[lang]}",
            "amount": self.amount,
            "to": self.receiver(lang),
            "source": self.source(lang),
            "status": self.status,
            "confidence": self.confidence,
            "verified": self.is_verified,
            "because": self.because(lang),
        }


def line_of(case: Case, kind: str, reason: str, amount: int, **words: object) -> Line:
    """A line of a case; ``words`` fill its sentence."""
    provision, names, to = REASONS[reason]
    used = values_used(names, case.month, case.names)
    return Line(
        kind=kind,
        reason=reason,
        amount=amount,
        to=_receiver(to, case),
        words=words,
        provision=provision or used[0].entry.provision,
        values=used,
        unverified=tuple(value for value in used if not _is_verified(value, case)),
    )


def _receiver(to: str, case: Case) -> str:
    if to not in (HEIR_OR_FUND, HEIR_OR_ARRANGER):
        return to
    heir = case.person.heir or HEIRS[0]
    if heir == NO_ONE:
        return "fund" if to == HEIR_OR_FUND else "arranger"
    return f"heir_{heir}"


def amount_text(amount: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """Whole rupiah as people write them: Rp16.800 in Indonesian, Rp16,800 in English."""
    grouped = f"{abs(amount):,}"
    sign = "−" if amount < 0 else ""
    return f"{sign}Rp{grouped.replace(',', '.') if lang == 'id' else grouped}"


class Rupiah(int):
    """An amount among the words of a sentence, written as rupiah."""


class Share(int):
    """Parts per million among the words of a sentence, written as a percentage."""


class Word(str):
    """A key of the message catalogue among the words of a sentence, written in its language."""

    __slots__ = ()


def worded(words: Mapping[str, object], lang: str) -> dict[str, object]:
    """The words of a sentence, each as its language writes it."""
    return {name: _worded(word, lang) for name, word in words.items()}


def _worded(word: object, lang: str) -> object:
    if isinstance(word, Word):
        return text(word, lang)
    if isinstance(word, Mapping):
        return word[lang]
    if isinstance(word, Share):
        percent = f"{word * PERCENT / PARTS_PER_MILLION:g}%"
        return percent.replace(".", ",") if lang == "id" else percent
    return amount_text(word, lang) if isinstance(word, Rupiah) else word


def _is_verified(value: ValueInForce, case: Case) -> bool:
    if value.entry.verified_rows:
        return band_of_income(case.person.income, case.law) + 1 in value.entry.verified_rows
    return not value.is_unverified
