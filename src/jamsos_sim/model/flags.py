"""Bytes about everybody: one small whole number for each person, filled without a branch, then counted or
turned into rows.

What differs from person to person cannot be guessed, and a wrong guess costs a processor more than all the
reading. A loop over bytes alone handles a whole register of people at once; a column of wider numbers among
them makes it twice as slow or worse (`benchmarks/flags.py`), so these are turned into bytes before.
"""

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Column = npt.NDArray[np.int32]

BYTES_PER_WORD = 8
MOST_IN_BYTE = 255
BYTE_BITS = 8
LOWEST_BITS = np.uint64(0x0101010101010101)
EVERY_OTHER_BYTE = np.uint64(0x00FF00FF00FF00FF)
LOWEST_PAIR = np.uint64(0xFFFF)
BITS_PER_WORD, PAIR_BITS = 64, 16


@compiled
def rows_flagged(flags: Bytes) -> Column:
    """Rows whose flag is one, not zero, in order."""
    rows, found = np.empty(flags.size + 1, dtype=np.int32), np.int64(0)
    # Written always and counted sometimes: without a branch this takes a third of the time.
    for row in range(flags.size):
        rows[found] = row
        found += np.int64(flags[row])
    return rows[:found]


def rows_where(condition: npt.NDArray[np.bool_]) -> Column:
    """Rows for which a condition holds, in order; several times as fast as NumPy finds them."""
    return rows_flagged(condition.view(np.uint8))


@compiled
def at_most(column: Column, most: int) -> Bytes:
    """Which values are not above a number: ones and zeros."""
    flags, bound = np.empty(column.size, dtype=np.uint8), np.int32(most)
    for row in range(column.size):
        flags[row] = column[row] <= bound
    return flags


@compiled
def counts_of_bits(flags: Bytes) -> npt.NDArray[np.int64]:
    """How many bytes have each bit set, the lowest bit first; eight counts."""
    words = flags[: flags.size // BYTES_PER_WORD * BYTES_PER_WORD].view(np.uint64)
    counts = np.zeros(BYTE_BITS, dtype=np.int64)
    for start in range(0, words.size, MOST_IN_BYTE):
        block = words[start : start + MOST_IN_BYTE]
        for bit in range(BYTE_BITS):
            # Eight sums side by side in one word, none of which can outgrow its byte within a block.
            sums, shift = np.uint64(0), np.uint64(bit)
            for place in range(block.size):
                sums += (block[place] >> shift) & LOWEST_BITS
            pairs = (sums & EVERY_OTHER_BYTE) + ((sums >> np.uint64(BYTE_BITS)) & EVERY_OTHER_BYTE)
            for place in range(0, BITS_PER_WORD, PAIR_BITS):
                counts[bit] += np.int64((pairs >> np.uint64(place)) & LOWEST_PAIR)
    for row in range(words.size * BYTES_PER_WORD, flags.size):
        for bit in range(BYTE_BITS):
            counts[bit] += (flags[row] >> bit) & 1
    return counts
