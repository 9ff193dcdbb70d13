"""Compiled loops over columns, each with a note of the columns that it touches.

Compiled code takes every column apart into many values, so a loop that takes only what it touches compiles
in a fraction of the time; and the note says at a glance what a step reads and writes.
"""

from collections import namedtuple
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar, cast

from jamsos_sim.compiled import compiled
from jamsos_sim.model.context import City

F = TypeVar("F", bound=Callable[..., Any])


@cache
def new_noun(name: str, fields: tuple[str, ...]) -> Any:
    """Class of named tuples; one for equal fields: equal classes slow down every call of a loop."""
    return cast(Any, namedtuple)(name, fields)


def touches(*paths: str) -> Callable[[F], F]:
    """Compile a loop whose first argument is a `City` of which it touches only these columns.

    Parameters
    ----------
    paths:
        ``people.age``, ``communities.size``, ``hazards.death``, or ``ledger``.
    """
    columns: dict[str, list[str]] = {}
    for path in paths:
        noun, _, column = path.partition(".")
        columns.setdefault(noun, []).extend([column] if column else [])
    nouns = {noun: new_noun(noun, tuple(names)) for noun, names in columns.items() if names}
    part = new_noun("part", tuple(columns))

    def narrowed(city: City) -> Any:
        return part(
            **{
                noun: nouns[noun](*(getattr(getattr(city, noun), name) for name in names))
                if names
                else getattr(city, noun)
                for noun, names in columns.items()
            }
        )

    def decorated(function: F) -> F:
        loop = compiled(function)

        @wraps(function)
        def run(city: City, *rest: Any) -> Any:
            return loop(narrowed(city), *rest)

        return cast(F, run)

    return decorated
