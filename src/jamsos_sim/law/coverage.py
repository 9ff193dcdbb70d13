"""The coverage clock: what payments do to cover, to the consecutive count and to the contribution period.

A membership is three months-and-counts that a payment moves forward. Payments are booked in the order of
the months they are for; the rules are asked about the month of the latest payment or a later one.
`coverage_calendar` in `calendar.py` replays a whole history, with payments that come late.
"""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NEVER


class Membership(NamedTuple):
    """Where a member stands.

    ``last_paid_month`` is the latest month paid for (`NEVER` before the first payment), ``paid_months`` all
    months ever paid. ``run_start_month`` is where the present run of consecutive months would have begun
    without a gap: a gap that does not break the run moves it forward, so that only paid months are counted.
    """

    last_paid_month: int
    run_start_month: int
    paid_months: int


NO_MEMBERSHIP = Membership(NEVER, NEVER, 0)


@rule
def months_unpaid(membership: Membership, month: int) -> int:
    """Months up to and including ``month`` for which nothing is paid; 0 in a paid month."""
    if membership.last_paid_month == NEVER:
        return 0
    return max(month - membership.last_paid_month, 0)


@rule
def after_payment(membership: Membership, month: int, law: Law) -> Membership:
    """Membership after the contribution for ``month`` is paid; a month paid already changes nothing."""
    last_paid, run_start, paid = (
        membership.last_paid_month,
        membership.run_start_month,
        membership.paid_months,
    )
    gap = month - last_paid - 1
    if last_paid == NEVER or gap >= law.unpaid_months_that_reset:
        run_start = month
    elif gap > 0:
        run_start = run_start + gap
    if last_paid == NEVER or gap >= 0:
        last_paid = month
        paid = paid + 1
    return Membership(last_paid, run_start, paid)


@rule
def is_covered(membership: Membership, month: int, law: Law) -> bool:
    """Whether an accident or death in ``month`` is covered, as payments stand.

    Cover starts with the first payment. A month in arrears is covered only if the reading of U5 says so
    without condition; if it is paid later, ask `is_covered_by_late_payment`.
    """
    if membership.last_paid_month == NEVER:
        return False
    return month - membership.last_paid_month <= law.unpaid_months_covered


@rule
def is_covered_by_late_payment(membership: Membership, month: int, paid_in: int, law: Law) -> bool:
    """Whether ``month`` is covered when its contribution is paid in the month ``paid_in``.

    ``membership`` stands as it did before that payment. A payment in time covers. A late one covers only a
    member who is not yet inactive, and only if the reading of U5 lets paid arrears count.
    """
    if paid_in <= month:
        return True
    if is_covered(membership, month, law):
        return True
    if membership.last_paid_month == NEVER or law.covers_paid_arrears == 0:
        return False
    return paid_in - membership.last_paid_month <= law.months_unpaid_to_inactive


@rule
def is_inactive(membership: Membership, month: int, law: Law) -> bool:
    """Whether the membership is inactive in ``month``: so many months before it are unpaid.

    The unpaid months have to be over. With three of them the member of a payment for March is in arrears from
    April to June, may still pay in June, and is inactive from July.
    """
    if membership.last_paid_month == NEVER:
        return True
    return month - membership.last_paid_month > law.months_unpaid_to_inactive


@rule
def consecutive_months(membership: Membership, month: int, law: Law) -> int:
    """Consecutive contribution months (bulan berturut-turut) paid up to ``month``, that month included if
    paid.

    Unpaid months are not counted. How many of them break the run is the reading of U3; the last of them has
    to be over. The waiting time of JKM counts the completed ones among them, see `completed_months`.
    """
    last_paid = membership.last_paid_month
    if last_paid == NEVER or month - last_paid > law.unpaid_months_that_reset:
        return 0
    return last_paid - membership.run_start_month + 1


@rule
def completed_months(membership: Membership, month: int, law: Law) -> int:
    """Consecutive contribution months completed before ``month``: what the waiting time of JKM asks for.

    The month of a death is itself not completed. A cohort paid for October to December therefore reaches the
    full benefit in January, if it is covered then.
    """
    count = consecutive_months(membership, month, law)
    if count > 0 and membership.last_paid_month >= month:
        return count - 1
    return count


@rule
def months_ever_completed(membership: Membership, month: int) -> int:
    """Contribution months ever paid and completed before ``month``, whatever gaps lie between them."""
    return membership.paid_months - 1 if membership.last_paid_month == month else membership.paid_months


@rule
def contribution_period(membership: Membership, month: int, law: Law) -> int:
    """Contribution period (masa iur, months) that counts for the JKM scholarship: the reading of U4."""
    if law.scholarship_counts_consecutive:
        return consecutive_months(membership, month, law)
    return membership.paid_months
