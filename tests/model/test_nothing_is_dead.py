"""No lever, chance, cost or assumption is carried along without being read."""

import ast
from pathlib import Path
from typing import Any

import pytest

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.levers import all_levers
from jamsos_sim.model import world as world_module
from jamsos_sim.model.beginning import city_of
from jamsos_sim.model.context import Chances, Communities, Costs, Policy, Prices, Severity
from jamsos_sim.model.terms import rules_of
from jamsos_sim.model.world import Period, world_of
from jamsos_sim.population.region_file import load_region
from jamsos_sim.scenario import Scenario, load_scenario
from jamsos_sim.yaml_checks import Part
from tests.model.worlds import REGION, SEED, START, world

MODEL = Path(world_module.__file__).parent
MAKERS = {"world.py", "policy.py", "context.py"}
"""Files that make the records; reading them elsewhere is what counts."""


def attributes_read(apart: set[str]) -> set[str]:
    """Names of all attributes that the sources of the model read, some files apart."""
    sources = [path for path in MODEL.rglob("*.py") if path.name not in apart]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources]
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


READ = attributes_read(MAKERS)


@pytest.mark.parametrize("noun", [Policy, Chances, Costs, Severity, Prices, Communities])
def test_every_field_of_a_noun_of_the_model_is_read_by_some_step(noun: type) -> None:
    assert set(noun._fields) - READ == set()


class Asked:
    """Levers of a month that note which of them are asked for."""

    def __init__(self, levers: Part, asked: set[str], prefix: str = "") -> None:
        self.levers, self.asked, self.prefix = levers, asked, prefix

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.levers, name)
        if isinstance(value, Part):
            return Asked(value, self.asked, f"{self.prefix}{name}.")
        self.asked.add(f"{self.prefix}{name}")
        return value


def test_every_lever_is_read_by_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    levers_at = Scenario.levers_at
    where = world(0, 200, "2023-12")
    monkeypatch.setattr(Scenario, "levers_at", lambda own, month: Asked(levers_at(own, month), asked))
    assert len(list(rules_of(load_scenario("program_berjalan"), where))) == 12
    assert set(all_levers()) - asked == set()


class Watched(dict[str, float]):
    """Draws of a world that know who was asked for."""

    def __init__(self, draws: dict[str, float]) -> None:
        super().__init__(draws)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> float:
        self.asked.add(key)
        return super().__getitem__(key)


def test_every_assumption_of_the_region_is_read_by_a_world(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = Watched(draw_assumptions(load_assumptions(REGION), SEED))
    monkeypatch.setattr(world_module, "draw_assumptions", lambda assumptions, seed: draws)
    period = Period(START, START + 24)
    city_of(world_of(load_region(REGION), load_assumptions(REGION), SEED, period, 200))
    assert set(draws) - draws.asked == set()
