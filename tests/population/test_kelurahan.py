"""Counts of kelurahan that somebody published hold in every world; the others may be wrong."""

import numpy as np
import pytest

from jamsos_sim.population.kelurahan import COUNT_ERROR, PARTS_OF_RESIDENT, kelurahan_weights


@pytest.fixture(scope="module")
def table(region):
    return np.array([each.population for each in region.kelurahan]) * PARTS_OF_RESIDENT


@pytest.fixture(scope="module")
def is_modelled(region):
    return np.array([each.basis == "modelled" for each in region.kelurahan])


def test_without_error_the_table_of_the_region_holds(region, central, table):
    assert np.array_equal(kelurahan_weights(region, {**central, COUNT_ERROR: 0.0}, 5), table)


def test_published_and_derived_counts_hold_in_every_world(region, central, table, is_modelled):
    for seed in range(20):
        assert np.array_equal(kelurahan_weights(region, central, seed)[~is_modelled], table[~is_modelled])


def test_modelled_counts_differ_from_world_to_world_within_the_error(region, central, table, is_modelled):
    ratios = np.array([kelurahan_weights(region, central, seed) / table for seed in range(200)])
    widest = central[COUNT_ERROR]
    assert (ratios[:, is_modelled].std(axis=0) > widest / 4).all()
    assert ratios.min() > (1 - widest) / (1 + widest) and ratios.max() < (1 + widest) / (1 - widest)
    assert ratios[:, is_modelled].mean() == pytest.approx(1.0, abs=0.02)


def test_every_kecamatan_keeps_its_total(region, central, table):
    kecamatan = np.array([each.kecamatan for each in region.kelurahan])
    for seed in range(20):
        reached = np.bincount(kecamatan, kelurahan_weights(region, central, seed))
        assert abs(reached - np.bincount(kecamatan, table)).max() < PARTS_OF_RESIDENT / 10


def test_the_widest_error_leaves_no_count_below_zero(region, central):
    assert (
        min(kelurahan_weights(region, {**central, COUNT_ERROR: 1.0}, seed).min() for seed in range(50)) >= 0
    )
