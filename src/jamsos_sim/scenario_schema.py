"""The JSON schema of scenario files, so that editors complete the keys and mark the faults.

``python -m jamsos_sim.scenario_schema`` writes it beside the shipped scenarios.
"""

import json
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from jamsos_sim.assumptions import Assumption, load_assumptions
from jamsos_sim.law.readings import READINGS, Reading
from jamsos_sim.levers import Lever, all_levers
from jamsos_sim.scenario_file import ScenarioText
from jamsos_sim.scenario_names import shipped_folder
from jamsos_sim.yaml_checks import MONTH_PATTERN

SCHEMA_FILE = "schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

# Editors that follow YAML 1.2 to the letter take 30_000 for text; the toolkit reads it as a number.
GROUPED_NUMBER = {"type": "string", "pattern": r"^\d{1,3}(_\d{3})+$"}


def json_schema() -> dict[str, Any]:
    """Schema of a scenario file, with every lever, reading and assumption by name."""
    schema = ScenarioText.model_json_schema()
    own, parts = schema["properties"], schema["$defs"]
    sets = parts["ClauseText"]["properties"]["sets"]
    sets |= _closed((name, _lever(lever)) for name, lever in all_levers().items())
    own["reading"] |= _closed((name, _reading(reading)) for name, reading in READINGS.items())
    own["assumptions"] |= _closed((key, _range(entry)) for key, entry in load_assumptions().items())
    return {"$schema": DIALECT, **schema, "title": "jamsos_sim scenario"}


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema() -> Path:
    """Write the schema beside the shipped scenarios and return its path."""
    path = shipped_folder() / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8", newline="\n")
    return path


def _closed(properties: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    return {"additionalProperties": False, "properties": dict(properties)}


def _lever(lever: Lever) -> dict[str, Any]:
    """A lever's value, or a map of months to such values."""
    value = _value(lever)
    dated = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "patternProperties": {MONTH_PATTERN: value},
    }
    description = f"{lever.description['en']} ({lever.unit}). {lever.description['id']}."
    return {"description": description, "anyOf": [value, dated]}


def _value(lever: Lever) -> dict[str, Any]:
    schema = deepcopy(lever.adapter.json_schema())
    for note in ("description", "deskripsi", "unit"):
        schema.pop(note, None)
    options = schema.get("anyOf", [schema])
    if any(option.get("type") == "integer" for option in options):
        return {"anyOf": [*options, GROUPED_NUMBER]}
    return schema


def _range(assumption: Assumption) -> dict[str, Any]:
    return {"$ref": "#/$defs/Range", "description": f"{assumption.reason['en']} ({assumption.unit})"}


def _reading(reading: Reading) -> dict[str, Any]:
    said = [reading.about["en"], *filter(None, [reading.outside_model.get("en")])]
    return {"enum": list(reading.options), "default": reading.default, "description": "; ".join(said)}


if __name__ == "__main__":
    print(write_schema())
