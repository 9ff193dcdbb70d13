import numpy as np
import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.population.fit_report import (
    COLUMNS,
    RUPIAH,
    World,
    all_targets,
    basis_of,
    fit_report,
    with_ranges,
)

SEED = 7
"""Seed of the people of the session, see conftest."""


NOT_FITTED = {"income", "children", "trait"}


@pytest.fixture(scope="module")
def assumptions():
    return load_assumptions("tangsel")


@pytest.fixture(scope="module")
def report(region, assumptions, central, present):
    return fit_report(region, assumptions, World(central, SEED), present)


def test_every_margin_and_every_trait_is_reported_once(report, region):
    assert list(report.columns) == COLUMNS
    sizes = report.groupby("margin").size().to_dict()
    trades, wards = len(region.occupations), len(region.kelurahan)
    assert sizes == {
        "kecamatan": 7, "kelurahan": wards, "decile": 10, "sex_age": 26, "sex_occupation": 2 * trades,
        "occupation_age": 1, "income": 3 * trades, "children": 3, "trait": 6,
    }  # fmt: skip
    assert not report.duplicated(["margin", "category"]).any()


def test_the_fitted_table_meets_its_targets_and_the_people_do_within_a_few(report, present):
    fitted = report[~report["margin"].isin(NOT_FITTED)]
    assert (fitted["fitted"] - fitted["target"]).abs().max() < 1e-6
    whole = fitted[fitted["margin"] != "occupation_age"].groupby("margin")["people"].sum()
    assert (whole == present.sex.size).all()
    assert ((fitted["achieved"] - fitted["target"]).abs() * present.sex.size).max() < 30


def test_quartiles_of_income_are_told_in_rupiah_and_nearly_met(report, region):
    incomes = report[report["margin"] == "income"].set_index("category")
    assert set(incomes["unit"]) == {RUPIAH}
    for trade in region.occupations:
        rows = incomes.loc[[f"{trade.key} {name}" for name in ("p25", "p50", "p75")]]
        assert rows["target"].tolist() == list(trade.income_quartiles)
        assert rows["achieved"].is_monotonic_increasing
        tolerance = 0.03 if rows["people"].iloc[0] > 10_000 else 0.06
        assert rows["achieved"].to_numpy() == pytest.approx(rows["target"].to_numpy(), rel=tolerance)


def test_incomes_that_miss_their_quartiles_are_seen(region, assumptions, central, present):
    doubled = present._replace(income=present.income * 2)
    seen = fit_report(region, assumptions, World(central, SEED), doubled)
    incomes = seen[seen["margin"] == "income"]
    assert (incomes["achieved"] > 1.8 * incomes["target"]).all()


def test_children_of_school_age_are_as_many_as_the_numbers_behind_families_say(report, present):
    children = report[report["margin"] == "children"]
    assert children["people"].sum() == present.sex.size
    assert children["target"].sum() == pytest.approx(1.0)
    assert children["target"].min() > 0.03
    error = np.sqrt(children["target"] * (1 - children["target"]) / present.sex.size)
    assert ((children["achieved"] - children["target"]).abs() < 4 * error).all()


def test_fewer_parents_make_another_target_of_children(region, assumptions, central, report, present):
    none = {**central, "population.parent_share": 0.0}
    seen = fit_report(region, assumptions, World(none, SEED), present)
    assert seen[seen["margin"] == "children"]["target"].tolist() == [1.0, 0.0, 0.0]
    single = {**central, "population.second_child_share": 0.0}
    target = fit_report(region, assumptions, World(single, SEED), present).set_index(["margin", "category"])
    assert target.loc[("children", "2"), "target"] == 0.0
    assert target.loc[("children", "1"), "target"] > 0.15


def test_a_kecamatan_holds_the_people_of_its_kelurahan(report, region):
    wards = report[report["margin"] == "kelurahan"]["people"].to_numpy()
    sums = np.zeros(len(region.kecamatan), dtype=int)
    np.add.at(sums, [each.kecamatan for each in region.kelurahan], wards)
    assert report[report["margin"] == "kecamatan"]["people"].tolist() == sums.tolist()


def test_traits_lie_within_the_luck_of_as_many_people(report, present):
    traits = report[report["margin"] == "trait"]
    error = np.sqrt(traits["target"] * (1 - traits["target"]) / present.sex.size)
    assert ((traits["achieved"] - traits["target"]).abs() < 4 * error).all()


def test_people_who_are_missing_are_seen(region, assumptions, central, present):
    poor = present.decile != 1
    without = type(present)(*(column[poor] for column in present))
    seen = fit_report(region, assumptions, World(central, SEED), without).set_index(["margin", "category"])
    assert seen.loc[("decile", "1"), "people"] == 0
    assert seen.loc[("decile", "1"), "target"] > 0.05


def test_the_report_marks_what_is_modelled(report):
    basis = report.groupby("margin")["basis"].agg(set)
    assert basis["kelurahan"] == {"derived", "modelled"}
    assert basis["decile"] == basis["sex_age"] == basis["income"] == basis["children"] == {"modelled"}
    assert basis["occupation_age"] == {"derived"}


def test_what_is_published_is_not_marked_as_a_guess(report):
    """The totals of five kecamatan are published, and two traits rest on published numbers."""
    basis = report.set_index(["margin", "category"])["basis"]
    is_modelled = basis["kecamatan"][basis["kecamatan"] == "modelled"].index
    assert set(is_modelled) == {"Setu", "Serpong Utara"}
    assert set(basis["kecamatan"].drop(is_modelled)) == {"published"}
    derived = basis["trait"][basis["trait"] == "derived"].index
    assert set(derived) == {"is_insured_elsewhere", "has_invalid_nik"}


def test_a_target_is_as_sure_as_the_weakest_assumption_behind_it(assumptions):
    found, guessed = assumptions["population.insured_elsewhere"], assumptions["population.parent_share"]
    assert basis_of([found]) == "derived"
    assert basis_of([found, guessed]) == "modelled"


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
