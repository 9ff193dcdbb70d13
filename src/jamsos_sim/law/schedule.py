"""The schedule of partial permanent disability: which loss is worth which percentage of 80 × W.

The rows were not checked against the annex; every use says so (question U21).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from jamsos_sim.errors import InputError
from jamsos_sim.law.tables import load_yaml, month_of_day
from jamsos_sim.units import month_label


@dataclass(frozen=True)
class Loss:
    """A row of the schedule: the part of the body and its percentage in parts per million."""

    name: str
    percent_ppm: int
    means: Mapping[str, str]


@cache
def losses() -> Mapping[str, Loss]:
    """All rows of the schedule by name."""
    rows = load_yaml("loss_schedule")["loss_schedule"]["rows"]
    return {name: Loss(name, row["percent_ppm"], row["means"]) for name, row in rows.items()}


def percent_of_losses(names: Iterable[str], month: int) -> int:
    """Percentage of 80 × W for several losses together, in parts per million; the rule caps the sum.

    Raises `InputError` for an unknown loss and for a month before the schedule.
    """
    start = month_of_day(load_yaml("loss_schedule")["loss_schedule"]["from"])
    if month < start:
        first = month_label(start)
        raise InputError("law.not_in_force", name="loss_schedule", month=month_label(month), first=first)
    return sum(_loss(name).percent_ppm for name in names)


def _loss(name: str) -> Loss:
    if name not in losses():
        closest = get_close_matches(name, losses(), n=1, cutoff=0.0)[0]
        raise InputError("law.unknown_loss", loss=name, closest=closest)
    return losses()[name]
