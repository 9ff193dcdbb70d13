"""Every sentence is said in Indonesian and in English, with the same values in it."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamsos_sim.messages import LANGUAGES, catalogue

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "jamsos_sim"
SPEAKERS = {"InputError", "text"}
MESSAGES = catalogue()


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def spoken_keys(source: str) -> Iterator[str]:
    """Keys that a source names where it speaks from the catalogue."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        if node.func.id in SPEAKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_is_said_in_every_language(key: str) -> None:
    assert set(MESSAGES[key]) == set(LANGUAGES)
    assert all(sentence.strip() for sentence in MESSAGES[key].values())


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_names_the_same_values_in_every_language(key: str) -> None:
    named = [placeholders(MESSAGES[key][language]) for language in LANGUAGES]
    assert all(names == named[0] for names in named)


@pytest.mark.parametrize("key", MESSAGES)
def test_the_values_of_a_message_have_names(key: str) -> None:
    assert all(name.isidentifier() for name in placeholders(MESSAGES[key]["id"]))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_every_key_that_the_code_speaks_is_in_the_catalogue(path: Path) -> None:
    keys = set(spoken_keys(path.read_text(encoding="utf-8")))
    assert keys <= set(MESSAGES)


def test_keys_spoken_in_code_are_found() -> None:
    source = 'raise InputError("units.bad_month", label=1)\ntext("no.such_key", lang)'
    assert list(spoken_keys(source)) == ["units.bad_month", "no.such_key"]
