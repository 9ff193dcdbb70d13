"""Bytes a second that one core reads and writes while it copies far more than its caches hold."""

import time

import numpy as np

SIZE = 2**25
source, copy = np.ones(SIZE), np.zeros(SIZE)
times = []
for _ in range(7):
    start = time.process_time()
    np.copyto(copy, source)
    times.append(time.process_time() - start)
print(2 * source.nbytes / min(times))
