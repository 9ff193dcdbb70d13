"""The model to read and the model that runs give the same ledger, number for number."""

import numpy as np
import pytest

from jamsos_sim.model.ledger import Rows
from tests.model.worlds import SHIPPED, ledger, quantities_that_differ, reference_ledger, row


@pytest.mark.parametrize("name", SHIPPED)
def test_both_engines_give_the_same_ledger_of_every_shipped_scenario(name: str) -> None:
    slow, fast = reference_ledger(name), ledger(name)
    assert slow.shape == fast.shape == (len(Rows._fields), 96)
    assert not quantities_that_differ(slow, fast)


def test_the_compared_runs_hold_waiting_lists_refusals_and_exhausted_money() -> None:
    runs = {name: reference_ledger(name) for name in SHIPPED}
    for name, run in runs.items():
        assert row(run, "waiting").max() > 0, name
        refused = [reason for reason in Rows._fields if reason.startswith("refused_")]
        assert sum(int(row(run, reason).sum() > 0) for reason in refused) >= 5, name
        assert row(run, "lost_in_handover").sum() > 0, name
    assert row(runs["pemangkasan_anggaran"], "unfunded_person_months").sum() > 0
    assert row(runs["pemangkasan_anggaran"], "waiting")[-1] > 0


def test_the_compared_runs_hold_claims_self_payers_and_families_of_several_kinds() -> None:
    together = np.sum([reference_ledger(name) for name in SHIPPED], axis=0)
    quiet = {name for name in Rows._fields if row(together, name).sum() == 0}
    # Rare in a hundredth of the city; the random scenarios make them frequent.
    assert quiet <= {"families_work_death", "families_gap", "self_cases", "self_paid", "scholarships_paid"}
