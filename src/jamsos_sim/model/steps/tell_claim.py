"""What the list of events says of a claim: the provisions it is paid under, and its scholarships year by year
(part of the step *claim*).
"""

from typing import NamedTuple

from jamsos_sim.law.benefits import (
    is_waiting_over,
    jkk_death_lump_sum,
    jkk_periodic_benefit,
    jkk_total_disability_lump_sum,
    jkm_periodic_benefit,
    medical_care_benefit,
    temporary_incapacity_benefit,
)
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.scholarship import scholarship_of_family
from jamsos_sim.model.events import (
    JKK,
    JKM,
    LATE_MEMBER,
    NO_MEMBER,
    PARTY,
    PROVISIONS,
    SELF_PAYING_MEMBER,
    SPONSORED_MEMBER,
    Diary,
    family_code,
)
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.status import ACCIDENT, NEVER, TOTAL, WORK_DEATH
from jamsos_sim.model.steps.claim import age_of_child
from jamsos_sim.model.steps.heirs_wait import LateClaim, Waiting
from jamsos_sim.model.steps.injury import Injury, injury_benefit
from jamsos_sim.units import MONTHS_PER_YEAR

INJURY_CASH = ("jkk_disability", "jkk_periodic")
"""Provisions of an injury off which Jasa Raharja's payment can be taken: care and days lost are not."""


class Told(NamedTuple):
    """A claim to be told: whose it is, what it is paid on, and when.

    ``consecutive_months`` are those of the cover, ``injury`` that of an accident, ``children`` their birth
    months, ``offset`` the rupiah that Jasa Raharja pays in the insurer's stead.
    """

    month: int
    payment_month: int
    person: int
    event: int
    member: int
    consecutive_months: int
    injury: Injury | None
    has_scholarship: bool
    children: tuple[int, int]
    offset: int


def member_of(is_covered: bool, is_self_paid: bool) -> int:
    """Whose cover an event falls under."""
    if not is_covered:
        return NO_MEMBER
    return SELF_PAYING_MEMBER if is_self_paid else SPONSORED_MEMBER


def member_of_claim(row: int, member: int) -> int:
    """Whose cover a claim falls under, which may be borne by the city."""
    return LATE_MEMBER if row == ROW.liability_cases else member


def programme_of(event: int) -> int:
    """The insurance that pays on a death or an accident."""
    return JKK if event in (WORK_DEATH, ACCIDENT) else JKM


def benefits_of(told: Told, base: int, law: Law) -> dict[str, int]:
    """Provision to rupiah of the first payment of a claim; the parts add up to its amount."""
    if told.injury is not None:
        return _less(_injury_benefits(told.injury, base, law), INJURY_CASH, told.offset)
    if told.event == WORK_DEATH:
        parts = {
            "jkk_lump_sum": jkk_death_lump_sum(base, law),
            "jkk_periodic": jkk_periodic_benefit(law),
            "jkk_funeral": law.jkk_funeral,
        }
        return _less(parts, tuple(parts), told.offset)
    if not is_waiting_over(told.consecutive_months, law):
        return {"jkm_within_waiting": law.jkm_within_waiting}
    return {
        "jkm_lump_sum": law.jkm_lump_sum,
        "jkm_periodic": jkm_periodic_benefit(law),
        "jkm_funeral": law.jkm_funeral,
    }


def _less(parts: dict[str, int], names: tuple[str, ...], offset: int) -> dict[str, int]:
    """Parts of a benefit without an amount, which is taken off the named ones in their order."""
    for name in names:
        taken = min(offset, parts.get(name, 0))
        parts, offset = {**parts, name: parts.get(name, 0) - taken}, offset - taken
    return parts


def _injury_benefits(injury: Injury, base: int, law: Law) -> dict[str, int]:
    care = medical_care_benefit(True, injury.cost, law)
    incapacity = temporary_incapacity_benefit(True, base, injury.days, law)
    parts = {"jkk_care": care, "jkk_incapacity": incapacity}
    if injury.severity == TOTAL:
        lump_sum = jkk_total_disability_lump_sum(base, law)
        return {**parts, "jkk_disability": lump_sum, "jkk_periodic": jkk_periodic_benefit(law)}
    return {**parts, "jkk_disability": injury_benefit(True, injury, base, law) - care - incapacity}


def scholarships_of(told: Told, law: Law) -> list[int]:
    """Rupiah of scholarships of each year from the first payment on, up to the last child's last."""
    if not told.has_scholarship:
        return []
    first, second = (age_of_child(birth, told.month, told.payment_month) for birth in told.children)
    return [scholarship_of_family(first, second, year, law) for year in range(law.scholarship_end_age)]


def tell_late_claim(diary: Diary, heirs: Waiting, late: LateClaim, children: tuple[int, int]) -> None:
    """Write a claim that was filed late into the diary, and what became of the family after all."""
    if late.claim.row == NEVER:
        return
    (month, _), terms, law = heirs.rules
    case = heirs.case
    told = Told(
        month=month,
        payment_month=month + late.claim.delay,
        person=heirs.person,
        event=case.event,
        member=member_of_claim(late.claim.row, member_of(True, case.is_self_paid)),
        consecutive_months=case.cover.consecutive_months,
        injury=None,
        has_scholarship=late.claim.has_scholarship,
        children=children,
        offset=late.claim.offset,
    )
    tell_claim(diary, told, terms.policy.declared_base, law)
    if late.family != NEVER:
        diary.amend("death", month, heirs.person, family=family_code(late.family))
    if late.gap_loss:
        diary.tell("gap_loss", month, heirs.person, reason=case.event, amount=late.gap_loss)


def receiver_of(provision: str, event: int) -> int:
    """Who receives a benefit."""
    if provision == "jkk_care":
        return PARTY["clinic"]
    return PARTY["worker" if event == ACCIDENT else "family"]


def tell_claim(diary: Diary, told: Told, base: int, law: Law) -> None:
    """Write a claim, its benefits and its scholarships into the diary."""
    where = {"month": told.month, "person": told.person, "member": told.member}
    diary.tell("claim", reason=programme_of(told.event), payment_month=told.payment_month, **where)
    paid = {**where, "payer": PARTY["city" if told.member == LATE_MEMBER else "insurer"]}
    for provision, amount in benefits_of(told, base, law).items():
        if amount:
            receiver, reason = receiver_of(provision, told.event), PROVISIONS.index(provision)
            payment = {"amount": amount, "payment_month": told.payment_month}
            diary.tell("benefit", reason=reason, receiver=receiver, **payment, **paid)
    for year, amount in enumerate(scholarships_of(told, law)):
        if amount:
            payment = {"amount": amount, "payment_month": told.payment_month + year * MONTHS_PER_YEAR}
            reason, receiver = programme_of(told.event), PARTY["family"]
            diary.tell("scholarship", reason=reason, receiver=receiver, **payment, **paid)
