"""The coverage clock replayed: month by month from payments to cover and counts, late payments included."""

from collections.abc import Iterable
from typing import NamedTuple

from jamsos_sim.law.coverage import (
    NO_MEMBERSHIP,
    Membership,
    after_payment,
    completed_months,
    consecutive_months,
    contribution_period,
    is_covered,
    is_covered_by_late_payment,
    is_inactive,
)
from jamsos_sim.law.in_force import Law


class Payment(NamedTuple):
    """A contribution: the month it is for and the month in which the insurer received it."""

    month: int
    paid_in: int


class CoverageMonth(NamedTuple):
    """Where a member stands in one month, once all payments are known.

    ``consecutive_months`` counts the month itself if it is paid, ``completed_months`` only those before it.
    """

    month: int
    is_paid: bool
    is_covered: bool
    is_inactive: bool
    consecutive_months: int
    completed_months: int
    paid_months: int
    contribution_period: int


def coverage_calendar(payments: Iterable[Payment], start: int, stop: int, law: Law) -> list[CoverageMonth]:
    """Cover and counts of every month from ``start`` to before ``stop``.

    A late payment that arrives when the membership is already inactive is not accepted: the member returns by
    paying onward. Nothing is covered before the first money arrives. Payments are booked by the month they
    are for; who pays does not matter.
    """
    received = {payment.month: payment for payment in sorted(payments, reverse=True)}
    first_receipt = min((payment.paid_in for payment in received.values()), default=stop)
    membership = NO_MEMBERSHIP
    calendar = []
    for month in range(min([start, *received]), stop):
        payment = received.get(month)
        if payment is not None and not _is_accepted(payment, membership, law):
            payment = None
        covered = is_covered(membership, month, law)
        if payment is not None:
            covered = is_covered_by_late_payment(membership, month, payment.paid_in, law)
            membership = after_payment(membership, month, law)
        if month >= start:
            is_paid, has_begun = payment is not None, month >= first_receipt
            calendar.append(_row(membership, month, is_paid, covered and has_begun, law))
    return calendar


def _is_accepted(payment: Payment, membership: Membership, law: Law) -> bool:
    is_arrears = payment.paid_in > payment.month and membership != NO_MEMBERSHIP
    return not (is_arrears and is_inactive(membership, payment.paid_in, law))


def _row(membership: Membership, month: int, is_paid: bool, covered: bool, law: Law) -> CoverageMonth:
    return CoverageMonth(
        month,
        is_paid,
        covered,
        is_inactive(membership, month, law),
        consecutive_months(membership, month, law),
        completed_months(membership, month, law),
        membership.paid_months,
        contribution_period(membership, month, law),
    )
