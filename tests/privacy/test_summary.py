"""Summaries of a run on a real register hide small counts, their rupiah, and what would tell them."""

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.model.ledger import RUPIAH, Rows
from jamsos_sim.privacy_summary import COUNTS_BEHIND, SUMS, masked_differences, masked_summary


def summary(**means: float) -> pd.DataFrame:
    usual = dict.fromkeys(Rows._fields, 1000.0)
    usual |= {
        "enrolled": 3000.0,
        "informal_workers": 9000.0,
        "vulnerable_workers": 6000.0,
        "entitled_workers": 4000.0,
        "records_within_criteria": 5000.0,
        "deaths": 2000.0,
    }
    rows = [
        {"scenario": "a", "year": 2027, "quantity": name, "mean": mean, "low": mean * 0.9, "high": mean * 1.1}
        for name, mean in {**usual, **means}.items()
    ]
    return pd.DataFrame(rows)


def hidden(**means: float) -> set[str]:
    masked = masked_summary(summary(**means))
    assert masked.loc[masked["is_hidden"], ["mean", "low", "high"]].isna().all(axis=None)
    assert masked.loc[~masked["is_hidden"], ["mean", "low", "high"]].notna().all(axis=None)
    return set(masked.loc[masked["is_hidden"], "quantity"])


def test_every_quantity_in_rupiah_says_which_counts_it_would_tell() -> None:
    assert set(COUNTS_BEHIND) == set(RUPIAH)
    counts = {name for behind in COUNTS_BEHIND.values() for name in behind}
    assert counts <= set(Rows._fields) - set(RUPIAH)


def test_every_quantity_of_a_sum_is_in_the_ledger() -> None:
    assert {name for each in SUMS for name in (each.whole, *each.parts)} <= set(Rows._fields)


def test_large_numbers_are_shown() -> None:
    assert hidden() == set()


def test_a_small_count_hides_its_rupiah() -> None:
    assert hidden(jkm_cases=3.0) == {"jkm_cases", "jkm_paid", "scholarships_paid"}
    assert hidden(paid_person_months=4.0) >= {"paid_person_months", "city_contributions"}


def test_an_interval_that_goes_below_five_is_small_too() -> None:
    assert "admitted" in hidden(admitted=5.2)


def test_nought_in_every_world_is_the_scenarios_doing_and_shown() -> None:
    assert (
        hidden(enrolled=0.0, vulnerable_enrolled=0.0, enrolled_not_vulnerable=0.0, enrolled_not_found=0.0)
        == set()
    )


def test_one_small_part_of_a_shown_sum_hides_the_next_smallest() -> None:
    means = {"enrolled_not_found": 2.0, "enrolled_not_vulnerable": 500.0, "vulnerable_enrolled": 2498.0}
    assert hidden(**means) == {"enrolled_not_found", "enrolled_not_vulnerable"}


def test_a_small_rest_hides_the_part_that_would_tell_it() -> None:
    assert "work_deaths" in hidden(deaths=2000.0, work_deaths=1998.0)
    assert "vulnerable_workers" in hidden(informal_workers=9000.0, vulnerable_workers=8998.0)


def test_a_difference_is_hidden_when_either_side_is() -> None:
    masked = masked_summary(
        pd.concat([summary(jkm_cases=3.0), summary().assign(scenario="b")], ignore_index=True)
    )
    differences = summary().assign(scenario="b", to="a")
    found = masked_differences(differences, masked)
    assert set(found.loc[found["is_hidden"], "quantity"]) == {"jkm_cases", "jkm_paid", "scholarships_paid"}
    assert found.loc[~found["is_hidden"], "mean"].notna().all()


@pytest.mark.parametrize("seed", range(5))
def test_no_shown_count_is_below_five(seed: int) -> None:
    chance = np.random.default_rng(seed)
    masked = masked_summary(summary(**{name: float(chance.integers(1, 40)) for name in Rows._fields}))
    shown = masked[~masked["is_hidden"] & ~masked["quantity"].isin(RUPIAH)]
    assert (shown[["mean", "low", "high"]] >= 5).all(axis=None)
