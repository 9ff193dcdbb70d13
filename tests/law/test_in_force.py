"""The law of a month: whole numbers, usable in compiled code, and an error where there is no law."""

import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.law.in_force import Law, entry_in_force, law_of
from jamsos_sim.law.readings import check_readings
from jamsos_sim.law.tables import values
from jamsos_sim.units import month_of


def is_whole(number: object) -> bool:
    return type(number) is int


def test_every_number_of_the_law_is_whole() -> None:
    for value in law_of(month_of("2026-02")):
        assert all(is_whole(item) for item in value) if isinstance(value, tuple) else is_whole(value)


def test_every_table_value_is_in_the_law_and_the_other_way_round() -> None:
    assert set(Law._fields) == set(values())


def test_every_month_from_july_2015_has_a_law() -> None:
    for month in range(month_of("2015-07"), month_of("2041-01")):
        assert law_of(month).jkm_flat > 0


def test_a_month_before_the_first_value_has_no_law() -> None:
    with pytest.raises(InputError) as error:
        law_of(month_of("2014-01"))
    assert "2014-01" in error.value.sentence("en")
    assert "2015-07" in error.value.sentence("en")
    assert error.value.sentence("id") != error.value.sentence("en")


def test_the_same_month_and_readings_give_the_same_object() -> None:
    assert law_of(month_of("2026-02")) is law_of(month_of("2026-02"), {"U3": "resets_on_lapse"})


def test_a_value_that_refers_to_another_follows_it() -> None:
    assert law_of(month_of("2018-01")).jkk_death_floor == law_of(month_of("2018-01")).jkm_lump_sum
    assert law_of(month_of("2026-01")).jkk_death_floor == law_of(month_of("2026-01")).jkm_lump_sum


def test_a_month_belongs_to_the_value_that_takes_effect_within_it() -> None:
    case = {**check_readings(None), "payer": "self", "sector": "other"}
    assert entry_in_force("jkm_lump_sum", month_of("2019-12"), case).instrument == "PP 82/2019"
    assert entry_in_force("jkm_lump_sum", month_of("2019-11"), case).instrument == "PP 44/2015"


def test_no_two_entries_of_a_value_say_different_things_from_the_same_day_on() -> None:
    for value in values().values():
        keys = [(entry.start, tuple(sorted(entry.when.items()))) for entry in value.history]
        assert len(keys) == len(set(keys)), value.name


def test_bands_rise_and_every_base_lies_within_its_band() -> None:
    law = law_of(month_of("2026-02"))
    starts, bases = law.band_from, law.band_base
    assert bases[0] == law.lowest_base
    assert len(starts) == len(bases) == 33
    assert list(starts) == sorted(set(starts))
    assert list(bases) == sorted(set(bases))
    for row in range(1, len(starts) - 1):
        assert starts[row] <= bases[row] < starts[row + 1]
