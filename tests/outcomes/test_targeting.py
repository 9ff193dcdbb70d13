"""Shares of errors are parts over wholes, world by world, and leave out what nobody can divide."""

import numpy as np
import pandas as pd
import pytest

from jamsos_sim.outcomes_targeting import SHARES, WRONGLY_PAID, targeting_table, wrongly_paid

QUANTITIES = sorted({name for share in SHARES.values() for name in (share.part, share.whole)})


def made_up(values: dict[str, tuple[int, ...]]) -> pd.DataFrame:
    """Two worlds of one scenario and year; quantities not given are zero."""
    rows = [
        {"scenario": "s", "world": world, "year": 2027, "quantity": name, "value": given[world]}
        for name in QUANTITIES
        for given in [values.get(name, (0, 0))]
        for world in range(2)
    ]
    return pd.DataFrame(rows)


def row_of(table: pd.DataFrame, indicator: str) -> pd.Series:
    return table[table["indicator"] == indicator].iloc[0]


def test_the_inclusion_error_is_the_part_of_the_list_for_whom_it_is_not_meant() -> None:
    table = targeting_table(made_up({"enrolled": (100, 200), "entitled_enrolled": (80, 180)}))
    found = row_of(table, "list_inclusion_error")
    assert found["mean"] == pytest.approx((0.2 + 0.1) / 2)
    assert found["low"] == pytest.approx(0.1 + 0.05 * 0.1) and found["high"] == pytest.approx(
        0.2 - 0.05 * 0.1
    )


def test_the_exclusion_error_is_the_part_of_those_meant_who_are_not_on_the_list() -> None:
    table = targeting_table(made_up({"entitled_workers": (400, 400), "entitled_enrolled": (100, 300)}))
    assert row_of(table, "list_exclusion_error")["mean"] == pytest.approx(0.5)


def test_a_year_without_paid_months_has_no_share_of_them() -> None:
    table = targeting_table(made_up({"paid_for_dead": (0, 0)}))
    assert np.isnan(row_of(table, "paid_for_dead")["mean"])


def test_a_few_people_of_a_real_register_are_left_out() -> None:
    table = made_up({"paid_for_dead": (3, 3), "paid_person_months": (100, 100)})
    assert row_of(targeting_table(table), "paid_for_dead")["mean"] == pytest.approx(0.03)
    assert np.isnan(row_of(targeting_table(table, smallest=5), "paid_for_dead")["mean"])


def test_months_paid_wrongly_are_those_of_all_kinds_together() -> None:
    given = {name: (number + 1, 10) for number, name in enumerate(WRONGLY_PAID)}
    wrong = wrongly_paid(made_up(given))
    assert wrong.tolist() == [sum(range(1, len(WRONGLY_PAID) + 1)), 10 * len(WRONGLY_PAID)]
