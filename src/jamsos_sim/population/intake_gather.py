"""From the cells of a register to whole numbers and keyed hashes, one part of the file after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population import intake_fields as fields
from jamsos_sim.population.intake_fields import FIELD
from jamsos_sim.population.intake_habits import Reader, Wrong
from jamsos_sim.population.intake_identity import Hashes, hashes_of, read_nik
from jamsos_sim.population.intake_map import NO, RegisterMap
from jamsos_sim.population.intake_rejects import WHOLE_ROW, Fault
from jamsos_sim.population.intake_table import Part

Int64 = npt.NDArray[np.int64]

UNKNOWN = -1
"""Stands for an empty cell; below it stand the wrong ones."""
FIRST_WRONG = -2
LARGEST_NUMBER = 2**62
NIK = "nik"
FEWEST_ZEROS = 20
"""So many identity numbers that all end in 0 have been cut by a spreadsheet."""


class Cells(dict[object, int]):
    """Reads each different cell of a column once; a wrong one gets a number below `UNKNOWN`."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read
        self.wrong: list[tuple[Wrong, str]] = []

    def __missing__(self, key: object) -> int:
        cell = key[1] if isinstance(key, tuple) else key
        value = self.read(cell)
        if isinstance(value, Wrong):
            self.wrong.append((value, " ".join(str(cell).split())))
            value = FIRST_WRONG + 1 - len(self.wrong)
        self[key] = UNKNOWN if value is None else min(value, LARGEST_NUMBER)
        return self[key]

    def numbers(self, column: Sequence[object]) -> Int64:
        """The numbers of a column; equal cells of different types are told apart."""
        keys = column
        if set(map(type, column)) - {str}:
            keys = [cell if isinstance(cell, str) else (type(cell), cell) for cell in column]
        return np.fromiter(map(self.__getitem__, keys), dtype=np.int64, count=len(column))

    def fault(self, row: int, name: str, number: int) -> Fault:
        """The fault that a number below `UNKNOWN` stands for."""
        wrong, cell = self.wrong[FIRST_WRONG - number]
        return Fault(row, name, wrong.reason, wrong.near, cell)


@dataclass(frozen=True)
class Gathered:
    """What was understood of a register.

    Attributes
    ----------
    rows:
        Numbers of the rows in the file.
    hashes:
        Two words of the keyed hash for each row.
    numbers:
        Field to numbers, `UNKNOWN` for an empty cell.
    faults:
        Cells and rows that were not understood.
    lines:
        Rows of the file, with those that could not be taken apart.
    """

    rows: Int64
    hashes: Hashes
    numbers: dict[str, Int64]
    faults: list[Fault]
    lines: int


@dataclass
class Gatherer:
    """Takes the parts of a register one by one."""

    readers: Mapping[str, Cells]
    key: bytes = field(repr=False)
    rows: list[Int64] = field(default_factory=list)
    hashes: list[Hashes] = field(default_factory=list)
    numbers: dict[str, list[Int64]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0
    whole_niks: int = 0
    niks_ending_in_zero: int = 0

    def take(self, part: Part) -> None:
        """Understand one part; what it held is not kept."""
        self.lines += len(part.numbers) + len(part.broken)
        self.faults += [Fault(row, WHOLE_ROW, wrong.reason) for row, wrong in part.broken]
        self.rows.append(np.array(part.numbers, dtype=np.int64))
        niks = [read_nik(cell) for cell in part.cells[NIK]]
        pairs = zip(part.numbers, niks, strict=True)
        self.faults += [Fault(row, NIK, nik.reason) for row, nik in pairs if isinstance(nik, Wrong)]
        self.whole_niks += sum(isinstance(nik, str) for nik in niks)
        self.niks_ending_in_zero += sum(isinstance(nik, str) and nik[-1] == "0" for nik in niks)
        self.hashes.append(hashes_of(niks, self.key))
        for name, reader in self.readers.items():
            numbers = reader.numbers(part.cells[name])
            self.numbers.setdefault(name, []).append(numbers)
            wrong = np.flatnonzero(numbers <= FIRST_WRONG)
            self.faults += [reader.fault(part.numbers[place], name, int(numbers[place])) for place in wrong]

    def gathered(self, register_map: RegisterMap, file: object) -> Gathered:
        """Everything together.

        Raises `InputError` when there was no row, when a spreadsheet has cut the identity numbers, or when
        the empty cells of a column may mean no or unknown.
        """
        if self.lines == 0:
            raise InputError("intake.no_rows", file=file)
        if self.whole_niks >= FEWEST_ZEROS and self.niks_ending_in_zero == self.whole_niks:
            raise InputError("intake.niks_cut", file=file)
        numbers = {name: np.concatenate(self.numbers.get(name, [_NOTHING])) for name in self.readers}
        for name, column in numbers.items():
            if FIELD[name].kind == fields.YES_NO:
                numbers[name] = with_empty(column, name, register_map)
        rows, hashes = [_NOTHING, *self.rows], [_NOTHING.reshape(0, 2).astype(np.uint64), *self.hashes]
        return Gathered(np.concatenate(rows), np.concatenate(hashes), numbers, self.faults, self.lines)


_NOTHING = np.zeros(0, dtype=np.int64)


def with_empty(numbers: Int64, name: str, register_map: RegisterMap) -> Int64:
    """A column of yes and no in which an empty cell means what the map says.

    Raises `InputError` when the map says nothing and the column holds yes and empty cells only, as lists do
    in which only the yes is marked.
    """
    meaning = register_map.empty.get(name)
    is_marked = (numbers == 1).any() and (numbers == UNKNOWN).any() and not (numbers == 0).any()
    if meaning is None and is_marked:
        raise register_map.fault("intake.only_yes", name, column=register_map.columns[name], name=name)
    return np.where(numbers == UNKNOWN, 0, numbers) if meaning == NO else numbers
