"""The message catalogue: every sentence that an analyst or a council member reads, in Indonesian and English.

The sentences lie beside this file in ``*.toml``, one file for a topic, one table for a message with the keys
``id`` and ``en``.
"""

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"


@cache
def _topic(name: str) -> dict[str, dict[str, str]]:
    source = files(__package__).joinpath(f"{name}.toml")
    tables: dict[str, dict[str, dict[str, str]]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return tables[name]


def text(key: str, lang: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Sentence of a key such as ``units.bad_month`` in a language, with its values filled in.

    Raises `KeyError` when the catalogue has no such key or language.
    """
    topic, _, name = key.partition(".")
    return _topic(topic)[name][lang].format(**values)


def topics() -> list[str]:
    """Names of all topics of the catalogue."""
    return sorted(
        entry.name[: -len(".toml")] for entry in files(__package__).iterdir() if entry.name.endswith(".toml")
    )


def catalogue() -> dict[str, dict[str, str]]:
    """All messages: key to language to sentence."""
    return {f"{topic}.{name}": message for topic in topics() for name, message in _topic(topic).items()}
