"""One person's case as a user describes it, checked: who pays, when, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from jamsos_sim.errors import InputError
from jamsos_sim.law.coverage import NO_MEMBERSHIP, Membership, after_payment
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

    ``income``, ``medical_cost`` and ``traffic_payment`` (what Jasa Raharja has paid) are rupiah, ``month`` is
    a label such as 2026-02. ``paid_months`` are all months ever paid; ``consecutive_months`` those without a
    break that were completed before the month of the event, which is itself paid unless ``months_unpaid``
    counts months in arrears, that of the event included. One of the two alone stands for both, none means
    the first month. ``gap_months`` is how long the break before the consecutive months was; without it, long
    enough to lapse. ``age`` is the person's, ``children`` are ages in years. ``days`` is the time unable to
    work, ``percent`` the percentage of the schedule, ``loss_percent`` the loss of function; ``losses`` may
    name rows of the schedule instead of ``percent``. ``heir`` is a kind of `HEIRS` or none.
    """

    payer: str = "apbd"
    sector: str = "other"
    month: str = ""
    income: int = 0
    event: str | None = None
    cause: str | None = None
    age: int | None = None
    paid_months: int | None = None
    consecutive_months: int | None = None
    gap_months: int | None = None
    months_unpaid: int = 0
    children: Sequence[int] = ()
    severity: str | None = None
    days: int = 0
    percent: float = 0.0
    loss_percent: float = 0.0
    losses: Sequence[str] = ()
    medical_cost: int = 0
    traffic_payment: int = 0
    claim_month: str | None = None
    heir: str | None = None
    has_jht: bool = False
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Contribution months of a person: all of them, those completed in a row, the break before these."""

    paid: int
    consecutive: int
    unpaid: int
    gap: int

    @property
    def run(self) -> int:
        """Months paid in a row up to the last one paid, that of the event included if it is paid."""
        return max(self.consecutive, 1) if self.unpaid else self.consecutive + 1

    @property
    def earlier(self) -> int:
        """Months paid before the break."""
        return max(self.paid - self.run, 0)

    def membership(self, month: int, law: Law) -> Membership:
        """The membership in the month of the event; the break acts as the reading of U3 says."""
        if self.paid == 0:
            return NO_MEMBERSHIP
        last_paid = month - self.unpaid
        start = last_paid - self.run + 1
        if self.earlier:
            before = start - self.gap - 1
            returned = after_payment(Membership(before, before - self.earlier + 1, self.earlier), start, law)
            start = returned.run_start_month
        return Membership(last_paid, start, self.paid)


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
    standing: Standing
    membership: Membership
    percent_ppm: int
    loss_ppm: int
    readings: Mapping[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Payer, sector and readings by name, as the tables select by them."""
        return {**self.readings, "payer": self.person.payer, "sector": self.person.sector}

    @property
    def is_death(self) -> bool:
        """Whether the person has died, by accident or otherwise."""
        return self.person.event == "death" or self.severity == "death"


def checked(person: Person) -> Case:
    """The case of a person.

    Raises `InputError` with one sentence for an unknown name (with the closest one), a month before the law,
    a negative number, answers that contradict each other or that nothing asks for, and a child too old for a
    scholarship.
    """
    month = month_of(person.month)
    law = law_of(month, person.readings)
    payer, sector = _code("payer", person.payer, PAYERS), _code("sector", person.sector, SECTORS)
    _check_numbers(person)
    _check_children(person, law)
    severity = _severity(person)
    _check_event(person, severity)
    _check_heir(person)
    standing = _standing(person, law)
    percent = round(person.percent * PARTS_PER_MILLION / PERCENT)
    return Case(
        person=person,
        month=month,
        claim_month=_claim_month(person, month),
        law=law,
        payer=payer,
        sector=sector,
        cause=_code("cause", person.cause or CAUSES[0], CAUSES),
        severity=severity,
        standing=standing,
        membership=standing.membership(month, law),
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
        "age": person.age or 0,
        "paid-months": person.paid_months or 0,
        "consecutive-months": person.consecutive_months or 0,
        "gap-months": person.gap_months or 0,
        "months-unpaid": person.months_unpaid,
        "days": person.days,
        "medical-cost": person.medical_cost,
        "traffic-payment": person.traffic_payment,
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


def _check_event(person: Person, severity: str) -> None:
    """Refuse what only an event, an accident, or a loss asks for and nothing else reads."""
    asked_by: dict[str, dict[str, object]] = {
        "--event": {
            "--cause": person.cause,
            "--children": person.children,
            "--claim-month": person.claim_month,
            "--heir": person.heir,
            "--months-unpaid": person.months_unpaid,
        },
        "--event accident": {
            "--severity": None if person.event and severity == "death" else person.severity,
            "--days": person.days,
            "--medical-cost": person.medical_cost,
            "--traffic-payment": person.traffic_payment,
        },
        "--severity partial": {"--percent": person.percent, "--losses": person.losses},
        "--severity functional": {"--loss-percent": person.loss_percent},
    }
    has_loss = severity in ("partial", "functional")
    is_asked = {
        "--event": person.event is not None,
        "--event accident": person.event == "accident",
        "--severity partial": person.event == "accident" and has_loss,
        "--severity functional": person.event == "accident" and severity == "functional",
    }
    for needed, options in asked_by.items():
        for option, given in options.items():
            if given and not is_asked[needed]:
                raise InputError("law.option_needs", option=option, needed=needed)
    if person.percent and person.losses:
        raise InputError("law.one_of_two", one="--percent", other="--losses")


def _check_heir(person: Person) -> None:
    if person.heir is None:
        return
    _code("heir", person.heir, (*HEIRS, NO_ONE))
    if person.children and person.heir != HEIRS[0]:
        raise InputError("law.children_are_heirs", heir=person.heir, first=HEIRS[0])


def _claim_month(person: Person, month: int) -> int:
    if person.claim_month is None:
        return month
    claim_month = month_of(person.claim_month)
    if claim_month < month:
        first = month_label(month)
        raise InputError("law.claim_before_event", claim=person.claim_month, event=first)
    return claim_month


def _standing(person: Person, law: Law) -> Standing:
    paid, consecutive = person.paid_months, person.consecutive_months
    if paid is None:
        paid = 1 if consecutive is None else max(consecutive, 1)
        consecutive = consecutive or 0
    if consecutive is None:
        consecutive = paid
    if consecutive > paid:
        raise InputError("law.more_consecutive_than_paid", consecutive=consecutive, paid=paid)
    gap = law.months_unpaid_to_inactive if person.gap_months is None else person.gap_months
    standing = Standing(paid, consecutive, person.months_unpaid, gap)
    if person.gap_months is not None and not (standing.earlier and gap):
        raise InputError("law.no_gap", gap=gap, paid=paid, consecutive=consecutive)
    return standing
