"""Checkpoints of a notebook: numbers asserted and printed in one canonical form.

What a notebook displays may change its look; what a checkpoint says may not. Whole numbers are checked
exactly; a mean over worlds is checked by its Monte Carlo error, so that the verdict holds for any number of
worlds and any seed.
"""

import hashlib
from collections.abc import Sequence
from math import sqrt
from numbers import Integral

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype

from jamsos_sim.messages import DEFAULT_LANGUAGE, text
from jamsos_sim.report.numbers import Style, number

STANDARD_ERRORS = 4
"""Standard errors within which a mean must lie: a true reference fails once in thousands of notebooks."""

FEW_WORLDS = (636.6, 31.6, 12.9, 8.6, 6.9, 6.0, 5.4, 5.0, 4.8, 4.6, 4.4, 4.3, 4.2, 4.1, 4.1)
"""The same for two worlds, three, and so on: with few of them the standard error is uncertain itself.

Student's t distribution for 1, 2, … degrees of freedom, exceeded by chance once in a thousand times.
"""

DIGEST_LETTERS = 16
LANGUAGES_APART = " | "

Plain = int | str
Value = Plain | tuple[Plain, ...]


class CheckpointError(AssertionError):
    """A number of a notebook is not what it must be."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows instead of a traceback."""
        return [str(self)]


class Checkpoint:
    """Asserts numbers and prints a verdict in a language.

    What a number is called is the same in all languages, or ``Indonesian | English``.

    Every method raises `CheckpointError` when the numbers disagree, and `TypeError` for a fraction where only
    whole numbers can be checked exactly.
    """

    def __init__(self, lang: str = DEFAULT_LANGUAGE) -> None:
        self.lang = lang

    def exactly(self, label: str, found: object, expected: object) -> None:
        """Check a whole number, a word, or a sequence of them, to the last rupiah."""
        ours, theirs = plain(found), plain(expected)
        if ours != theirs:
            raise CheckpointError(
                text(
                    "notebooks.not_exact",
                    self.lang,
                    label=self._named(label),
                    found=self._written(ours),
                    expected=self._written(theirs),
                )
            )
        print(text("notebooks.exact", self.lang, label=self._named(label), expected=self._written(theirs)))

    def on_average(self, label: str, worlds: Sequence[float], expected: float, error: float = 0.0) -> None:
        """Check the mean of one number for each world against a reference with its own standard error.

        One world alone has no error to be checked by; it is only said so.
        """
        values = np.asarray(worlds, dtype=np.float64)
        if values.size < 2:
            print(text("notebooks.one_world", self.lang, label=self._named(label)))
            return
        own_error = float(values.std(ddof=1)) / sqrt(values.size)
        errors = standard_errors(values.size)
        mean = float(values.mean())
        allowed = sqrt((errors * own_error) ** 2 + (STANDARD_ERRORS * error) ** 2)
        told = {"expected": f"{expected:.6g}", "errors": f"{errors:g}"}
        words = {"label": self._named(label), **{name: self._localised(each) for name, each in told.items()}}
        if not abs(mean - expected) <= allowed:
            shown = {"mean": self._localised(f"{mean:.6g}"), "allowed": self._localised(f"{allowed:.3g}")}
            raise CheckpointError(text("notebooks.not_on_average", self.lang, **words, **shown))
        print(text("notebooks.on_average", self.lang, **words))

    def _named(self, label: str) -> str:
        """What a number is called in the language."""
        names = label.split(LANGUAGES_APART)
        return names[0] if self.lang == DEFAULT_LANGUAGE else names[-1]

    def _written(self, value: Value) -> str:
        """Whole numbers with the separators of the language."""
        if isinstance(value, tuple):
            return f"[{'; '.join(self._written(each) for each in value)}]"
        return number(value, Style(self.lang)) if isinstance(value, int) else value

    def _localised(self, written: str) -> str:
        written = written.replace("-", "−")
        return written.replace(".", ",") if self.lang == "id" else written

    def digest(self, label: str, table: pd.DataFrame) -> None:
        """Print the digest of a table of whole numbers and words: one rupiah more and it is another one."""
        for name in table.columns:
            if not is_integer_dtype(table[name]):
                plain(table[name])
        letters = digest_of(table)[:DIGEST_LETTERS]
        print(text("notebooks.digest", self.lang, label=self._named(label), rows=len(table), digest=letters))


def digest_of(table: pd.DataFrame) -> str:
    """Digest of a table's columns of whole numbers and words."""
    digest = hashlib.sha256()
    for name in table.columns:
        column = table[name]
        digest.update(f"{name}\n".encode())
        if is_integer_dtype(column):
            digest.update(column.to_numpy(dtype="<i8").tobytes())
        else:
            digest.update("\n".join(column.astype(str)).encode())
    return digest.hexdigest()


def standard_errors(worlds: int) -> float:
    """How many of its standard errors the mean over two or more worlds may lie from its reference."""
    degrees = worlds - 1
    return FEW_WORLDS[degrees - 1] if degrees <= len(FEW_WORLDS) else STANDARD_ERRORS


def plain(value: object) -> Value:
    """A whole number, a word or a sequence of them as plain Python values.

    Raises `TypeError` for anything else: a fraction has no last digit to be checked.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Integral | np.bool_):
        return int(value)
    if isinstance(value, Sequence | np.ndarray | pd.Series):
        return tuple(_single(entry) for entry in list(value))
    raise TypeError(f"only whole numbers and words are checked exactly, not {type(value).__name__}")


def _single(entry: object) -> Plain:
    single = plain(entry)
    if isinstance(single, tuple):
        raise TypeError("only single values stand in a sequence that is checked")
    return single
