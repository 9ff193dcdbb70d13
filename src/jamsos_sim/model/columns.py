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
from jamsos_sim.compiled_addresses import columns_at
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import City, Communities, People, Terms, Territory
from jamsos_sim.model.foreseen import Ahead
from jamsos_sim.model.month import Moment

F = TypeVar("F", bound=Callable[..., Any])

LARGE = (Law, Terms, Moment)
"""What enters a loop as a record."""
ADDRESSED = {"people": People, "communities": Communities, "territory": Territory, "ahead": Ahead}
"""What of a city enters a loop as a table of addresses."""
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
    return _standing_here(f"{name}_{_digest_of(fields)}", fields)


@cache
def new_part(paths: tuple[str, ...]) -> Any:
    """Class of named tuples: the part of a city that a loop touches, as it is handed over.

    A noun that keeps a table of its columns is handed over by that table; ``touched`` says which noun it is
    and which of its columns are wanted, and ``narrowed`` is the part as the loop sees it.
    """
    columns: dict[str, list[str]] = {}
    for path in paths:
        noun, _, column = path.partition(".")
        columns.setdefault(noun, []).extend([column] if column else [])
    given = _standing_here(f"part_{_digest_of(paths)}", tuple(columns))
    given.narrowed = new_noun("city", tuple(columns))
    given.wanted = {noun: new_noun(noun, tuple(names)) for noun, names in columns.items() if names}
    given.touched = {
        noun: (ADDRESSED[noun], kind) for noun, kind in given.wanted.items() if noun in ADDRESSED
    }
    return given


def _standing_here(name: str, fields: tuple[str, ...]) -> Any:
    kind = cast(Any, namedtuple)(name, fields, module=__name__)
    globals()[name] = kind
    return kind


def _digest_of(names: tuple[str, ...]) -> str:
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:16]


def handing_over(part: Any) -> Callable[[City], Any]:
    """How a city is narrowed to what a loop touches: called for every loop, so that it must be quick."""
    pieces = [_piece(part, noun) for noun in part._fields]

    def given(city: City) -> Any:
        return part._make([piece(city) for piece in pieces])

    return given


def _piece(part: Any, noun: str) -> Callable[[City], Any]:
    if noun in part.touched:
        return attrgetter(f"{noun}.table")
    if noun not in part.wanted:
        return attrgetter(noun)
    kind, noun_of = part.wanted[noun], attrgetter(noun)
    return lambda city: kind._make([getattr(noun_of(city), name) for name in kind._fields])


def touches(*paths: str) -> Callable[[F], F]:
    """Compile a loop whose first argument is a `City` of which it touches only these columns.

    Parameters
    ----------
    paths:
        ``people.age``, ``communities.size``, ``hazards.death``, or ``ledger``.
    """
    part = new_part(paths)
    given = handing_over(part)

    def decorated(function: F) -> F:
        loop = compiled(_named_as(function, _entrance(called_from_compiled(function))))

        @wraps(function)
        def run(city: City, *rest: Any) -> Any:
            if is_plain():
                return function(city, *rest)
            return loop(given(city), *[recorded(each) if type(each) in LARGE else each for each in rest])

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

    def with_none(part: Any) -> Any:
        return body(columns_at(part))

    def with_one(part: Any, first: Any) -> Any:
        return body(columns_at(part), the_only_one(first))

    def with_two(part: Any, first: Any, second: Any) -> Any:
        return body(columns_at(part), the_only_one(first), the_only_one(second))

    def with_three(part: Any, first: Any, second: Any, third: Any) -> Any:
        return body(columns_at(part), the_only_one(first), the_only_one(second), the_only_one(third))

    def with_four(part: Any, first: Any, second: Any, third: Any, fourth: Any) -> Any:
        return body(
            columns_at(part),
            the_only_one(first),
            the_only_one(second),
            the_only_one(third),
            the_only_one(fourth),
        )

    return (with_none, with_one, with_two, with_three, with_four)[many]
