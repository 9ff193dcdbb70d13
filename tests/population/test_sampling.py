import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jamsos_sim.population.communities import LARGEST, SMALLEST, communities_of, first_communities
from jamsos_sim.population.sampling import sampled

WEIGHTS = st.lists(st.integers(0, 2**30), min_size=24, max_size=24).filter(any)
OFFSETS = st.integers(0, 2**32 - 1)


@given(WEIGHTS, st.integers(1, 500), OFFSETS)
def test_every_kind_gets_its_expected_number_up_to_one(values, count, offset):
    weights = np.array(values, dtype=np.int64).reshape(2, 2, 2, 1, 3)
    people = sampled(weights, count, offset)
    assert people.sex.size == count
    counted = np.zeros(weights.shape[:4], dtype=np.int64)
    np.add.at(counted, (people.sex, people.age_group, people.occupation, people.decile), 1)
    expected = weights.sum(axis=4) / weights.sum() * count
    assert (abs(counted - expected) <= 1 + 1e-9).all()


@given(WEIGHTS, st.integers(1, 500), OFFSETS)
def test_nobody_stands_in_an_empty_cell(values, count, offset):
    weights = np.array(values, dtype=np.int64).reshape(2, 2, 2, 1, 3)
    assert (weights[tuple(sampled(weights, count, offset))] > 0).all()


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
