"""Columns that compiled loops find by their addresses.

Python hands every column of a noun to a loop one by one, which for a loop over twenty columns takes longer
than many a loop takes to run (`benchmarks/calls.py`). Here a noun keeps one table with the address and the
lengths of each of its columns; the table is what enters a loop, and the loop reads from it what it needs.
"""

from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np
import numpy.typing as npt
from numba import types
from numba.core.cgutils import gep as _gep
from numba.core.imputils import impl_ret_untracked as _impl_ret_untracked
from numba.extending import intrinsic
from numba.np.numpy_support import from_dtype

N = TypeVar("N", bound=tuple[Any, ...])
Table = npt.NDArray[np.int64]

NUMBERS_OF_A_COLUMN = 2
"""Address and length."""
BESIDE_THE_TABLE = "beside the table"
"""Marks a field without a place in a table, because it changes too often: ``Annotated[Rolls, ...]``."""

# Numba declares no types here.
gep, untracked = (cast(Callable[..., Any], each) for each in (_gep, _impl_ret_untracked))


class Addressed:
    """A noun that keeps a table of where its columns stand.

    The table lives as long as the noun: whoever holds a noun holds its columns in place.
    """

    _table: Table

    def __getstate__(self) -> None:
        """Nothing beside the columns: addresses mean nothing in another process."""

    @property
    def table(self) -> Table:
        """Numbers of all fields in their order: address and lengths of a column, and whole numbers."""
        try:
            return self._table
        except AttributeError:
            self._table = np.concatenate(list(_tables(self)))
            return self._table


def addressed(noun: type[N]) -> type[N]:
    """Let a `NamedTuple` of columns, nouns of columns, and whole numbers keep a table of where they stand.

    Fields of any other kind have no place in it.
    """
    described = {"__doc__": noun.__doc__, "__module__": noun.__module__, "__qualname__": noun.__qualname__}
    return cast(type[N], type(noun.__name__, (Addressed, noun), described))


def first_rows(noun: N, count: int) -> N:
    """The first rows of all columns of a noun that has nothing but columns, as views."""
    # A view begins where its column begins, so that the table changes in the lengths alone.
    views = cast(Any, noun)._make(map(itemgetter(slice(count)), noun))
    views._table = cast(Any, noun).table.copy()
    views._table[NUMBERS_OF_A_COLUMN - 1 :: NUMBERS_OF_A_COLUMN] = count
    return cast(N, views)


def with_first_rows(noun: N, name: str, count: int) -> N:
    """A noun with the first rows alone of one of the nouns in it."""
    part = first_rows(getattr(noun, name), count)
    other = cast(Any, noun)._replace(**{name: part})
    start = fields_of(cast(Any, type(noun)))[name].place
    other._table = cast(Any, noun).table.copy()
    other._table[start : start + part.table.size] = part.table
    return cast(N, other)


def with_same_table(noun: N, before: N) -> N:
    """A noun that differs from another one in nothing that has a place in the table."""
    cast(Any, noun)._table = cast(Any, before).table
    return noun


class Columns(NamedTuple):
    """What a column is: the type of its values, and how many dimensions it has."""

    dtype: np.dtype[Any]
    dimensions: int


class Field(NamedTuple):
    """A field of a noun: where its numbers begin in the table, and what it is.

    ``kind`` says what a column is (`Columns`), or is a noun's class, or ``int``.
    """

    place: int
    kind: Any


@cache
def fields_of(noun: Any) -> dict[str, Field]:
    """The fields of a noun that have a place in its table, as its annotations say."""
    fields, place = {}, 0
    for name, hint in get_type_hints(noun, include_extras=True).items():
        kind = _kind_of(hint) if name in noun._fields else None
        if kind is not None:
            fields[name] = Field(place, kind)
            place += _size_of(kind)
    return fields


def _kind_of(hint: Any) -> Any:
    """What a field is; nothing for one that has no place in a table.

    A column of more than one dimension says so: ``Annotated[npt.NDArray[np.int64], 2]``.
    """
    if isinstance(hint, type) and (hint is int or issubclass(hint, Addressed) or hasattr(hint, "_fields")):
        return hint
    dimensions = 1
    if get_origin(hint) is Annotated:
        hint, dimensions = get_args(hint)
    if get_origin(hint) is not np.ndarray:
        return None
    _, values = get_args(hint)
    return Columns(np.dtype(get_args(values)[0]), dimensions)


def _size_of(kind: Any) -> int:
    """How many numbers a field has in the table."""
    if isinstance(kind, Columns):
        return 1 + kind.dimensions
    return 1 if kind is int else sum(_size_of(field.kind) for field in fields_of(kind).values())


