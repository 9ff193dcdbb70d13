"""How soon a small run shows its first table: ``python benchmarks/start.py [ROUNDS]``, three by default.

In processes of their own, with the bytecode of Python kept as after an install: importing the names that a
notebook uses; a small run with nothing kept (cold), which compiles nothing; with nowhere to keep anything;
the same run made to compile; with all compiled loops kept (warm); and the self-test right after an install.
Each line gives wall-clock seconds until the first result (the first year of the first table, the first part
of the self-test), until the end with all files and figures, and processor seconds; medians. A busy machine
lengthens all three.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from statistics import median

RUN = ["run", "program_berjalan", "--workers", "500", "--worlds", "2", "--to", "2026-12"]
COMPILING = "from jamsos_sim import ensemble_walk; ensemble_walk.MOST_PLAINLY = 0"
PROGRAM = "from jamsos_sim.cli_entry import main; main()"
ROUNDS = 3
RESULT = re.compile(rb" +(20\d\d |\w+: \d)")
"""How a line begins that tells a result: a year of a table, or a part of the self-test."""

Times = tuple[float, float, float]


def timed(command: list[str], kept: str) -> Times:
    """Seconds until the first result, until the end, and of the processor."""
    surroundings = {**os.environ, "JAMSOS_CACHE": kept, "PYTHONUNBUFFERED": "1"}
    if surroundings.pop("PYTHONDONTWRITEBYTECODE", None):
        surroundings["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "jamsos_sim_bytecode")
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings
    ) as child:
        if child.stdout is None:
            raise AssertionError("a pipe was asked for")
        while (line := child.stdout.readline()) and not RESULT.match(line):
            pass
        first = time.perf_counter() - start
        child.stdout.read()
    after = os.times()
    if child.returncode != 0:
        raise SystemExit(f"failed: {command}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return first, time.perf_counter() - start, used


def told(what: str, times: list[Times]) -> None:
    """Print medians."""
    first, end, used = (median(column) for column in zip(*times, strict=True))
    print(f"{what:28} first {first:6.2f} s   end {end:6.2f} s   processor {used:6.2f} s", flush=True)


def main() -> None:
    """Measure everything once."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores{load}")
    with tempfile.TemporaryDirectory() as temporary:
        python, folders = [sys.executable, "-c"], (Path(temporary) / f"results{n}" for n in count())
        importing = [*python, "import jamsos_sim.api"]
        timed(importing, "off")  # makes the bytecode
        told("import jamsos_sim.api", [timed(importing, "off") for _ in range(rounds)])

        def run(kept: str, before: str = "pass") -> Times:
            return timed([*python, f"{before}; {PROGRAM}", *RUN, "--out", str(next(folders))], kept)

        told("small run, cold", [run(f"{temporary}/kept{place}") for place in range(rounds)])
        told("small run, nothing kept", [run("off") for _ in range(rounds)])
        told("the same, compiling", [run(f"{temporary}/kept", COMPILING)])
        told("small run, warm", [run(f"{temporary}/kept") for _ in range(rounds)])
        selftest = [*python, PROGRAM, "selftest"]
        told("selftest, cold", [timed(selftest, f"{temporary}/new{place}") for place in range(rounds)])
        told("selftest, warm", [timed(selftest, f"{temporary}/kept")])


if __name__ == "__main__":
    main()
