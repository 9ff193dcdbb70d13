"""Compiled loops over columns, each with a note of the columns that it touches.

Compiled code takes every column apart into many values, so a loop that takes only what it touches compiles
in a fraction of the time; and the note says at a glance what a step reads and writes. The law and the terms
of a month go into a loop as records: outside it, reading a record is far slower than reading a named tuple.
A record enters compiled code as a column of one: handing over a single record takes many times as long
(`benchmarks/calls.py`), because Python describes the whole record at every call.
"""

import hashlib
from collections import namedtuple
from collections.abc import Callable
from functools import cache, wraps
from operator import attrgetter
from typing import Any, TypeVar, cast

from jamsos_sim.compiled import as_column_of_one, called_from_compiled, compiled, is_plain, the_only_one
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import City, Terms

F = TypeVar("F", bound=Callable[..., Any])

LARGE = (Law, Terms)
"""What enters a loop as a record."""
MONTHS_KEPT = 512


_KEPT: dict[int, tuple[Any, Any]] = {}


def recorded(noun: Any) -> Any:
    """The law or the terms of a month as a column of one record; made once for all loops of the month."""
    # Found by identity: to compare two laws takes longer than most loops. A noun that is kept lives on, so
    # that no other one gets its place in memory.
    kept = _KEPT.get(id(noun))
    if kept is None:
        if len(_KEPT) >= MONTHS_KEPT:
            _KEPT.clear()
        kept = _KEPT[id(noun)] = (noun, as_column_of_one(noun))
    return kept[1]


@cache
def new_noun(name: str, fields: tuple[str, ...]) -> Any:
    """Class of named tuples; one for equal fields: equal classes slow down every call of a loop.

    It stands in this module under a name made of its fields, so that compiled code that was kept by another
    process finds the same class.
    """
    digest = hashlib.sha256(" ".join(fields).encode()).hexdigest()[:16]
    kind = cast(Any, namedtuple)(f"{name}_{digest}", fields, module=__name__)
    globals()[kind.__name__] = kind
    return kind


def narrowing(paths: tuple[str, ...]) -> Callable[[City], Any]:
    """How a city is narrowed to some of its columns: called for every loop, so that it must be quick."""
    columns: dict[str, list[str]] = {}
    for path in paths:
        noun, _, column = path.partition(".")
        columns.setdefault(noun, []).extend([column] if column else [])
    part = new_noun("part", tuple(columns))
    pieces = [
        (attrgetter(noun), new_noun(noun, tuple(names)) if names else None, _values_of(names))
        for noun, names in columns.items()
    ]

    def narrowed(city: City) -> Any:
        return part._make(
            [
                noun_of(city) if kind is None else kind._make(values_of(noun_of(city)))
                for noun_of, kind, values_of in pieces
            ]
        )

    return narrowed


def _values_of(names: list[str]) -> Callable[[Any], Any]:
    """Getter of the values of these attributes, as a tuple even when there is one."""
    get = attrgetter(*names) if names else attrgetter("__class__")
    return get if len(names) != 1 else lambda noun: (get(noun),)


def touches(*paths: str) -> Callable[[F], F]:
    """Compile a loop whose first argument is a `City` of which it touches only these columns.

    Parameters
    ----------
    paths:
        ``people.age``, ``communities.size``, ``hazards.death``, or ``ledger``.
    """
    narrowed = narrowing(paths)

    def decorated(function: F) -> F:
        loop = compiled(_named_as(function, _entrance(called_from_compiled(function))))

        @wraps(function)
        def run(city: City, *rest: Any) -> Any:
            if is_plain():
                return function(city, *rest)
            return loop(narrowed(city), *[recorded(each) if type(each) in LARGE else each for each in rest])

        return cast(F, run)

    return decorated


def _named_as(function: Callable[..., Any], entrance: Callable[..., Any]) -> Callable[..., Any]:
    """The entrance under the name of its loop, which names the kept code and what a profiler shows."""
    entrance.__name__, entrance.__qualname__ = function.__name__, function.__qualname__
    entrance.__module__ = function.__module__
    return entrance


def _entrance(body: Callable[..., Any]) -> Callable[..., Any]:
    """A loop's way in, which takes the records of its arguments out of their columns of one."""
    many = body.__code__.co_argcount - 1

    def with_none(city: Any) -> Any:
        return body(city)

    def with_one(city: Any, first: Any) -> Any:
        return body(city, the_only_one(first))

    def with_two(city: Any, first: Any, second: Any) -> Any:
        return body(city, the_only_one(first), the_only_one(second))

    def with_three(city: Any, first: Any, second: Any, third: Any) -> Any:
        return body(city, the_only_one(first), the_only_one(second), the_only_one(third))

    def with_four(city: Any, first: Any, second: Any, third: Any, fourth: Any) -> Any:
        return body(
            city, the_only_one(first), the_only_one(second), the_only_one(third), the_only_one(fourth)
        )

    return (with_none, with_one, with_two, with_three, with_four)[many]
