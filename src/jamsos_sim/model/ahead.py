"""What a run can look up instead of asking everybody: whose draws can matter, who belongs where, and whose
birthday it is.

The bounds are those of the world, wide enough for every scenario; within them each step decides by its rule.
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.model.context import Chances, Hazards, People
from jamsos_sim.model.draws_ahead import Bounds, bounds_below, foresee
from jamsos_sim.model.foreseen import Ahead, Drawn, Neighbours, grouped
from jamsos_sim.model.steps.climb import decile_steps_of
from jamsos_sim.model.steps.face_risk import OLDEST
from jamsos_sim.units import CHANCE_SCALE, MONTHS_PER_YEAR, PARTS_PER_MILLION, rounded_share

ORDINARY_SHARE_PPM = 300_000
"""Share of a community on the list up to which its members' hearing from friends is foreseen; in the few
communities beyond it, or with a meeting or a claim, everybody is asked. It decides on speed alone.
"""


def ahead_of(people: People, hazards: Hazards, chances: Chances, months: tuple[int, int]) -> Ahead:
    """Look ahead in a world, from its first month to before the last one of ``months``.

    ``people`` are those of the world as every run finds them.
    """
    count = len(people.key)
    ordinary = rounded_share(chances.hear_from_peers, ORDINARY_SHARE_PPM, PARTS_PER_MILLION)
    application = bounds_below(count, chances.application)
    # Nobody forgets the programme, so who knows it from the start need not hear of it.
    hearing = Bounds(np.array([ordinary, 0]), np.full(2, CHANCE_SCALE), people.is_aware.astype(np.int16))

    def of(decision: int, bounds: Bounds) -> Drawn:
        return foresee(people.key, people.arrival_month, months, decision, bounds)

    def beside_neighbours(found: Drawn) -> Neighbours:
        return Neighbours(*found, people.community.take(found.persons))

    return Ahead(
        move=of(chance.DECISION_MOVE, bounds_of_move(people, chances, months[1])),
        risk=of(chance.DECISION_RISK, bounds_of_risk(people, hazards, months[1])),
        hear=beside_neighbours(of(chance.DECISION_HEAR, hearing)),
        apply=beside_neighbours(of(chance.DECISION_APPLY, application)),
        steps=decile_steps_of(people, chances, range(*months)),
        members=grouped(people.community, int(people.community.max()) + 1),
        birthdays=grouped(people.birth_month % MONTHS_PER_YEAR, MONTHS_PER_YEAR),
        ordinary_hearing=ordinary,
    )


def widest_move(chances: Chances) -> int:
    """Threshold that none of the ways to go exceeds."""
    return chances.moving_out + max(chances.to_formal + chances.retirement, chances.to_informal)


def bounds_of_move(people: People, chances: Chances, stop: int) -> Bounds:
    """Between which draws a person stays in every month before ``stop``: the young do not retire."""
    grows_old = (stop - people.birth_month) // MONTHS_PER_YEAR >= chances.retirement_age
    young = chances.moving_out + max(chances.to_formal, chances.to_informal)
    below = np.array([young, widest_move(chances)])
    return Bounds(below, np.full(2, CHANCE_SCALE), grows_old.astype(np.int16))


def bounds_of_risk(people: People, hazards: Hazards, stop: int) -> Bounds:
    """Between which draws a person is safe in every month before ``stop``: no death, no accident.

    Nobody's chance of death in the run is above the highest of the table up to the age at its end, in the
    decile in which most die.
    """
    usual = np.maximum.accumulate(hazards.death.max(axis=0), axis=1)
    by_age = np.minimum(CHANCE_SCALE, usual * hazards.by_decile.max() // PARTS_PER_MILLION)
    oldest = np.clip((stop - people.birth_month) // MONTHS_PER_YEAR, 0, OLDEST).astype(np.int16)
    # A kind for each sex, age at the end and trade.
    below = np.maximum(by_age[:, :, np.newaxis], hazards.fatal_accident)
    above = np.broadcast_to(CHANCE_SCALE - hazards.accident, below.shape)
    kind = (people.sex * np.int16(by_age.shape[1]) + oldest) * np.int16(hazards.accident.size)
    return Bounds(below.ravel(), above.ravel(), kind + people.occupation)
