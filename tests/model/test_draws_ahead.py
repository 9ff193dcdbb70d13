"""What is foreseen of a world's people is what asking everybody would give."""

from typing import Any

import numpy as np
import pytest

from jamsos_sim import chance
from jamsos_sim.compiled import plainly
from jamsos_sim.model import draws_ahead
from jamsos_sim.model.ahead import bounds_of_move, bounds_of_risk, widest_move
from jamsos_sim.model.draws_ahead import Bounds, bounds_below, draw_in_blocks, foresee
from jamsos_sim.model.foreseen import Drawn, Foreseen, grouped
from jamsos_sim.model.status import FORMAL, INFORMAL, RETIRED
from jamsos_sim.model.steps import climb
from jamsos_sim.model.steps.climb import decile_steps_of
from jamsos_sim.model.steps.move import mobility_of, presence_after_move
from jamsos_sim.units import CHANCE_SCALE
from tests.model.worlds import START, world

PEOPLE, MONTHS = 9_000, 12
"""More people than one block of them."""
KEYS = chance.keys_of(7, PEOPLE)
EACH = np.arange(PEOPLE, dtype=np.int16)
"""A kind of its own for everybody."""
NOBODY_NEW = np.zeros(PEOPLE, dtype=np.int32)


def drawn(month: int) -> np.ndarray:
    return chance.recurring_draws(KEYS, month, chance.DECISION_RISK)


def ahead(bounds: Bounds, arrivals: np.ndarray = NOBODY_NEW) -> Drawn:
    return foresee(KEYS, arrivals, (START, START + MONTHS), chance.DECISION_RISK, bounds)


def part(found: Foreseen | Drawn, number: int) -> np.ndarray:
    """The people of one month, or of one group."""
    return found.persons[found.start[number] : found.start[number + 1]]


