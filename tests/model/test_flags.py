"""Bytes about everybody are counted and turned into rows as plain Python would."""

import numpy as np
import pytest

from jamsos_sim.compiled import plainly
from jamsos_sim.model.flags import at_most, counts_of_bits, rows_flagged

SIZES = (0, 1, 7, 8, 9, 255 * 8, 255 * 8 + 3, 6_001)


def some(size: int, most: int) -> np.ndarray:
    return np.random.default_rng(size).integers(0, most, size).astype(np.uint8)


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_every_bit_is_counted(size: int, is_plain: bool) -> None:
    flags = some(size, 256)
    with plainly(is_plain):
        found = counts_of_bits(flags)
    assert found.tolist() == [int(((flags >> bit) & 1).sum()) for bit in range(8)]


def test_no_sum_outgrows_its_byte() -> None:
    full = np.full(255 * 8 * 3 + 5, 255, dtype=np.uint8)
    assert counts_of_bits(full).tolist() == [full.size] * 8


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_rows_are_those_flagged_in_order(size: int, is_plain: bool) -> None:
    flags = some(size, 2)
    with plainly(is_plain):
        found = rows_flagged(flags)
    assert found.tolist() == np.flatnonzero(flags).tolist()


def test_values_at_the_bound_are_within_it() -> None:
    column = np.array([-1, 999, 1000, 1001, 2**31 - 1], dtype=np.int32)
    assert at_most(column, 1000).tolist() == [1, 1, 1, 0, 0]
    assert at_most(column, 2**31 - 1).tolist() == [1] * 5
