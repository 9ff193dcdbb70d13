"""People are conserved in every month of every run: whoever has entered is here, has left or has died."""

import numpy as np
import pytest

from jamsos_sim.model.ledger import ENTRIES, EXITS, ROW, empty_ledger
from jamsos_sim.model.status import DEAD, FORMAL, INFORMAL, LEFT, NOT_ARRIVED
from jamsos_sim.scenario import load_scenario
from tests.model.conserved import (
    check_books,
    check_ledger,
    check_people,
    kernel_months,
    reference_months,
    watched,
)
from tests.model.worlds import SHIPPED, ledger, quantities_that_differ, row, world

FEW, UNTIL = 200, "2028-12"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_kernel_loses_and_makes_nobody(name: str) -> None:
    totals = watched(kernel_months, load_scenario(name), world())
    assert not quantities_that_differ(totals, ledger(name))
    assert row(totals, "deaths").sum() > 0


@pytest.mark.parametrize("name", SHIPPED)
def test_the_model_to_read_loses_and_makes_nobody(name: str) -> None:
    where = world(0, FEW, UNTIL)
    totals = watched(reference_months, load_scenario(name), where)
    assert not quantities_that_differ(totals, ledger(name, 0, FEW, UNTIL))
    assert where.workers.arrival_month.max() > where.period.start


MONTH = 10
ARRIVAL = np.array([MONTH - 1, MONTH - 1, MONTH, MONTH + 1], dtype=np.int32)
BEFORE = np.array([INFORMAL, DEAD, NOT_ARRIVED, NOT_ARRIVED], dtype=np.int8)


def test_a_month_in_which_people_come_move_and_die_is_no_fault() -> None:
    for now in ([FORMAL, DEAD, INFORMAL, NOT_ARRIVED], [LEFT, DEAD, DEAD, NOT_ARRIVED]):
        check_people(BEFORE, np.array(now, dtype=np.int8), ARRIVAL, MONTH)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param([INFORMAL, INFORMAL, INFORMAL, NOT_ARRIVED], id="back from the dead"),
        pytest.param([NOT_ARRIVED, DEAD, INFORMAL, NOT_ARRIVED], id="not arrived any more"),
        pytest.param([INFORMAL, DEAD, NOT_ARRIVED, NOT_ARRIVED], id="has arrived and is nowhere"),
        pytest.param([INFORMAL, DEAD, INFORMAL, INFORMAL], id="here before the arrival"),
        pytest.param([INFORMAL, LEFT, INFORMAL, NOT_ARRIVED], id="moved after death"),
        pytest.param([99, DEAD, INFORMAL, NOT_ARRIVED], id="in no known place"),
    ],
)
def test_a_person_lost_or_made_is_found(now: list[int]) -> None:
    with pytest.raises(AssertionError):
        check_people(BEFORE, np.array(now, dtype=np.int8), ARRIVAL, MONTH)


@pytest.mark.parametrize(
    "quantity",
    ["informal_workers", "former_workers", "deaths", "newcomers", "workers_moved_out", "others_moved_out"],
)
def test_a_ledger_that_counts_one_too_many_is_found(quantity: str) -> None:
    now = np.array([DEAD, DEAD, INFORMAL, NOT_ARRIVED], dtype=np.int8)
    totals = empty_ledger(1)[:, 0]
    totals[[ROW.informal_workers, ROW.starting_workers, ROW.deaths]] = 1
    check_books(BEFORE, now, totals)
    totals[getattr(ROW, quantity)] += 1
    with pytest.raises(AssertionError):
        check_books(BEFORE, now, totals)


@pytest.mark.parametrize("quantity", [*ENTRIES, *EXITS, "former_workers", "others_moved_out"])
def test_a_ledger_whose_ways_in_and_out_do_not_add_up_is_found(quantity: str) -> None:
    totals = ledger("program_berjalan").copy()
    check_ledger(totals)
    totals[getattr(ROW, quantity), 40] += 1
    with pytest.raises(AssertionError):
        check_ledger(totals)


def test_people_come_and_go_in_every_way_but_a_total_disability_in_every_year() -> None:
    totals = ledger("program_berjalan", 0, None, "2024-12")
    for name in (
        *ENTRIES[1:],
        *EXITS,
        "others_moved_out",
        "reached_age_limit",
        "decile_risen",
        "decile_fallen",
    ):
        assert row(totals, name)[1:13].sum() > 0, name
    assert row(totals, "starting_workers")[1:].sum() == 0 == row(totals, "newcomers")[0]
