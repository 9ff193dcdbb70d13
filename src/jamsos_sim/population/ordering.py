"""Rows in an addressed order: by group, and by luck inside each group.

Group, luck and row are packed into one whole number and sorted. No two numbers are alike, so every sorting
method of every machine gives the same order.
"""

import numpy as np

from jamsos_sim.population.workers import Int64

BITS = 63
DRAW_BITS = 32


def in_drawn_order(drawn: Int64, group: Int64 | None = None, groups: int = 1) -> Int64:
    """Positions of the rows, ordered by group (0 to ``groups - 1``) and inside by their draw.

    Draws lose their last binary digits when group and row need the room; rows that then agree keep their
    order.
    """
    row_bits = max(1, (drawn.size - 1).bit_length())
    luck_bits = min(DRAW_BITS, BITS - row_bits - (groups - 1).bit_length())
    packed = drawn >> (DRAW_BITS - luck_bits)
    if group is not None:
        packed |= group << luck_bits
    packed <<= row_bits
    packed |= np.arange(drawn.size, dtype=np.int64)
    packed.sort()
    packed &= (1 << row_bits) - 1
    return packed
