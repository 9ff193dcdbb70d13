"""What was taken in is read back whole, becomes people of a world, and is refused when it is not whole."""

import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from jamsos_sim.errors import InputError
from jamsos_sim.population.region import Region
from jamsos_sim.population.region_file import read_region
from jamsos_sim.population.register import Register, load_register, people_of_register
from jamsos_sim.population.workers import NO_RECORD, PERSON, Population
from jamsos_sim.units import month_of
from tests.intake.conftest import HEADING, Intake, person

PERIOD = (month_of("2023-01"), month_of("2031-01"))
CHILDREN = "  first_child: Anak 1\n  second_child: Anak 2\n  declared_income: Gaji\n"
TRADES = ("pemulung", "ojek_online", "warung_kios", "buruh_bangunan")


@pytest.fixture(scope="module")
def central() -> dict[str, float]:
    return {key: each.central for key, each in read_region("tangsel").assumptions.items()}


@pytest.fixture
def perfect(central: dict[str, float]) -> dict[str, float]:
    shares = {name: 0.0 for name in central if name.startswith("registry.") and name.endswith("_share")}
    return {**central, **shares, "registry.declared_income_ratio": 1.0}


def crowd(region: Region, count: int) -> list[list[object]]:
    chance = random.Random(3)
    rows: list[list[object]] = [[*HEADING, "Anak 1", "Anak 2", "Gaji"]]
    for number in range(1, count + 1):
        row = person(
            number,
            Lahir=f"01/{chance.randint(1, 12):02d}/{chance.randint(1960, 2009)}",
            Kelurahan=chance.choice(region.kelurahan).name,
            Pekerjaan=chance.choice(TRADES),
            Desil=chance.randint(1, 10),
        )
        older = f"05/05/{chance.randint(2021, 2022)}" if number % 3 else ""
        rows.append([*row, "06/06/2023" if number % 2 else "", older, chance.choice(["", "1.000.000"])])
    return rows


@pytest.fixture
def register(intake: Intake, region: Region) -> Register:
    said = intake(crowd(region, 600), more=CHILDREN)
    assert said.code == 0, said.err
    return load_register(said.folder / "workers.parquet")


def made(register: Register, region: Region, draws: Mapping[str, float], seed: int = 5) -> Population:
    return people_of_register(register, region, draws, seed, PERIOD)


def listed(population: Population, register: Register) -> np.ndarray:
    """Rows of the register's own people: their keys come from the hash of the identity number."""
    from jamsos_sim.chance import keys_of_numbers

    return np.isin(population.keys, keys_of_numbers(5, register.people))


def test_the_register_has_everybody_once(
    register: Register, region: Region, central: dict[str, float]
) -> None:
    population = made(register, region, central)
    assert register.size == 600
    assert listed(population, register).sum() == 600
    assert np.unique(population.keys).size == population.keys.size


def test_the_order_of_rows_in_the_file_changes_nothing(
    intake: Intake, region: Region, central: dict[str, float]
) -> None:
    rows = crowd(region, 300)
    shuffled = [rows[0], *random.Random(9).sample(rows[1:], 300)]
    first = intake(rows, more=CHILDREN).folder / "workers.parquet"
    again = intake(shuffled, "--out", "again.parquet", "--rejected", "again.csv", more=CHILDREN)
    registers = load_register(first), load_register(again.folder / "again.parquet")
    assert registers[0].digest == registers[1].digest
    one, other = (made(register, region, central) for register in registers)
    for mine, theirs in zip(
        [one.keys, *one.workers, *one.records], [other.keys, *other.workers, *other.records], strict=True
    ):
        assert np.array_equal(mine, theirs)


def test_without_errors_the_truth_is_the_record(
    register: Register, region: Region, perfect: dict[str, float]
) -> None:
    population = made(register, region, perfect)
    assert np.array_equal(population.workers.decile, population.records.decile)
    assert np.array_equal(population.workers.income, population.records.income)
    assert (population.workers.behind == PERSON).all()
    assert not population.records.is_misreported.any()


def test_the_record_is_the_registers_in_every_world(
    register: Register, region: Region, central: dict[str, float]
) -> None:
    population = made(register, region, central)
    own = listed(population, register)
    recorded = np.bincount(population.records.decile[own], minlength=11)
    assert np.array_equal(recorded, np.bincount(register.columns["decile"], minlength=11))
    assert recorded[NO_RECORD] == 0
    known = register.columns["declared_income"]
    assert (population.records.income[own] == 1_000_000).sum() >= (known == 1_000_000).sum()
    assert (population.workers.decile[own] != population.records.decile[own]).mean() > 0.2


