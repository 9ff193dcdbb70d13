"""To whom a death benefit goes: heirs in their order, and what happens when there are none."""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_HEIR


class Family(NamedTuple):
    """Which kinds of heirs are alive (1 or 0), in the order of `HEIRS`."""

    spouse_or_child: int
    blood_line: int
    siblings: int
    parents_in_law: int
    named_in_will: int


class Division(NamedTuple):
    """Rupiah of a death benefit to the heirs, to who arranged the funeral, to the social security fund."""

    heirs: int
    funeral_arranger: int
    fund: int


@rule
def first_heir(family: Family, law: Law) -> int:
    """Kind of heir (code of `HEIRS`) that receives the benefit, or `NO_HEIR`."""
    for heir in law.heir_order:
        if family[heir]:
            return heir
    return NO_HEIR


@rule
def divided(amount: int, funeral: int, heir: int) -> Division:
    """A death benefit divided: all to the heirs; without heirs the funeral cost and the rest apart."""
    if heir != NO_HEIR:
        return Division(amount, 0, 0)
    to_arranger = min(funeral, amount)
    return Division(0, to_arranger, amount - to_arranger)
