"""The intake of a real register: read, understand, check, and keep without names and identity numbers.

Every row of the file is either kept or rejected. A row with several faults is rejected once, each fault with
a line of its own. Of good rows with the same identity number the first is kept, and the later ones are
rejected with its number. Nothing stands under its final name before all of it is written.
"""

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from jamsos_sim.errors import InputError
from jamsos_sim.population import intake_fields as fields
from jamsos_sim.population.intake_checks import NOT_NULLABLE, failures_of
from jamsos_sim.population.intake_fields import CHILDREN, FIELD
from jamsos_sim.population.intake_gather import FIRST_WRONG, UNKNOWN, Cells, Gathered, Gatherer
from jamsos_sim.population.intake_identity import read_key
from jamsos_sim.population.intake_map import load_map
from jamsos_sim.population.intake_rejects import Fault, rejected_rows, write_rejected
from jamsos_sim.population.intake_sheets import open_register
from jamsos_sim.population.intake_warnings import Stated, stated_incomes
from jamsos_sim.population.intake_words import place_labels, trade_names
from jamsos_sim.population.region import Region
from jamsos_sim.population.register_file import Counts, table_of, type_of, write_register

Int64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Request(NamedTuple):
    """What is to be taken in, and where to.

    Attributes
    ----------
    key_file:
        File of the key of identity numbers, or ``None`` for the environment.
    sheet:
        Sheet of a workbook, or ``None`` for the one with the map's columns.
    """

    file: Path
    map_file: Path
    out: Path
    rejected: Path
    key_file: Path | None = None
    sheet: str | None = None


class Intake(NamedTuple):
    """What came of an intake.

    Attributes
    ----------
    counts:
        Rows read, kept, rejected.
    faults:
        All faults.
    names:
        Field to the file's column name.
    odd_lines:
        Lines in another encoding than the rest.
    people:
        Kept people by kecamatan and recorded decile.
    incomes:
        Declared incomes of kept people, and how many are implausible.
    """

    counts: Counts
    faults: Sequence[Fault]
    names: Mapping[str, str]
    odd_lines: int
    people: Int64
    incomes: Stated


def take_in(request: Request, region: Region, lang: str) -> Intake:
    """Take in a register; write what is kept and what is rejected.

    Raises `InputError` when the request, the map or the file as a whole can't serve; then nothing is
    written. When every row is rejected, the list of rejected rows alone is written before it is raised.
    """
    check_places(request)
    key = read_key(request.key_file)
    register_map = load_map(request.map_file, region)
    opened = open_register(request.file, register_map, request.sheet)
    gatherer = Gatherer({name: Cells(read) for name, read in register_map.readers.items()}, key)
    with no_collection():
        for part in opened.table.parts:
            gatherer.take(part)
    gathered = gatherer.gathered(register_map, request.file)
    faults, kept = judged(gathered, region)
    counts = Counts(gathered.lines, int(kept.sum()), rejected_rows(faults))
    if counts.read != counts.kept + counts.rejected:
        raise AssertionError(f"an intake lost rows: {counts}")
    with written_whole(request.rejected) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        write_rejected(file, faults, opened.table.names, lang)
    if counts.kept == 0:
        raise InputError(
            "intake.nothing_kept", file=request.file, rows=counts.read, rejected=request.rejected
        )
    columns = {
        name: stored(name, numbers[kept], region) for name, numbers in in_order(gathered.numbers).items()
    }
    with written_whole(request.out) as draft:
        write_register(draft, table_of(gathered.hashes[kept], columns), region.name, counts)
    people = people_of(gathered.numbers, kept, region)
    incomes = stated_incomes(gathered.numbers, kept)
    return Intake(counts, faults, opened.table.names, opened.odd_lines(), people, incomes)


