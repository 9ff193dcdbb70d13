"""Disability, stunting, tuberculosis and remote homes: as many as assumed, among whom one expects them."""

import numpy as np
import pytest

from jamsos_sim.population.hardships import UNDER_FIVE
from jamsos_sim.population.synthesis import synthesise
from jamsos_sim.population.workers import NO_CHILD

FLAGS = ("has_disability", "has_stunted_child", "has_tuberculosis", "is_in_remote_home")


@pytest.fixture(scope="module")
def age(present, period):
    return (period[0] - present.birth_month) // 12


def test_a_disability_is_as_frequent_at_20_and_65_as_assumed_and_rises_in_between(present, central, age):
    young = present.has_disability[age <= 20].mean()
    old = present.has_disability[age >= 65].mean()
    assert young == pytest.approx(central["population.disability_at_20"], rel=0.35)
    assert old == pytest.approx(central["population.disability_at_65"], rel=0.15)
    by_decade = [present.has_disability[(age >= first) & (age < first + 15)].mean() for first in (20, 35, 50)]
    assert by_decade == sorted(by_decade)


def test_a_stunted_child_is_under_five_at_the_start_or_born_later(everyone):
    def is_young(child):
        return (child != NO_CHILD) & (child > everyone.arrival_month - UNDER_FIVE)

    could = is_young(everyone.first_child) | is_young(everyone.second_child)
    assert everyone.has_stunted_child.sum() > 1_000
    assert could[everyone.has_stunted_child == 1].all()


def test_as_many_children_under_five_are_stunted_as_assumed(present, central, period):
    def is_young(child):
        return (child != NO_CHILD) & (child > period[0] - UNDER_FIVE)

    one = is_young(present.first_child) ^ is_young(present.second_child)
    stunted = present.has_stunted_child[one].mean()
    assert stunted == pytest.approx(central["population.stunted_share"], rel=0.1)


def test_tuberculosis_and_remote_homes_are_as_frequent_as_assumed(everyone, central):
    ill, remote = everyone.has_tuberculosis.mean(), everyone.is_in_remote_home.mean()
    assert ill == pytest.approx(central["population.tuberculosis_share"], rel=0.1)
    assert remote == pytest.approx(central["population.remote_home_share"], rel=0.05)


def test_the_poorest_decile_has_the_assumed_multiple_of_the_richest(region, central, period):
    draws = {
        **central,
        "population.tuberculosis_share": 0.3,
        "population.hardship_decile_ratio": 3.0,
    }
    workers = synthesise(region, draws, 9, 100_000, (period[0], period[0] + 1))
    ill = [workers.has_tuberculosis[workers.decile == decile].mean() for decile in range(1, 11)]
    assert ill[0] / ill[-1] == pytest.approx(3.0, rel=0.1)
    assert workers.has_tuberculosis.mean() == pytest.approx(0.3, abs=0.01)


def test_more_of_a_hardship_takes_nobody_out(region, central, period):
    names = (
        "disability_at_20",
        "disability_at_65",
        "stunted_share",
        "tuberculosis_share",
        "remote_home_share",
    )

    def people(share):
        shares = {f"population.{name}": share for name in names}
        return synthesise(region, {**central, **shares}, 9, 5_000, period)

    few, many = people(0.02), people(0.2)
    for flag in FLAGS:
        assert (getattr(many, flag) >= getattr(few, flag)).all()
        assert getattr(many, flag).sum() > getattr(few, flag).sum()


def test_without_any_chance_nobody_has_a_hardship(region, central, period):
    none = {key: 0.0 for key in central if key.startswith("population.disability_at_")}
    none |= {f"population.{name}_share": 0.0 for name in ("stunted", "tuberculosis", "remote_home")}
    workers = synthesise(region, {**central, **none}, 9, 2_000, period)
    assert not any(np.any(getattr(workers, flag)) for flag in FLAGS)
