"""Columns that compiled loops find by their addresses.

Python hands every column of a noun to a loop one by one, which for a loop over twenty columns takes longer
than many a loop takes to run (`benchmarks/calls.py`). Here a noun keeps one table with the address and the
length of each of its columns; the table is all that enters a loop, and the loop reads from it what it needs.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_type_hints

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
        """Numbers of all fields in their order: address and length of a column, and whole numbers."""
        try:
            return self._table
        except AttributeError:
            self._table = np.array(list(_numbers(self)), dtype=np.int64)
            return self._table


def addressed(noun: type[N]) -> type[N]:
    """Let a `NamedTuple` of columns, nouns of columns, and whole numbers keep a table of where they stand."""
    described = {"__doc__": noun.__doc__, "__module__": noun.__module__, "__qualname__": noun.__qualname__}
    return cast(type[N], type(noun.__name__, (Addressed, noun), described))


def first_rows(noun: N, count: int) -> N:
    """The first rows of all columns of a noun that has nothing but columns, as views."""
    # A view begins where its column begins, so that the table changes in the lengths alone.
    views = cast(Any, noun)._make([column[:count] for column in noun])
    views._table = cast(Any, noun).table.copy()
    views._table[NUMBERS_OF_A_COLUMN - 1 :: NUMBERS_OF_A_COLUMN] = count
    return cast(N, views)


class Field(NamedTuple):
    """A field of a noun: where its numbers begin in the table, and what it is.

    ``kind`` is the type of a column's values, a noun's class, or ``int``.
    """

    place: int
    kind: Any


@cache
def fields_of(noun: Any) -> dict[str, Field]:
    """The fields of a noun, as its annotations say."""
    fields, place = {}, 0
    for name, hint in get_type_hints(noun).items():
        if name not in noun._fields:
            continue
        kind = _kind_of(hint)
        fields[name] = Field(place, kind)
        place += _size_of(kind)
    return fields


def _kind_of(hint: Any) -> Any:
    if isinstance(hint, type) and (hint is int or hasattr(hint, "_fields")):
        return hint
    _, values = get_args(hint)
    return np.dtype(get_args(values)[0])


def _size_of(kind: Any) -> int:
    """How many numbers a field has in the table."""
    if hasattr(kind, "_fields"):
        return sum(_size_of(field.kind) for field in fields_of(kind).values())
    return NUMBERS_OF_A_COLUMN if isinstance(kind, np.dtype) else 1


def _numbers(noun: Any) -> Iterator[int]:
    fields = fields_of(cast(Any, type(noun)))
    for (name, field), value in zip(fields.items(), noun, strict=True):
        if field.kind is int:
            yield int(value)
        elif isinstance(field.kind, np.dtype):
            if value.dtype != field.kind or not value.flags.c_contiguous:
                raise AssertionError(f"the column {name} holds {value.dtype}, not {field.kind} side by side")
            yield from (value.__array_interface__["data"][0], value.size)
        else:
            yield from _numbers(value)


class _Reader(NamedTuple):
    """What it takes to make code that reads a table."""

    context: Any
    builder: Any
    table: Any

    def number(self, place: int) -> Any:
        """The number at a place."""
        return self.builder.load(gep(self.builder, self.table, place))

    def column(self, place: int, kind: Any) -> Any:
        """The column whose address and length stand at a place."""
        from numba.np.arrayobj import populate_array as _populate_array

        populate_array = cast(Callable[..., Any], _populate_array)
        column = self.context.make_array(kind)(self.context, self.builder)
        item = self.context.get_abi_sizeof(self.context.get_data_type(kind.dtype))
        size = self.context.get_constant(types.intp, item)
        populate_array(
            column,
            data=self.builder.inttoptr(self.number(place), column.data.type),
            shape=[self.number(place + 1)],
            strides=[size],
            itemsize=size,
            meminfo=None,
        )
        return column._getvalue()

    def noun(self, wanted: Any, fields: dict[str, Field], start: int = 0) -> Any:
        """The fields that are wanted of a noun whose numbers begin at a place."""
        values = []
        for name, kind in zip(wanted.fields, wanted.types, strict=True):
            place = start + fields[name].place
            if isinstance(kind, types.Array):
                values.append(self.column(place, kind))
            elif isinstance(kind, types.Integer):
                values.append(self.number(place))
            else:
                values.append(self.noun(kind, fields_of(kind.instance_class), place))
        return self.context.make_tuple(self.builder, wanted, values)


def _columns_at(typing_context: Any, given: Any) -> Any:
    kind = given.instance_class
    wanted = [
        _type_of(*kind.touched[name]) if name in kind.touched else value
        for name, value in zip(kind._fields, given.types, strict=True)
    ]
    result = cast(Any, types.NamedTuple)(wanted, kind.narrowed)

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values = []
        for place, name in enumerate(kind._fields):
            value = builder.extract_value(arguments[0], place)
            if name in kind.touched:
                table = context.make_array(given.types[place])(context, builder, value).data
                reader = _Reader(context, builder, table)
                value = reader.noun(wanted[place], fields_of(kind.touched[name][0]))
            elif context.enable_nrt:
                context.nrt.incref(builder, given.types[place], value)
            values.append(value)
        return untracked(context, builder, result, context.make_tuple(builder, result, values))

    return result(given), generated


columns_at: Callable[[Any], Any] = cast(Any, intrinsic(_columns_at))
"""In compiled code: the columns that a loop touches, taken from the tables that it is given.

What is given is a named tuple whose class says as ``touched``, for each of its fields that is a table, of
which noun it is and as what named tuple the columns are wanted, and as ``narrowed`` the whole of what comes
out; other fields stay as they are.
"""


def _type_of(noun: type, narrow: type) -> Any:
    """The compiled type of some fields of a noun, those that ``narrow`` names."""
    fields, names = fields_of(noun), cast(Any, narrow)._fields
    return cast(Any, types.NamedTuple)([_type_of_kind(fields[name].kind) for name in names], narrow)


def _type_of_kind(kind: Any) -> Any:
    if isinstance(kind, np.dtype):
        return types.Array(from_dtype(kind), 1, "C")
    return types.int64 if kind is int else _type_of(kind, kind)
