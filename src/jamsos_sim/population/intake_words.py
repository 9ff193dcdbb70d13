"""Words for places and trades: a register's own spelling, and what the region calls the same thing."""

import re
from collections.abc import Callable, Iterable, Mapping

from jamsos_sim.population.intake_habits import Wrong, written
from jamsos_sim.population.region import Region
from jamsos_sim.yaml_file import closest

MOST_SUGGESTIONS = 2_000
"""Different unknown words for which a closest name is looked for; the search is slow."""

PREFIX = re.compile(r"^(kelurahan|desa|kel|ds)\b\.?\s*")
NAME_AND_OTHER = re.compile(r"(.+?)\s*\((.+)\)")


def plain(word: object) -> str:
    """A word without case, spaces and punctuation: how spellings are compared."""
    return "".join(letter for letter in written(word) if letter.isalnum())


def plain_place(word: object) -> str:
    """The same for a kelurahan, without the word kelurahan before it."""
    return plain(PREFIX.sub("", written(word)))


def places(region: Region) -> dict[str, int]:
    """Spelling to position of every kelurahan; a name that two of them share needs its kecamatan with it."""
    found: list[tuple[str, int]] = []
    for code, each in enumerate(region.kelurahan):
        for name in _names(each.name):
            found += [(name, code), (f"{name} {region.kecamatan[each.kecamatan]}", code)]
    return _unambiguous((plain(name), code) for name, code in found)


def _names(name: str) -> list[str]:
    """A name such as ``Sawah (Sawah Lama)`` has two parts, each of them used alone."""
    match = NAME_AND_OTHER.fullmatch(name)
    return [name] if match is None else [name, match[1], match[2]]


def trades(region: Region) -> dict[str, int]:
    """Spelling to position of every trade: its key, and its label in both languages."""
    return _unambiguous(
        (plain(name), code)
        for code, each in enumerate(region.occupations)
        for name in (each.key, *each.title.values())
    )


def _unambiguous(spellings: Iterable[tuple[str, int]]) -> dict[str, int]:
    known: dict[str, set[int]] = {}
    for spelling, code in spellings:
        known.setdefault(spelling, set()).add(code)
    return {spelling: codes.pop() for spelling, codes in known.items() if len(codes) == 1}


def place_names(region: Region) -> list[str]:
    """Names of all kelurahan, for suggestions."""
    return [each.name for each in region.kelurahan]


def trade_names(region: Region) -> list[str]:
    """Keys of all trades, for suggestions."""
    return [each.key for each in region.occupations]


class WordReader:
    """Reads the cells of a column of words; an unknown word gets the closest name as a suggestion."""

    def __init__(
        self, known: Mapping[str, int], names: list[str], spelled: Callable[[object], str] = plain
    ) -> None:
        self.known = dict(known)
        self.names = names
        self.spelled = spelled
        self.suggestions = 0

    def __call__(self, cell: object) -> int | Wrong | None:
        """Position of the word in the region's table."""
        if not written(cell):
            return None
        code = self.known.get(self.spelled(cell))
        if code is not None:
            return code
        self.suggestions += 1
        near = self._closest(str(cell)) if self.suggestions <= MOST_SUGGESTIONS else None
        return Wrong("unknown_word") if near is None else Wrong("unknown_word_near", near)

    def _closest(self, word: str) -> str | None:
        spellings = {written(name): name for name in self.names}
        found = closest(written(word), spellings)
        return None if found is None else spellings[found]


def place_labels(region: Region) -> list[str]:
    """Kecamatan and kelurahan of every kelurahan: no two are the same."""
    return [f"{region.kecamatan[each.kecamatan]}/{each.name}" for each in region.kelurahan]
