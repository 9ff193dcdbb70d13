import numpy as np
import pytest

from jamsos_sim.population.registry import records_of
from jamsos_sim.population.workers import NO_RECORD

CEILING = 4
INCOME_CEILING = 1_000_000
SEED = 7


@pytest.fixture(scope="module")
def listed(present, central, period):
    """People of working age that a list of recorded deciles 1 to 4 with an income up to Rp1 million names."""
    records = records_of(present, central, SEED)
    age = (period[0] - present.birth_month) // 12
    of_age = (age >= 18) & (age < 65)
    recorded = (records.decile != NO_RECORD) & (records.decile <= CEILING)
    return of_age, recorded & of_age & (records.income <= INCOME_CEILING)


def test_the_pool_is_the_92_000_to_107_000_people_derived_from_dtks(listed):
    assert 92_000 <= listed[1].sum() <= 107_000


def test_wrongly_included_people_are_near_a_sixth_of_the_list(listed, present):
    assert 0.08 <= (present.decile[listed[1]] > CEILING).mean() <= 0.20


def test_a_fifth_to_a_half_of_the_poor_are_missed(listed, present):
    of_age, pool = listed
    poor = of_age & (present.decile <= CEILING)
    assert 0.20 <= 1 - (poor & pool).sum() / poor.sum() <= 0.50


def test_a_registry_without_errors_tells_the_truth_bit_for_bit(present, central):
    perfect = {
        **central,
        "registry.unrecorded_share": 0.0,
        "registry.wrong_decile_share": 0.0,
        "registry.declared_income_ratio": 1.0,
    }
    records = records_of(present, perfect, SEED)
    assert np.array_equal(records.decile, present.decile)
    assert np.array_equal(records.income, present.income)


def test_two_in_a_hundred_have_no_record(present, central):
    records = records_of(present, central, SEED)
    assert (records.decile == NO_RECORD).mean() == pytest.approx(0.02, abs=0.002)


def test_a_wrong_decile_lies_at_most_four_away_and_inside_one_to_ten(present, central):
    records = records_of(present, {**central, "registry.wrong_decile_share": 1.0}, SEED)
    recorded = records.decile != NO_RECORD
    shift = (records.decile - present.decile)[recorded]
    assert set(np.unique(shift)) == set(range(-4, 5))
    assert (present.decile[recorded][shift == 0] % 9 == 1).all()
    assert set(np.unique(records.decile[recorded])) == set(range(1, 11))


def test_more_errors_never_repair_a_wrong_record(present, central):
    few, many = (
        records_of(present, {**central, "registry.wrong_decile_share": share}, SEED) for share in (0.2, 0.6)
    )
    wrong = few.decile != present.decile
    assert np.array_equal(few.decile[wrong], many.decile[wrong])


def test_declared_income_is_rounded_to_whole_rupiah(present, central):
    records = records_of(present, {**central, "registry.declared_income_ratio": 0.5}, SEED)
    assert np.array_equal(records.income, (present.income + 1) // 2)
