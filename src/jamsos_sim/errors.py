"""Errors that speak to the person who must act.

An `InputError` is a fault in what the user gave: a file, a name, a number. It names a sentence of the message
catalogue and the values that belong in it, so that the command line can say it in Indonesian or English. A
notebook shows an error as soon as it is raised, so it says with `speak` in which language it is written.
"""

import errno
from functools import partial
from pathlib import Path
from typing import ClassVar

from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text

SYSTEM = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "folder",
    errno.EEXIST: "there_already",
    errno.ENAMETOOLONG: "long_name",
}
"""What hinders a file most often, by the number of the operating system, to its words in the catalogue."""


class InputError(Exception):
    """A fault in the user's input, said in one sentence that tells what to do.

    Parameters
    ----------
    key:
        Key of the sentence in the message catalogue.
    values:
        What the sentence names: file, line, key, closest name, …; an `OSError` is named in the sentence's
        language.
    """

    spoken: ClassVar[str] = DEFAULT_LANGUAGE
    """Language of a fault that nobody asks for in another one; see `speak`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """How a process hands the fault to another one: by its key and values, as it was made."""
        return partial(type(self), self.key, **self.values), ()

    def sentence(self, lang: str | None = None) -> str:
        """The sentence in a language of the catalogue, or in the one that is spoken."""
        spoken = lang or InputError.spoken
        named = {
            name: reason_of(value, spoken) if isinstance(value, OSError) else value
            for name, value in self.values.items()
        }
        return text(self.key, spoken, **named)

    def __str__(self) -> str:
        return self.sentence()

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows instead of a traceback."""
        return [self.sentence()]


def reason_of(fault: OSError, lang: str) -> str:
    """What hinders a file, in a language of the catalogue; seldom ones as the operating system says them."""
    known = SYSTEM.get(fault.errno or 0)
    return text(f"system.{known}", lang) if known else fault.strerror or str(fault)


def speak(lang: str) -> None:
    """Say faults, and what a bar of progress counts, in a language from here on: ``id`` or ``en``.

    A notebook calls it once, in its first cells. Raises `InputError` for a language that the catalogue lacks.
    """
    if lang not in LANGUAGES:
        raise InputError("notebooks.unknown_language", given=lang)
    InputError.spoken = lang


def spoken_language() -> str:
    """The language that `speak` has set; Indonesian at first."""
    return InputError.spoken


class StoppedError(KeyboardInterrupt):
    """The user stopped a run in a notebook or a script, which is said in one sentence.

    Parameters
    ----------
    folder:
        Where what is done already is kept; nowhere when it is ``None``.
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        key = "notebooks.stopped" if self.folder is None else "notebooks.stopped_with_folder"
        return text(key, spoken_language(), folder=self.folder)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows instead of a traceback."""
        return [str(self)]


class ToldInterruptError(Exception):
    """The user interrupted, and has been told what is kept."""
