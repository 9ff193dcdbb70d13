import numpy as np
import pytest

from jamsos_sim.assumptions import draw_assumptions, load_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.law.selectors import SECTOR_TRANSPORT
from jamsos_sim.population import traits
from jamsos_sim.population.fitting import fit
from jamsos_sim.population.kelurahan import kelurahan_weights
from jamsos_sim.population.synthesis import Span, city_size, made_people, synthesise
from jamsos_sim.population.workers import NO_CHILD, Workers
from jamsos_sim.units import MONTHS_PER_YEAR

SEED = 7
"""Seed of the people of the session, see conftest."""

DTYPES = {"i1": np.int8, "i2": np.int16, "i4": np.int32}
COLUMN_TYPES = {
    "birth_month": "i4", "sex": "i1", "kelurahan": "i2", "occupation": "i1", "sector": "i1", "decile": "i1",
    "income": "i4", "community": "i4", "first_child": "i4", "second_child": "i4", "arrival_month": "i4",
    "is_insured_elsewhere": "i1", "has_valid_nik": "i1", "has_disability": "i1", "has_stunted_child": "i1",
    "has_tuberculosis": "i1", "is_in_remote_home": "i1", "behind": "i1",
}  # fmt: skip


def ages(workers: Workers, month: int) -> np.ndarray:
    return (month - workers.birth_month) // MONTHS_PER_YEAR


def test_the_city_has_about_268_000_informal_workers(central, present):
    assert city_size(central) == present.sex.size == 267_750


