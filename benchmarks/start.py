"""How soon a small run shows its first table: ``python benchmarks/start.py [ROUNDS]``, three by default.

In processes of their own: importing the names a notebook uses; a run with nothing kept (cold); the same run
with all compiled loops kept (warm). Each line gives wall-clock seconds until the first line of the first
table, until the end with all files and figures, and processor seconds; medians. A busy machine lengthens the
first two.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUN = ["run", "program_berjalan", "--workers", "500", "--worlds", "2", "--to", "2026-12"]
PROGRAM = "from jamsos_sim.cli_entry import main; main()"
ROUNDS = 3

Times = tuple[float, float, float]


def timed(command: list[str], kept: str) -> Times:
    """Seconds until the first output, until the end, and of the processor."""
    surroundings = {**os.environ, "JAMSOS_CACHE": kept, "PYTHONUNBUFFERED": "1"}
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings
    ) as child:
        if child.stdout is None:
            raise AssertionError("a pipe was asked for")
        child.stdout.readline()
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
        python, number = [sys.executable, "-c"], iter(range(1_000))
        told(
            "import jamsos_sim.api", [timed([*python, "import jamsos_sim.api"], "off") for _ in range(rounds)]
        )

        def run(kept: str) -> Times:
            out = Path(temporary) / f"results{next(number)}"
            return timed([*python, PROGRAM, *RUN, "--out", str(out)], kept)

        cold = [run(str(Path(temporary) / f"kept{place}")) for place in range(rounds)]
        told("small run, cold", cold)
        told("small run, warm", [run(str(Path(temporary) / "kept0")) for _ in range(rounds)])
        told("small run, nothing kept", [run("off") for _ in range(rounds)])


if __name__ == "__main__":
    main()
