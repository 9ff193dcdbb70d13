"""At the end of every month the rolls hold everybody who belongs on them, once, and nobody else."""

import numpy as np
import pytest

from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.status import INFORMAL, NEVER, NOT_LISTED, SETTLED, SPONSORED
from jamsos_sim.model.terms import rules_of
from jamsos_sim.scenario import load_scenario
from tests.model.worlds import SHIPPED, world

LAST = "2028-06"


@pytest.mark.parametrize("name", SHIPPED)
def test_rolls_and_statuses_say_the_same(name: str) -> None:
    where = world(0, 3_000, LAST)
    kernel, most = Kernel(where), 0
    for rules in rules_of(load_scenario(name), where):
        kernel.run_month(rules)
        people, rolls = kernel.city.people, kernel.city.rolls
        for roll in rolls:
            assert np.unique(roll).size == roll.size
        assert np.array_equal(rolls.recipients, np.flatnonzero(people.status == SPONSORED))
        assert np.array_equal(np.sort(rolls.settled), np.flatnonzero(people.status == SETTLED))
        is_filed = ~np.isin(people.status, (NOT_LISTED, SPONSORED, SETTLED))
        assert np.array_equal(np.sort(rolls.files), np.flatnonzero(is_filed))
        assert np.array_equal(rolls.failed, np.flatnonzero(people.failed_since != NEVER))
        at_work = rolls.recipients[people.presence[rolls.recipients] == INFORMAL]
        in_each = np.bincount(people.community[at_work], minlength=kernel.city.communities.size.size)
        assert np.array_equal(kernel.city.communities.enrolled, in_each)
        most = max(most, rolls.recipients.size)
    assert most > 0 or name == "tanpa_program"
