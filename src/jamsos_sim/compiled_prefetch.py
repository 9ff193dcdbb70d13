"""Asking for values some turns of a loop before they are needed.

A loop over people who stand far from each other in memory waits at every one of them: nobody can foresee
where the next one stands but the loop itself. A processor fetches what it is asked for beside its other work,
and nothing depends on it but time (`benchmarks/prefetch.py`).
"""

from typing import Any, cast

from numba import types
from numba.core import cgutils as _cgutils
from numba.extending import intrinsic, overload

MOST_TURNS = 32
"""How many turns of a loop before its use a value is asked for, at most: longer than any fetch takes."""
VALUES_AHEAD = 384
"""Values asked for and not used yet, at most: half as many as the nearest memory of a core holds, or more."""

cgutils = cast(Any, _cgutils)  # numba declares no types here


def _prefetch(typing_context: Any, columns: Any, row: Any) -> Any:
    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number = cgutils.int32_t
        kind = cgutils.ir.FunctionType(cgutils.ir.VoidType(), [cgutils.voidptr_t, number, number, number])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        for at, column_type in enumerate(signature.args[0].types):
            column = context.make_array(column_type)(
                context, builder, builder.extract_value(arguments[0], at)
            )
            place = builder.bitcast(builder.gep(column.data, [arguments[1]]), cgutils.voidptr_t)
            # To be read, to be kept, as data.
            builder.call(fetch, [place, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.none(columns, row), generated


prefetch = cast(Any, intrinsic(_prefetch))
"""In compiled code: ask for a row of several columns."""


def turns_ahead(columns: int) -> int:
    """How many turns of a loop over so many columns before its use a row is asked for."""
    return min(MOST_TURNS, VALUES_AHEAD // columns)


def fetch_ahead(columns: Any, rows: Any, place: int) -> None:
    """Ask for what a loop over rows will need some turns later; nothing without the compiler.

    Parameters
    ----------
    columns:
        Tuple of columns that the loop reads or writes; a noun with nothing but columns is one.
    rows, place:
        The rows in the order of the loop, and where it is.
    """


@overload(fetch_ahead)
def _compiled_fetch_ahead(columns: Any, rows: Any, place: Any) -> Any:
    turns = turns_ahead(len(columns.types))

    def asked(columns: Any, rows: Any, place: Any) -> None:
        prefetch(columns, rows[min(place + turns, rows.size - 1)])

    return asked
