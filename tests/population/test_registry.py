import numpy as np
import pytest

from jamsos_sim import chance
from jamsos_sim.population import registry
from jamsos_sim.population.registry import records_of, with_registry
from jamsos_sim.population.workers import DUPLICATE_RECORD, NO_CHILD, NO_RECORD, PERSON, RECORD_OF_DEAD

CEILING = 4
INCOME_CEILING = 1_000_000
SEED = 7


def recorded(people, draws):
    """Records of people who stand for themselves."""
    return records_of(people, draws, chance.keys_of(SEED, people.decile.size))


@pytest.fixture(scope="module")
def listed(present, central, period):
    """People of working age that a list of recorded deciles 1 to 4 with an income up to Rp1 million names."""
    held = recorded(present, central)
    age = (period[0] - present.birth_month) // 12
    of_age = (age >= 18) & (age < 65)
    has_record = (held.decile != NO_RECORD) & (held.decile <= CEILING)
    return of_age, has_record & of_age & (held.income <= INCOME_CEILING)


def test_the_pool_is_the_92_000_to_107_000_people_derived_from_dtks(listed):
    assert 92_000 <= listed[1].sum() <= 107_000


def test_wrongly_included_people_are_near_a_sixth_of_the_list(listed, present):
    assert 0.08 <= (present.decile[listed[1]] > CEILING).mean() <= 0.20


def test_a_fifth_to_a_half_of_the_poor_are_missed(listed, present):
    of_age, pool = listed
    poor = of_age & (present.decile <= CEILING)
    assert 0.20 <= 1 - (poor & pool).sum() / poor.sum() <= 0.50


def test_a_registry_without_errors_tells_the_truth_bit_for_bit(present, central):
    shares = {key: 0.0 for key in central if key.startswith("registry.") and key.endswith("_share")}
    held = recorded(present, {**central, **shares, "registry.declared_income_ratio": 1.0})
    assert np.array_equal(held.decile, present.decile)
    assert np.array_equal(held.income, present.income)


def test_two_in_a_hundred_have_no_record(present, central):
    held = recorded(present, central)
    assert (held.decile == NO_RECORD).mean() == pytest.approx(0.02, abs=0.002)


@pytest.mark.parametrize("error", ["registry.stale_share", "registry.misreported_share"])
def test_a_wrong_decile_lies_at_most_four_away_and_inside_one_to_ten(present, central, error):
    records = recorded(present, {**central, error: 1.0})
    known = records.decile != NO_RECORD
    shift = (records.decile - present.decile)[known]
    assert set(np.unique(shift)) == set(range(-4, 5))
    assert (present.decile[known][shift == 0] % 9 == 1).all()
    assert set(np.unique(records.decile[known])) == set(range(1, 11))


def test_more_errors_never_repair_a_wrong_record(present, central):
    few, many = (recorded(present, {**central, "registry.stale_share": share}) for share in (0.2, 0.6))
    wrong = few.decile != present.decile
    assert np.array_equal(few.decile[wrong], many.decile[wrong])


def test_a_misreported_record_is_known_as_such_to_the_model_alone(present, central):
    records = recorded(present, {**central, "registry.stale_share": 0.0, "registry.unrecorded_share": 0.0})
    assert records.is_misreported.mean() == pytest.approx(central["registry.misreported_share"], abs=0.005)
    assert np.all(records.is_misreported[records.decile != present.decile] == 1)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("ratio", [0.5, 1.0, 2.5])
def test_records_made_one_by_one_in_compiled_code_are_those_made_by_columns(
    present, central, monkeypatch, share, ratio
):
    count = 1_300  # not whole blocks
    income = present.income[:count].copy()
    income[:3] = 0, 1, 2**31 // 3
    behind = np.arange(count, dtype=np.int8) % 4
    decile = np.arange(count, dtype=np.int8) % 11
    people = present._replace(income=income, behind=behind, decile=decile)
    shares = ("registry.unrecorded_share", "registry.misreported_share", "registry.stale_share")
    draws = {**central, **dict.fromkeys(shares, share), "registry.declared_income_ratio": ratio}
    made = []
    for is_compiled in (False, True):
        monkeypatch.setattr(registry, "is_worth_compiling", lambda count, so=is_compiled: so)
        made.append(records_of(people, draws, chance.keys_of(SEED, count)))
    by_columns, one_by_one = made
    for name, column in by_columns._asdict().items():
        assert column.dtype == getattr(one_by_one, name).dtype
        assert np.array_equal(column, getattr(one_by_one, name)), name


def test_declared_income_is_rounded_to_whole_rupiah(present, central):
    records = recorded(present, {**central, "registry.declared_income_ratio": 0.5})
    assert np.array_equal(records.income, (present.income + 1) // 2)


def test_records_of_nobody_stand_between_those_present_and_the_newcomers(everyone, central):
    keys, workers, records = with_registry(everyone, central, SEED)
    is_person = workers.behind == PERSON
    for own, before in zip(workers, everyone, strict=True):
        assert np.array_equal(own[is_person], before)
    assert np.array_equal(keys[is_person], chance.keys_of(SEED, everyone.decile.size))
    assert np.all(np.diff(workers.arrival_month) >= 0)
    assert len(np.unique(keys)) == keys.size == records.decile.size
    present = (everyone.arrival_month == everyone.arrival_month[0]).sum()
    strays = {"duplicate": DUPLICATE_RECORD, "dead": RECORD_OF_DEAD}
    for name, code in strays.items():
        expected = round(central[f"registry.{name}_share"] * present)
        assert (workers.behind == code).sum() == pytest.approx(expected, abs=1)
    assert np.all(workers.first_child[~is_person] == NO_CHILD)
    assert np.all(records.decile[~is_person] != NO_RECORD)


def test_the_dead_on_record_are_older_than_the_others(everyone, central):
    _, workers, _ = with_registry(everyone, central, SEED)
    births = workers.birth_month[workers.behind == RECORD_OF_DEAD]
    assert births.mean() < workers.birth_month[workers.behind == DUPLICATE_RECORD].mean() - 36


def test_without_errors_no_row_is_added(everyone, central):
    none = {key: 0.0 for key in central if key.startswith("registry.") and key.endswith("_share")}
    _, workers, _ = with_registry(everyone, {**central, **none}, SEED)
    for own, before in zip(workers, everyone, strict=True):
        assert np.array_equal(own, before)
