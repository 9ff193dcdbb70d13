"""The loops cut a queue as `Queue.first` does, whatever the keys."""

import numpy as np
import numpy.typing as npt
import pytest

from jamsos_sim.compiled import compiled
from jamsos_sim.model.queue import LAST_RANK, Queue, first_in, queue_key

Long = npt.NDArray[np.int64]


@compiled
def cut(keys: Long, persons: Long, count: int) -> Long:
    """The first of a queue, as a loop asks for them."""
    first: Long = first_in(keys, persons, count)
    return first


def queue(ranks: Long, orders: Long) -> Queue:
    """Keys of people with these ranks and places within a rank; the person's number makes the difference."""
    keys = [queue_key(*each) for each in zip(ranks.tolist(), orders.tolist(), range(ranks.size), strict=True)]
    return Queue(np.array(keys, dtype=np.int64), np.arange(ranks.size)[::-1].copy())


RANDOM = np.random.default_rng(11)
SIZE = 3_000
RANKS = {
    "one rank": np.zeros(SIZE, dtype=np.int64),
    "the last rank": np.full(SIZE, LAST_RANK),
    "few ranks": RANDOM.integers(0, 5, SIZE),
    "all ranks": RANDOM.integers(0, LAST_RANK + 1, SIZE),
}
ORDERS = {
    "one place": np.zeros(SIZE, dtype=np.int64),
    "two places": RANDOM.integers(0, 2, SIZE) * (2**32 - 1),
    "drawn places": RANDOM.integers(0, 2**32, SIZE),
}


@pytest.mark.parametrize("ranks", RANKS.values(), ids=RANKS)
@pytest.mark.parametrize("orders", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("count", [-1, 0, 1, 2, 17, SIZE // 2, SIZE - 1, SIZE, SIZE + 1, 2**62])
def test_a_loop_takes_the_same_people(ranks: Long, orders: Long, count: int) -> None:
    people = queue(ranks, orders)
    wanted = sorted(people.first(count).tolist())
    assert len(wanted) == min(max(count, 0), SIZE)
    assert sorted(cut(*people, count).tolist()) == wanted
    assert sorted(first_in(*people, count).tolist()) == wanted


def test_an_empty_queue_has_nobody_first() -> None:
    nobody = np.empty(0, dtype=np.int64)
    assert cut(nobody, nobody, 3).size == 0
