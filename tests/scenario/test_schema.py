"""The exported schema is current, and agrees with the check of files."""

import json

import pytest
from jsonschema import Draft202012Validator

from jamsos_sim.levers import all_levers, levers_from
from jamsos_sim.scenario import shipped_scenarios
from jamsos_sim.scenario_names import shipped_folder
from jamsos_sim.scenario_schema import SCHEMA_FILE, json_schema, schema_text
from jamsos_sim.yaml_file import read_document


def test_the_schema_file_is_current() -> None:
    written = (shipped_folder() / SCHEMA_FILE).read_text(encoding="utf-8")
    assert written == schema_text(), "run: python -m jamsos_sim.scenario_schema"


def test_the_schema_knows_every_lever_and_requires_three_keys() -> None:
    schema = json_schema()
    assert schema["required"] == ["name", "title", "differs_from"]
    assert schema["additionalProperties"] is False
    sets = schema["$defs"]["ClauseText"]["properties"]["sets"]
    assert list(sets["properties"]) == list(all_levers())
    assert json.loads(schema_text()) == schema


@pytest.mark.parametrize("name", ["budget.months_paid", "eligibility.decile_ceiling", "places"])
def test_the_schema_carries_the_bounds_of_a_lever(name: str) -> None:
    sets = json_schema()["$defs"]["ClauseText"]["properties"]["sets"]["properties"]
    [whole] = [kind for kind in sets[name]["anyOf"][0]["anyOf"] if kind["type"] == "integer"]
    check = all_levers()[name].adapter
    assert check.validate_python(whole["minimum"]) == whole["minimum"]
    assert check.validate_python(whole["maximum"]) == whole["maximum"]
    for outside in (whole["minimum"] - 1, whole["maximum"] + 1):
        with pytest.raises(ValueError, match="should be"):
            check.validate_python(outside)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_the_schema_accepts_the_shipped_scenarios_and_refuses_a_wrong_lever(name: str) -> None:
    validator = Draft202012Validator(json_schema())
    data = read_document(shipped_folder() / f"{name}.yaml").data
    assert list(validator.iter_errors(data)) == []
    clause = next(iter(data["clauses"].values()))
    clause["sets"]["place"] = 1
    assert not validator.is_valid(data)


def test_every_lever_has_a_unit_and_two_descriptions() -> None:
    for lever in all_levers().values():
        assert lever.unit
        assert lever.description["id"] != lever.description["en"]


def test_levers_can_not_be_made_with_one_missing() -> None:
    with pytest.raises(ValueError, match="missing"):
        levers_from({"places": 1})
