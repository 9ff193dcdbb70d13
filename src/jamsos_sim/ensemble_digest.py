"""Digests: of the package's rules and law tables, of a table's values, of anything written as JSON.

A digest of a table is one of its values and not of the file in which it is stored: the same values in the
same order have the same digest, whatever wrote them.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import pandas as pd

RULES, LAW_TABLES = ".py", ".yaml"
LAW_FOLDER = "law/tables/"
SPEAKING = (
    "api",
    "certificate",
    "cli",
    "law/case",
    "messages/",
    "notebook/",
    "report/",
    "selftest",
    "study/",
)
"""Modules that tell or study results; a change in them moves no number of a stored table."""
BEHIND_TABLES = ("report/families.py", "report/register_families.py")
"""Modules among these from which a stored table of a register comes nevertheless."""


@cache
def rule_sources() -> dict[str, str]:
    """File to digest of everything in the package that a stored table is made with: rules and law tables.

    The data of a region have a digest of their own, and scenarios are kept as text.
    """
    found = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in _contents(files("jamsos_sim"), "")
        if _is_behind_tables(name)
    }
    return dict(sorted(found.items()))


def source_digest() -> str:
    """One digest of all `rule_sources`: what a stored result was made with."""
    return digest_of_json(rule_sources())


def _is_behind_tables(name: str) -> bool:
    if name.startswith(LAW_FOLDER):
        return name.endswith((RULES, LAW_TABLES))
    return name.endswith(RULES) and (name in BEHIND_TABLES or not name.startswith(SPEAKING))


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, f"{name}/")
        elif entry.name.endswith((RULES, LAW_TABLES)):
            yield name, entry.read_bytes().replace(b"\r\n", b"\n")


def digest_of_json(content: object) -> str:
    """Digest of plain data, whatever the order of its keys; raises `ValueError` for what is no Unicode."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def table_digest(table: pd.DataFrame) -> str:
    """Digest of a table: its columns in order, their kinds, and every value in the order of the rows."""
    digest = hashlib.sha256()
    for place, name in enumerate(table.columns):
        kind, content = column_content(table.iloc[:, place])
        for part in (str(name).encode(), kind.encode(), content):
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
    return digest.hexdigest()


def column_content(column: "pd.Series[Any]") -> tuple[str, bytes]:
    """Kind of a column and its values as bytes that no library or machine changes.

    Kinds are ``truth``, ``whole``, ``float`` and ``words``. A table of a run has no others; a column of
    another kind has the name of the library's.
    """
    kinds = pd.api.types
    if kinds.is_bool_dtype(column):
        return "truth", column.to_numpy(dtype="u1").tobytes()
    if kinds.is_integer_dtype(column) and not column.hasnans:
        return "whole", column.to_numpy(dtype="<i8").tobytes()
    if kinds.is_float_dtype(column):
        numbers = column.to_numpy(dtype="<f8", copy=True)
        numbers[np.isnan(numbers)] = np.nan  # there are many ways to write no number
        return "float", numbers.tobytes()
    words = _words(column)
    return ("words", words) if words is not None else (str(column.dtype), _as_text(column))


def _words(column: "pd.Series[Any]") -> bytes | None:
    """Words once each in the order in which they first occur, then the place of each row's word."""
    places, words = pd.factorize(column)
    if not all(isinstance(word, str) for word in words):
        return None
    return json.dumps(list(words)).encode() + b"\n" + places.astype("<i8").tobytes()


def _as_text(column: "pd.Series[Any]") -> bytes:
    return json.dumps([str(value) for value in column]).encode()
