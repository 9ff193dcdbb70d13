"""A city's own register after its intake: who stands in it, without names and identity numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population import intake_fields as fields
from jamsos_sim.population.intake_fields import FIELD
from jamsos_sim.population.intake_words import place_labels, trade_names
from jamsos_sim.population.region import Region
from jamsos_sim.population.register_file import PERSON, Counts, read_register
from jamsos_sim.population.workers import Int64

UNKNOWN = -1
"""Stands for what the register does not say of a person."""

WORDS = (fields.PLACE, fields.TRADE)


@dataclass(frozen=True, eq=False)
class Register:
    """The columns of a register; no row says who the person is.

    Attributes
    ----------
    region:
        Name of the region for which it was taken in.
    counts:
        Rows of the file that was taken in.
    digest:
        Digest of its content, the same for the same people in any order.
    people:
        A number for each person, made from the keyed hash of the identity number.
    columns:
        Field of the published schema to whole numbers, `UNKNOWN` for what is not known; words as positions
        in `words`.
    words:
        Field of words to the words used in the file.
    """

    region: str
    counts: Counts
    digest: str
    people: npt.NDArray[np.uint64] = field(repr=False)
    columns: Mapping[str, Int64] = field(repr=False)
    words: Mapping[str, tuple[str, ...]] = field(repr=False)

    @property
    def size(self) -> int:
        """People in the register."""
        return int(self.people.size)


def load_register(path: Path) -> Register:
    """Read a register that ``jamsos intake`` made.

    Raises `InputError` when the file is missing, foreign, of another version, or damaged.
    """
    stored = read_register(path)
    columns: dict[str, Int64] = {}
    words: dict[str, tuple[str, ...]] = {}
    for name in stored.table.column_names:
        column = stored.table.column(name).combine_chunks()
        if name == PERSON:
            people = np.frombuffer(b"".join(column.to_pylist()), dtype=">u8")[::2].astype(np.uint64)
            continue
        if FIELD[name].kind in WORDS:
            words[name] = tuple(column.dictionary.to_pylist())
            column = column.indices
        columns[name] = column.fill_null(UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int64)
    return Register(stored.region, stored.counts, stored.digest, people, columns, words)


def must_be_of(register: Register, region: Region) -> None:
    """Raises `InputError` when a register was taken in for another region."""
    if register.region != region.name:
        raise InputError("intake.other_region", given=register.region, region=region.name)


def codes_in(register: Register, region: Region, name: str) -> Int64:
    """Positions of a register's kelurahan or trades in the tables of the region.

    Raises `InputError` when the region has no such word.
    """
    names = place_labels(region) if FIELD[name].kind == fields.PLACE else trade_names(region)
    place_of = {word: place for place, word in enumerate(names)}
    places = np.array([place_of.get(word, UNKNOWN) for word in register.words[name]], dtype=np.int64)
    codes: Int64 = places[register.columns[name]]
    if (codes == UNKNOWN).any():
        used = register.columns[name][codes == UNKNOWN][0]
        raise InputError("intake.words_changed", word=register.words[name][used], region=region.name)
    return codes
