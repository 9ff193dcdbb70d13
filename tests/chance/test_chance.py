"""Addressed chance: one value for each address, however it is asked for; even, independent, and monotone."""

import ast
import itertools
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jamsos_sim
from jamsos_sim import chance
from jamsos_sim.compiled import compiled, plainly
from jamsos_sim.units import CHANCE_SCALE, month_of, threshold_of

Keys = npt.NDArray[np.uint64]
Draws = npt.NDArray[np.int64]

PEOPLE = 20_000
START = month_of("2023-01")
BINS = 64
FARTHEST = 5.0
"""Standard deviations that no statistic of these fixed seeds may lie from what even chance expects."""

ALL_DECISIONS = [value for name, value in vars(chance).items() if name.startswith("DECISION_")]


@compiled
def compiled_draws(keys: Keys, month: int, decision: int, found: Draws) -> None:
    for person in range(keys.size):
        found[person] = chance.draw(keys[person], month, decision)


@compiled
def draws_of_narrow_numbers(keys: Keys, months: npt.NDArray[np.int32], found: Draws) -> None:
    for person in range(keys.size):
        found[person] = chance.draw(keys[person], months[person], chance.DECISION_RISK)


@compiled
def compiled_recurring_draws(keys: Keys, month: int, decision: int, found: Draws) -> None:
    for person in range(keys.size):
        found[person] = chance.recurring_draw(keys[person], month, decision)


@compiled
def compiled_words(keys: Keys, number: int, decision: int, found: Keys) -> None:
    for person in range(keys.size):
        found[person] = chance.word(keys[person], number, decision)


def key_column(seed: int, count: int = PEOPLE) -> Keys:
    return chance.keys_of(seed, count)


def deviations(counts: npt.NDArray[np.int64]) -> float:
    """How many standard deviations the chi-square of even counts lies from its mean."""
    expected = counts.sum() / counts.size
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    freedom = counts.size - 1
    return abs(chi_square - freedom) / float(np.sqrt(2 * freedom))


def correlation_deviations(first: Draws, second: Draws) -> float:
    """How many standard deviations the correlation of two columns lies from none."""
    return abs(float(np.corrcoef(first, second)[0, 1])) * float(np.sqrt(first.size))


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.integers(0, 2**64 - 1),
    st.integers(0, 400_000),
    st.integers(0, chance.DECISIONS_PER_MONTH - 1),
)
def test_a_draw_is_the_same_alone_in_a_column_and_compiled(key: int, month: int, decision: int) -> None:
    keys = np.array([key, key ^ 1, 0, chance.MASK], dtype=np.uint64)
    found = np.zeros(keys.size, dtype=np.int64)
    compiled_draws(keys, month, decision, found)
    plain = [chance.draw(int(each), month, decision) for each in keys]
    assert plain == found.tolist() == chance.draws(keys, month, decision).tolist()


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.integers(0, 2**64 - 1),
    st.integers(0, 400_000),
    st.integers(0, chance.DECISIONS_PER_MONTH - 1),
)
def test_a_recurring_draw_is_the_same_alone_in_a_column_and_compiled(
    key: int, month: int, decision: int
) -> None:
    keys = np.array([key, key ^ 1, 0, chance.MASK], dtype=np.uint64)
    found, words = np.zeros(keys.size, dtype=np.int64), np.zeros(keys.size, dtype=np.uint64)
    compiled_recurring_draws(keys, month, decision, found)
    compiled_words(keys, month, decision, words)
    plain = [chance.recurring_draw(int(each), month, decision) for each in keys]
    assert plain == found.tolist() == chance.recurring_draws(keys, month, decision).tolist()
    plain = [chance.word(int(each), month, decision) for each in keys]
    assert plain == words.tolist() == chance.words(keys, month, decision).tolist()


def test_a_large_column_is_drawn_as_a_small_one() -> None:
    keys = chance.keys_of(3, chance.LARGE_COLUMN + 5)
    for part in (keys[: chance.LARGE_COLUMN], keys[5:], keys):
        for month, decision in ((0, 0), (START, chance.DECISION_RISK), (-1, chance.DECISION_TRAFFIC)):
            drawn = chance.draws(part, month, decision)
            assert drawn.tolist()[:40] == [chance.draw(int(key), month, decision) for key in part[:40]]
            with plainly():
                assert np.array_equal(drawn, chance.draws(part, month, decision))
    with plainly():
        assert np.array_equal(keys, chance.keys_of(3, keys.size))


