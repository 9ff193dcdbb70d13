"""No lever, chance, cost or assumption is carried along without being read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.levers import all_levers
from jamsos_sim.model import world as world_module
from jamsos_sim.model.context import Chances, Communities, Costs, Policy, Prices, Severity
from jamsos_sim.model.world import Period, city_of, world_of
from jamsos_sim.population.region_file import load_region
from tests.model.worlds import REGION, SEED, START

MODEL = Path(world_module.__file__).parent
MAKERS = {"world.py", "policy.py", "context.py"}
"""Files that make the records; reading them elsewhere is what counts."""


def attributes_read(apart: set[str]) -> set[str]:
    """Names of all attributes that the sources of the model read, some files apart."""
    sources = [path for path in MODEL.rglob("*.py") if path.name not in apart]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources]
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


READ = attributes_read(MAKERS)


def lever_attributes() -> Iterator[str]:
    """The last part of each lever's name, as code writes it."""
    return (name.rpartition(".")[2] for name in all_levers())


@pytest.mark.parametrize("noun", [Policy, Chances, Costs, Severity, Prices, Communities])
def test_every_field_of_a_noun_of_the_model_is_read_by_some_step(noun: type) -> None:
    assert set(noun._fields) - READ == set()  # type: ignore[attr-defined]


def test_every_lever_is_read_by_the_model() -> None:
    assert set(lever_attributes()) - attributes_read(set()) == set()


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
