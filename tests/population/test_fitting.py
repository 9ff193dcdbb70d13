import dataclasses

import numpy as np
import pytest

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.population.fitting import RANK_SCALE, TOLERANCE, WEIGHT_TOTAL, central_fit, fit
from jamsos_sim.population.margins import central_mix, margins, mix_of

WORLDS = range(40)


@pytest.fixture(scope="module")
def worlds():
    assumptions = load_assumptions("tangsel")
    return [draw_assumptions(assumptions, seed) for seed in WORLDS]


def missed(region, draws):
    """Largest gap of a fitted share to its target in a world."""
    weights = fit(region, draws).weights
    gaps = []
    for margin in margins(region, mix_of(region, draws)):
        dropped = tuple(axis for axis in range(weights.ndim) if axis not in margin.axes)
        gaps.append(abs(weights.sum(axis=dropped) / weights.sum() - margin.shares).max())
    return max(gaps)


def test_the_fitted_table_meets_every_margin_in_every_world(region, central, worlds):
    assert max(missed(region, draws) for draws in [central, *worlds]) < 2 * TOLERANCE


def test_with_every_assumption_at_its_centre_the_table_is_that_of_the_region_bit_for_bit(region, central):
    assert mix_of(region, central) == central_mix(region)
    assert all(map(np.array_equal, fit(region, central), central_fit(region)))


def test_worlds_have_tables_of_their_own(region, worlds):
    assert len({fit(region, draws).weights.tobytes() for draws in worlds}) == len(worlds)


def test_known_ages_of_a_trade_hold_in_every_world(region, worlds):
    for known in region.occupation_ages:
        inside = [known.from_age <= start < known.stop_age for start in region.age_starts]
        for draws in worlds:
            by_age = fit(region, draws).weights[:, :, known.occupation].sum(axis=(0, 2))
            assert by_age[inside].sum() / by_age.sum() == pytest.approx(known.share, abs=1e-6)


def test_the_start_from_the_region_s_table_leads_where_the_world_s_own_seed_leads(region, worlds):
    from jamsos_sim.population import fitting
    from jamsos_sim.population.margins import seed_of_table

    for draws in worlds[:5]:
        mix = mix_of(region, draws)
        from_seed = fitting._iterated(region, seed_of_table(region, mix), margins(region, mix))
        reached = fit(region, draws).weights / WEIGHT_TOTAL
        assert abs(reached - from_seed).max() < 1e-6


def test_a_trade_that_the_region_s_table_leaves_out_is_fitted_too(region, central):
    none = tuple(each._replace(share=0.0) if each.key == "pemulung" else each for each in region.occupations)
    without = dataclasses.replace(region, occupations=none)
    assert missed(without, central) < 2 * TOLERANCE


def test_without_any_trade_there_is_one_sentence(region, central):
    nobody = {key: 0.0 for key in central if key.startswith("mix.")}
    with pytest.raises(InputError, match=r"mix\.\*"):
        fit(region, {**central, **nobody})


def test_low_deciles_together_have_the_share_of_the_world(region, worlds):
    for draws in worlds:
        by_decile = fit(region, draws).weights.sum(axis=(0, 1, 2))
        low = by_decile[: region.vulnerable_decile].sum() / by_decile.sum()
        assert low == pytest.approx(draws["population.low_decile_share"], abs=1e-6)


def test_older_workers_are_more_where_the_ratio_is_higher(region, central):
    def mean_age(ratio):
        by_age = fit(region, {**central, "population.older_worker_ratio": ratio}).weights.sum(axis=(0, 2, 3))
        return (by_age * np.array(region.age_starts)).sum() / by_age.sum()

    assert mean_age(0.8) < mean_age(1.0) - 0.5 < mean_age(1.25) - 1.0


def test_the_shares_of_a_margin_add_up_to_one(region):
    for margin in margins(region, central_mix(region)):
        assert margin.shares.sum() == pytest.approx(1.0, abs=1e-12)


def test_the_city_has_7_kecamatan_54_kelurahan_14_trades_and_10_deciles(region):
    assert (len(region.kecamatan), len(region.kelurahan), len(region.occupations)) == (7, 54, 14)
    assert central_fit(region).weights.shape == (2, 13, 14, 10)


def test_nobody_works_in_a_trade_above_its_oldest_age(region):
    weights = central_fit(region).weights
    for number, trade in enumerate(region.occupations):
        too_old = [group for group, start in enumerate(region.age_starts) if start > trade.oldest_age]
        assert weights[:, too_old, number].sum() == 0


def test_waste_pickers_are_poorer_than_construction_workers(region):
    keys = [each.key for each in region.occupations]
    by_decile = central_fit(region).weights.sum(axis=(0, 1))
    poor = by_decile[:, :4].sum(axis=1) / by_decile.sum(axis=1)
    assert poor[keys.index("pemulung")] > poor[keys.index("buruh_bangunan")] + 0.1


def test_newcomers_are_younger_and_otherwise_of_the_same_make_up(region):
    fitted = central_fit(region)
    starts = np.array(region.age_starts)
    mean_age = [
        (table.sum(axis=(0, 2, 3)) * starts).sum() / table.sum()
        for table in (fitted.weights, fitted.entry_weights)
    ]
    assert mean_age[0] - mean_age[1] > 4
    for axes in [(1, 2, 3), (0, 1, 3), (0, 1, 2)]:
        before, after = fitted.weights.sum(axis=axes), fitted.entry_weights.sum(axis=axes)
        assert (abs(after - before) < 1e-4 * before).all()


def test_weights_are_whole_and_add_up(region):
    fitted = central_fit(region)
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
        central_fit(impossible)


def test_an_unknown_region_is_refused_with_the_names_there_are():
    from jamsos_sim.population.region_file import load_region

    with pytest.raises(InputError) as refusal:
        load_region("tangsle")
    assert "tangsle" in refusal.value.sentence("en") and "tangsel" in refusal.value.sentence("en")
