"""What an ensemble costs: ``python benchmarks/ensemble.py [WORLDS] [WORKERS]``, 1,000 worlds of the city.

Two scenarios, January 2023 to December 2030, into a folder that is removed afterwards. Compilation is timed
apart, by a first small run in the same process, which is made to compile although it is small. Python looks
for garbage as seldom as under the command line. Fewer worlds than 1,000 are extrapolated: seconds in
proportion to the worlds, memory not at all, since a run holds a few worlds at a time; both are said to be
computed and not measured. Memory is the largest that the process has held. ``--json=FILE`` keeps the numbers,
from which `page.py` writes what a run costs.
"""

import gc
import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from jamsos_sim import compare, ensemble_walk
from jamsos_sim.api import Settings
from jamsos_sim.cli_entry import OBJECTS_BETWEEN_COLLECTIONS
from jamsos_sim.scenario import FIRST_MONTH
from jamsos_sim.units import month_of

try:
    import resource
except ImportError:  # Windows has none
    resource = None

ALL_WORLDS = 1_000
NAMES = ("program_berjalan", "raperda_oktober_2025")
LAST = "2030-12"
MONTHS = month_of(LAST) + 1 - FIRST_MONTH
MEBIBYTE = 2**20


def largest_memory() -> float:
    """Mebibytes that this process has held at most; not a number where the system does not tell."""
    if resource is None:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEBIBYTE


def size_of(folder: Path) -> float:
    """Mebibytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEBIBYTE


def timed(settings: Settings) -> tuple[float, float]:
    """Wall-clock and processor seconds of a comparison, with its summaries."""
    wall, processor = time.perf_counter(), time.process_time()
    results = compare(*NAMES, **settings)
    assert len(results.summary) and len(results.differences)
    return time.perf_counter() - wall, time.process_time() - processor


def first_run() -> float:
    """Compile, or load what is compiled; seconds by the clock."""
    ensemble_walk.MOST_PLAINLY = 0  # so small a run would be walked as plain Python, and the next one compile
    return timed(Settings(worlds=1, workers=100, last=LAST))[0]


def main() -> None:
    """Measure once."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    words = [each for each in sys.argv[1:] if not each.startswith("--json=")]
    kept = next((each.removeprefix("--json=") for each in sys.argv[1:] if each.startswith("--json=")), None)
    worlds = int(words[0]) if words else ALL_WORLDS
    workers = int(words[1]) if len(words) > 1 else None
    cold, before = first_run(), largest_memory()
    print(f"a first small run, mostly compilation: {cold:.1f} s; memory {before:,.0f} MiB")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "hasil"
        wall, processor = timed(Settings(worlds=worlds, workers=workers, last=LAST, out=out))
        disk, peak = size_of(out), largest_memory()
    people = "the city" if workers is None else f"{workers:,} workers"
    load = f"; load of the machine {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{worlds:,} worlds × {len(NAMES)} scenarios of {people}, {os.cpu_count()} processors{load}:")
    print(f"  {wall:.1f} s wall, {processor:.1f} s cpu, {60 * worlds / wall:.1f} worlds/min")
    print(f"  memory at most {peak:,.0f} MiB, tables {disk:.1f} MiB")
    if worlds != ALL_WORLDS:
        times = ALL_WORLDS / worlds
        print(f"  {ALL_WORLDS:,} worlds, computed and not measured: {times * wall:,.0f} s wall,", end=" ")
        print(f"{times * processor:,.0f} s cpu, tables {times * disk:,.0f} MiB")
    if kept:
        numbers = {"worlds": worlds, "workers": workers, "scenarios": len(NAMES), "months": MONTHS}
        numbers |= {"threads": os.cpu_count(), "wall": wall, "processor": processor}
        numbers |= {"before": before, "peak": peak, "disk": disk}
        Path(kept).write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
