"""The file of a register after its intake: Parquet with the schema's version, counts and a digest."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

from jamsos_sim.errors import InputError
from jamsos_sim.population import intake_fields as fields
from jamsos_sim.population.intake_fields import FIELD, SCHEMA_VERSION, STORED, Field

METADATA = b"jamsos_register"
PERSON = "person"
HASH_BYTES = 16

TYPES: dict[str, pa.DataType] = {
    fields.DATE: pa.int32(),
    fields.SEX: pa.int8(),
    fields.PLACE: pa.dictionary(pa.int16(), pa.string()),
    fields.TRADE: pa.dictionary(pa.int16(), pa.string()),
    fields.DECILE: pa.int8(),
    fields.RUPIAH: pa.int32(),
    fields.YES_NO: pa.int8(),
}
"""How the values of each kind are stored: months as absolute months, words by name."""

Column = npt.NDArray[Any]


class Counts(NamedTuple):
    """Rows of the file that was taken in; read is kept and rejected together."""

    read: int
    kept: int
    rejected: int


class Stored(NamedTuple):
    """What a register's file holds: region, counts, digest, and its table."""

    region: str
    counts: Counts
    digest: str
    table: pa.Table


def type_of(field: Field) -> pa.DataType:
    """Type in which a field is stored."""
    return TYPES[field.kind]


def table_of(hashes: npt.NDArray[np.uint64], columns: dict[str, pa.Array]) -> pa.Table:
    """The table of a register, ordered by the person's hash, so that nothing is left of the file's order.

    Parameters
    ----------
    hashes:
        Two words for each person.
    columns:
        Field to values, in the order of the published schema.
    """
    order = np.lexsort((hashes[:, 1], hashes[:, 0]))
    content = pa.py_buffer(hashes[order].astype(">u8").tobytes())
    person = pa.FixedSizeBinaryArray.from_buffers(pa.binary(HASH_BYTES), len(order), [None, content])
    names = [field.name for field in STORED if field.name in columns]
    arrays = [columns[name].take(pa.array(order)) for name in names]
    return pa.Table.from_arrays([person, *arrays], names=[PERSON, *names])


def digest_of(table: pa.Table) -> str:
    """Digest of the values of a table, whatever the file in which they are stored."""
    digest = hashlib.sha256()
    for name in table.column_names:
        digest.update(f"{name}\n".encode())
        digest.update(_content_of(table.column(name).combine_chunks()))
    return digest.hexdigest()


def _content_of(column: pa.Array) -> bytes:
    """The values of a column as bytes; how a file encodes its words makes no difference."""
    if pa.types.is_fixed_size_binary(column.type):
        return b"".join(column.to_pylist())
    known: bytes = column.is_valid().to_numpy(zero_copy_only=False).tobytes()
    if not pa.types.is_dictionary(column.type):
        values: bytes = column.fill_null(0).to_numpy(zero_copy_only=False).astype("<i8").tobytes()
        return known + values
    words, codes = column.dictionary.to_pylist(), column.indices.to_numpy()
    used = sorted(np.unique(codes).tolist(), key=words.__getitem__)
    place = np.zeros(len(words), dtype="<i8")
    place[used] = np.arange(len(used))
    numbers: bytes = place[codes].tobytes()
    return known + "\n".join(words[code] for code in used).encode() + numbers


def write_register(path: Path, table: pa.Table, region: str, counts: Counts) -> None:
    """Write a register under a name; the caller renames."""
    about = {
        "version": SCHEMA_VERSION,
        "region": region,
        **counts._asdict(),
        "digest": digest_of(table),
    }
    content = json.dumps(about).encode()
    described = table.replace_schema_metadata({METADATA: content})
    parquet.write_table(described, path, compression="zstd")


def read_register(path: Path) -> Stored:
    """Read a register's file.

    Raises `InputError` when it can't be read, is no register of this toolkit, has another version, or is
    damaged.
    """
    if not path.exists():
        raise InputError("intake.register_missing", file=path)
    try:
        table = parquet.ParquetFile(path).read()
        about = json.loads((table.schema.metadata or {})[METADATA])
        counts = Counts(int(about["read"]), int(about["kept"]), int(about["rejected"]))
        region, version, digest = str(about["region"]), int(about["version"]), str(about["digest"])
    except (OSError, pa.ArrowInvalid, ValueError, KeyError, TypeError) as fault:
        raise InputError("intake.no_register", file=path) from fault
    if version != SCHEMA_VERSION:
        raise InputError("intake.other_version", file=path, version=version, known=SCHEMA_VERSION)
    table = table.replace_schema_metadata(None)
    if not _is_whole(table, counts, digest):
        raise InputError("intake.damaged", file=path)
    return Stored(region, counts, digest, table)


def _is_whole(table: pa.Table, counts: Counts, digest: str) -> bool:
    """Whether a table has the schema's columns and types, the rows that were counted, and its digest."""
    if not table.num_rows or table.num_rows != counts.kept or counts.read != counts.kept + counts.rejected:
        return False
    given = {name: table.schema.field(name).type for name in table.column_names}
    required = {field.name for field in STORED if field.is_required}
    is_known = all(
        name == PERSON or (name in FIELD and FIELD[name] in STORED and kind == type_of(FIELD[name]))
        for name, kind in given.items()
    )
    is_person = given.get(PERSON) == pa.binary(HASH_BYTES)
    return is_known and is_person and required <= set(given) and digest_of(table) == digest
