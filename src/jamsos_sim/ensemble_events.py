"""Person-level events of the worlds that a run names: each world simulated once more with an open diary, one
scenario after the other, and told as a table.

People are rows of their world; their traits stand beside the events so that a table can be read by itself.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jamsos_sim.ensemble import Plan, world_runs
from jamsos_sim.errors import InputError
from jamsos_sim.model.cells import SEXES
from jamsos_sim.model.events import (
    FAMILIES,
    KINDS,
    MEMBERS,
    NOBODY,
    PARTIES,
    REASONS,
    Diary,
    Events,
)
from jamsos_sim.model.kernel_events import RecordingKernel
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.world import World
from jamsos_sim.population.workers import FEMALE

EVENTS = "events"
"""How the name of a table of events begins; the number of its world follows."""
NO_WORD = ""
"""A word that does not apply."""
NAMED = re.compile(r"\d{1,6}(-\d{1,6})?")
WORDS = tuple(sorted({NO_WORD, *(word for words in REASONS.values() for word in words)}))


def worlds_named(given: str) -> tuple[int, ...]:
    """Numbers of worlds written as ``0,3-5``; raises `InputError` for anything else."""
    numbers: set[int] = set()
    for part in given.replace(" ", "").split(","):
        if not NAMED.fullmatch(part):
            raise InputError("run.bad_event_worlds", given=given)
        first, _, last = part.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(numbers))


def events_name(world: int) -> str:
    """Name of the table of a world's events."""
    return f"{EVENTS}-{world}"


def events_of_world(plan: Plan, number: int) -> pd.DataFrame:
    """All events of a numbered world, under each scenario of a plan, from the start of the run on.

    Returns
    -------
    DataFrame
        One row for each event: scenario, world, month (counted as in `jamsos_sim.units`), kind, person (row
        of the world, -1 for nobody), reason, member, family, payer, receiver, amount (rupiah), payment_month
        (-1 for none), and kecamatan, true and recorded decile (both of the start), occupation and
        sex of the person.
    """
    names = [scenario.name for scenario in plan.scenarios]
    parts = []
    for place, (world, rules) in enumerate(world_runs(plan, number)):
        part = event_frame(_recorded(plan.engine, world, rules), world)
        scenario = _words(np.full(len(part), place), names)
        parts.append(part.assign(scenario=scenario, world=number))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _recorded(engine: str, world: World, rules: list[Rules]) -> Events:
    if engine == "reference":
        from jamsos_sim.model.reference import JamsosModel  # Mesa takes two seconds to import

        diary = Diary(is_open=True)
        model = JamsosModel(world, diary)
        for of_month in rules:
            model.run_month(of_month)
        return diary.events()
    kernel = RecordingKernel(world)
    for of_month in rules:
        kernel.run_month(of_month)
    return kernel.events


def event_frame(events: Events, world: World) -> pd.DataFrame:
    """A list of events in words, with the traits of its people."""
    person = events.person.astype(np.int64)
    is_somebody = person != NOBODY
    own = np.where(is_somebody, person, 0)
    region, workers = world.region, world.workers
    kecamatan_of = np.array([each.kecamatan for each in region.kelurahan])
    trades = [occupation.key for occupation in region.occupations]
    traits = {
        "kecamatan": (kecamatan_of[workers.kelurahan[own]], region.kecamatan),
        "occupation": (workers.occupation[own], trades),
        "sex": ((workers.sex[own] == FEMALE).astype(np.int64), SEXES),
    }
    codes = np.array([[WORDS.index(word) for word in _reasons(kind)] for kind in KINDS])
    told = {
        "kind": (events.kind, KINDS),
        "reason": (codes[events.kind, events.reason], WORDS),
        "member": (events.member, MEMBERS),
        "family": (events.family + 1, (NO_WORD, *FAMILIES)),
        "payer": (events.payer, PARTIES),
        "receiver": (events.receiver, PARTIES),
    }
    words = {name: _words(code, names) for name, (code, names) in told.items()}
    for name, (code, names) in traits.items():
        words[name] = _words(np.where(is_somebody, code + 1, 0), (NO_WORD, *names))
    numbers = {name: getattr(events, name) for name in ("month", "person", "amount", "payment_month")}
    decile = np.where(is_somebody, workers.decile[own], 0).astype(np.int8)
    recorded = np.where(is_somebody, world.records.decile[own], 0).astype(np.int8)
    return pd.DataFrame({**words, **numbers, "decile": decile, "recorded_decile": recorded})


def _reasons(kind: str) -> list[str]:
    """Names of the reasons of a kind, made as long as the longest list."""
    longest = max(len(words) for words in REASONS.values())
    words = list(REASONS.get(kind, ()))
    return words + [NO_WORD] * (longest - len(words))


def _words(codes: npt.NDArray[Any], names: tuple[str, ...] | list[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, pd.Index(list(names)))


COLUMNS = [
    "scenario",
    "world",
    "month",
    "kind",
    "person",
    "reason",
    "member",
    "family",
    "payer",
    "receiver",
    "amount",
    "payment_month",
    "kecamatan",
    "decile",
    "recorded_decile",
    "occupation",
    "sex",
]


def event_tables(plan: Plan) -> Iterator[tuple[str, pd.DataFrame]]:
    """Tables of events of the worlds that a plan names, one by one."""
    for world in plan.events:
        yield events_name(world), events_of_world(plan, world)


def event_table_names(plan: Plan) -> tuple[str, ...]:
    """Names of those tables."""
    return tuple(events_name(world) for world in plan.events)
