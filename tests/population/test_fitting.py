import dataclasses

import numpy as np
import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.population.fit_report import fit_report
from jamsos_sim.population.fitting import RANK_SCALE, WEIGHT_TOTAL, fit, margins


def test_the_fitted_table_meets_every_margin(region):
    report = fit_report(region)
    assert set(report["margin"]) == {"kelurahan", "decile", "sex_age", "sex_occupation", "occupation_age"}
    assert (abs(report["achieved"] / report["target"] - 1) < 1e-5).all()


def test_the_report_marks_what_is_modelled(region):
    basis = fit_report(region).groupby("margin")["basis"].agg(set)
    assert basis["kelurahan"] == {"derived", "modelled"}
    assert basis["decile"] == {"modelled"}


def test_the_shares_of_a_margin_add_up_to_one(region):
    for margin in margins(region):
        assert margin.shares.sum() == pytest.approx(1.0, abs=1e-12)


def test_the_city_has_7_kecamatan_54_kelurahan_14_trades_and_10_deciles(region):
    assert (len(region.kecamatan), len(region.kelurahan), len(region.occupations)) == (7, 54, 14)
    assert fit(region).weights.shape == (2, 13, 14, 10, 54)


def test_nobody_works_in_a_trade_above_its_oldest_age(region):
    weights = fit(region).weights
    for number, trade in enumerate(region.occupations):
        too_old = [group for group, start in enumerate(region.age_starts) if start > trade.oldest_age]
        assert weights[:, too_old, number].sum() == 0


def test_waste_pickers_are_poorer_than_construction_workers(region):
    keys = [each.key for each in region.occupations]
    by_decile = fit(region).weights.sum(axis=(0, 1, 4))
    poor = by_decile[:, :4].sum(axis=1) / by_decile.sum(axis=1)
    assert poor[keys.index("pemulung")] > poor[keys.index("buruh_bangunan")] + 0.1


def test_newcomers_are_younger_and_otherwise_of_the_same_make_up(region):
    fitted = fit(region)
    starts = np.array(region.age_starts)
    mean_age = [
        (table.sum(axis=(0, 2, 3, 4)) * starts).sum() / table.sum()
        for table in (fitted.weights, fitted.entry_weights)
    ]
    assert mean_age[0] - mean_age[1] > 4
    for axes in [(0, 1, 2, 3), (0, 1, 3, 4), (0, 1, 2, 4)]:
        before, after = fitted.weights.sum(axis=axes), fitted.entry_weights.sum(axis=axes)
        assert (abs(after - before) < 1e-4 * before).all()


def test_weights_are_whole_and_add_up(region):
    fitted = fit(region)
    assert fitted.weights.dtype == np.int64
    assert abs(int(fitted.weights.sum()) - WEIGHT_TOTAL) < 100_000
    assert (fitted.rank_edges[:, 0] == 0).all() and (fitted.rank_edges[:, -1] == RANK_SCALE).all()


def test_margins_that_cannot_hold_together_are_refused_with_a_sentence(region):
    only_women = tuple(each._replace(male_share=0.0) for each in region.occupations)
    no_old_women = (region.informal_rates[0], (*region.informal_rates[1][:-1], 1.0))
    impossible = dataclasses.replace(
        region,
        occupations=tuple(each._replace(oldest_age=70) for each in only_women),
        informal_rates=no_old_women,
    )
    with pytest.raises(InputError, match="tidak dapat dicocokkan"):
        fit(impossible)


def test_an_unknown_region_is_refused_with_the_names_there_are():
    from jamsos_sim.population.region import load_region

    with pytest.raises(InputError) as refusal:
        load_region("tangsle")
    assert "tangsle" in refusal.value.sentence("en") and "tangsel" in refusal.value.sentence("en")
