"""Every scenario that the design names is shipped, and each differs from the current programme."""

import pytest

from jamsos_sim.units import MONTHS_PER_YEAR
from tests.model.test_levers_and_readings import OUTCOMES
from tests.model.worlds import SHIPPED, START, ledger, quantities_that_differ

CURRENT = "program_berjalan"
NAMED = {
    "the current programme": CURRENT,
    "the draft as discussed on 15 October 2025": "raperda_oktober_2025",
    "the draft with integrated data": "raperda_data_terpadu",
    "one shared desk": "meja_bersama",
    "wider decile": "desil_diperluas",
    "narrower decile": "desil_dipersempit",
    "more places": "tambah_kuota",
    "budget cut": "pemangkasan_anggaran",
    "fewer months, same people": "bulan_dikurangi",
    "fewer people, same months": "orang_dikurangi",
    "self-payment after a subsidised period": "mandiri_setelah_bantuan",
    "higher declared base": "dasar_lebih_tinggi",
    "funding mix with CSR and BAZNAS": "bauran_dana",
    "help with claims": "klaim_didampingi",
    "no programme": "tanpa_program",
}
"""What the design names, and the scenario that says it."""

MANY = 20_000
"""Workers among whom rare events happen too."""

REFORM = 3 * MONTHS_PER_YEAR
"""Months from the start of the run to January 2026."""


def test_every_named_scenario_is_shipped() -> None:
    assert set(NAMED.values()) <= set(SHIPPED)


@pytest.mark.parametrize("name", sorted(set(SHIPPED) - {CURRENT}))
def test_a_shipped_scenario_moves_some_outcome_and_no_history(name: str) -> None:
    own, current = ledger(name, 0, MANY), ledger(CURRENT, 0, MANY)
    assert quantities_that_differ(own[:, REFORM:], current[:, REFORM:]) & OUTCOMES
    assert not quantities_that_differ(own[:, :REFORM], current[:, :REFORM])


def test_no_two_shipped_scenarios_have_the_same_outcomes() -> None:
    runs = [(name, ledger(name, 0, MANY)) for name in SHIPPED]
    pairs = [(one[0], two[0]) for at, one in enumerate(runs) for two in runs[:at] if (one[1] == two[1]).all()]
    assert pairs == []


def test_the_run_begins_three_years_before_the_reform() -> None:
    assert (START + REFORM) % MONTHS_PER_YEAR == 0
