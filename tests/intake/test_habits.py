"""Dates, amounts, yes and no are understood as they are written in Indonesian lists."""

import datetime

import pytest

from jamsos_sim.population.intake_habits import (
    Wrong,
    read_date,
    read_decile,
    read_rupiah,
    read_sex,
    read_yes_no,
)
from jamsos_sim.population.intake_identity import read_nik
from jamsos_sim.population.workers import FEMALE, MALE
from jamsos_sim.units import month_of


@pytest.mark.parametrize(
    "cell",
    [
        "31/12/1980",
        "31-12-1980",
        "31.12.1980",
        "31 Desember 1980",
        "31-Des-1980",
        "31 december 1980",
        "1980-12-31",
        "1980-12-31 00:00:00",
        "19801231",
        "29586",
        29586,
        29586.0,
        datetime.date(1980, 12, 31),
        datetime.datetime(1980, 12, 31, 7, 30),
    ],
)
def test_a_date_is_understood_however_it_is_written(cell: object) -> None:
    assert read_date(cell) == month_of("1980-12")


def test_the_day_stands_before_the_month() -> None:
    assert read_date("03/04/1980") == month_of("1980-04")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12/31/1980", "no_such_day"),
        ("31/02/1980", "no_such_day"),
        ("00-00-0000", "no_such_day"),
        ("31/12/80", "short_year"),
        ("31-Des-80", "short_year"),
        ("akhir 1980", "not_date"),
        ("31 Kapan 1980", "not_date"),
    ],
)
def test_a_date_that_is_none_is_told_apart(cell: str, reason: str) -> None:
    assert read_date(cell) == Wrong(reason)


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("1.500.000", 1_500_000),
        ("1.500.000,50", 1_500_001),
        ("1.500.000,49", 1_500_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("Rp 1,5 juta", 1_500_000),
        ("1,5jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("750 ribu", 750_000),
        ("1500000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1500000.0", 1_500_000),
        ("1.500", 1_500),
        (1_500_000, 1_500_000),
        (1_500_000.5, 1_500_001),
        ("0", 0),
    ],
)
def test_an_amount_is_understood_however_it_is_written(cell: object, rupiah: int) -> None:
    assert read_rupiah(cell) == rupiah


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1,500", "two_meanings"),
        ("kira-kira sejuta", "not_amount"),
        ("-500000", "not_amount"),
        ("1-2 juta", "not_amount"),
        (True, "not_amount"),
        (datetime.date(2000, 1, 1), "not_amount"),
    ],
)
def test_an_amount_that_is_none_or_may_mean_two_is_told_apart(cell: object, reason: str) -> None:
    assert read_rupiah(cell) == Wrong(reason)


@pytest.mark.parametrize(
    "cell", ["ya", "Ya", "Y", "1", 1, 1.0, True, "ada", " X ", "benar", "Iya", "SUDAH", "punya"]
)
def test_yes_is_understood(cell: object) -> None:
    assert read_yes_no(cell) == 1


@pytest.mark.parametrize(
    "cell", ["tidak", "T", "0", 0, False, "tidak ada", "TIDAK  ADA", "bukan", "Belum", "tdk punya", "gak"]
)
def test_no_is_understood(cell: object) -> None:
    assert read_yes_no(cell) == 0


@pytest.mark.parametrize("cell", ["", None, "-", " ", "NULL", float("nan")])
def test_an_empty_cell_is_neither(cell: object) -> None:
    read = (read_yes_no, read_date, read_rupiah, read_sex, read_decile)
    assert {reader(cell) for reader in read} == {None}


@pytest.mark.parametrize("cell", ["L", "laki-laki", "Laki Laki", "PRIA"])
def test_men_are_understood(cell: str) -> None:
    assert read_sex(cell) == MALE


@pytest.mark.parametrize("cell", ["P", "perempuan", "Wanita", "pr"])
def test_women_are_understood(cell: str) -> None:
    assert read_sex(cell) == FEMALE


@pytest.mark.parametrize("cell", ["3", 3, 3.0, "Desil 3", "D3", "3,0"])
def test_a_decile_is_understood(cell: object) -> None:
    assert read_decile(cell) == 3


@pytest.mark.parametrize(
    "cell",
    [
        "9974010112800017",
        " 9974010112800017 ",
        "'9974010112800017",
        "99 7401 011280 0017",
        "99.74.01.011280.0017",
    ],
)
def test_an_identity_number_is_understood_with_its_separators(cell: str) -> None:
    assert read_nik(cell) == "9974010112800017"


@pytest.mark.parametrize("cell", [3674010112800017, 3674010112800017.0, "3674010112800017.0"])
def test_a_number_that_has_all_its_digits_is_an_identity_number(cell: object) -> None:
    assert read_nik(cell) == "3674010112800017"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1,23E+15", "nik_exponent"),
        ("1.23E+15", "nik_exponent"),
        (3674010112800010.0, "nik_number"),
        (3674010112800010, "nik_number"),
        (9974010112800017.0, "nik_number"),
        ("367401011280001", "nik_digits"),
        ("36740101128000177", "nik_digits"),
        ("36740101128O0017", "nik_digits"),
        ("٣٦٧٤٠١٠١١٢٨٠٠٠١٧", "nik_digits"),
        ("0000000000000000", "nik_repeated"),
        ("", "empty"),
        (None, "empty"),
        (True, "nik_digits"),
        (float("inf"), "nik_digits"),
    ],
)
def test_an_identity_number_that_lost_digits_says_how(cell: object, reason: str) -> None:
    assert read_nik(cell) == Wrong(reason)
