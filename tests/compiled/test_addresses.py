"""Compiled loops find columns by their addresses: the right ones, of the right type, in this process only."""

import pickle
from typing import Annotated, Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pytest

from jamsos_sim.compiled_addresses import BESIDE_THE_TABLE, addressed, fields_of, first_rows, with_first_rows
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import City, Communities, People, Rolls
from jamsos_sim.model.foreseen import Ahead
from tests.model import worlds


@addressed
class Pair(NamedTuple):
    """Two columns of different width."""

    small: npt.NDArray[np.int8]
    wide: npt.NDArray[np.int64]


def pair(count: int = 3) -> Pair:
    return Pair(np.arange(count, dtype=np.int8), np.arange(count, dtype=np.int64))


def table_of(noun: object) -> list[int]:
    return list(cast(Any, noun).table)


@touches("people.age", "people.income", "communities.size", "ahead.move", "ahead.ordinary_hearing", "ledger")
def look(city: City, person: int) -> tuple[int, int, int, int, int, int]:
    """One value of each kind of field."""
    city.people.age[person] += 1
    move, ledger = city.ahead.move, city.ledger
    return (
        city.people.age[person],
        city.people.income[person],
        city.communities.size.size,
        move.persons[person] + int(np.int64(move.drawn[person])),
        city.ahead.ordinary_hearing,
        ledger.shape[1],
    )


def test_a_loop_reads_and_writes_the_columns_themselves() -> None:
    world = worlds.world(0, 2_000)
    city = world.beginning._replace(ahead=world.ahead)
    age, move = city.people.age.copy(), world.ahead.move
    seen = look(city, 7)
    assert city.people.age.tolist() == [*age[:7], age[7] + 1, *age[8:]]
    assert seen == (
        age[7] + 1,
        city.people.income[7],
        city.communities.size.size,
        int(move.persons[7]) + int(move.drawn[7]),
        world.ahead.ordinary_hearing,
        city.ledger.shape[1],
    )
    city.people.age[:] = age


@pytest.mark.parametrize("noun", [People, Communities, Ahead, Pair])
def test_every_field_has_its_own_place_in_the_table(noun: type) -> None:
    places = [field.place for field in fields_of(noun).values()]
    assert places[0] == 0
    assert sorted(set(places)) == places


def test_a_table_has_address_and_length_of_every_column() -> None:
    own = pair()
    assert table_of(own) == [own.small.ctypes.data, 3, own.wide.ctypes.data, 3]


def test_the_first_rows_stand_where_the_columns_begin() -> None:
    whole = pair()
    part = first_rows(whole, 2)
    assert part.small.tolist() == [0, 1]
    assert table_of(part) == [whole.small.ctypes.data, 2, whole.wide.ctypes.data, 2]


def test_a_noun_with_another_column_has_another_table() -> None:
    own = pair()
    before = table_of(own)
    other = own._replace(wide=np.zeros(9, dtype=np.int64))
    assert table_of(other) == [*before[:2], other.wide.ctypes.data, 9]


def test_addresses_do_not_go_into_another_process() -> None:
    own = pair()
    table_of(own)
    sent = pickle.loads(pickle.dumps(own))
    assert vars(sent) == {}
    assert table_of(sent) == [sent.small.ctypes.data, 3, sent.wide.ctypes.data, 3]


@pytest.mark.parametrize(
    "column", [np.zeros(3, dtype=np.int32), np.zeros(6, dtype=np.int64)[::2]], ids=["type", "gaps"]
)
def test_a_column_of_another_type_or_with_gaps_is_refused(column: np.ndarray) -> None:
    with pytest.raises(AssertionError, match="the column wide"):
        table_of(Pair(np.zeros(3, dtype=np.int8), column))


@addressed
class Whole(NamedTuple):
    """A noun in a noun, a column of two dimensions, and what has no place."""

    pair: Pair
    grid: Annotated[npt.NDArray[np.int64], 2]
    words: str
    aside: Annotated[Pair, BESIDE_THE_TABLE]


def test_a_table_holds_those_of_the_nouns_in_it_and_all_lengths_of_a_grid() -> None:
    own = Whole(pair(), np.zeros((4, 5), dtype=np.int64), "words", pair(7))
    assert table_of(own) == [*table_of(own.pair), own.grid.ctypes.data, 4, 5]
    assert [field.place for field in fields_of(Whole).values()] == [0, 4]


def test_a_noun_with_the_first_rows_of_another_has_their_table() -> None:
    own = Whole(pair(), np.zeros((4, 5), dtype=np.int64), "words", pair(7))
    part = with_first_rows(own, "pair", 2)
    assert part.pair.small.tolist() == [0, 1]
    assert table_of(part) == [*table_of(first_rows(own.pair, 2)), *table_of(own)[4:]]
    assert table_of(own.pair)[1] == 3


def test_a_city_with_other_rolls_keeps_its_table() -> None:
    city = worlds.world(0, 2_000).beginning
    other = city.with_rolls(Rolls(*np.zeros((4, 1), dtype=np.int64)))
    assert other.table is city.table
    assert other.rolls.files.tolist() == [0]
