"""Months paid for people whom the programme is not meant for (salah sasaran; part of *contribute*)."""

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.model.context import Chances, Long
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.status import DEAD, FORMAL, LEFT, NEVER, NO_PERSON, PRESENCES, RETIRED
from jamsos_sim.population.registry import HIGHEST_DECILE

DECILES = HIGHEST_DECILE + 1
KINDS = PRESENCES * 2 * DECILES
"""How many kinds of people there are, of those that decide whether the programme is meant for them."""


@rule
def wrong_row(presence: int, is_insured: bool, decile: int, chances: Chances) -> int:
    """Row of the ledger that counts a month paid for somebody who is not meant, or `NEVER`."""
    if presence == NO_PERSON:
        return ROW.paid_for_duplicates
    if presence == DEAD:
        return ROW.paid_for_dead
    if presence == LEFT:
        return ROW.paid_for_moved
    if presence == RETIRED:
        return ROW.paid_for_retired
    if presence == FORMAL or is_insured:
        return ROW.paid_for_insured
    return ROW.paid_for_better_off if decile > chances.vulnerable_decile else NEVER


@rule
def kind_of(presence: int, is_insured: int, decile: int) -> int:
    """Number of the kind of a person."""
    # Without the compiler the columns give small integers, in which the number would not fit.
    return (int(presence) * 2 + int(is_insured)) * DECILES + int(decile)


@called_from_compiled
def rows_of_kinds(chances: Chances) -> Long:
    """What `wrong_row` says of each kind: a loop looks it up, because nobody could guess it from person to
    person, and a wrong guess costs a processor more than the look.
    """
    rows = np.empty(KINDS, dtype=np.int64)
    for presence in range(PRESENCES):
        for is_insured in range(2):
            for decile in range(DECILES):
                kind = kind_of(presence, is_insured, decile)
                rows[kind] = wrong_row(presence, is_insured == 1, decile, chances)
    return rows
