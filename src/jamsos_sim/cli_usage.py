"""What is wrong with the words of a command line, in the language that the words ask for."""

import re
from collections.abc import Callable
from typing import Any

from jamsos_sim.messages import text
from jamsos_sim.yaml_file import closest

NO_COMMAND = re.compile(r"No such command ['\"](?P<word>.+?)['\"]")
TOO_MANY = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<word>.+)\)")
WHOLE_NUMBER = re.compile(r"valid integer")


def usage_reason(fault: Any, lang: str) -> str:
    """The reason of a fault that the library of the command line raised; as the library says it when the
    fault is none of the usual ones.

    The library has its own copy of the exceptions of a bad command line; they are known by their names.
    """
    say = SAY.get(type(fault).__name__)
    said = say(fault, lang) if say else ""
    said = said or str(fault.format_message())
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _no_such_option(fault: Any, lang: str) -> str:
    letters = {each.lstrip("-"): each for each in fault.possibilities or ()}
    near = closest(fault.option_name.lstrip("-"), letters)
    return _unknown("option", fault.option_name, letters[near] if near else "", lang)


def _without_value(fault: Any, lang: str) -> str:
    return text("cli.without_value", lang, option=fault.option_name)


def _missing(fault: Any, lang: str) -> str:
    return text("cli.missing_word", lang, word=_named(fault.param))


def _bad_value(fault: Any, lang: str) -> str:
    if not WHOLE_NUMBER.search(str(fault.format_message())):
        return ""
    return text("cli.whole_number_wanted", lang, option=_named(fault.param))


def _other(fault: Any, lang: str) -> str:
    said = str(fault.format_message())
    if found := NO_COMMAND.search(said):
        commands = getattr(getattr(fault.ctx, "command", None), "commands", {})
        return _unknown("command", found["word"], closest(found["word"], commands) or "", lang)
    if found := TOO_MANY.search(said):
        return text("cli.too_many_words", lang, words=found["word"])
    return ""


def _unknown(kind: str, word: str, near: str, lang: str) -> str:
    key = f"cli.unknown_{kind}" if not near else f"cli.unknown_{kind}_near"
    return text(key, lang, word=word, near=near) if near else text(key, lang, word=word)


def _named(param: Any) -> str:
    """An option as it is written, an argument in capitals."""
    first = str(param.opts[0])
    return first if first.startswith("-") else first.upper()


SAY: dict[str, Callable[[Any, str], str]] = {
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _without_value,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "UsageError": _other,
}
"""Name of a fault to what says it; nothing where the library has to say it."""
