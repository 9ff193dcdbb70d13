"""The record of a month's terms, made of those of its parts, is the one made of all numbers at once."""

from jamsos_sim.compiled import as_column_of_one
from jamsos_sim.model.columns import recorded
from jamsos_sim.model.terms import rules_of
from jamsos_sim.scenario import load_scenario
from tests.model import worlds


def test_records_of_parts_make_the_record_of_the_whole() -> None:
    where = worlds.world(0, 2_000, "2026-12")
    for rules in rules_of(load_scenario("program_berjalan"), where)[::7]:
        for noun in rules:
            made, whole = recorded(noun), as_column_of_one(noun)
            assert made.dtype == whole.dtype
            assert made.tobytes() == whole.tobytes()
            assert made.flags.writeable and made.flags.aligned
            assert recorded(noun) is made
