"""A second process that helps to compile when no run has kept its compiled loops yet.

Numba compiles on one core at a time in each process. A run meets its loops in the order of the month; the
helper walks the steps of a tiny city from the last to the first; so the two share the work, and each finds
on disk what the other has kept. Without a helper nothing changes but the time of the first run.
"""

import atexit
import os
import subprocess
import sys

from jamsos_sim.compiled import IS_COMPILING
from jamsos_sim.compiled_folder import MARK, code_folder
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import SMALLEST_CITY, Period, world_of
from jamsos_sim.population.region_file import read_region
from jamsos_sim.scenario import FIRST_MONTH, load_scenario
from jamsos_sim.scenario_names import shipped_folder, shipped_scenarios

MONTHS = 15
"""Enough for every step to have had work: a list, a refresh, a check of the list, and a new fiscal year."""

HELPERS: list[subprocess.Popen[bytes]] = []
"""Helpers started by this process."""


def is_helper_useful() -> bool:
    """Whether loops are compiled and not kept yet, a folder can be written, and there is a core to spare."""
    folder = code_folder() if IS_COMPILING and (os.cpu_count() or 1) > 1 else None
    return folder is not None and os.access(folder, os.W_OK) and not (folder / MARK).exists()


def start_helper() -> None:
    """Start a helper where it is useful; it ends by itself, or with this process."""
    if HELPERS or not is_helper_useful():
        return
    command = [sys.executable, "-c", f"from {__name__} import compile_backwards; compile_backwards()"]
    nowhere = subprocess.DEVNULL
    try:
        helper = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)
    except OSError:
        return
    HELPERS.append(helper)
    atexit.register(end_helper, helper)


def end_helper(helper: "subprocess.Popen[bytes]") -> None:
    """End a helper that is still at work."""
    helper.terminate()
    helper.wait()


def compile_backwards() -> None:
    """Walk the steps of the months of a tiny city, the last step first, for the sake of their code."""
    region = read_region()
    period = Period(FIRST_MONTH, FIRST_MONTH + MONTHS)
    world = world_of(region.region, region.assumptions, 0, period, SMALLEST_CITY)
    scenario = load_scenario(shipped_folder() / f"{shipped_scenarios()[0]}.yaml")
    kernel, months = Kernel(world), rules_of(scenario, world)
    for step in reversed(MONTH):
        for rules in months:
            getattr(kernel, step)(rules)
