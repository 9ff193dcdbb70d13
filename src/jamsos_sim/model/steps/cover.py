"""What a membership is worth in a month, when contributions arrive in time and when they arrive late.

The coverage clock counts the months that are paid for. Where the money of whoever pays for recipients is
transferred late, an accident or death of a month meets a membership of which the last months have not arrived
yet. Whether such a month is covered is the reading of U5, who bears the benefit where it is not that of U6.
"""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.coverage import (
    Membership,
    completed_months,
    contribution_period,
    is_covered,
    is_covered_by_late_payment,
    months_ever_completed,
)
from jamsos_sim.law.eligibility import is_cover_ended_by_age
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import BEARER_CITY, BEARER_INSURER
from jamsos_sim.model.context import Policy
from jamsos_sim.model.status import NEVER


class Cover(NamedTuple):
    """A membership in the month of an event; ``consecutive_months`` are those completed before it without a
    break, ``months_ever`` all of them.

    ``is_borne_by_city``: the insurer owes nothing, because the transfer is late, and the city pays instead.
    """

    is_covered: bool
    consecutive_months: int
    contribution_period: int
    months_ever: int
    is_borne_by_city: bool


class Arrival(NamedTuple):
    """How the contributions of a member reach the insurer.

    ``stretch_since`` is the first month of the present stretch of unbroken paid months, ``paid_before`` the
    last month paid for before it (`NEVER` for none), ``delay`` the months by which the money comes late.
    """

    stretch_since: int
    paid_before: int
    delay: int


@rule
def arrival_of(is_self_paid: bool, stretch_since: int, paid_before: int, policy: Policy) -> Arrival:
    """How the contributions of a member arrive; who pays alone pays in time."""
    return Arrival(stretch_since, paid_before, 0 if is_self_paid else policy.transfer_delay)


@rule
def is_covered_in(membership: Membership, age: int, month: int, law: Law) -> bool:
    """Whether a person of an age is covered in a month, when all that is paid came in time."""
    return is_covered(membership, month, law) and not is_cover_ended_by_age(age, law)


@rule
def cover_in(membership: Membership, age: int, month: int, law: Law) -> Cover:
    """What the membership of a person of an age is worth in a month, when all that is paid came in time."""
    return Cover(
        is_covered_in(membership, age, month, law),
        completed_months(membership, month, law),
        contribution_period(membership, month, law),
        months_ever_completed(membership, month),
        False,
    )


@rule
def latest_arrived(membership: Membership, arrival: Arrival, month: int) -> int:
    """The latest month whose contribution has arrived by a month, or `NEVER`."""
    if membership.last_paid_month == NEVER:
        return NEVER
    arrived = min(membership.last_paid_month, month - arrival.delay)
    return arrived if arrived >= arrival.stretch_since else arrival.paid_before


@rule
def is_covered_though_late(membership: Membership, arrival: Arrival, month: int, law: Law) -> bool:
    """Whether a month is covered although contributions arrive late.

    Nothing is covered before the first money has arrived. A month of which the money is on its way is covered
    if the reading of U5 lets paid arrears count and the membership will not have become inactive by then.
    """
    arrived = latest_arrived(membership, arrival, month)
    if arrived == NEVER:
        return False
    if is_covered(Membership(arrived, arrived, 1), month, law):
        return True
    if membership.last_paid_month != month:
        return False
    previous = month - 1 if arrival.stretch_since < month else arrival.paid_before
    return is_covered_by_late_payment(Membership(previous, previous, 1), month, month + arrival.delay, law)


@rule
def cover_of(membership: Membership, arrival: Arrival, age: int, month: int, law: Law) -> Cover:
    """What the membership of a person of an age is worth in a month, and who bears the benefit."""
    cover = cover_in(membership, age, month, law)
    if arrival.delay == 0 or not cover.is_covered:
        return cover
    if is_covered_though_late(membership, arrival, month, law) or law.late_transfer_bearer == BEARER_INSURER:
        return cover
    is_liable = law.late_transfer_bearer == BEARER_CITY
    return Cover(is_liable, cover.consecutive_months, cover.contribution_period, cover.months_ever, is_liable)
