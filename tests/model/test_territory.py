"""Places by territory and by order: quotas add up, nothing stays unused, and the order is the stated one."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.model.beginning import city_of
from jamsos_sim.model.context import City
from jamsos_sim.model.queue import NOBODY, Queue, Standing, open_proposal, priority_rank, queue_key
from jamsos_sim.model.status import LONGEST_WAITING, NEVER, PRIORITIES, SPLITS, SPONSORED, WAITING
from jamsos_sim.model.territory import by_kelurahan, coverage_rank, first_within, quotas
from tests.model.worlds import clause, draft, months_of, world

Longs = npt.NDArray[np.int64]
PLENTY = (
    "budget.appropriation: 40_000_000_000, list.candidates_per_place: 5.0, eligibility.income_ceiling: null, "
    "verification.capacity_per_month: 10_000_000, registration.capacity_per_month: 10_000_000"
)
PLACES = 20_000


@cache
def enrolled_by_kelurahan(levers: str) -> tuple[Longs, Longs]:
    """People on the list at the end of 2023 and recorded poor workers in January, by kelurahan."""
    body = clause(f"places: {PLACES}, budget.months_paid: 12, budget.first_paid_month: 1, {PLENTY}, {levers}")
    poor = np.zeros(0, dtype=np.int64)
    for rules, kernel in months_of(draft(body), world(0, 8_000, "2023-12")):
        if rules.moment.elapsed == 0:
            recorded = kernel.city.people.recorded_decile
            poor = by_kelurahan(kernel.city, np.flatnonzero((recorded > 0) & (recorded <= 4)))
    return by_kelurahan(kernel.city, np.flatnonzero(kernel.city.people.status == SPONSORED)), poor


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.integers(0, 60_000), st.lists(st.integers(0, 60_000), min_size=1, max_size=54))
def test_quotas_add_up_to_the_places_and_follow_the_weights_within_one_place(
    places: int, weights: list[int]
) -> None:
    shares = quotas(places, np.array(weights, dtype=np.int64))
    assert shares.sum() == places
    total = sum(weights)
    for share, weight in zip(shares.tolist(), weights, strict=True):
        exact = places * weight / total if total else places / len(weights)
        assert abs(share - exact) < 1


def test_places_left_over_go_to_the_largest_remainders_and_then_to_the_lower_number() -> None:
    assert quotas(10, np.array([1, 1, 1])).tolist() == [4, 3, 3]
    assert quotas(10, np.array([45, 25, 30])).tolist() == [5, 2, 3]
    assert quotas(7, np.array([0, 0])).tolist() == [4, 3]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.data())
def test_quotas_are_filled_first_nothing_stays_unused_and_the_order_of_rows_does_not_matter(
    data: st.DataObject,
) -> None:
    city = small_city()
    persons = np.array(data.draw(st.lists(st.integers(0, 999), unique=True, max_size=80)), dtype=np.int64)
    ranks = data.draw(st.lists(st.integers(0, 10), min_size=persons.size, max_size=persons.size))
    keys = np.array(
        [
            queue_key(rank, int(city.people.order[at]), at)
            for rank, at in zip(ranks, persons.tolist(), strict=True)
        ],
        dtype=np.int64,
    )
    count = data.draw(st.integers(0, 90))
    room = np.array(data.draw(st.lists(st.integers(-3, 6), min_size=54, max_size=54)), dtype=np.int64)
    chosen = first_within(city, Queue(keys, persons), room, count)
    mixed = np.array(data.draw(st.permutations(range(persons.size))), dtype=np.int64)
    again = first_within(city, Queue(keys[mixed], persons[mixed]), room, count)
    assert set(chosen.tolist()) == set(again.tolist())
    assert chosen.size == min(count, persons.size) == len(set(chosen.tolist()))
    at_home = by_kelurahan(city, persons)
    fits = np.minimum(np.maximum(room, 0), at_home)
    if count <= fits.sum():
        assert np.all(by_kelurahan(city, chosen) <= fits)
    else:
        assert np.all(by_kelurahan(city, chosen) >= fits)


@cache
def small_city() -> City:
    return city_of(world(0, 1_000, "2023-12"))


@pytest.mark.parametrize("split", SPLITS)
def test_no_split_leaves_a_place_unused(split: str) -> None:
    enrolled, _ = enrolled_by_kelurahan(f"list.territorial_split: {split}")
    assert enrolled.sum() == world(0, 8_000, "2023-12").scale.of(PLACES)


def test_each_split_follows_what_it_is_named_for() -> None:
    def share_of(levers: str) -> Longs:
        return enrolled_by_kelurahan(levers)[0]

    where = world(0, 8_000, "2023-12")
    places = where.scale.of(PLACES)
    residents = np.array([each.population for each in where.region.kelurahan])
    by_people = share_of("list.territorial_split: by_population")
    equal = share_of("list.territorial_split: equal_by_kelurahan")
    by_poor, poor = enrolled_by_kelurahan("list.territorial_split: by_poor_workers")
    for enrolled, weights in ((by_people, residents), (by_poor, poor), (equal, np.ones(54, dtype=np.int64))):
        missed = np.abs(enrolled - quotas(places, weights)).sum() / places
        others = (
            np.abs(share_of("list.territorial_split: whole_city") - quotas(places, weights)).sum() / places
        )
        assert missed < 0.1, missed
        assert missed < others / 2


def test_the_formula_covers_the_poor_of_every_kelurahan_alike() -> None:
    def spread(levers: str) -> float:
        enrolled, poor = enrolled_by_kelurahan(levers)
        return float(np.std(enrolled / np.maximum(poor, 1)))

    assert spread("list.priority: kelurahan_formula") < spread("list.priority: poorest_first") / 2


def test_the_formula_ranks_by_the_share_that_would_be_covered() -> None:
    assert coverage_rank(0, 0, 200) == 1
    assert coverage_rank(99, 0, 200) == coverage_rank(0, 99, 200) == 100
    assert coverage_rank(0, 0, 0) == 200
    assert coverage_rank(10**6, 0, 1) == 255


def test_whoever_waits_longest_comes_first_and_nobody_waits_who_was_never_proposed() -> None:
    ranks = [priority_rank(LONGEST_WAITING, Standing(1, 1, 0, months)) for months in (0, 5, 90, NEVER)]
    assert ranks == sorted(ranks)
    assert open_proposal(30, 10, 24) == 6
    assert open_proposal(30, 31, 24) == open_proposal(NEVER, NEVER, 24) == NEVER == NOBODY


@pytest.mark.parametrize("priority", PRIORITIES)
def test_an_order_admits_as_many_as_any_other(priority: str) -> None:
    enrolled, _ = enrolled_by_kelurahan(f"list.priority: {priority}")
    assert enrolled.sum() == world(0, 8_000, "2023-12").scale.of(PLACES)


def test_under_the_longest_waiting_nobody_passes_one_who_was_proposed_earlier() -> None:
    body = clause("list.priority: longest_waiting, list.cohort_months: [1, 3, 5, 7, 9, 11], places: 8_000")
    seen = 0
    for rules, kernel in months_of(draft(body), world(0, 4_000, "2024-12")):
        people = kernel.city.people
        admitted = people.enrolled_since == rules.moment.month
        waiting = people.status == WAITING
        if admitted.any() and waiting.any():
            assert people.proposed_since[admitted].max() <= people.proposed_since[waiting].min()
            seen += 1
    assert seen >= 2
