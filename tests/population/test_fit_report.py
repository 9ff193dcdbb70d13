import numpy as np
import pytest

from jamsos_sim.population.fit_report import COLUMNS, all_targets, fit_report, with_ranges

SEED = 7
"""Seed of the people of the session, see conftest."""


@pytest.fixture(scope="module")
def report(region, central, present):
    return fit_report(region, central, SEED, present)


def test_every_margin_and_every_trait_is_reported_once(report, region):
    assert list(report.columns) == COLUMNS
    sizes = report.groupby("margin").size().to_dict()
    trades, wards = len(region.occupations), len(region.kelurahan)
    assert sizes == {
        "kelurahan": wards, "decile": 10, "sex_age": 26, "sex_occupation": 2 * trades, "occupation_age": 1,
        "trait": 6,
    }  # fmt: skip
    assert not report.duplicated(["margin", "category"]).any()


def test_the_fitted_table_meets_its_targets_and_the_people_do_within_a_few(report, present):
    fitted = report[report["margin"] != "trait"]
    assert (fitted["fitted"] - fitted["target"]).abs().max() < 1e-6
    whole = fitted[fitted["margin"] != "occupation_age"].groupby("margin")["people"].sum()
    assert (whole == present.sex.size).all()
    assert ((fitted["achieved"] - fitted["target"]).abs() * present.sex.size).max() < 30


def test_traits_lie_within_the_luck_of_as_many_people(report, present):
    traits = report[report["margin"] == "trait"]
    error = np.sqrt(traits["target"] * (1 - traits["target"]) / present.sex.size)
    assert ((traits["achieved"] - traits["target"]).abs() < 4 * error).all()


def test_people_who_are_missing_are_seen(report, region, central, present):
    poor = present.decile != 1
    without = type(present)(*(column[poor] for column in present))
    seen = fit_report(region, central, SEED, without).set_index(["margin", "category"])
    assert seen.loc[("decile", "1"), "people"] == 0
    assert seen.loc[("decile", "1"), "target"] > 0.05


def test_the_report_marks_what_is_modelled(report):
    basis = report.groupby("margin")["basis"].agg(set)
    assert basis["kelurahan"] == {"derived", "modelled"}
    assert basis["decile"] == basis["sex_age"] == basis["trait"] == {"modelled"}
    assert basis["occupation_age"] == {"derived"}


def test_ranges_hold_the_central_target_and_are_nought_where_counts_are_published(
    report, region, central, present
):
    wide = {**central, "population.low_decile_share": 0.5}
    narrow = {**central, "population.low_decile_share": 0.4}
    targets = [
        all_targets(region, draws, seed, present) for seed, draws in enumerate((wide, narrow, central))
    ]
    assert len(targets[0]) == len(report)
    ranged = with_ranges(report, targets)
    deciles = ranged[ranged["margin"] == "decile"]
    assert (deciles["low"] < deciles["target"]).all() and (deciles["target"] < deciles["high"]).all()
    wards = ranged[ranged["margin"] == "kelurahan"]
    derived = wards["basis"] == "derived"
    assert (wards["high"] - wards["low"])[derived].max() < 1e-9
    assert (wards["high"] - wards["low"])[~derived].min() > 0
