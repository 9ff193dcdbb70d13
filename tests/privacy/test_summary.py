"""Summaries of a run on a real register tell few quantities, and nothing from which a small count follows."""

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.model.ledger import RUPIAH, Rows
from jamsos_sim.privacy_summary import (
    COUNTS_BEHIND,
    PERSON_MONTHS,
    PUBLISHED,
    RESTS,
    least_of,
    masked_differences,
    masked_summary,
)

KINDS = ("entitled", "vulnerable", "other")
USUAL = {
    "enrolled": 3000.0,
    "vulnerable_enrolled": 2000.0,
    "entitled_enrolled": 1500.0,
    "informal_workers": 9000.0,
    "vulnerable_workers": 6000.0,
    "entitled_workers": 4000.0,
    "paid_person_months": 30_000.0,
    "covered_person_months": 29_000.0,
}
NO_PROGRAMME = dict.fromkeys(("enrolled", "vulnerable_enrolled", "entitled_enrolled", *PERSON_MONTHS), 0.0)
ENTITLED = {"entitled_workers", "entitled_enrolled"}
VULNERABLE = {"vulnerable_workers", "vulnerable_enrolled"}


def summary(spread: float = 0.1, **means: float) -> pd.DataFrame:
    everything = dict.fromkeys(Rows._fields, 1000.0) | USUAL | means
    rows = [
        {
            "scenario": "a",
            "year": 2027,
            "quantity": name,
            "mean": mean,
            "low": mean * (1 - spread),
            "high": mean * (1 + spread),
        }
        for name, mean in everything.items()
    ]
    return pd.DataFrame(rows)


def hidden(**means: float) -> set[str]:
    masked = masked_summary(summary(**means))
    assert masked.loc[masked["is_hidden"], ["mean", "low", "high"]].isna().all(axis=None)
    assert masked.loc[~masked["is_hidden"], ["mean", "low", "high"]].notna().all(axis=None)
    return set(masked.loc[masked["is_hidden"], "quantity"])


def test_only_published_quantities_are_told_and_all_of_them_are_of_the_ledger() -> None:
    assert set(masked_summary(summary())["quantity"]) == set(PUBLISHED)
    assert set(PUBLISHED) <= set(Rows._fields)
    assert {"lost_in_handover", "paid_for_dead", "enrolled_not_found", "refused_age"}.isdisjoint(PUBLISHED)


def test_every_published_quantity_in_rupiah_says_which_counts_it_would_tell() -> None:
    assert set(COUNTS_BEHIND) == set(RUPIAH) & set(PUBLISHED)
    counts = {name for behind in COUNTS_BEHIND.values() for name in behind}
    assert counts <= set(PUBLISHED) - set(RUPIAH)


def test_every_rest_is_one_of_published_numbers() -> None:
    for rest in RESTS:
        assert {rest.within, *rest.added, *rest.taken, *rest.hides} <= set(PUBLISHED)


def test_large_numbers_are_shown() -> None:
    assert hidden() == set()


def test_a_small_count_hides_its_rupiah() -> None:
    assert hidden(jkm_cases=3.0) == {"jkm_cases", "jkm_paid", "scholarships_paid"}


def test_months_of_fewer_than_five_people_are_small() -> None:
    few = hidden(paid_person_months=59.0, covered_person_months=50.0)
    assert few == {"paid_person_months", "covered_person_months", "city_contributions"}


def test_an_interval_that_goes_below_five_is_small_too() -> None:
    assert "waiting" in hidden(waiting=5.2)


def test_nought_in_every_world_is_the_scenarios_doing_and_shown() -> None:
    assert hidden(**NO_PROGRAMME) == set()


@pytest.mark.parametrize(
    ("means", "names"),
    [
        ({"vulnerable_enrolled": 2997.0}, VULNERABLE | ENTITLED),
        ({"vulnerable_workers": 8996.0}, VULNERABLE | ENTITLED),
        ({"entitled_enrolled": 1996.0}, ENTITLED),
        ({"entitled_workers": 1503.0}, ENTITLED),
        ({"entitled_workers": 5503.0}, ENTITLED),
        ({"covered_person_months": 29_950.0}, {"covered_person_months"}),
    ],
)
def test_a_small_rest_hides_the_numbers_that_would_tell_it(means: dict[str, float], names: set[str]) -> None:
    assert hidden(**means) == names


def test_a_difference_is_hidden_when_either_side_is() -> None:
    masked = masked_summary(
        pd.concat([summary(jkm_cases=3.0), summary().assign(scenario="b")], ignore_index=True)
    )
    differences = summary().assign(scenario="b", to="a")
    found = masked_differences(differences, masked)
    assert set(found["quantity"]) == set(PUBLISHED)
    assert set(found.loc[found["is_hidden"], "quantity"]) == {"jkm_cases", "jkm_paid", "scholarships_paid"}
    assert found.loc[~found["is_hidden"], "mean"].notna().all()


@pytest.mark.parametrize("seed", range(5))
def test_no_shown_count_is_below_the_least(seed: int) -> None:
    chance = np.random.default_rng(seed)
    masked = masked_summary(summary(**{name: float(chance.integers(1, 90)) for name in Rows._fields}))
    shown = masked[~masked["is_hidden"] & ~masked["quantity"].isin(RUPIAH)]
    least = shown["quantity"].map(least_of)
    assert all((shown[name] >= least).all() for name in ("mean", "low", "high"))


CELLS = [(kind, listed) for kind in (*KINDS, "gone") for listed in (True, False)]
"""People by kind, on the list or not; who is gone is told of only on the list."""


def told_by(quantity: str) -> np.ndarray:
    """Which cells a quantity adds up."""
    kinds = {"entitled": KINDS[:1], "vulnerable": KINDS[:2], "informal": KINDS, "enrolled": (*KINDS, "gone")}
    wanted = kinds[quantity.split("_", maxsplit=1)[0]]
    is_list = quantity.endswith("enrolled")
    return np.array([kind in wanted and (listed or not is_list) for kind, listed in CELLS], dtype=float)


@pytest.mark.parametrize("seed", range(300))
def test_no_small_cell_of_people_follows_from_the_numbers_shown(seed: int) -> None:
    chance = np.random.default_rng(seed)
    cells = chance.choice([0, 1, 2, 3, 4, 5, 6, 20, 300], size=len(CELLS)).astype(float)
    names = [*USUAL][:6]
    means = {name: float(told_by(name) @ cells) for name in names}
    masked = masked_summary(summary(0.0, **means)).set_index("quantity")
    shown = [name for name in names if not masked.loc[name, "is_hidden"]]
    equations = np.array([told_by(name) for name in shown]).reshape(-1, len(CELLS))
    for place, count in enumerate(cells):
        unit = np.eye(len(CELLS))[place]
        is_told = np.linalg.matrix_rank(np.vstack([equations, unit])) == np.linalg.matrix_rank(equations)
        is_of_no_programme = CELLS[place][1] and means["enrolled"] == 0
        assert not is_told or count >= 5 or is_of_no_programme
