"""What every peer prints of itself: ``python peer_….py WORKERS MONTHS SEED ROUNDS`` gives a line of JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable

Columns = list[int]
COMPARED = 6
"""Rounds of which the fastest is told: the same for every peer, since more rounds find a faster one."""


def main(simulate: Callable[[int, int, int], Columns]) -> None:
    """Simulate a little for the sake of imports and compilers, then the asked size, and print both times.

    Memory is that of the first round: what a library leaves behind for the next one is not counted.
    """
    workers, months, seed, rounds = (int(each) for each in sys.argv[1:])
    simulate(100, 1, 0)
    first = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    more, seconds, wall, totals = 0, [], [], []
    for place in range(rounds):
        start, clock = time.process_time(), time.perf_counter()
        totals.append(simulate(workers, months, seed + place))
        seconds.append(time.process_time() - start)
        wall.append(time.perf_counter() - clock)
        more = more or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    processor, clocked = min(seconds[:COMPARED]), min(wall[:COMPARED])
    said = {"totals": totals, "processor": processor, "wall": clocked, "cold": first}
    print(json.dumps({**said, "bytes": more * 1024 // workers}))
