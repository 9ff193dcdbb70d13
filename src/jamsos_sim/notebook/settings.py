"""The settings of a notebook: what its cell of parameters assigns, and what a user gives instead."""

import ast
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jamsos_sim.errors import InputError
from jamsos_sim.yaml_file import closest

TAG = "parameters"
Setting = str | int | float | bool | None
Settings = dict[str, Setting]


def load_notebook(path: Path) -> dict[str, Any]:
    """A notebook as plain data; raises `InputError` when the file is none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        notebook = None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise InputError("notebooks.not_a_notebook", file=path)
    return notebook


def settings_of(path: Path) -> Settings:
    """Name to default of a notebook's settings; raises `InputError` when the file is no notebook."""
    for cell in load_notebook(path)["cells"]:
        if TAG in cell.get("metadata", {}).get("tags", []):
            return _assigned("".join(cell["source"]))
    return {}


def _assigned(source: str) -> Settings:
    assignments = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {
        target.id: ast.literal_eval(node.value)
        for node in assignments
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def given_settings(given: Sequence[str], path: Path) -> Settings:
    """The settings that a user gives as ``NAME=VALUE``, checked against those of a notebook.

    Raises `InputError` for a word without an equals sign, an unknown name (with the closest one), and a value
    of another kind than the default.
    """
    known = settings_of(path)
    settings: Settings = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError("notebooks.no_equals", given=word)
        if name not in known:
            raise _unknown(name, known, path)
        settings[name] = _value(name, value, known[name])
    return settings


def _unknown(name: str, known: Mapping[str, Setting], path: Path) -> InputError:
    near = closest(name, sorted(known))
    if near is not None:
        return InputError("notebooks.unknown_parameter_near", name=name, notebook=path.stem, near=near)
    names = ", ".join(known)
    return InputError("notebooks.unknown_parameter", name=name, notebook=path.stem, known=names)


def _value(name: str, written: str, default: Setting) -> Setting:
    """A value as written; one that is a whole number or nothing by default may be either."""
    if isinstance(default, str):
        return written
    value = _literal(written)
    kinds: tuple[type, ...] = (type(default),)
    if default is None or type(default) is int:
        kinds = (int, type(None))
    if type(default) is float:
        kinds = (float, int)
    if type(value) not in kinds:
        raise InputError("notebooks.bad_value", name=name, value=written, example=default)
    return value


def _literal(written: str) -> Setting:
    try:
        value: Setting = ast.literal_eval(written.strip())
    except (SyntaxError, ValueError):
        return written
    return value