def test_every_margin_holds_within_half_a_per_cent_or_four_people(region, central, period, present):
    weights = fit(region, central).weights
    residents = kelurahan_weights(region, central, SEED)
    group = np.minimum(ages(present, period[0]) // 5 - 3, len(region.age_starts) - 1)
    targets = {
        "kelurahan": (residents / residents.sum(), (present.kelurahan,)),
        "decile": (weights.sum(axis=(0, 1, 2)) / weights.sum(), (present.decile - 1,)),
        "sex_age": (weights.sum(axis=(2, 3)) / weights.sum(), (present.sex, group)),
        "sex_occupation": (weights.sum(axis=(1, 3)) / weights.sum(), (present.sex, present.occupation)),
    }
    for shares, codes in targets.values():
        counted = np.zeros(shares.shape)
        np.add.at(counted, codes, 1)
        target = shares * present.sex.size
        assert (abs(counted - target) <= np.maximum(4.0, 0.005 * target)).all()


def test_people_of_a_drawn_world_meet_the_margins_of_that_world(region, period):
    draws = draw_assumptions(load_assumptions("tangsel"), 3)
    workers = synthesise(region, draws, 3, None, (period[0], period[0] + 1))
    low = (workers.decile <= region.vulnerable_decile).mean()
    assert low == pytest.approx(draws["population.low_decile_share"], abs=1e-3)
    mix = np.array([draws[f"mix.{each.key}"] for each in region.occupations])
    made = np.bincount(workers.occupation, minlength=mix.size) / workers.sex.size
    assert made == pytest.approx(mix / mix.sum(), abs=1e-3)


def test_the_same_seed_gives_the_same_people(region, central, period):
    once, again = (synthesise(region, central, 11, 5_000, period) for _ in range(2))
    assert all(np.array_equal(*columns) for columns in zip(once, again, strict=True))


def test_another_seed_gives_other_people(region, central, period):
    one, other = (synthesise(region, central, seed, 5_000, period) for seed in (11, 12))
    differing = {
        name
        for name, *columns in zip(Workers._fields, one, other, strict=True)
        if not np.array_equal(*columns)
    }
    assert differing == set(Workers._fields) - {"arrival_month", "behind"}


@pytest.mark.parametrize("size", [1, 200, 3_000])
def test_a_small_city_is_whole(region, central, period, size):
    workers = synthesise(region, central, 5, size, period)
    assert int((workers.arrival_month == period[0]).sum()) == size
    assert len({column.size for column in workers}) == 1


def test_every_column_has_the_promised_type(everyone):
    assert {name: column.dtype for name, column in everyone._asdict().items()} == {
        name: np.dtype(DTYPES[code]) for name, code in COLUMN_TYPES.items()
    }


def test_a_city_without_people_is_refused(region, central, period):
    with pytest.raises(InputError, match="paling sedikit 1"):
        synthesise(region, central, 5, 0, period)


def test_people_present_stand_ordered_by_kelurahan_and_trade(present, period):
    assert (present.arrival_month == period[0]).all()
    cell = present.kelurahan.astype(int) * 100 + present.occupation
    assert (np.diff(cell) >= 0).all()


def test_codes_lie_inside_their_tables(region, everyone):
    assert everyone.kelurahan.min() == 0 and everyone.kelurahan.max() == len(region.kelurahan) - 1
    assert set(np.unique(everyone.occupation)) == set(range(len(region.occupations)))
    assert set(np.unique(everyone.decile)) == set(range(1, 11))
    assert set(np.unique(everyone.sex)) == {0, 1}


def test_drivers_and_couriers_belong_to_the_transport_sector(region, everyone):
    keys = [each.key for each in region.occupations]
    drivers = [keys.index(key) for key in ("ojek_pangkalan", "ojek_online", "sopir_angkot_becak")]
    assert ((everyone.sector == SECTOR_TRANSPORT) == np.isin(everyone.occupation, drivers)).all()


def test_everybody_is_15_or_older_on_arrival(everyone):
    months = everyone.arrival_month - everyone.birth_month
    assert months.min() >= 15 * MONTHS_PER_YEAR
    assert months.max() < 86 * MONTHS_PER_YEAR


def test_communities_lie_inside_one_kelurahan_also_with_newcomers(region, central, period):
    for size in (200, 3_000, 20_000):
        workers = synthesise(region, central, 3, size, period)
        pairs = np.unique(np.column_stack([workers.community, workers.kelurahan]), axis=0)
        assert len(pairs) == len(np.unique(workers.community))


def test_most_members_of_a_community_share_one_trade(present):
    pairs, counts = np.unique(
        np.column_stack([present.community, present.occupation]), axis=0, return_counts=True
    )
    largest = np.zeros(present.community.max() + 1)
    np.maximum.at(largest, pairs[:, 0], counts)
    assert largest.sum() / counts.sum() > 0.95


def test_newcomers_join_people_of_their_own_trade(everyone, present):
    newcomers = slice(present.sex.size, None)
    members = set(zip(present.community.tolist(), present.occupation.tolist(), strict=True))
    joined = zip(everyone.community[newcomers].tolist(), everyone.occupation[newcomers].tolist(), strict=True)
    assert np.mean([pair in members for pair in joined]) > 0.99


def test_incomes_meet_the_quartiles_of_each_trade(region, present):
    for number, trade in enumerate(region.occupations):
        incomes = present.income[present.occupation == number]
        reached = np.percentile(incomes, [25, 50, 75])
        tolerance = 0.03 if incomes.size > 10_000 else 0.06
        assert reached == pytest.approx(trade.income_quartiles, rel=tolerance)


def test_poorer_deciles_earn_less(present):
    medians = [np.median(present.income[present.decile == decile]) for decile in range(1, 11)]
    assert medians == sorted(medians)
    assert medians[0] < 0.5 * medians[5]


def test_as_many_as_assumed_are_insured_elsewhere_or_have_an_inactive_nik(central, present):
    insured, inactive = central["population.insured_elsewhere"], central["population.inactive_nik_share"]
    assert present.is_insured_elsewhere.mean() == pytest.approx(insured, abs=0.005)
    assert 1 - present.has_valid_nik.mean() == pytest.approx(inactive, abs=0.005)


def test_children_are_born_to_grown_parents_two_years_apart_and_before_the_end(everyone, period):
    has_first, has_second = everyone.first_child != NO_CHILD, everyone.second_child != NO_CHILD
    assert not (has_second & ~has_first).any()
    parent_age = (everyone.first_child - everyone.birth_month)[has_first]
    assert parent_age.min() >= 17 * MONTHS_PER_YEAR and parent_age.max() <= 36 * MONTHS_PER_YEAR
    gap = (everyone.second_child - everyone.first_child)[has_second]
    assert gap.min() >= 24 and gap.max() <= 7 * MONTHS_PER_YEAR
    assert everyone.first_child.max() < period[1] and everyone.second_child.max() < period[1]


def test_children_at_home_fit_the_size_of_families(present, period):
    """A DTKS family has 2.87 people: with one or two adults, about one child in the parents' middle years."""
    month = period[0]
    age = ages(present, month)
    children = sum(
        ((child != NO_CHILD) & (child <= month) & (month - child < 18 * MONTHS_PER_YEAR)).astype(int)
        for child in (present.first_child, present.second_child)
    )
    middle = (age >= 25) & (age < 55)
    assert 0.6 < children[middle].mean() < 1.4
    assert children[age >= 65].mean() < 0.05


def test_some_children_are_born_during_the_simulation(present, period):
    born_later = (present.first_child >= period[0]) | (present.second_child >= period[0])
    assert 0.03 < born_later.mean() < 0.25


def test_the_length_of_a_block_changes_nobody(region, central, period, monkeypatch):
    whole = synthesise(region, central, 11, 3_000, period)
    monkeypatch.setattr(traits, "ROWS_AT_ONCE", 1_000)
    parts = synthesise(region, central, 11, 3_000, period)
    assert all(np.array_equal(*columns) for columns in zip(whole, parts, strict=True))


def test_people_made_one_by_one_in_compiled_code_are_those_made_by_columns(
    region, central, period, monkeypatch
):
    hard = {**central, "population.stunted_share": 0.3, "population.tuberculosis_share": 0.2}
    made = []
    for is_compiled in (False, True):
        monkeypatch.setattr(traits, "is_worth_compiling", lambda count, so=is_compiled: so)
        made.append(synthesise(region, hard, 11, 3_000, period))
    by_columns, one_by_one = made
    for name, column in by_columns._asdict().items():
        assert column.dtype == getattr(one_by_one, name).dtype
        assert np.array_equal(column, getattr(one_by_one, name)), name


def test_only_the_people_of_a_run_get_traits_and_they_are_the_same(region, central, period):
    everybody = synthesise(region, central, 11, 3_000, period)
    stop = period[0] + 24
    early = traits.workers_of(*made_people(region, central, 11, 3_000, Span(*period, stop)))
    assert 3_000 < early.sex.size == np.count_nonzero(everybody.arrival_month < stop)
    assert all(np.array_equal(one[: two.size], two) for one, two in zip(everybody, early, strict=True))