def _tables(noun: Any) -> Iterator[Table]:
    """The table of a noun in pieces; those of the nouns in it are at hand."""
    for name, field in fields_of(cast(Any, type(noun))).items():
        value = getattr(noun, name)
        if isinstance(value, Addressed):
            yield value.table
        else:
            yield np.array(list(_numbers(name, field.kind, value)), dtype=np.int64)


def _numbers(name: str, kind: Any, value: Any) -> Iterator[int]:
    if kind is int:
        yield int(value)
    elif isinstance(kind, Columns):
        if (value.dtype, value.ndim) != kind or not value.flags.c_contiguous:
            raise AssertionError(f"the column {name} holds {value.dtype}, not {kind.dtype} side by side")
        yield value.__array_interface__["data"][0]
        yield from value.shape
    else:
        for inner, field in fields_of(kind).items():
            yield from _numbers(inner, field.kind, getattr(value, inner))


class _Reader(NamedTuple):
    """What it takes to make code that reads a table."""

    context: Any
    builder: Any
    table: Any

    def number(self, place: int) -> Any:
        """The number at a place."""
        return self.builder.load(gep(self.builder, self.table, place))

    def column(self, place: int, kind: Any) -> Any:
        """The column whose address and lengths stand at a place."""
        from numba.np.arrayobj import populate_array as _populate_array

        populate_array = cast(Callable[..., Any], _populate_array)
        column = self.context.make_array(kind)(self.context, self.builder)
        item = self.context.get_abi_sizeof(self.context.get_data_type(kind.dtype))
        size = self.context.get_constant(types.intp, item)
        shape, strides = [self.number(place + 1 + at) for at in range(kind.ndim)], [size]
        for length in reversed(shape[1:]):
            strides.insert(0, self.builder.mul(strides[0], length))
        populate_array(
            column,
            data=self.builder.inttoptr(self.number(place), column.data.type),
            shape=shape,
            strides=strides,
            itemsize=size,
            meminfo=None,
        )
        return column._getvalue()

    def noun(self, wanted: Any, fields: dict[str, Field], start: int = 0) -> Any:
        """The fields that are wanted of a noun whose numbers begin at a place."""
        return self.context.make_tuple(
            self.builder,
            wanted,
            [
                self.value(kind, fields[name], start)
                for name, kind in zip(wanted.fields, wanted.types, strict=True)
            ],
        )

    def value(self, kind: Any, field: Field, start: int) -> Any:
        """One field of it."""
        if isinstance(kind, types.Array):
            return self.column(start + field.place, kind)
        if isinstance(kind, types.Integer):
            return self.number(start + field.place)
        return self.noun(kind, fields_of(field.kind), start + field.place)


def _columns_at(typing_context: Any, given: Any, part: Any) -> Any:
    kind = part.instance_class
    fields, besides = fields_of(kind.noun), list(given.types[1:])
    wanted = []
    for name in kind.narrowed._fields:
        if name in fields:
            wanted.append(_type_of_kind(fields[name].kind, kind.wanted.get(name)))
        else:
            narrow = kind.wanted[name]
            wanted.append(cast(Any, types.NamedTuple)([besides.pop(0) for _ in narrow._fields], narrow))
    result = cast(Any, types.NamedTuple)(wanted, kind.narrowed)

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole = [builder.extract_value(arguments[0], at) for at in range(len(given.types))]
        table = context.make_array(given.types[0])(context, builder, whole.pop(0)).data
        reader, values = _Reader(context, builder, table), []
        for name, value in zip(kind.narrowed._fields, wanted, strict=True):
            if name in fields:
                values.append(reader.value(value, fields[name], 0))
                continue
            inner = [whole.pop(0) for _ in value.types]
            for column, of in zip(inner, value.types, strict=True):
                context.nrt.incref(builder, of, column)
            values.append(context.make_tuple(builder, value, inner))
        return untracked(context, builder, result, context.make_tuple(builder, result, values))

    return result(given, part), generated


columns_at: Callable[[Any, Any], Any] = cast(Any, intrinsic(_columns_at))
"""In compiled code: the columns that a loop touches, out of a tuple of the table in which they stand and of
columns beside it.

The second argument is a class that says as ``noun`` whose table it is, as ``narrowed`` the named tuple that
comes out, and as ``wanted`` which named tuple stands in it for a noun of which not all is wanted. Fields that
have no place in the table come out of the columns beside it, one after the other.
"""


def _type_of_kind(kind: Any, narrow: Any = None) -> Any:
    """The compiled type of a field, or of those of its own fields that ``narrow`` names."""
    if isinstance(kind, Columns):
        return types.Array(from_dtype(kind.dtype), kind.dimensions, "C")
    if kind is int:
        return types.int64
    fields, narrow = fields_of(kind), kind if narrow is None else narrow
    inner = [_type_of_kind(fields[name].kind) for name in narrow._fields]
    return cast(Any, types.NamedTuple)(inner, narrow)