def test_eight_months_of_a_recurring_draw_begin_with_the_bytes_of_one_word() -> None:
    key, first = chance.key_of(1, 1), START // chance.MONTHS_PER_WORD * chance.MONTHS_PER_WORD
    months = range(first, first + chance.MONTHS_PER_WORD)
    highest = [chance.recurring_draw(key, month, chance.DECISION_HEAR) >> 24 for month in months]
    word = chance.word(key, first // chance.MONTHS_PER_WORD, chance.DECISION_HEAR)
    assert bytes(highest) == word.to_bytes(8, "little")
    lower = [chance.recurring_draw(key, month, chance.DECISION_HEAR) & 0xFFFFFF for month in months]
    assert lower == [chance.draw(key, month, chance.DECISION_HEAR) >> 8 for month in months]


def test_no_decision_is_drawn_for_in_both_ways() -> None:
    ways: dict[str, set[str]] = {}
    for path in Path(jamsos_sim.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                way = call.func.attr.removesuffix("s")
                for given in call.args:
                    if isinstance(given, ast.Attribute) and given.attr.startswith("DECISION_"):
                        ways.setdefault(given.attr, set()).add(way)
    recurring = {decision for decision, ways_of in ways.items() if "recurring_draw" in ways_of}
    assert recurring == {"DECISION_MOVE", "DECISION_RISK", "DECISION_HEAR", "DECISION_APPLY"}
    assert all("draw" not in ways[decision] for decision in recurring)


@pytest.mark.parametrize("seed", [0, 1, 2023, 2**63 - 1])
def test_a_million_draws_are_the_same_in_a_column_and_compiled(seed: int) -> None:
    keys = key_column(seed, 250_000)
    found = np.zeros(keys.size, dtype=np.int64)
    compiled_draws(keys, START, chance.DECISION_RISK, found)
    assert np.array_equal(found, chance.draws(keys, START, chance.DECISION_RISK))


def test_narrow_columns_of_months_give_the_same_draws_as_whole_numbers() -> None:
    keys = key_column(7, 1_000)
    months = np.arange(START, START + 1_000, dtype=np.int32)
    found = np.zeros(keys.size, dtype=np.int64)
    draws_of_narrow_numbers(keys, months, found)
    expected = [
        chance.draw(int(key), month, chance.DECISION_RISK)
        for key, month in zip(keys, months.tolist(), strict=True)
    ]
    assert found.tolist() == expected
    narrow = cast("list[int]", list(months))
    assert [
        chance.draw(key, month, chance.DECISION_RISK) for key, month in zip(keys, narrow, strict=True)
    ] == expected


def test_draws_are_those_of_splitmix64_as_its_authors_published_them() -> None:
    assert chance.draw(0, 0, 0) == 0xE220A8397B1DCDAF >> 32
    assert chance.draw(0, 0, 1) == 0x6E789E6AA1B965F4 >> 32
    assert chance.draw(0, 0, 2) == 0x06C45D188009454F >> 32


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.integers(0, 2**63 - 1))
def test_a_column_of_keys_holds_the_keys_of_its_numbers(seed: int) -> None:
    assert chance.keys_of(seed, 40).tolist() == [chance.key_of(seed, number) for number in range(40)]


def test_no_two_people_of_a_city_share_a_key_and_no_two_worlds_share_one_either() -> None:
    keys = np.concatenate([key_column(seed, 300_000) for seed in (0, 1, 2023)])
    assert np.unique(keys).size == keys.size


def test_decisions_have_addresses_of_their_own_within_a_month() -> None:
    assert len(set(ALL_DECISIONS)) == len(ALL_DECISIONS)
    assert min(ALL_DECISIONS) >= 0 and max(ALL_DECISIONS) < chance.DECISIONS_PER_MONTH
    key = chance.key_of(1, 1)
    drawn = {chance.draw(key, START + month, each) for month in range(50) for each in ALL_DECISIONS}
    assert len(drawn) == 50 * len(ALL_DECISIONS)


@pytest.mark.parametrize("seed", [1, 2023, 987_654_321])
@pytest.mark.parametrize("low_bits", [False, True], ids=["high bits", "low bits"])
def test_draws_are_spread_evenly_over_people_months_and_decisions(seed: int, low_bits: bool) -> None:
    keys = key_column(seed)
    one_person = np.array(
        [
            chance.draw(int(keys[0]), month, decision)
            for month in range(START, START + 600)
            for decision in range(chance.DECISIONS_PER_MONTH)
        ],
        dtype=np.int64,
    )
    for drawn in (chance.draws(keys, START, chance.DECISION_HEAR), one_person):
        bins = drawn % BINS if low_bits else drawn // (CHANCE_SCALE // BINS)
        assert deviations(np.bincount(bins, minlength=BINS)) < FARTHEST


@pytest.mark.parametrize("seed", [3, 2023])
def test_draws_of_neighbours_months_and_decisions_have_nothing_to_do_with_each_other(seed: int) -> None:
    keys = key_column(seed)
    here = chance.draws(keys, START, chance.DECISION_RISK)
    assert correlation_deviations(here[:-1], here[1:]) < FARTHEST
    for months in (1, 2, 12):
        later = chance.draws(keys, START + months, chance.DECISION_RISK)
        assert correlation_deviations(here, later) < FARTHEST
    for other in set(ALL_DECISIONS) - {chance.DECISION_RISK}:
        assert correlation_deviations(here, chance.draws(keys, START, other)) < FARTHEST
    elsewhere = chance.draws(key_column(seed + 1), START, chance.DECISION_RISK)
    assert correlation_deviations(here, elsewhere) < FARTHEST


def test_pairs_of_draws_fill_the_square_evenly() -> None:
    keys = key_column(2023)
    pairs = [
        (chance.draws(keys, START, chance.DECISION_MOVE), chance.draws(keys, START, chance.DECISION_RISK)),
        (
            chance.draws(keys, START, chance.DECISION_RISK),
            chance.draws(keys, START + 1, chance.DECISION_RISK),
        ),
        (
            chance.draws(keys, START, chance.DECISION_RISK)[::2],
            chance.draws(keys, START, chance.DECISION_RISK)[1::2],
        ),
    ]
    for first, second in pairs:
        cells = (first >> 28) * 16 + (second >> 28)
        assert deviations(np.bincount(cells, minlength=256)) < FARTHEST


def test_a_rare_monthly_chance_comes_true_as_often_as_it_says() -> None:
    threshold = threshold_of(0.001)
    keys = key_column(11)
    hits = sum(
        int(np.count_nonzero(chance.draws(keys, START + month, chance.DECISION_RISK) < threshold))
        for month in range(96)
    )
    expected = PEOPLE * 96 * 0.001
    assert abs(hits - expected) < FARTHEST * np.sqrt(expected)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=6), st.integers(0, 10_000))
