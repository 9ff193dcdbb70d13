"""Assumptions at the very edge of what a scenario file may say end in a run or in one sentence."""

import pytest

from jamsos_sim.assumptions import Assumption, load_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.model.kernel import run_kernel
from tests.model.worlds import draft, world_under

ASSUMPTIONS = load_assumptions("tangsel")


def edges_of(assumption: Assumption) -> tuple[float, float]:
    """The lowest and the highest value that a scenario file may give."""
    return (0.0, 1.0) if assumption.unit.startswith("share") else (0.0, assumption.high * 3)


@pytest.mark.parametrize("edge", [0, 1], ids=["lowest", "highest"])
@pytest.mark.parametrize("key", list(ASSUMPTIONS))
def test_an_assumption_at_its_edge_ends_in_a_run_or_a_sentence(key: str, edge: int) -> None:
    at = edges_of(ASSUMPTIONS[key])[edge]
    try:
        scenario = draft(f"assumptions: {{{key}: {{low: {at}, central: {at}, high: {at}}}}}\n")
        ledger = run_kernel(scenario, world_under(scenario, 0, 150, "2023-08"))
    except InputError as fault:
        assert len(fault.sentence("id")) > len(fault.key)
        assert len(fault.sentence("en")) > len(fault.key)
    else:
        assert ledger.min() >= 0
