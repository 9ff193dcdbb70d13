"""Read a YAML file as plain values that still know their lines, and say its faults in sentences.

YAML 1.2 is read without tags: ``no`` is a word, ``2027-01`` is text, ``30_000`` is a number, a key given
twice is a fault. Every fault of a file names the file, the line and what to do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

from jamsos_sim.errors import InputError
from jamsos_sim.yaml_kept import kept
from jamsos_sim.yaml_lines import Address, line_of

__all__ = ["Address", "Document", "FileError", "FileName", "closest", "parse_document", "read_document"]

FileName = str | PathLike[str]

LARGEST_FILE = 1_000_000
CLOSE_ENOUGH = 0.55


class FileError(InputError):
    """All faults of one file.

    Parameters
    ----------
    faults:
        At least one `InputError`, in the order of the lines.
    """

    def __init__(self, faults: Iterable[InputError]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(first.key, **first.values)

    def __reduce__(self) -> tuple[object, ...]:
        """How a process hands the faults to another one."""
        return FileError, (self.faults,)

    def sentence(self, lang: str | None = None) -> str:
        """One sentence for each fault, one fault to a line."""
        return "\n".join(self.sentences(lang))

    def sentences(self, lang: str | None = None) -> tuple[str, ...]:
        """The sentence of each fault."""
        return tuple(fault.sentence(lang) for fault in self.faults)


@dataclass(frozen=True)
class Document:
    """What a YAML file says.

    Attributes
    ----------
    name:
        The file as its user knows it, for sentences.
    text:
        The file's own text.
    data:
        Plain mappings (all keys are text), lists, text, numbers, truth values, or ``None`` for an empty file.
    lines:
        Line, from 1, of every key and every list entry, by its address in ``data``.
    """

    name: str
    text: str
    data: Any
    lines: Mapping[Address, int]

    def line(self, address: Address) -> int:
        """Line of an address, or of the nearest thing around it."""
        return line_of(self.lines, address)

    def fault(self, key: str, address: Address, **values: object) -> InputError:
        """A fault at an address; the sentence gets ``file``, ``line`` and ``place`` beside its own values."""
        written = ".".join(map(str, address))
        return InputError(key, file=self.name, line=self.line(address), place=written, **values)


def read_document(path: FileName) -> Document:
    """Read a YAML file.

    Raises `InputError` when it can't be opened or is no YAML file in UTF-8, with the line where known.
    """
    return parse_document(_text_of(Path(path)), str(path))


def parse_document(text: str, name: str) -> Document:
    """Read YAML text; ``name`` stands for the file in sentences.

    Raises `InputError` when the text is not YAML.
    """
    try:
        data, lines = kept(text, "with_lines")
    except InputError as fault:
        raise InputError(fault.key, file=name, **fault.values) from None
    return Document(name, text, data, lines)


def closest(name: str, names: Iterable[str]) -> str | None:
    """The most similar of the known names, or ``None`` when no name is similar."""
    similar = get_close_matches(name, list(names), n=1, cutoff=CLOSE_ENOUGH)
    return similar[0] if similar else None


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise InputError("yaml_file.folder", file=path)
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("yaml_file.too_large", file=path)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError("yaml_file.missing", file=path) from None
    except (OSError, ValueError) as error:
        raise InputError("yaml_file.unreadable", file=path, problem=error) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("yaml_file.not_utf8", file=path, line=line) from None
