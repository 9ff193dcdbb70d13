"""Compiled loops over columns, each with a note of the columns that it touches.

Compiled code takes every column apart into many values, so a loop that takes only what it touches compiles
in a fraction of the time; and the note says at a glance what a step reads and writes. The law and the terms
of a month go into a loop as records: outside it, reading a record is far slower than reading a named tuple.
A record enters compiled code as a column of one: handing over a single record takes many times as long
(`benchmarks/calls.py`), because Python describes the whole record at every call.
"""

import hashlib
from collections import defaultdict, namedtuple
from collections.abc import Callable
from functools import cache, wraps
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast, get_type_hints

from jamsos_sim.compiled import (
    as_column_of_one,
    called_from_compiled,
    compiled,
    is_plain,
    joined_records,
    straight,
    the_only_one,
)
from jamsos_sim.compiled_addresses import columns_at, fields_of
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import City, Terms
from jamsos_sim.model.month import Moment

F = TypeVar("F", bound=Callable[..., Any])

LARGE = (Law, Terms, Moment)
"""What enters a loop as a record."""
MONTHS_KEPT = 512
"""Records of one class that are kept at once."""

_KEPT: defaultdict[type, dict[int, tuple[Any, Any]]] = defaultdict(dict)
"""Records by the class and the identity of their nouns, and the nouns: one that is kept lives on, so that no
other one gets its place in memory.
"""


def recorded(noun: Any) -> Any:
    """The law or the terms of a month as a column of one record, made once for all loops of the month."""
    # Found by identity: to compare two laws takes longer than most loops.
    kept = _KEPT[type(noun)].get(id(noun))
    if kept is None:
        records = _KEPT[type(noun)]
        if len(records) >= MONTHS_KEPT:
            records.clear()
        kept = records[id(noun)] = (noun, _record_of(noun))
    return kept[1]


def _record_of(noun: Any) -> Any:
    """The column of one record of a noun; of a noun that consists of nouns it is made from theirs."""
    if not all(hasattr(each, "_fields") for each in noun):
        return as_column_of_one(noun)
    # Most of the terms of a month are those of all months of a world, or of all worlds of a scenario.
    return joined_records(noun._fields, [recorded(each) for each in noun])


@cache
def new_noun(name: str, fields: tuple[str, ...]) -> Any:
    """Class of named tuples; one for equal fields: equal classes slow down every call of a loop.

    It stands in this module under a name made of its fields, so that compiled code that was kept by another
    process finds the same class.
    """
    return _standing_here(f"{name}_{_digest_of(fields)}", fields)


@cache
def new_part(paths: tuple[str, ...]) -> Any:
    """Class that says which part of a city a loop touches: see `jamsos_sim.compiled_addresses.columns_at`."""
    columns: dict[str, list[str]] = {}
    for path in paths:
        noun, _, column = path.partition(".")
        columns.setdefault(noun, []).extend([column] if column else [])
    part = _standing_here(f"part_{_digest_of(paths)}", tuple(columns))
    part.noun = City
    part.narrowed = new_noun("city", tuple(columns))
    part.wanted = {noun: new_noun(noun, tuple(names)) for noun, names in columns.items() if names}
    return part


def _standing_here(name: str, fields: tuple[str, ...]) -> Any:
    kind = cast(Any, namedtuple)(name, fields, module=__name__)
    globals()[name] = kind
    return kind


def _digest_of(names: tuple[str, ...]) -> str:
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:16]


def handing_over(part: Any) -> Callable[[City], Any]:
    """How a city is handed to a loop: by its table, and what stands beside it. Called for every loop, so that
    it must be quick.
    """
    besides = [
        f"{noun}.{name}"
        for noun in part._fields
        if noun not in fields_of(City)
        for name in part.wanted[noun]._fields
    ]
    if besides:
        return attrgetter("table", *besides)
    table = attrgetter("table")
    return lambda city: (table(city),)


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
        loop = compiled(_named_as(function, _entrance(called_from_compiled(function), part)))
        hints = list(get_type_hints(function).values())[1 : function.__code__.co_argcount]
        hands = tuple(recorded if hint in LARGE else _as_it_is for hint in hints)
        return cast(F, wraps(function)(_way_in(_Ways(function, straight(loop), given, hands))))

    return decorated


def _as_it_is(given: Any) -> Any:
    return given


class _Ways(NamedTuple):
    """How a loop can be called: as it is written, or compiled; and how its arguments are handed over."""

    plain: Callable[..., Any]
    call: Callable[..., Any]
    given: Callable[[City], Any]
    hands: tuple[Callable[[Any], Any], ...]


def _way_in(ways: _Ways) -> Callable[..., Any]:
    """What a loop is called by; one for each number of arguments, since a run makes some three thousand
    calls.
    """
    return (_with_none, _with_one, _with_two, _with_three, _with_four)[len(ways.hands)](ways)


def _with_none(ways: _Ways) -> Callable[..., Any]:
    plain, call, given, _ = ways

    def way(city: City) -> Any:
        return plain(city) if is_plain() else call(given(city))

    return way


def _with_one(ways: _Ways) -> Callable[..., Any]:
    plain, call, given, (first,) = ways

    def way(city: City, one: Any) -> Any:
        return plain(city, one) if is_plain() else call(given(city), first(one))

    return way


def _with_two(ways: _Ways) -> Callable[..., Any]:
    plain, call, given, (first, second) = ways

    def way(city: City, one: Any, two: Any) -> Any:
        return plain(city, one, two) if is_plain() else call(given(city), first(one), second(two))

    return way


def _with_three(ways: _Ways) -> Callable[..., Any]:
    plain, call, given, (first, second, third) = ways

    def way(city: City, one: Any, two: Any, three: Any) -> Any:
        if is_plain():
            return plain(city, one, two, three)
        return call(given(city), first(one), second(two), third(three))

    return way


def _with_four(ways: _Ways) -> Callable[..., Any]:
    plain, call, given, (first, second, third, fourth) = ways

    def way(city: City, one: Any, two: Any, three: Any, four: Any) -> Any:
        if is_plain():
            return plain(city, one, two, three, four)
        return call(given(city), first(one), second(two), third(three), fourth(four))

    return way


def _named_as(function: Callable[..., Any], entrance: Callable[..., Any]) -> Callable[..., Any]:
    """The entrance under the name of its loop, which names the kept code and what a profiler shows."""
    entrance.__name__, entrance.__qualname__ = function.__name__, function.__qualname__
    entrance.__module__ = function.__module__
    return entrance


def _entrance(body: Callable[..., Any], kind: Any) -> Callable[..., Any]:
    """A loop's way in, which takes the records of its arguments out of their columns of one."""
    many = body.__code__.co_argcount - 1

    def with_none(part: Any) -> Any:
        return body(columns_at(part, kind))

    def with_one(part: Any, first: Any) -> Any:
        return body(columns_at(part, kind), the_only_one(first))

    def with_two(part: Any, first: Any, second: Any) -> Any:
        return body(columns_at(part, kind), the_only_one(first), the_only_one(second))

    def with_three(part: Any, first: Any, second: Any, third: Any) -> Any:
        return body(columns_at(part, kind), the_only_one(first), the_only_one(second), the_only_one(third))

    def with_four(part: Any, first: Any, second: Any, third: Any, fourth: Any) -> Any:
        return body(
            columns_at(part, kind),
            the_only_one(first),
            the_only_one(second),
            the_only_one(third),
            the_only_one(fourth),
        )

    return (with_none, with_one, with_two, with_three, with_four)[many]