@contextmanager
def no_collection() -> Iterator[None]:
    """Leave the search for circular garbage out: there is none, and it would look at every cell again and
    again, which takes longer than reading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check_places(request: Request) -> None:
    """Raise `InputError` when a file would be overwritten or can't be written."""
    for path in (request.out, request.rejected):
        if path.exists():
            raise InputError("intake.exists", file=path)
        if not path.parent.is_dir():
            raise InputError("intake.no_folder", file=path, folder=path.parent)
    if request.out.absolute() == request.rejected.absolute():
        raise InputError("intake.one_place", file=request.out)
    probe = request.out.with_name(f".{uuid4().hex}.partial")
    with speaking_of(request.out):
        probe.touch()
        probe.unlink()


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """Turn what hinders writing into a sentence."""
    try:
        yield
    except OSError as fault:
        raise InputError("intake.not_writable", file=path, reason=fault) from None


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary name to write to; the file gets its own name when all of it is written."""
    draft = path.with_name(f".{path.name}.{uuid4().hex}.partial")
    try:
        with speaking_of(path):
            yield draft
            os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def judged(gathered: Gathered, region: Region) -> tuple[list[Fault], Mask]:
    """All faults, and which of the gathered rows are kept."""
    is_wrong = {name: numbers <= FIRST_WRONG for name, numbers in gathered.numbers.items()}
    table = pd.DataFrame(
        {
            name: pd.arrays.IntegerArray(numbers, numbers <= UNKNOWN)
            for name, numbers in gathered.numbers.items()
        }
    )
    faults = list(gathered.faults)
    for place, name, reason in failures_of(table, region):
        if reason == NOT_NULLABLE and is_wrong[name][place]:
            continue  # said already, in what way it was not understood
        kind = "empty" if reason == NOT_NULLABLE else reason
        faults.append(Fault(int(gathered.rows[place]), name, kind))
    good = ~np.isin(gathered.rows, [fault.row for fault in faults])
    repeated, first_rows = repetitions(gathered, good)
    pairs = zip(gathered.rows[repeated].tolist(), first_rows.tolist(), strict=True)
    faults += [Fault(row, "nik", "twice", str(first)) for row, first in pairs]
    good[repeated] = False
    return faults, good


def repetitions(gathered: Gathered, good: Mask) -> tuple[Int64, Int64]:
    """Places of good rows whose person stands in an earlier good row, and that row's number."""
    people = pd.DataFrame(gathered.hashes[good])
    again = people.duplicated().to_numpy()
    places = np.flatnonzero(good)
    shared = people[people.duplicated(keep=False)].assign(
        row=gathered.rows[good][people.duplicated(keep=False)]
    )
    first = shared.groupby([0, 1], sort=False)["row"].transform("first")
    return places[again], first[again[shared.index]].to_numpy(dtype=np.int64)


def in_order(numbers: Mapping[str, Int64]) -> dict[str, Int64]:
    """The numbers with the older of two children first."""
    if not set(CHILDREN) <= set(numbers):
        return dict(numbers)
    first, second = (numbers[name] for name in CHILDREN)
    is_swapped = (second > UNKNOWN) & ((first <= UNKNOWN) | (second < first))
    older, younger = np.where(is_swapped, second, first), np.where(is_swapped, first, second)
    return {**numbers, **dict(zip(CHILDREN, (older, younger), strict=True))}


def stored(name: str, numbers: Int64, region: Region) -> pa.Array:
    """The numbers of kept people as the register stores them: words by name, unknown as missing."""
    kind = FIELD[name].kind
    if kind in {fields.PLACE, fields.TRADE}:
        words = place_labels(region) if kind == fields.PLACE else trade_names(region)
        return pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int16)), pa.array(words))
    return pa.array(numbers, mask=numbers <= UNKNOWN).cast(type_of(FIELD[name]))


def people_of(numbers: Mapping[str, Int64], kept: Mask, region: Region) -> Int64:
    """Kept people by kecamatan and recorded decile."""
    of_place = np.array([each.kecamatan for each in region.kelurahan])
    deciles = len(region.decile_shares)
    cells = of_place[numbers["kelurahan"][kept]] * deciles + numbers["decile"][kept] - 1
    return np.bincount(cells, minlength=len(region.kecamatan) * deciles).reshape(-1, deciles)
