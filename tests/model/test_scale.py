"""A small run rations as the city does: places, capacities and money shrink with the workers simulated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.model.policy import Scale
from jamsos_sim.population.synthesis import city_size
from tests.model.worlds import by_year, ledger, row, world

RATIONED = ("enrolled", "covered_person_months", "city_contributions", "paid_person_months", "appropriation")
WORKERS = 12_000


def share_of(name: str, quantity: str, workers: int | None) -> np.ndarray:
    """A quantity by year over the informal workers of the first month: stocks of December, flows summed."""
    run = ledger(name, 0, workers)
    column = row(run, quantity)[11::12] if quantity == "enrolled" else by_year(run, quantity)
    return column / world(0, workers).scale.simulated


@pytest.mark.parametrize("name", ["program_berjalan", "pemangkasan_anggaran", "tambah_kuota"])
@pytest.mark.parametrize("quantity", RATIONED)
def test_a_twentieth_of_the_city_is_rationed_like_the_city(name: str, quantity: str) -> None:
    city, small = share_of(name, quantity, None), share_of(name, quantity, WORKERS)
    assert np.all(np.abs(small - city) <= 0.05 * np.maximum(city, 1e-3))


def test_the_city_itself_is_simulated_at_full_size() -> None:
    scale = world(0, None).scale
    assert scale.simulated == scale.city == city_size(world(0, None).draws)
    working = int(row(ledger("program_berjalan", 0, None), "informal_workers")[0])
    assert 0.98 * scale.city < working <= scale.city
    assert [scale.of(amount) for amount in (0, 1, 25_000, 4_200_000_000)] == [0, 1, 25_000, 4_200_000_000]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.integers(1, 10**8), st.integers(1, 10**6), st.integers(0, 10**13))
def test_a_scaled_amount_is_the_nearest_whole_share(simulated: int, city: int, amount: int) -> None:
    scaled = Scale(simulated, city).of(amount)
    assert abs(2 * (scaled * city - amount * simulated)) <= city


def test_a_run_larger_than_the_city_has_more_places_too() -> None:
    assert Scale(500_000, 250_000).of(25_000) == 50_000


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**13))
def test_a_scale_in_lowest_terms_scales_alike_and_all_whole_cities_are_alike(
    simulated: int, city: int, amount: int
) -> None:
    scale = Scale(simulated, city)
    lowest = scale.in_lowest_terms()
    assert lowest.of(amount) == scale.of(amount)
    assert lowest.of_one_ward(amount) == scale.of_one_ward(amount)
    assert Scale(city, city).in_lowest_terms() == Scale(1, 1)
