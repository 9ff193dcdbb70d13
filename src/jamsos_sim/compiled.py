"""How rules and column loops are compiled.

A rule stays a plain Python function that compiled code can also call; a column loop is compiled without the
interpreter lock, and its code is kept for the next process (`compiled_folder` says where, and why it is never
stale). A loop stays a plain function too: `plainly` walks without compiling what would take longer to compile
than to walk.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit, types
from numba.core.registry import CPUDispatcher
from numba.extending import overload, register_jitable

from jamsos_sim.compiled_cache import CodeCache

F = TypeVar("F", bound=Callable[..., Any])
N = TypeVar("N", bound=tuple[Any, ...])


_IS_PLAIN: ContextVar[bool] = ContextVar("is_plain", default=False)


@contextmanager
def plainly(wanted: bool = True) -> Iterator[None]:
    """Call loops as plain Python in this thread, if ``wanted``: the same numbers, and nothing is compiled."""
    before = _IS_PLAIN.set(wanted)
    try:
        yield
    finally:
        _IS_PLAIN.reset(before)


def is_plain() -> bool:
    """Whether loops called now are walked as plain Python."""
    return _IS_PLAIN.get() or not IS_COMPILING


_types_of_records: dict[Any, Any] = {}
"""Compiled types of arrays of records, by all that decides them."""


class Loop(CPUDispatcher):
    """A compiled loop that can also be walked as it is written."""

    def __call__(self, *given: Any) -> Any:
        """Call the loop, compiled or plain."""
        if _IS_PLAIN.get():
            return self.py_func(*given)
        return super().__call__(*given)

    def typeof_pyval(self, value: Any) -> Any:
        """The compiled type of an argument; that of records is looked up: numba builds it field by field."""
        if type(value) is not np.ndarray or value.dtype.names is None:
            return super().typeof_pyval(value)
        flags = value.flags
        kind = (
            value.dtype,
            value.ndim,
            flags.c_contiguous,
            flags.f_contiguous,
            flags.writeable,
            flags.aligned,
        )
        if kind not in _types_of_records:
            _types_of_records[kind] = super().typeof_pyval(value)
        return _types_of_records[kind]


def straight(loop: Any) -> Callable[..., Any]:
    """How to call a loop's compiled code, for a caller who has asked `is_plain` before."""
    return super(Loop, loop).__call__ if isinstance(loop, Loop) else cast(Callable[..., Any], loop)


def rule(function: F) -> F:
    """Mark a scalar rule: plain in Python and in the debugger, callable from compiled loops."""
    # A rule is given numbers and records: it counts no references, and nobody calls it from C.
    return register_jitable(no_cfunc_wrapper=True, _nrt=False)(function)


def called_from_compiled(function: F) -> F:
    """Mark the body of a loop, which may make columns of its own."""
    return register_jitable(function)


def compiled(function: F) -> F:
    """Compile a loop over columns; it runs without the interpreter lock, so worlds run side by side."""
    loop = njit(nogil=True, error_model="numpy")(function)
    if loop is not function:
        made = cast(Any, loop)
        made.__class__ = Loop  # numba offers no other way to say which kind of function it makes
        made._cache = CodeCache(function)
    return cast(F, loop)


def _probe() -> None:
    """Nothing; to see whether the compiler is on."""


IS_COMPILING = compiled(_probe) is not _probe
"""Whether loops are compiled; numba returns them as they are under ``NUMBA_DISABLE_JIT``."""


def as_record(noun: N) -> N:
    """A `NamedTuple` of whole numbers as one record in memory, with the same attributes.

    Compiled code takes a record by its address and a tuple by its many values: a law of a hundred numbers
    compiles several times faster as a record. Fields may be whole numbers, tuples of whole numbers, and
    `NamedTuple` of these. Where nothing is compiled the noun itself serves.
    """
    if is_plain():
        return noun
    return cast(N, as_column_of_one(noun)[0])


def as_column_of_one(noun: Any) -> Any:
    """The record of `as_record` as the only row of a column; where nothing is compiled the noun itself."""
    if is_plain():
        return noun
    return np.array([_plain(noun)], dtype=_record_type(_shape(noun)))


def joined_records(names: tuple[str, ...], parts: list[Any]) -> Any:
    """The column of one record of which these columns of one record are the fields."""
    kind = _record_type_of(names, tuple(part.dtype for part in parts))
    # Of bytes that can be written: compiled code tells a column that cannot from one that can.
    return np.frombuffer(bytearray().join(map(np.ndarray.tobytes, parts)), dtype=kind)


@cache
def _record_type_of(names: tuple[str, ...], kinds: tuple[Any, ...]) -> np.dtype[Any]:
    return np.dtype((np.record, list(zip(names, kinds, strict=True))))


def the_only_one(given: Any) -> Any:
    """What an argument of a loop stands for: the record in a column of one, else the argument itself."""
    return given


@overload(the_only_one)
def _compiled_only_one(given: Any) -> Any:
    is_column = isinstance(given, types.Array) and isinstance(given.dtype, types.Record)

    def first(given: Any) -> Any:
        return given[0]

    def itself(given: Any) -> Any:
        return given

    return first if is_column else itself


def _shape(noun: tuple[Any, ...]) -> tuple[tuple[str, Any], ...]:
    """Names of the fields, each with the shape of the noun in it, or the length of its tuple, or nothing."""
    shape: list[tuple[str, Any]] = []
    for name, value in zip(cast(Any, noun)._fields, noun, strict=True):
        if hasattr(value, "_fields"):
            shape.append((name, _shape(value)))
        else:
            shape.append((name, len(value) if isinstance(value, tuple) else None))
    return tuple(shape)


@cache
def _record_type(shape: tuple[tuple[str, Any], ...]) -> np.dtype[Any]:
    # One type for all records of a shape: a type seen before is recognised far faster than an equal one.
    fields: list[Any] = []
    for name, inner in shape:
        if isinstance(inner, tuple):
            fields.append((name, _record_type(inner)))
        else:
            fields.append((name, np.int64) if inner is None else (name, np.int64, (inner,)))
    return np.dtype((np.record, fields))


def _plain(noun: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_plain(value) if hasattr(value, "_fields") else value for value in noun)
