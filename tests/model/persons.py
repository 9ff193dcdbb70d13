"""Two runs of the model to read, compared person by person: who was covered when, and who claimed what."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.reference import JamsosModel
from jamsos_sim.model.status import DEAD
from jamsos_sim.model.steps.claim import Claim
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import Scenario


class Persons(NamedTuple):
    """What a run did for each person: months of cover, and rupiah by person and month of the event."""

    covered: npt.NDArray[np.bool_]
    claims: dict[tuple[int, int], int]


def persons_under(scenario: Scenario, where: World) -> Persons:
    """Walk a run of the model to read and note cover and claims of everybody."""
    model = JamsosModel(where)
    claims: dict[tuple[int, int], int] = {}
    note_claims(model.insurer, claims)
    months = []
    for rules in rules_of(scenario, where):
        model.run_month(rules)
        months.append([is_protected(worker, rules) for worker in model.workers])
    return Persons(np.array(months, dtype=np.bool_), claims)


def is_protected(worker: InformalWorker, rules: Rules) -> bool:
    """Whether somebody lives at the end of a month and was covered in it."""
    return bool(worker.presence != DEAD and worker.case(rules).cover.is_covered)


def note_claims(insurer: Any, claims: dict[tuple[int, int], int]) -> None:
    """Let an insurer note every claim that it books."""
    book = insurer.book_claim

    def booked(worker: InformalWorker, claim: Claim, rules: Rules) -> None:
        claims[worker.number, rules.moment.month] = claim.amount
        book(worker, claim, rules)

    insurer.book_claim = booked


def losers(less: Persons, more: Persons) -> list[str]:
    """Who has lost a month of cover, a claim, or rupiah of a claim by getting more."""
    months, people = np.nonzero(less.covered & ~more.covered)
    lost = [f"cover of {person} in {month}" for month, person in zip(months, people, strict=True)]
    for (person, month), amount in less.claims.items():
        if more.claims.get((person, month), -1) < amount:
            lost.append(f"claim of {person} in {month}: {amount}, then {more.claims.get((person, month))}")
    return lost
