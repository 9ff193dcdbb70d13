"""One person's case as a user describes it, checked: who pays, when, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from jamsos_sim.errors import InputError
from jamsos_sim.law.coverage import NO_MEMBERSHIP, Membership
from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.law.readings import check_readings
from jamsos_sim.law.schedule import percent_of_losses
from jamsos_sim.law.selectors import CAUSES, HEIRS, PAYERS, SECTORS
from jamsos_sim.units import PARTS_PER_MILLION, month_label, month_of

EVENTS = ("death", "accident")
SEVERITIES = ("care", "temporary", "partial", "functional", "total", "death")
"""What an accident did: care only, days off work, loss of a part, loss of function, everything, life."""
NO_ONE = "none"
PERCENT = 100


@dataclass(frozen=True)
class Person:
    """A person, a month and, if any, an event; everything by the names a user types.

    ``income`` and ``medical_cost`` are rupiah, ``month`` is a label such as 2026-02. ``paid_months`` are all
    months ever paid, ``consecutive_months`` the last of them without a break; one alone stands for both,
    none means the first month. ``months_unpaid`` counts months in arrears, that of the event included.
    ``children`` are ages in years. ``days`` is the time unable to work, ``percent`` the percentage of the
    schedule, ``loss_percent`` the loss of function; ``losses`` may name rows of the schedule instead of
    ``percent``. ``heir`` is a kind of `HEIRS` or none.
    """

    payer: str = "apbd"
    sector: str = "other"
    month: str = ""
    income: int = 0
    event: str | None = None
    cause: str = "other"
    paid_months: int | None = None
    consecutive_months: int | None = None
    months_unpaid: int = 0
    children: Sequence[int] = ()
    severity: str | None = None
    days: int = 0
    percent: float = 0.0
    loss_percent: float = 0.0
    losses: Sequence[str] = ()
    medical_cost: int = 0
    claim_month: str | None = None
    heir: str = HEIRS[0]
    has_jht: bool = False
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A checked person: codes and whole numbers, the law of the month, and where the membership stands."""

    person: Person
    month: int
    claim_month: int
    law: Law
    payer: int
    sector: int
    cause: int
    severity: str
    membership: Membership
    percent_ppm: int
    loss_ppm: int
    readings: Mapping[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Payer, sector and readings by name, as the tables select by them."""
        return {**self.readings, "payer": self.person.payer, "sector": self.person.sector}


def checked(person: Person) -> Case:
    """The case of a person.

    Raises `InputError` with one sentence for an unknown name (with the closest one), a month before the law,
    a negative number, counts that contradict each other, and a child too old for a scholarship.
    """
    month = month_of(person.month)
    law = law_of(month, person.readings)
    _check_numbers(person)
    _check_children(person, law)
    severity = _severity(person)
    percent = round(person.percent * PARTS_PER_MILLION / PERCENT)
    return Case(
        person=person,
        month=month,
        claim_month=_claim_month(person, month),
        law=law,
        payer=_code("payer", person.payer, PAYERS),
        sector=_code("sector", person.sector, SECTORS),
        cause=_code("cause", person.cause, CAUSES),
        severity=severity,
        membership=_membership(person, month),
        percent_ppm=percent_of_losses(person.losses, month) if person.losses else percent,
        loss_ppm=round(person.loss_percent * PARTS_PER_MILLION / PERCENT),
        readings=check_readings(person.readings),
    )


def _code(what: str, name: str, names: Sequence[str]) -> int:
    if name not in names:
        closest = get_close_matches(name.lower(), names, n=1, cutoff=0.0)[0]
        known = ", ".join(names)
        raise InputError("law.unknown_name", option=f"--{what}", name=name, closest=closest, names=known)
    return names.index(name)


def _check_numbers(person: Person) -> None:
    numbers = {
        "income": person.income,
        "paid-months": person.paid_months or 0,
        "consecutive-months": person.consecutive_months or 0,
        "months-unpaid": person.months_unpaid,
        "days": person.days,
        "medical-cost": person.medical_cost,
    }
    for name, number in numbers.items():
        if number < 0:
            raise InputError("law.negative_number", option=f"--{name}", number=number)
    for name, share in (("percent", person.percent), ("loss-percent", person.loss_percent)):
        if not 0 <= share <= PERCENT:
            raise InputError("law.not_a_percentage", option=f"--{name}", number=share)


def _check_children(person: Person, law: Law) -> None:
    for age in person.children:
        if not 0 <= age < law.scholarship_end_age:
            raise InputError("law.child_too_old", age=age, last=law.scholarship_end_age - 1)


def _severity(person: Person) -> str:
    if person.event is not None:
        _code("event", person.event, EVENTS)
    _code("heir", person.heir, (*HEIRS, NO_ONE))
    severity = person.severity or SEVERITIES[0]
    _code("severity", severity, SEVERITIES)
    if person.event != "accident":
        return severity
    if severity == "temporary" and person.days == 0:
        raise InputError("law.severity_needs", severity=severity, option="--days")
    if severity in ("partial", "functional") and not (person.percent or person.losses):
        raise InputError("law.severity_needs", severity=severity, option="--percent")
    if severity == "functional" and person.loss_percent == 0:
        raise InputError("law.severity_needs", severity=severity, option="--loss-percent")
    return severity


def _claim_month(person: Person, month: int) -> int:
    if person.claim_month is None:
        return month
    claim_month = month_of(person.claim_month)
    if claim_month < month:
        first = month_label(month)
        raise InputError("law.claim_before_event", claim=person.claim_month, event=first)
    return claim_month


def _membership(person: Person, month: int) -> Membership:
    paid, consecutive = person.paid_months, person.consecutive_months
    if paid is None:
        paid = 1 if consecutive is None else consecutive
    if consecutive is None:
        consecutive = paid
    if consecutive > paid:
        raise InputError("law.more_consecutive_than_paid", consecutive=consecutive, paid=paid)
    if paid == 0:
        return NO_MEMBERSHIP
    last_paid = month - person.months_unpaid
    return Membership(last_paid, last_paid - max(consecutive, 1) + 1, paid)
