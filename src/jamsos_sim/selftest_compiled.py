"""The part of the self-test that holds compiled code against plain Python, in a process of its own.

Two runs walk the same tiny world side by side: one plainly, the other with some steps compiled. After every
month all their columns and books are equal. Compiling everything would take longer than a self-test may:
where no code is kept, it takes the draws of chance, whom the city admits and whom misfortune meets, which
need every kind of compiled code; where code is kept, that very code is held against all steps.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled import IS_COMPILING, plainly
from jamsos_sim.compiled_folder import is_code_kept
from jamsos_sim.model.ahead import ahead_of
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.month import MONTH
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import SMALLEST_CITY, Period, World, world_of
from jamsos_sim.population.region_file import read_region
from jamsos_sim.scenario import FIRST_MONTH, load_scenario
from jamsos_sim.scenario_names import shipped_folder, shipped_scenarios
from jamsos_sim.units import month_label

MONTHS = 15
"""Enough for a list, payments, claims, and a new fiscal year."""
SEED = 0
STEPS_COMPILED_SOON = ("admit", "face_risk")
"""What is compiled where no code is kept, beside the draws: in a third of the time that all steps take, with
records of the law and of assumptions, columns found by their addresses, sorting, and arithmetic of bits."""
PATIENCE = 300


class Compared(NamedTuple):
    """What the comparison has found.

    Attributes
    ----------
    steps, numbers:
        How many steps ran compiled, and how many numbers were compared.
    difference:
        Month and column that differ first, or nothing.
    """

    steps: int
    numbers: int
    difference: str


def compare(steps: tuple[str, ...]) -> Compared:
    """Walk a tiny world twice, once with these steps compiled."""
    with plainly():
        world = _tiny_world()
        plain, mixed = Kernel(world), Kernel(world)
        months = rules_of(load_scenario(shipped_folder() / f"{shipped_scenarios()[0]}.yaml"), world)
    numbers, column = _compared(_columns(world.ahead), _columns(_compiled_ahead(world)))
    if column:
        return Compared(len(steps), numbers, column)
    for rules in months:
        for step in MONTH:
            with plainly():
                getattr(plain, step)(rules)
            with plainly(step not in steps):
                getattr(mixed, step)(rules)
        more, column = _compared(_columns(plain.everybody), _columns(mixed.everybody))
        numbers += more
        if column:
            return Compared(len(steps), numbers, f"{month_label(rules.moment.month)}, {column}")
    return Compared(len(steps), numbers, "")


def _tiny_world() -> World:
    region = read_region()
    period = Period(FIRST_MONTH, FIRST_MONTH + MONTHS)
    return world_of(region.region, region.assumptions, SEED, period, SMALLEST_CITY)


def _compiled_ahead(world: World) -> Any:
    return ahead_of(world.beginning.people, world.hazards, world.chances, world.period)


Named = Iterator[tuple[str, npt.NDArray[Any]]]


def _columns(noun: Any, name: str = "") -> Named:
    """All columns in a noun and in the nouns it is made of."""
    if isinstance(noun, np.ndarray):
        yield name, noun
    elif hasattr(noun, "_fields"):
        for field, value in zip(noun._fields, noun, strict=True):
            yield from _columns(value, f"{name}.{field}".lstrip("."))


def _compared(first: Named, second: Named) -> tuple[int, str]:
    """How many numbers are equal, and the first column that differs, or nothing."""
    numbers = 0
    for (name, ours), (_, theirs) in zip(first, second, strict=True):
        if not np.array_equal(ours, theirs):
            return numbers, name
        numbers += ours.size
    return numbers, ""


def steps_at_hand() -> tuple[str, ...]:
    """The steps to run compiled: all where their code is kept, else those that compile soon; without the
    compiler none.
    """
    if not IS_COMPILING:
        return ()
    return MONTH if is_code_kept() else STEPS_COMPILED_SOON


class Beside:
    """The comparison in another process, while this one does other parts of the test."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", f"from {__name__} import tell; tell()"]
        self.process: subprocess.Popen[bytes] | None = None
        pipe = subprocess.PIPE
        with suppress(OSError):  # no second process: then this one compares
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe)

    def found(self) -> Compared:
        """Wait for what was found; raises `RuntimeError` with the last words of a process that has failed."""
        if self.process is None:
            return compare(steps_at_hand())
        told, said = self.process.communicate(timeout=PATIENCE)
        if self.process.returncode != 0:
            words = said.decode("utf-8", "replace").strip().splitlines()
            raise RuntimeError(words[-1] if words else str(self.process.returncode))
        return Compared(*json.loads(told))

    def end(self) -> None:
        """End the process if it is still at work."""
        if self.process is not None:
            self.process.kill()
            with self.process:  # closes what it has said
                pass


def tell() -> None:
    """In the other process: compare, and print what was found."""
    print(json.dumps(compare(steps_at_hand())))
