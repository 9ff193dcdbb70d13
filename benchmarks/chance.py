"""The generator of chance before Dieharder's battery: ``python benchmarks/chance.py [TEST ...]``.

The program ``dieharder`` (Debian's package of that name) reads an endless stream of draws in each of three
orders: person by person, month by month, decision by decision. Each test reads its stream from the start.
Without arguments, the tests below; numbers are Dieharder's. Its assessments stand in the output: of a few
hundred p-values some are expected to be weak (below 0.5% or above 99.5%), none to fail.
"""

import platform
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from jamsos_sim import chance
from jamsos_sim.compiled import compiled
from jamsos_sim.units import month_of

SEED = 2023
START = month_of("2023-01")
MONTHS = 96
TESTS = (0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 15, 16, 100, 101, 102, 204, 206, 207, 208, 209)
"""All that Dieharder calls good, but for those that read more than a few billion draws or many sizes."""
ORDERS = ("person", "month", "decision")
BLOCK = 65_536

Words = npt.NDArray[np.uint32]


@compiled
def fill(keys: npt.NDArray[np.uint64], order: int, first: int, words: Words) -> None:
    """The draws of a block of people in an order of addresses; for order 0 the round ``first`` is asked."""
    decisions = chance.DECISIONS_PER_MONTH
    place = 0
    if order == 0:
        month, decision = first // decisions, first % decisions
        for person in range(keys.size):
            words[person] = chance.draw(keys[person], START + month, decision)
    elif order == 1:
        for person in range(keys.size):
            for month in range(MONTHS):
                words[place] = chance.draw(keys[person], START + month, chance.DECISION_RISK)
                place += 1
    else:
        for person in range(keys.size):
            for decision in range(decisions):
                words[place] = chance.draw(keys[person], START, decision)
                place += 1


def stream(order: int) -> Iterator[Words]:
    """Blocks of draws without end: a block of people after the other, or one round of all people."""
    per_person = (1, MONTHS, chance.DECISIONS_PER_MONTH)[order]
    people = 2**20 if order == 0 else BLOCK
    block = 0
    while True:
        first = 0 if order == 0 else block * people
        keys = chance.keys_from(SEED, first, people)
        words = np.empty(people * per_person, dtype=np.uint32)
        fill(keys, order, block, words)
        yield words
        block += 1


def answers(order: int, test: int) -> list[list[str]]:
    """What Dieharder says of a stream: name, parameter, samples, p-value and assessment."""
    child = subprocess.Popen(
        ["dieharder", "-g", "200", "-d", str(test)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if child.stdin is None or child.stdout is None:
        raise AssertionError("pipes were asked for")
    try:
        for words in stream(order):
            child.stdin.write(memoryview(words))
    except BrokenPipeError:
        pass
    lines = child.stdout.read().decode().splitlines()
    child.wait()
    return [[part.strip() for part in line.split("|")] for line in lines if line.count("|") == 5][1:]


def main() -> int:
    """Put each order before each test; 0 when none fails."""
    if shutil.which("dieharder") is None:
        print("the program dieharder is not installed; on Debian: apt-get install dieharder")
        return 2
    tests = [int(each) for each in sys.argv[1:]] or TESTS
    print(f"splitmix64 by address, seed {SEED}, {platform.machine()}")
    found: Counter[str] = Counter()
    for order, test in ((order, test) for test in tests for order in range(len(ORDERS))):
        for answer in answers(order, test):
            found[answer[-1]] += 1
            print(f"by {ORDERS[order]:9}", *answer, sep="  ", flush=True)
    print(", ".join(f"{kind.lower()} {count}" for kind, count in sorted(found.items())))
    return 1 if found["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
