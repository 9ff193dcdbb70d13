"""The worked cases of `cases/*.yaml`, put to the rules one by one."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jamsos_sim.law.in_force import law_of
from jamsos_sim.units import month_of

HERE = Path(__file__).parent


def cases() -> list[dict[str, Any]]:
    files = sorted((HERE / "cases").glob("*.yaml"))
    return [case for path in files for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def answers() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("law_answers", HERE / "answers.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ANSWERS


CASES = cases()
ANSWERS = answers()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_law_answers_as_the_case_says(case: dict[str, Any]) -> None:
    law = law_of(month_of(case["month"]), case.get("readings"))
    assert ANSWERS[case["asks"]](case["worker"], law) == case["expected"]


def test_every_case_has_its_own_name_and_names_a_source() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert all(case["source"] for case in CASES)


def test_there_are_at_least_a_hundred_and_fifty_cases() -> None:
    assert len(CASES) >= 150
