"""Whether a run is walked compiled or as plain Python: decided here, before anything is compiled.

Compiling all loops takes longer than walking a hundred thousand worker-months plainly. A small run
therefore compiles nothing where no code is at hand, neither in this process nor on disk; and since many small
runs make a large one, a process that has walked its share plainly compiles from then on. Both ways give the
same numbers (`tests/ensemble/test_plain_walk.py`).
"""

import threading
from contextlib import AbstractContextManager

from jamsos_sim.compiled import IS_COMPILING, is_plain, plainly
from jamsos_sim.compiled_folder import is_code_kept, mark_code_kept
from jamsos_sim.ensemble import Plan

MOST_PLAINLY = 2**17
"""Worker-months that a process walks plainly at most, in all; about five seconds."""


class Walks:
    """What this process has walked so far."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.plain_worker_months = 0
        self.is_compiled = False


WALKS = Walks()


def worker_months(plan: Plan) -> int | None:
    """Worker-months of a run and of the events it tells; ``None`` when a whole city is simulated."""
    people = plan.workers if plan.register is None else plan.register.size
    runs = (plan.worlds + len(plan.events)) * len(plan.scenarios)
    return None if people is None else people * runs * plan.months


def is_walked_plainly(plan: Plan) -> bool:
    """Whether compiling would take longer than walking the run as it is written."""
    asked = worker_months(plan)
    if asked is None or not IS_COMPILING or WALKS.is_compiled:
        return False
    return WALKS.plain_worker_months + asked <= MOST_PLAINLY and not is_code_kept()


def walking(plan: Plan) -> AbstractContextManager[None]:
    """The way in which a plan is walked, for as long as it is carried out in this thread.

    Whoever walks plainly already goes on so.
    """
    return plainly(is_plain() or is_walked_plainly(plan))


def remember_world(plan: Plan) -> None:
    """Note that this process has simulated a world of a plan in the way of this thread."""
    if is_plain():
        with WALKS.lock:
            WALKS.plain_worker_months += (worker_months(plan) or 0) // plan.worlds
    elif not WALKS.is_compiled:
        WALKS.is_compiled = True
        mark_code_kept()
