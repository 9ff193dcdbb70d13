"""Read YAML text with the library: as plain values with their lines, or with the types of the text.

The library takes long to import and to read; `yaml_kept` asks it only for what has not been read before.
Faults are told without the name of the file, which the text does not know.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from jamsos_sim.errors import InputError
from jamsos_sim.yaml_lines import Address, line_of

MOST_VALUES = 50_000
DEEPEST = 20


def with_types(text: str) -> Any:
    """Mappings, lists, numbers, text and days of a file of ours; faults are the library's."""
    return YAML(typ="safe").load(text)


def with_lines(text: str) -> tuple[Any, dict[Address, int]]:
    """Plain values of anybody's text, and the line, from 1, of every key and every list entry.

    Raises `InputError` when the text is not YAML.
    """
    try:
        loaded = YAML().load(text)
    except DuplicateKeyError as error:
        line, place = _line(error), _repeated(error)
        raise InputError("yaml_file.repeated_key", line=line, place=place) from None
    except MarkedYAMLError as error:
        raise InputError("yaml_file.syntax", line=_line(error), problem=error.problem) from None
    except RecursionError:
        raise InputError("yaml_file.too_deep") from None
    except (YAMLError, ValueError) as error:
        problem = str(error).strip().splitlines()[0]
        raise InputError("yaml_file.syntax", line=1, problem=problem) from None
    reader = _Reader()
    data = reader.plain(loaded, ())
    return data, reader.lines


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

    def __init__(self) -> None:
        self.lines: dict[Address, int] = {}
        self.count = 0

    def plain(self, node: Any, address: Address) -> Any:
        self.count += 1
        if len(address) > DEEPEST or self.count > MOST_VALUES:
            raise InputError("yaml_file.too_deep")
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
                raise InputError("yaml_file.repeated_key", line=line_of(self.lines, place), place=text)
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
        raise InputError("yaml_file.tag", line=line_of(self.lines, address))
