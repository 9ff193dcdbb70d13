"""The fit of this package against that of the library ipfn, on the same seed and the same margins."""

import dataclasses
import warnings

import pytest

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.population.fitting import fit
from jamsos_sim.population.margins import AXES, margins, mix_of, seed_of_table

LARGEST_DIFFERENCE = 2e-8
"""Of a cell's share, against the library; 0.005 people of a city of 268,000."""


def fitted_by_the_library(seed, targets):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of a pandas to come; arrays need none of it
        from ipfn import ipfn

        shares = [margin.shares for margin in targets]
        axes = [list(margin.axes) for margin in targets]
        return ipfn.ipfn(seed.copy(), shares, axes, convergence_rate=1e-10, max_iteration=2_000).iteration()


@pytest.mark.parametrize("world", [None, 0, 1, 2])
def test_every_cell_is_that_of_the_library(region, central, world):
    # The library knows no ages of a single trade, so both fit the margins alone.
    alone = dataclasses.replace(region, occupation_ages=())
    draws = central if world is None else draw_assumptions(load_assumptions("tangsel"), world)
    mix = mix_of(alone, draws)
    theirs = fitted_by_the_library(seed_of_table(alone, mix), margins(alone, mix))
    ours = fit(alone, draws).weights
    assert ours.ndim == len(AXES)
    assert abs(ours / ours.sum() - theirs / theirs.sum()).max() < LARGEST_DIFFERENCE


def test_the_comparison_sees_a_margin_that_is_off(region, central):
    alone = dataclasses.replace(region, occupation_ages=())
    mix = mix_of(alone, central)
    other = mix._replace(low_decile_share=mix.low_decile_share + 0.001)
    theirs = fitted_by_the_library(seed_of_table(alone, other), margins(alone, other))
    ours = fit(alone, central).weights
    assert abs(ours / ours.sum() - theirs / theirs.sum()).max() > LARGEST_DIFFERENCE
