"""Read a YAML file as plain values that still know their lines, and say its faults in sentences.

YAML 1.2 is read without tags: ``no`` is a word, ``2027-01`` is text, ``30_000`` is a number, a key given
twice is a fault. Every fault of a file names the file, the line and what to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from jamsos_sim.errors import InputError

Address = tuple[str | int, ...]
FileName = str | PathLike[str]

LARGEST_FILE = 1_000_000
MOST_VALUES = 50_000
DEEPEST = 20
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


def line_of(lines: Mapping[Address, int], address: Address) -> int:
    """Line of an address, or of the nearest thing around it that has one."""
    for length in range(len(address), 0, -1):
        if address[:length] in lines:
            return lines[address[:length]]
    return 1


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
        loaded = YAML().load(text)
    except DuplicateKeyError as error:
        line, place = _line(error), _repeated(error)
        raise InputError("yaml_file.repeated_key", file=name, line=line, place=place) from None
    except MarkedYAMLError as error:
        raise InputError("yaml_file.syntax", file=name, line=_line(error), problem=error.problem) from None
    except RecursionError:
        raise InputError("yaml_file.too_deep", file=name) from None
    except (YAMLError, ValueError) as error:
        problem = str(error).strip().splitlines()[0]
        raise InputError("yaml_file.syntax", file=name, line=1, problem=problem) from None
    reader = _Reader(name)
    data = reader.plain(loaded, ())
    return Document(name, text, data, reader.lines)


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
        problem = getattr(error, "strerror", None) or error
        raise InputError("yaml_file.unreadable", file=path, problem=problem) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("yaml_file.not_utf8", file=path, line=line) from None


def _line(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return 1 if mark is None else int(mark.line) + 1


def _repeated(error: DuplicateKeyError) -> str:
    """The key that stands twice: the text at the fault's own mark."""
    mark = error.problem_mark
    rest = "" if mark is None or mark.buffer is None else mark.buffer[mark.pointer :]
    return rest.split(":")[0].split("\n")[0].strip()


class _Reader:
    """Turn what the YAML library loaded into plain values, and note the lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Address, int] = {}
        self.count = 0

    def plain(self, node: Any, address: Address) -> Any:
        self.count += 1
        if len(address) > DEEPEST or self.count > MOST_VALUES:
            raise InputError("yaml_file.too_deep", file=self.name)
        if isinstance(node, CommentedMap):
            return dict(self._entries(node, address))
        if isinstance(node, CommentedSeq):
            return [self._entry(node, index, (*address, index)) for index in range(len(node))]
        return self._scalar(node, address)

    def _entries(self, node: CommentedMap, address: Address) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key in node:
            text = self._scalar(key, address) if isinstance(key, date) else str(key)
            place = (*address, text)
            value = self._entry(node, key, place)
            if text in seen:
                raise InputError(
                    "yaml_file.repeated_key", file=self.name, line=line_of(self.lines, place), place=text
                )
            seen.add(text)
            yield text, value

    def _entry(self, node: Any, key: Any, place: Address) -> Any:
        position = (node.lc.data or {}).get(key)
        if position is not None:
            self.lines[place] = int(position[0]) + 1
        return self.plain(node[key], place)

    def _scalar(self, node: Any, address: Address) -> Any:
        if node is None or isinstance(node, bool):
            return node
        if isinstance(node, ScalarBoolean):
            return bool(node)
        for kind in (int, float, str):
            if isinstance(node, kind):
                return kind(node)
        if isinstance(node, date):
            return node.isoformat()
        raise InputError("yaml_file.tag", file=self.name, line=line_of(self.lines, address))