def test_raising_a_chance_never_turns_a_yes_into_a_no(chances: list[float], number: int) -> None:
    drawn = chance.draw(chance.key_of(2023, number), START, chance.DECISION_HEAR)
    answers = [drawn < threshold_of(probability) for probability in sorted(chances)]
    assert answers == sorted(answers)


def test_an_impossible_chance_is_never_a_yes_and_a_sure_one_always() -> None:
    drawn = chance.draws(key_column(5), START, chance.DECISION_HEAR)
    assert not np.any(drawn < threshold_of(0.0))
    assert np.all(drawn < threshold_of(1.0))
    assert drawn.min() >= 0 and drawn.max() < CHANCE_SCALE


def test_a_scaled_draw_takes_every_number_equally_often() -> None:
    drawn = chance.draws(key_column(13), START, chance.DECISION_DELAY).tolist()
    for count in (1, 7, 31):
        numbers = np.bincount([chance.scaled(each, count) for each in drawn])
        assert numbers.size == count
        if count > 1:
            assert deviations(numbers) < FARTHEST
    assert (chance.scaled(0, 9), chance.scaled(CHANCE_SCALE - 1, 9)) == (0, 8)


def test_an_order_drawn_for_life_is_no_order_of_numbers() -> None:
    orders = chance.draws(key_column(17), 0, chance.DECISION_LIST_ORDER)
    assert correlation_deviations(orders, np.arange(PEOPLE, dtype=np.int64)) < FARTHEST
    rises = sum(int(later > earlier) for earlier, later in itertools.pairwise(orders.tolist()))
    assert abs(rises - PEOPLE / 2) < FARTHEST * np.sqrt(PEOPLE / 12)
