"""What counts as a work accident, by when it must be reported and claimed, and who else pays."""

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import (
    BEARER_CITY,
    BEARER_INSURER,
    BEARER_RECIPIENT,
    CAUSE_COMMUTE,
    CAUSE_DISEASE,
    CAUSE_VIOLENCE,
    CAUSE_WORK,
    NO_CEILING,
    PAYER_APBD,
)
from jamsos_sim.units import MONTHS_PER_YEAR


@rule
def is_work_related(cause: int, law: Law) -> bool:
    """Whether a cause (code of `CAUSES`) is a work accident or occupational disease, so that JKK pays."""
    if cause == CAUSE_COMMUTE:
        return law.covers_commuting == 1
    if cause == CAUSE_DISEASE:
        return law.covers_occupational_disease == 1
    if cause == CAUSE_VIOLENCE:
        return law.covers_violence == 1
    return cause == CAUSE_WORK


@rule
def is_claim_in_time(event_month: int, claim_month: int, law: Law) -> bool:
    """Whether a JKK claim is made before the right to it lapses.

    ``event_month`` is the month of the accident or of the diagnosis; ``law`` is that of the event.
    """
    return claim_month - event_month <= law.claim_years * MONTHS_PER_YEAR


@rule
def is_report_in_time(hours: int, law: Law) -> bool:
    """Whether the stage-I report came within the hours the law gives."""
    return hours <= law.report_hours


@rule
def is_conclusion_in_time(days: int, law: Law) -> bool:
    """Whether the conclusion on a suspected work accident came within the days after the stage-I report."""
    return law.provisional_days == NO_CEILING or days <= law.provisional_days


@rule
def is_accident_proven(witnesses: int, is_traffic: bool, has_police_report: bool, law: Law) -> bool:
    """Whether a BPU member proves an accident: by witnesses, and in traffic by a police report too."""
    if is_traffic and not has_police_report:
        return False
    return witnesses >= law.witnesses_needed


@rule
def is_payment_in_time(day: int, law: Law) -> bool:
    """Whether a contribution paid on this day of the month came in time."""
    return day <= law.payment_day


@rule
def is_benefit_in_time(working_days: int, law: Law) -> bool:
    """Whether JKM was paid within the standard after a complete file, in working days."""
    return working_days <= law.jkm_payment_working_days


@rule
def after_traffic_insurance(amount: int, traffic_payment: int, is_medical: bool, law: Law) -> int:
    """Rupiah of JKK left after the traffic insurance (Jasa Raharja) has paid: the reading of U22."""
    is_offset = law.traffic_offsets_medical if is_medical else law.traffic_offsets_cash
    if not is_offset:
        return amount
    return max(amount - traffic_payment, 0)


@rule
def does_health_insurance_pay(cause: int, law: Law) -> bool:
    """Whether JKN pays for the care: not for a work accident or occupational disease."""
    return not is_work_related(cause, law)


@rule
def bearer_of_late_transfer(payer: int, is_inactive: bool, law: Law) -> int:
    """Who bears the benefit of a month the city has not paid for (code of `BEARERS`): the reading of U6.

    Only a member whom the city pays for and who is not yet inactive is meant; anybody else bears the loss.
    """
    if payer != PAYER_APBD or is_inactive:
        return BEARER_RECIPIENT
    return law.late_transfer_bearer


@rule
def city_pays_benefit(amount: int, bearer: int) -> int:
    """Rupiah of a benefit that falls on the city, by who bears it."""
    return amount if bearer == BEARER_CITY else 0


@rule
def insurer_pays_benefit(amount: int, is_covered: bool, bearer: int) -> int:
    """Rupiah of a benefit that falls on the insurer: with cover, or when it bears a late transfer."""
    return amount if is_covered or bearer == BEARER_INSURER else 0
