"""A subsidy that ends: nobody is paid for longer, and nobody comes back when it cannot be renewed."""

import numpy as np
import pytest

from jamsos_sim.model.status import SELF_PAYING, SPONSORED, TERM_OVER
from tests.model.worlds import clause, draft, months_of, row, world_under

TERM = 14
ALL_GO_ON = "assumptions:\n  subsidy.continue_alone: {low: 1, central: 1, high: 1}\n"


@pytest.mark.parametrize("renewal", ["allowed", "none"])
def test_nobody_is_paid_for_longer_than_the_term(renewal: str) -> None:
    scenario = draft(clause(f"subsidy.duration_months: {TERM}, subsidy.renewal: {renewal}"))
    where = world_under(scenario, 0, 3_000, "2027-12")
    times = np.zeros(len(where.workers.birth_month), dtype=np.int64)
    was_listed = times.astype(bool)
    longest, returned = 0, 0
    for rules, kernel in months_of(scenario, where):
        people = kernel.city.people
        listed = people.status == SPONSORED
        returned += np.count_nonzero(listed & (people.refusal == TERM_OVER))
        months = rules.moment.month - people.enrolled_since[listed] + 1
        longest = max(longest, int(months.max(initial=0)))
        times[: listed.size] += listed & ~was_listed[: listed.size]
        was_listed[: listed.size] = listed
    assert longest == TERM
    assert row(kernel.city.ledger, "subsidies_ended").sum() > 0
    assert (people.refusal == TERM_OVER).any() == (renewal == "none")
    assert returned == 0
    assert renewal == "none" or (times > 1).any()


def test_who_has_had_the_term_goes_on_alone_by_the_chance_of_the_assumptions() -> None:
    scenario = draft(clause(f"subsidy.duration_months: {TERM}") + ALL_GO_ON)
    where = world_under(scenario, 0, 3_000, "2025-06")
    alone = [
        np.count_nonzero(kernel.city.people.status == SELF_PAYING) for _, kernel in months_of(scenario, where)
    ]
    assert max(alone) > 50
