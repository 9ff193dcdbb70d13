"""Sums that no machine can order differently: values become whole numbers before they are added."""

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]

STEPS = 2**48
"""Steps between nothing and the largest value times the number of values: sums stay exact in 64 bits."""


def exact_sums(values: Float64, kept: tuple[int, ...]) -> Float64:
    """Sums over the axes not kept, the same in whatever order a machine adds.

    The values are first brought to a scale on which the total has at most about 48 binary digits.
    """
    dropped = tuple(axis for axis in range(values.ndim) if axis not in kept)
    step = float(values.max()) * values.size / STEPS
    if step <= 0.0:
        return np.asarray(values.sum(axis=dropped), dtype=np.float64)
    whole = np.rint(values / step).astype(np.int64)
    return np.asarray(whole.sum(axis=dropped), dtype=np.float64) * step


def exact_sum(values: Float64) -> float:
    """Sum of all values, the same in whatever order a machine adds."""
    return float(exact_sums(values, ()))
