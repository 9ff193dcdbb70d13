"""Assumptions: read with their reasons, drawn by address, replaced by a scenario."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.assumptions import Assumption, Range, apply_overrides, draw_assumptions, load_assumptions
from jamsos_sim.errors import InputError

KEY = "mobility.moving_out_annual"
PLAIN = Assumption("a.b", 1.0, 2.0, 10.0, "persons", {"id": "a", "en": "b"}, "Somebody, 2025", "low")
seeds = st.integers(0, 2**63 - 1)


def test_every_assumption_has_a_rising_range_a_reason_in_both_languages_and_a_source() -> None:
    found = load_assumptions("tangsel")
    assert list(found) == sorted(found)
    for key, assumption in found.items():
        assert assumption.key == key
        assert 0 <= assumption.low <= assumption.central <= assumption.high
        assert set(assumption.reason) == {"id", "en"}
        assert assumption.source


def test_an_unknown_region_is_named() -> None:
    with pytest.raises(InputError, match='"tangsel"'):
        load_assumptions("tangsle")


def test_half_of_the_worlds_lie_below_the_central_value_and_each_half_is_uniform() -> None:
    values = [draw_assumptions({"a.b": PLAIN}, seed)["a.b"] for seed in range(4_000)]
    below = [value for value in values if value < 2]
    assert 1_850 <= len(below) <= 2_150
    assert 1.47 <= sum(below) / len(below) <= 1.53
    above = [value for value in values if value >= 2]
    assert 5.8 <= sum(above) / len(above) <= 6.2


@given(seeds)
def test_a_draw_depends_on_seed_and_key_alone(seed: int) -> None:
    alone = draw_assumptions({"a.b": PLAIN}, seed)
    other = replace(PLAIN, key="a.c")
    together = draw_assumptions({"a.c": other, "a.b": PLAIN}, seed)
    assert together["a.b"] == alone["a.b"]
    assert together["a.c"] != together["a.b"]


@given(seeds, st.sampled_from(["months", "days"]))
def test_months_and_days_are_whole_numbers_within_the_range(seed: int, unit: str) -> None:
    value = draw_assumptions({"a.b": replace(PLAIN, unit=unit)}, seed)["a.b"]
    assert value == int(value)
    assert 1 <= value <= 10


@settings(deadline=None)
@given(seeds)
def test_draws_of_the_region_stay_within_their_ranges(seed: int) -> None:
    found = load_assumptions()
    for key, value in draw_assumptions(found, seed).items():
        assert found[key].low <= value <= found[key].high


@given(seeds)
def test_a_wider_upper_half_moves_only_the_worlds_above_the_centre(seed: int) -> None:
    wider = replace(PLAIN, high=20.0)
    narrow_value = draw_assumptions({"a.b": PLAIN}, seed)["a.b"]
    wide_value = draw_assumptions({"a.b": wider}, seed)["a.b"]
    assert wide_value == narrow_value if narrow_value < 2 else wide_value >= narrow_value


def test_a_scenario_replaces_the_range_and_says_that_it_did() -> None:
    found = load_assumptions()
    changed = apply_overrides(found, {KEY: Range(low=0.1, central=0.1, high=0.1)})
    assert draw_assumptions(changed, 5)[KEY] == pytest.approx(0.1)
    assert (changed[KEY].source, changed[KEY].unit) == ("scenario", found[KEY].unit)
    assert {key for key in found if found[key] != changed[key]} == {KEY}


def test_the_draw_of_a_seed_and_key_never_changes() -> None:
    values = [draw_assumptions({"a.b": PLAIN}, seed)["a.b"] for seed in (0, 1, 2)]
    assert values == pytest.approx([9.276450362056494, 6.320535637438297, 2.7670501992106438])
