"""The beginning of a run in a world: fresh columns of people, communities and kelurahan, an empty ledger and
empty cells.
"""

from typing import TYPE_CHECKING

import numpy as np

from jamsos_sim import chance
from jamsos_sim.model.cells import cells_of_people, empty_cells
from jamsos_sim.model.context import City, Communities, People, Territory
from jamsos_sim.model.copies import copied
from jamsos_sim.model.events import CLOSED, Diary
from jamsos_sim.model.ledger import empty_ledger
from jamsos_sim.model.status import DEAD, LEFT, NEVER, NO_PERSON, NOT_ARRIVED, NOT_LISTED, UNTRAINED
from jamsos_sim.population.hardship_codes import hardship_codes
from jamsos_sim.population.region import Region
from jamsos_sim.population.workers import PERSON
from jamsos_sim.units import threshold_of

if TYPE_CHECKING:
    from jamsos_sim.model.world import World

PRESENCE_BEHIND = np.array([NOT_ARRIVED, NO_PERSON, DEAD, LEFT], dtype=np.int8)
"""Where somebody is at the start, by what stands behind the row (`population.workers`)."""

COMMUNITY_NUMBERS = 2**40
"""Communities are numbered apart from people, so that no two things share a key."""


def risk_ranks(region: Region) -> np.ndarray:
    """Rank of each occupation by accident risk: 0 is the riskiest."""
    order = sorted(
        range(len(region.occupations)), key=lambda code: (-region.occupations[code].relative_risk, code)
    )
    return np.argsort(order).astype(np.int8)


def people_of(world: "World") -> People:
    """Columns of people at the start of a run; those that a run changes are not the world's own."""
    workers, records, count = world.workers, world.records, len(world.workers.birth_month)
    key = world.keys
    aware = chance.draws(key, 0, chance.DECISION_AWARE_AT_START)

    def never() -> np.ndarray:
        return np.full(count, NEVER, dtype=np.int16)

    def tiny(value: int) -> np.ndarray:
        return np.full(count, value, dtype=np.int8)

    cells = cells_of_people(world.region, workers.kelurahan, workers.occupation, workers.sex)
    return People(
        key=key,
        order=chance.draws(key, 0, chance.DECISION_LIST_ORDER),
        birth_month=workers.birth_month,
        sex=workers.sex,
        kelurahan=workers.kelurahan,
        occupation=workers.occupation,
        sector=workers.sector,
        risk_rank=risk_ranks(world.region)[workers.occupation],
        decile=workers.decile.copy(),
        decile_since=never(),
        income=workers.income.copy(),
        community=workers.community,
        first_child=workers.first_child,
        second_child=workers.second_child,
        arrival_month=workers.arrival_month,
        is_insured_elsewhere=workers.is_insured_elsewhere,
        is_misreported=records.is_misreported,
        has_valid_nik=workers.has_valid_nik.copy(),
        recorded_decile=records.decile.copy(),
        recorded_income=records.income,
        age=tiny(0),
        presence=PRESENCE_BEHIND[workers.behind],
        gone_since=never(),
        is_aware=(aware < threshold_of(world.draws["uptake.aware_at_start"])).astype(np.int8),
        status=tiny(NOT_LISTED),
        since=never(),
        proposed_since=never(),
        failed_since=never(),
        enrolled_since=never(),
        refusal=tiny(0),
        is_self_paid=tiny(0),
        last_paid_month=never(),
        run_start_month=never(),
        paid_months=np.zeros(count, dtype=np.int16),
        stretch_since=never(),
        paid_before=never(),
        event=tiny(NEVER),
        hardship=hardship_codes(workers, key, world.draws),
        training=tiny(UNTRAINED),
        trained_since=never(),
        income_gain=np.zeros(count, dtype=np.int32),
        parcel_month=never(),
        trait_cell=cells.trait,
        kecamatan_cell=cells.kecamatan,
        year_covered=tiny(0),
        year_paid=tiny(0),
        year_wrong=tiny(0),
        year_contributed=np.zeros(count, dtype=np.int32),
    )


def communities_of(world: "World") -> Communities:
    """Columns of communities at the start of a run."""
    present = (world.workers.arrival_month <= world.period.start) & (world.workers.behind == PERSON)
    count = int(world.workers.community.max()) + 1
    size = np.bincount(world.workers.community[present], minlength=count)
    return Communities(
        key=chance.keys_from(world.seed, COMMUNITY_NUMBERS, count),
        size=np.maximum(size, 1).astype(np.int32),
        enrolled=np.zeros(count, dtype=np.int64),
        claim_month=np.full(count, NEVER, dtype=np.int32),
        hearing=np.zeros(count, dtype=np.int64),
        application=np.zeros(count, dtype=np.int64),
    )


def territory_of(world: "World") -> Territory:
    """The kelurahan at the start of a run; their poor workers are not counted yet."""
    residents = [kelurahan.population for kelurahan in world.region.kelurahan]
    return Territory(np.array(residents, dtype=np.int64), *np.zeros((2, len(residents)), dtype=np.int64))


def city_at_start(world: "World") -> City:
    """All columns of a world at the start of a run, with an empty ledger and empty cells."""
    return City(
        people_of(world),
        communities_of(world),
        territory_of(world),
        world.hazards,
        empty_ledger(world.period.stop - world.period.start),
        empty_cells(world.region, *world.period),
    )


def city_of(world: "World", diary: Diary = CLOSED, is_alone: bool = False) -> City:
    """The columns of one run in a world, its own to change; an open diary takes its events.

    A run that ``is_alone`` in beginning there takes the world's columns instead of copying them, which takes
    as long as several months; the world makes them anew for whoever asks again.
    """
    beginning: City = world.beginning
    if is_alone:
        world.forget_beginning()
        return beginning._replace(diary=diary)
    return copied(beginning)._replace(diary=diary)
