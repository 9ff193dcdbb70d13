"""What every peer prints of itself: ``python peer_….py WORKERS MONTHS SEED ROUNDS`` gives a line of JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable

Columns = list[int]


def main(simulate: Callable[[int, int, int], Columns]) -> None:
    """Simulate a little for the sake of imports and compilers, then the asked size, and print both times."""
    workers, months, seed, rounds = (int(each) for each in sys.argv[1:])
    simulate(100, 1, 0)
    first = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, wall, totals = [], [], []
    for place in range(rounds):
        start, clock = time.process_time(), time.perf_counter()
        totals.append(simulate(workers, months, seed + place))
        seconds.append(time.process_time() - start)
        wall.append(time.perf_counter() - clock)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    said = {"totals": totals, "processor": min(seconds), "wall": min(wall), "cold": first}
    print(json.dumps({**said, "bytes": more * 1024 // workers}))
