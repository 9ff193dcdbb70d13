"""The engines agree on random scenarios too, in which nearly everything happens that can happen, and conserve
people in every month.
"""

from functools import partial

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jamsos_sim.levers import all_levers
from jamsos_sim.model.accounts import BOOKED, DERIVED, ledger_of
from jamsos_sim.model.events import Diary
from jamsos_sim.model.kernel_events import run_recorded
from jamsos_sim.model.ledger import Rows, empty_ledger
from jamsos_sim.scenario import read_scenario
from jamsos_sim.units import month_label
from tests.model.conserved import kernel_months, reference_months, watched
from tests.model.random_scenarios import MONTHS, VALUES, scenario_texts
from tests.model.worlds import START, columns_that_differ, quantities_that_differ, world_under

EXAMPLES = 30
LAST = month_label(START + MONTHS - 1)


def test_random_scenarios_can_set_every_lever() -> None:
    assert set(VALUES) == set(all_levers())


def test_both_engines_give_the_same_ledger_and_events_of_random_scenarios_and_their_accounts_add_up() -> None:
    found = empty_ledger(MONTHS)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario_texts(), st.integers(300, 600), st.integers(0, 1_000))
    def the_engines_agree(text: str, workers: int, number: int) -> None:
        scenario = read_scenario(text, "draf")
        where = world_under(scenario, number, workers, LAST)
        diary = Diary(is_open=True)
        slow = watched(partial(reference_months, diary=diary), scenario, where)
        fast, events = run_recorded(scenario, where)
        assert not quantities_that_differ(slow, fast)
        assert not columns_that_differ(diary.events(), events)
        assert not quantities_that_differ(fast, watched(kernel_months, scenario, where))
        summed = ledger_of(events, where.period)
        assert not quantities_that_differ(summed, fast) & {*BOOKED, *DERIVED}
        np.add(found, fast, out=found)

    the_engines_agree()
    assert np.count_nonzero(found.sum(axis=1)) > 0.7 * len(Rows._fields)
