import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jamsos_sim.population.communities import LARGEST, SMALLEST, communities_of, first_communities
from jamsos_sim.population.ordering import in_drawn_order
from jamsos_sim.population.sampling import codes_of, sampled

WEIGHTS = st.lists(st.integers(0, 2**30), min_size=8, max_size=8).filter(any)
PLACES = st.lists(st.integers(0, 2**27), min_size=3, max_size=3).filter(any)
OFFSETS = st.integers(0, 2**32 - 1)
SHAPE = (2, 2, 2, 1)


@given(WEIGHTS, PLACES, st.integers(1, 500), OFFSETS)
def test_every_kind_gets_its_expected_number_up_to_one(values, places, count, offset):
    weights = np.array(values, dtype=np.int64)
    people = sampled(weights.reshape(SHAPE), np.array(places), count, offset)
    assert people.kind.size == people.kelurahan.size == count
    counted = np.bincount(people.kind, minlength=weights.size)
    assert (abs(counted - weights / weights.sum() * count) <= 1 + 1e-9).all()


@given(WEIGHTS, PLACES, st.integers(1, 500), OFFSETS)
def test_nobody_stands_in_an_empty_kind_or_kelurahan(values, places, count, offset):
    weights = np.array(values, dtype=np.int64)
    people = sampled(weights.reshape(SHAPE), np.array(places), count, offset)
    assert (weights[people.kind] > 0).all()
    assert (np.array(places)[people.kelurahan] > 0).all()


@given(PLACES, st.integers(1, 2_000), OFFSETS)
def test_every_kelurahan_gets_its_share_also_within_a_kind(places, count, offset):
    people = sampled(np.ones(SHAPE, dtype=np.int64), np.array(places), count, offset)
    expected = np.array(places) / sum(places)
    for rows in (slice(None), people.kind == 3):
        kelurahan = people.kelurahan[rows]
        counted = np.bincount(kelurahan, minlength=3)
        assert (abs(counted - expected * kelurahan.size) < 5).all()


def test_the_codes_of_a_kind_are_its_place_in_the_table():
    codes = codes_of((2, 13, 14, 10))
    kind = np.ravel_multi_index((1, 5, 7, 9), (2, 13, 14, 10))
    assert (codes.sex[kind], codes.age_group[kind], codes.occupation[kind], codes.decile[kind]) == (
        1,
        5,
        7,
        9,
    )


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2**32 - 1)), min_size=1, max_size=200))
def test_rows_stand_by_group_and_inside_by_their_draw(rows):
    group, drawn = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    expected = sorted(range(len(rows)), key=lambda row: (*rows[row], row))
    assert in_drawn_order(drawn, group, 41).tolist() == expected


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.integers(0, 2**40))
def test_communities_hold_20_to_50_people_of_one_kelurahan(people, seed):
    counts = np.array(people, dtype=np.int64)
    community = communities_of(counts, seed)
    kelurahan = np.repeat(np.arange(counts.size), counts)
    first = first_communities(counts)
    assert community.size == counts.sum()
    assert (np.searchsorted(first, community, side="right") - 1 == kelurahan).all()
    sizes = np.bincount(community, minlength=int(first[-1]))
    in_small = np.repeat(counts < SMALLEST, np.diff(first))
    assert ((sizes >= SMALLEST) & (sizes <= LARGEST) | in_small).all()
    assert (np.diff(first)[counts < SMALLEST] == 1).all()