def test_every_month_has_the_people_whose_draw_lies_outside_their_own_bounds() -> None:
    below = np.arange(PEOPLE, dtype=np.int64) * (CHANCE_SCALE // 3 // PEOPLE)
    above = CHANCE_SCALE - below // 2
    found = ahead(Bounds(below, above, EACH))
    for elapsed in range(MONTHS):
        draws = drawn(START + elapsed)
        expected = np.flatnonzero((draws < below) | (draws >= above))
        assert part(found, elapsed).tolist() == expected.tolist()
    assert found.persons.size > 0


@pytest.mark.parametrize("lowest", [1, 2, 64, 126, 127, 128, 129, 200, 255, 256])
@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_nobody_is_missed_at_the_edge_of_a_byte(lowest: int, beside: int) -> None:
    bound = min(CHANCE_SCALE, lowest * (CHANCE_SCALE // 256) + beside)
    below = np.where(np.arange(PEOPLE) % 2 == 0, bound, 0)
    above = np.where(np.arange(PEOPLE) % 2 == 0, CHANCE_SCALE, CHANCE_SCALE - bound)
    found = ahead(Bounds(below, above, EACH))
    for elapsed in range(MONTHS):
        draws = drawn(START + elapsed)
        assert part(found, elapsed).tolist() == np.flatnonzero((draws < below) | (draws >= above)).tolist()


@pytest.mark.parametrize("months", [(START + 1, START + 2), (START + 3, START + 22), (START + 7, START + 8)])
def test_a_run_may_begin_and_end_within_eight_months(months: tuple[int, int]) -> None:
    bounds = bounds_below(PEOPLE, CHANCE_SCALE // 50)
    arrivals = np.sort(np.arange(PEOPLE) % 26 + START - 2).astype(np.int32)
    found = foresee(KEYS, arrivals, months, chance.DECISION_RISK, bounds)
    for elapsed, month in enumerate(range(*months)):
        expected = np.flatnonzero((drawn(month) < CHANCE_SCALE // 50) & (arrivals <= month))
        assert part(found, elapsed).tolist() == expected.tolist()


def test_nobody_is_foreseen_before_the_month_of_arrival() -> None:
    arrivals = np.full(PEOPLE, START + 5, dtype=np.int32)
    found = ahead(bounds_below(PEOPLE, CHANCE_SCALE), arrivals)
    assert [part(found, elapsed).size for elapsed in range(MONTHS)] == [0] * 5 + [PEOPLE] * 7


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_as_many_are_found_as_are_expected_however_many_there_are(share: float) -> None:
    found = ahead(bounds_below(PEOPLE, round(share * CHANCE_SCALE)))
    expected = PEOPLE * MONTHS * share
    assert abs(found.persons.size - expected) <= 4 * np.sqrt(expected * (1 - share))
    assert np.array_equal(found.start, np.append(0, np.cumsum(np.diff(found.start))))
    for elapsed in range(MONTHS):
        persons = part(found, elapsed)
        assert np.array_equal(persons, np.unique(persons))


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rooms with which people are drawn for, one for each walk."""
    rooms: list[int] = []

    def watched(keys: Any, arrived: Any, first: Any, bounds: Any, found: Any) -> Any:
        rooms.append(found[0].size // arrived.shape[1])
        return draw_in_blocks(keys, arrived, first, bounds, found)

    monkeypatch.setattr(draws_ahead, "draw_in_blocks", watched)
    return rooms


def test_too_little_room_loses_nobody(monkeypatch: pytest.MonkeyPatch, walks: list[int]) -> None:
    bounds, where = bounds_below(PEOPLE, CHANCE_SCALE // 3), world()
    people, months = where.beginning.people, range(START, START + 60)
    expected = ahead(bounds), decile_steps_of(people, where.chances, months)
    stepping: list[int] = []

    def too_little(most: int, expected: int) -> tuple[int, int]:
        stepping.append(most)
        return 100, most

    for module in (draws_ahead, climb):
        monkeypatch.setattr(module, "rooms", too_little)
    found = ahead(bounds), decile_steps_of(people, where.chances, months)
    assert walks[1:] == [100, PEOPLE]
    assert expected[1].persons.size > 100 and len(stepping) == 2
    for ours, theirs in zip(found, expected, strict=True):
        assert all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.3, 1.0])
def test_at_first_there_is_room_for_all_who_are_found_and_little_more(share: float, walks: list[int]) -> None:
    many = 10 * PEOPLE
    bounds = bounds_below(many, round(share * CHANCE_SCALE))
    months = (START, START + MONTHS)
    found = foresee(
        chance.keys_of(7, many), np.zeros(many, dtype=np.int32), months, chance.DECISION_RISK, bounds
    )
    assert len(walks) == 1
    assert np.diff(found.start).max() <= walks[0] <= min(many, 1.07 * share * many + draws_ahead.SPARE_PLACES)


def test_without_compiled_code_the_same_people_are_found() -> None:
    below = np.where(np.arange(PEOPLE) % 7 == 0, CHANCE_SCALE, np.arange(PEOPLE) * 10**4)
    bounds = Bounds(below, np.maximum(below, CHANCE_SCALE - 10**6), EACH)
    arrivals = np.sort(np.arange(PEOPLE) % 15 + START - 2).astype(np.int32)
    with plainly():
        walked = ahead(bounds, arrivals)
    assert all((ours == theirs).all() for ours, theirs in zip(ahead(bounds, arrivals), walked, strict=True))


def test_a_group_has_its_people_in_the_order_of_their_rows() -> None:
    groups = np.array([2, 0, 2, 1, 0], dtype=np.int32)
    found = grouped(groups, 4)
    assert [part(found, group).tolist() for group in range(4)] == [[1, 4], [3], [0, 2], []]


def test_nobody_moves_whose_draw_is_not_below_the_widest_move() -> None:
    mobility, widest = mobility_of(world().chances), widest_move(world().chances)
    for presence in (INFORMAL, FORMAL, RETIRED):
        for age in (20, 90):
            assert presence_after_move(presence, age, widest, mobility) == presence
    assert presence_after_move(INFORMAL, 90, widest - 1, mobility) != INFORMAL


def test_nobody_moves_before_growing_old_whose_draw_is_not_below_the_own_bound() -> None:
    where = world()
    bounds = bounds_of_move(where.beginning.people, where.chances, where.period.stop)
    below, mobility = bounds.below[bounds.kind].tolist(), mobility_of(where.chances)
    oldest = ((where.period.stop - 1 - where.workers.birth_month) // 12).tolist()
    assert set(bounds.kind.tolist()) == {0, 1}
    for age, drawn_at_least in set(zip(oldest, below, strict=True)):
        for presence in (INFORMAL, FORMAL, RETIRED):
            assert presence_after_move(presence, age, drawn_at_least, mobility) == presence
    assert presence_after_move(FORMAL, 20, min(below) - 1, mobility) != FORMAL


def test_no_chance_of_death_in_the_run_is_above_the_bound_of_a_person() -> None:
    where = world()
    bounds = bounds_of_risk(where.beginning.people, where.hazards, where.period.stop)
    below, above = bounds.below[bounds.kind], bounds.above[bounds.kind]
    birth, sex = where.workers.birth_month, where.workers.sex
    for month in range(where.period.start, where.period.stop, 12):
        age = np.clip((month - birth) // 12, 0, 100)
        usual = where.hazards.death[(month - START) // 12, sex, age]
        for factor in where.hazards.by_decile.tolist():
            assert (np.minimum(CHANCE_SCALE, usual * factor // 1_000_000) <= below).all()
    assert (above == CHANCE_SCALE - where.hazards.accident[where.workers.occupation]).all()
