"""Open questions of the law, and the reading of each that a scenario chooses.

An ambiguity of the text is a reading with named options and a default; a choice of the city is a lever;
what nobody knows is an assumption; and some questions lie outside what a scenario can set. `QUESTIONS` maps
all of them, `READINGS` holds the ambiguities.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from jamsos_sim.errors import InputError
from jamsos_sim.law.tables import load_yaml


@dataclass(frozen=True)
class Question:
    """An open question of the law.

    ``kind`` is reading, lever, assumption or outside. ``name`` is the lever or assumption that answers it, or
    the question itself; ``stated_default`` says in both languages what holds unless somebody changes it.
    """

    key: str
    kind: str
    about: Mapping[str, str]
    name: str
    stated_default: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """An ambiguity of the law: its options with their text in both languages, and the default.

    ``outside_model`` says in both languages why it does not act in a run, where it acts for one person alone;
    it is empty for all others.
    """

    key: str
    about: Mapping[str, str]
    default: str
    option_texts: Mapping[str, Mapping[str, str]]
    outside_model: Mapping[str, str]

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the options, the default among them."""
        return tuple(self.option_texts)


_RAW = load_yaml("questions")


def _question(key: str, raw: Mapping[str, Any]) -> Question:
    default = raw["options"][raw["default"]] if raw["kind"] == "reading" else raw["stated_default"]
    return Question(key, raw["kind"], raw["about"], raw.get("name", key), default)


QUESTIONS: Mapping[str, Question] = MappingProxyType({key: _question(key, raw) for key, raw in _RAW.items()})
"""All open questions U1 to U28."""

READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        key: Reading(key, raw["about"], raw["default"], raw["options"], raw.get("outside_model", {}))
        for key, raw in _RAW.items()
        if raw["kind"] == "reading"
    }
)
"""The questions that are ambiguities of the text."""


def check_readings(readings: Mapping[str, str] | None) -> dict[str, str]:
    """All readings with the chosen options in place of the defaults.

    Raises `InputError` for a question that is no reading and for an option it does not have.
    """
    chosen = {key: reading.default for key, reading in READINGS.items()}
    for key, option in (readings or {}).items():
        if key not in READINGS:
            raise _unknown_question(key)
        if option not in READINGS[key].options:
            options = ", ".join(READINGS[key].options)
            raise InputError("law.unknown_option", question=key, option=option, options=options)
        chosen[key] = option
    return chosen


def _unknown_question(key: str) -> InputError:
    if key in QUESTIONS:
        return InputError(f"law.question_is_{QUESTIONS[key].kind}", question=key, name=QUESTIONS[key].name)
    closest = get_close_matches(str(key).upper(), READINGS, n=1, cutoff=0.0)[0]
    return InputError("law.unknown_question", question=key, closest=closest)
