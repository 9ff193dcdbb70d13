"""The generator of chance before Dieharder's battery: ``python benchmarks/chance.py [TEST ...]``.

The program ``dieharder`` (Debian's package of that name) reads an endless stream of draws in each of four
orders: person by person, month by month, decision by decision, and recurring draws month by month. Each test
reads its stream from the start. Without arguments, the tests below; numbers are Dieharder's. Its assessments
stand in the output: of a few hundred p-values some are expected to be weak (below 0.5% or above 99.5%), none
to fail.
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
BLOCK = 65_536

Keys = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]


@compiled
def by_person(keys: Keys, first: int, words: Words) -> None:
    """A decision of a month, person by person; the round ``first`` says which."""
    month, decision = first // chance.DECISIONS_PER_MONTH, first % chance.DECISIONS_PER_MONTH
    for person in range(keys.size):
        words[person] = chance.draw(keys[person], START + month, decision)


@compiled
def by_month(keys: Keys, _: int, words: Words) -> None:
    """The months of one person after the other."""
    for person in range(keys.size):
        for month in range(MONTHS):
            words[person * MONTHS + month] = chance.draw(keys[person], START + month, chance.DECISION_RISK)


@compiled
def by_decision(keys: Keys, _: int, words: Words) -> None:
    """The decisions of one person after the other."""
    decisions = chance.DECISIONS_PER_MONTH
    for person in range(keys.size):
        for decision in range(decisions):
            words[person * decisions + decision] = chance.draw(keys[person], START, decision)


@compiled
def recurring(keys: Keys, _: int, words: Words) -> None:
    """Recurring draws, the months of one person after the other."""
    for person in range(keys.size):
        for month in range(MONTHS):
            drawn = chance.recurring_draw(keys[person], START + month, chance.DECISION_RISK)
            words[person * MONTHS + month] = drawn


ORDERS = {
    "person": (by_person, 1),
    "month": (by_month, MONTHS),
    "decision": (by_decision, chance.DECISIONS_PER_MONTH),
    "recurring": (recurring, MONTHS),
}
"""How the draws follow each other, and how many there are of a person in a block."""


def stream(order: str) -> Iterator[Words]:
    """Blocks of draws without end: a block of people after the other, or one round of all people."""
    fill, per_person = ORDERS[order]
    people = 2**20 if per_person == 1 else BLOCK
    block = 0
    while True:
        first = 0 if per_person == 1 else block * people
        keys = chance.keys_from(SEED, first, people)
        words = np.empty(people * per_person, dtype=np.uint32)
        fill(keys, block, words)
        yield words
        block += 1


def answers(order: str, test: int) -> list[list[str]]:
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
    for order, test in ((order, test) for test in tests for order in ORDERS):
        for answer in answers(order, test):
            found[answer[-1]] += 1
            print(f"by {order:9}", *answer, sep="  ", flush=True)
    print(", ".join(f"{kind.lower()} {count}" for kind, count in sorted(found.items())))
    return 1 if found["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
