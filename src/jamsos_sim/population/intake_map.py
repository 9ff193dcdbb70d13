"""The map of a register: which column of a file is which field, and what the file's own words mean."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from jamsos_sim.errors import InputError
from jamsos_sim.population import intake_fields as fields
from jamsos_sim.population.intake_fields import CHILDREN, FIELD, FIELDS
from jamsos_sim.population.intake_habits import (
    Reader,
    Wrong,
    read_date,
    read_decile,
    read_rupiah,
    read_sex,
    read_yes_no,
    written,
)
from jamsos_sim.population.intake_words import (
    WordReader,
    place_names,
    places,
    plain,
    plain_place,
    trade_names,
    trades,
)
from jamsos_sim.population.region import Region
from jamsos_sim.yaml_checks import Part, Words, checked, raise_faults, unknown_key, unknown_option
from jamsos_sim.yaml_file import Address, Document, read_document

NO, UNKNOWN = "no", "unknown"
WITH_OWN_WORDS = {fields.SEX, fields.PLACE, fields.TRADE, fields.DECILE, fields.YES_NO}


class _File(Part):
    """The keys of the file."""

    columns: dict[str, Words]
    values: dict[str, dict[str, str | int | bool]] = Field(default={})
    empty: dict[str, str] = Field(default={})


@dataclass(frozen=True)
class RegisterMap:
    """A checked map.

    Attributes
    ----------
    document:
        The file, for sentences about it.
    columns:
        Field to the name of its column.
    readers:
        Field to the reader of its cells, for all fields but the identity number and what is dropped.
    empty:
        Field of yes and no to what its empty cells mean, where the map says so.
    """

    document: Document
    columns: Mapping[str, str]
    readers: Mapping[str, Reader]
    empty: Mapping[str, str]

    def fault(self, key: str, field: str, **values: object) -> InputError:
        """A fault of the column of a field."""
        return self.document.fault(key, ("columns", field), **values)


def load_map(path: Path, region: Region) -> RegisterMap:
    """Read and check a map.

    Raises `InputError` with file, line, key and closest name; all faults of the file at once.
    """
    document = read_document(path)
    file, faults = checked(_File.model_validate, document, document.data or {}, (), _known_keys)
    if file is None:
        raise_faults(faults)
        raise AssertionError("a map is checked or has faults")
    raise_faults([*_field_faults(document, file), *_column_faults(document, file)])
    readers: dict[str, Reader] = {}
    for name in file.columns:
        if FIELD[name].kind in {fields.IDENTITY, fields.DROPPED}:
            continue
        reader = _reader(name, region)
        own, wrong = _own_words(document, name, file.values.get(name, {}), reader)
        faults += wrong
        readers[name] = _with_own_words(reader, own, _spelling(name))
    raise_faults(faults)
    return RegisterMap(document, dict(file.columns), readers, dict(file.empty))


def _known_keys(address: Address) -> Iterable[str]:
    return tuple(_File.model_fields) if len(address) == 1 else tuple(FIELD)


def _field_faults(document: Document, file: _File) -> list[InputError]:
    """Fields that nothing knows, or that have no words or no yes and no."""
    faults = [unknown_key(document, ("columns", name), FIELD) for name in file.columns if name not in FIELD]
    worded = [field.name for field in FIELDS if field.kind in WITH_OWN_WORDS]
    asked = [field.name for field in FIELDS if field.kind == fields.YES_NO]
    faults += [unknown_key(document, ("values", name), worded) for name in file.values if name not in worded]
    for name, meaning in file.empty.items():
        if name not in asked:
            faults.append(unknown_key(document, ("empty", name), asked))
        elif meaning not in {NO, UNKNOWN}:
            faults.append(unknown_option(document, ("empty", name), meaning, (NO, UNKNOWN)))
    for part, names in (("values", file.values), ("empty", file.empty)):
        unmapped = [name for name in names if name in FIELD and name not in file.columns]
        faults += [document.fault("intake.not_mapped", (part, name), field=name) for name in unmapped]
    return faults


def _column_faults(document: Document, file: _File) -> list[InputError]:
    """Required fields without a column, one column for two fields, one child without the other."""
    needed = [field.name for field in FIELDS if field.is_required and field.name not in file.columns]
    faults = [document.fault("intake.field_missing", ("columns",), field=name) for name in needed]
    seen: dict[str, str] = {}
    for name, column in file.columns.items():
        other = seen.setdefault(plain(column), name)
        if other != name:
            faults.append(
                document.fault("intake.column_twice", ("columns", name), column=column, other=other)
            )
    given = [name for name in CHILDREN if name in file.columns]
    if len(given) == 1:
        faults.append(document.fault("intake.one_child", ("columns", given[0]), fields=", ".join(CHILDREN)))
    return faults


def _reader(name: str, region: Region) -> Reader:
    kind = FIELD[name].kind
    if kind == fields.PLACE:
        return WordReader(places(region), place_names(region), plain_place)
    if kind == fields.TRADE:
        return WordReader(trades(region), trade_names(region))
    readers: dict[str, Reader] = {
        fields.DATE: read_date,
        fields.SEX: read_sex,
        fields.DECILE: read_decile,
        fields.RUPIAH: read_rupiah,
        fields.YES_NO: read_yes_no,
    }
    return readers[kind]


def _own_words(
    document: Document, name: str, words: Mapping[str, str | int | bool], reader: Reader
) -> tuple[dict[str, int], list[InputError]]:
    """Spelling to number of the file's own words, and the words whose meaning is no value of the field."""
    own: dict[str, int] = {}
    faults: list[InputError] = []
    for word, meaning in words.items():
        value = reader(meaning)
        at = ("values", name, word)
        if isinstance(value, int):
            own[_spelling(name)(word)] = value
        elif isinstance(value, Wrong) and value.near:
            faults.append(document.fault("yaml_file.unknown_option_near", at, value=meaning, near=value.near))
        else:
            options = reader.names if isinstance(reader, WordReader) else [FIELD[name].example]
            faults.append(
                document.fault("yaml_file.unknown_option", at, value=meaning, known=", ".join(options))
            )
    return own, faults


def _spelling(name: str) -> Callable[[object], str]:
    """How words of a field are compared: places and trades by their letters, others as written."""
    return {fields.PLACE: plain_place, fields.TRADE: plain}.get(FIELD[name].kind, written)


def _with_own_words(reader: Reader, own: Mapping[str, int], spelled: Callable[[object], str]) -> Reader:
    """A reader that looks among the file's own words first."""
    if not own:
        return reader

    def read(cell: object) -> int | Wrong | None:
        found = own.get(spelled(cell))
        return reader(cell) if found is None else found

    return read