def test_the_wrong_dead_and_moved_have_the_shares_of_the_world(
    register: Register, region: Region, perfect: dict[str, float]
) -> None:
    shares = {"registry.dead_share": 0.2, "registry.moved_share": 0.3, "registry.stale_share": 0.5}
    population = made(register, region, {**perfect, **shares})
    start = listed(population, register) & (population.workers.arrival_month == PERIOD[0])
    behind = np.bincount(population.workers.behind[start], minlength=4) / start.sum()
    assert behind == pytest.approx([1 / 1.5, 0, 0.2 / 1.5, 0.3 / 1.5], abs=0.06)
    assert not population.records.is_misreported.any()


def test_misreported_records_are_among_the_wrong_ones(
    register: Register, region: Region, perfect: dict[str, float]
) -> None:
    population = made(register, region, {**perfect, "registry.misreported_share": 0.5})
    own = listed(population, register)
    wrong = population.workers.decile[own] != population.records.decile[own]
    lied = population.records.is_misreported[own] == 1
    assert (lied >= wrong).all()
    assert wrong.mean() == pytest.approx(0.5, abs=0.12)


def test_the_older_child_comes_first(register: Register, region: Region, central: dict[str, float]) -> None:
    workers = made(register, region, central).workers
    own = listed(made(register, region, central), register)
    both = own & (workers.first_child >= 0) & (workers.second_child >= 0)
    assert both.any()
    assert (workers.first_child[both] < workers.second_child[both]).all()
    assert not ((workers.first_child < 0) & (workers.second_child >= 0))[own].any()


def test_the_young_come_when_they_reach_the_age_of_work(
    register: Register, region: Region, central: dict[str, float]
) -> None:
    population = made(register, region, central)
    workers = population.workers
    own = listed(population, register)
    months = region.age_starts[0] * 12
    assert (workers.arrival_month[own] >= workers.birth_month[own] + months).all()
    assert (workers.arrival_month[own] > PERIOD[0]).any()
    assert (np.diff(workers.arrival_month) >= 0).all()


def test_communities_lie_inside_one_kelurahan(
    register: Register, region: Region, central: dict[str, float]
) -> None:
    workers = made(register, region, central).workers
    places = {
        (int(group), int(place)) for group, place in zip(workers.community, workers.kelurahan, strict=True)
    }
    assert len({group for group, _ in places}) == len(places)


def test_newcomers_follow_as_many_as_a_city_of_that_size_has(
    register: Register, region: Region, central: dict[str, float]
) -> None:
    population = made(register, region, central)
    new = ~listed(population, register)
    assert 0.3 < new.sum() / register.size < 3.0
    assert (population.workers.arrival_month[new] > PERIOD[0]).all()


def test_luck_belongs_to_the_person_and_not_to_the_company(
    intake: Intake, region: Region, central: dict[str, float]
) -> None:
    rows = crowd(region, 200)
    first = load_register(intake(rows, more=CHILDREN).folder / "workers.parquet")
    fewer = intake(rows[:150], "--out", "fewer.parquet", "--rejected", "fewer.csv", more=CHILDREN)
    second = load_register(fewer.folder / "fewer.parquet")
    one, other = made(first, region, central), made(second, region, central)
    truth = dict(
        zip(
            one.keys.tolist(),
            zip(one.workers.decile.tolist(), one.workers.behind.tolist(), strict=True),
            strict=True,
        )
    )
    own = listed(other, second)
    again = zip(other.workers.decile[own].tolist(), other.workers.behind[own].tolist(), strict=True)
    assert all(truth[key] == mine for key, mine in zip(other.keys[own].tolist(), again, strict=True))


def test_a_register_of_another_region_is_refused(
    register: Register, region: Region, central: dict[str, float]
) -> None:
    from dataclasses import replace

    with pytest.raises(InputError, match="kota_lain"):
        made(replace(register, region="kota_lain"), region, central)


def changed(path: Path, change: str) -> None:
    table = parquet.read_table(path)
    if change == "a value":
        place = table.column_names.index("decile")
        table = table.set_column(place, "decile", pa.array([1] * table.num_rows, pa.int8()))
    elif change == "a row":
        table = table.slice(1)
    elif change == "a column":
        table = table.append_column("NIK", pa.array(["x"] * table.num_rows))
    else:
        table = table.replace_schema_metadata(None)
    parquet.write_table(table, path)


@pytest.mark.parametrize("change", ["a value", "a row", "a column", "its description"])
def test_a_register_that_was_changed_is_refused(intake: Intake, region: Region, change: str) -> None:
    path = intake(crowd(region, 50), more=CHILDREN).folder / "workers.parquet"
    changed(path, change)
    with pytest.raises(InputError, match=r"workers\.parquet"):
        load_register(path)


@pytest.mark.parametrize("content", [None, b"", b"PAR1", b"bukan apa-apa"])
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "asing.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="jamsos intake"):
        load_register(path)
