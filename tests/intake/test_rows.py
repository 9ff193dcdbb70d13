"""Every row is kept or rejected, each fault is told with its row, and nothing is lost."""

import random

import pytest

from tests.intake.conftest import HEADING, Intake, Said, lines_of, people, person


def counts(said: Said) -> tuple[int, int, int]:
    words = said.out.splitlines()[0].replace(",", "").replace(":", "").split()
    return int(words[1]), int(words[3]), int(words[5])


def test_a_good_register_is_kept_whole(intake: Intake) -> None:
    said = intake(people(30))
    assert (said.code, counts(said), said.rejected) == (0, (30, 30, 0), [])


def test_a_row_with_several_faults_is_one_rejected_row_with_a_line_for_each(intake: Intake) -> None:
    rows = [*people(3), person(4, Lahir="kapan-kapan", JK="?", Desil="11")]
    said = intake(rows)
    assert counts(said) == (4, 3, 1)
    assert {(line["row"], line["column"]) for line in said.rejected} == {
        ("5", "Lahir"),
        ("5", "JK"),
        ("5", "Desil"),
    }


def test_every_kind_of_fault_counts_its_row_once(intake: Intake) -> None:
    broken = [
        {"NIK": "123"},
        {"NIK": "1.23E+15"},
        {"Lahir": ""},
        {"Lahir": "01/01/1890"},
        {"Lahir": "01/01/2030"},
        {"Kelurahan": "Seruwa"},
        {"Pekerjaan": "penambang"},
        {"Desil": "0"},
        {"JK": "Lk/Pr"},
    ]
    rows = [*people(20), *(person(40 + place, **cells) for place, cells in enumerate(broken))]
    said = intake(rows)
    assert counts(said) == (29, 20, 9)
    assert [int(line["row"]) for line in said.rejected] == list(range(22, 31))
    assert all(line["reason"] for line in said.rejected)


def test_an_unknown_kelurahan_gets_the_closest_name(intake: Intake) -> None:
    said = intake([*people(1), person(2, Kelurahan="Pondok Ranjie")])
    assert "Pondok Ranji" in said.rejected[0]["reason"]


def test_the_same_person_again_points_to_the_first_good_row(intake: Intake) -> None:
    rows = [HEADING, person(1, Desil="x"), person(1), person(2), person(1, Desil="9")]
    said = intake(rows)
    assert counts(said) == (4, 2, 2)
    (first, second) = said.rejected
    assert (first["row"], first["column"]) == ("2", "Desil")
    assert (second["row"], second["column"]) == ("5", "NIK")
    assert "row 3" in second["reason"]


def test_rows_with_too_few_or_too_many_cells_are_rejected_by_their_number(intake: Intake) -> None:
    text = lines_of(people(2)) + "9974010112800099,Warga,31/12/1980\n" + lines_of([[*person(5), "lebih"]])
    said = intake(text)
    assert counts(said) == (4, 2, 2)
    assert [line["row"] for line in said.rejected] == ["4", "5"]


def test_empty_lines_are_no_rows_but_keep_their_numbers(intake: Intake) -> None:
    text = lines_of(people(1)) + "\n,,,,,,\n" + lines_of([person(2, JK="")])
    said = intake(text)
    assert counts(said) == (2, 1, 1)
    assert said.rejected[0]["row"] == "5"


UNCLOSED = {
    "no other mark in the file": (None, None),
    "quoted cells below": ('"Warga, Contoh"', None),
    "a mark at the end of a cell below": (None, 'Warga 2"'),
    "another unclosed mark just below": (None, '"Warga Contoh'),
}


@pytest.mark.parametrize("case", UNCLOSED)
@pytest.mark.parametrize("size", [100, 20_000])
def test_a_quotation_mark_that_is_not_closed_costs_its_own_row_alone(
    intake: Intake, case: str, size: int
) -> None:
    quoted, below = UNCLOSED[case]
    rows = [
        HEADING,
        *(person(number, **({"Nama": quoted} if quoted else {})) for number in range(1, size + 1)),
    ]
    rows[50] = person(50, Nama='"Warga tanpa penutup')
    lost = ["51"]
    if below is not None:
        rows[51] = person(51, Nama=below)
        lost += ["52"] if below.startswith('"') else []
    said = intake(rows)
    assert counts(said) == (size, size - len(lost), len(lost))
    assert [line["row"] for line in said.rejected] == lost
    assert all("quotation mark" in line["reason"] for line in said.rejected)


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_mark_that_is_not_closed_near_the_column_names_or_the_end_costs_its_row_alone(
    intake: Intake, place: int
) -> None:
    rows = people(3)
    rows[place] = person(place, Nama='"Warga')
    said = intake(rows)
    assert counts(said) == (3, 2, 1)
    assert [line["row"] for line in said.rejected] == [str(place + 1)]


def test_two_marks_of_two_rows_never_make_one_person_of_them(intake: Intake) -> None:
    """The rows between the marks would read as one row with the right number of cells."""
    rows = [*people(3), person(4, Nama='"Warga'), person(5, Nama='Contoh"'), person(6)]
    said = intake(rows)
    assert counts(said) == (6, 5, 1)
    assert [line["row"] for line in said.rejected] == ["5"]


@pytest.mark.parametrize("cell", ['"Jl. Melati\nRT 5, RW 3\nSerua"', '"Jl. ""Melati""\r\n\r\nNo. 3"'])
@pytest.mark.parametrize("column", ["NIK", "Nama", "Desil"])
def test_a_cell_of_several_lines_is_kept_in_any_column(intake: Intake, cell: str, column: str) -> None:
    heading = [*HEADING, "Alamat"] if column == "Desil" else ["Alamat", *HEADING]
    rows = [heading, *([*person(n), cell] if column == "Desil" else [cell, *person(n)] for n in range(1, 4))]
    if column == "Nama":
        rows = [[*row[1:3], row[0], *row[3:]] for row in rows]
    assert counts(intake(lines_of(rows))) == (3, 3, 0)


def test_a_row_with_a_zero_byte_is_rejected_with_its_own_reason_wherever_it_stands(intake: Intake) -> None:
    rows = people(3_000)
    for place in (3, 2_900):
        rows[place] = person(place, Nama="War\0ga")
    text = lines_of(rows)
    assert text.index("\0") < 65_536 < text.rindex("\0")
    said = intake(text)
    assert counts(said) == (3_000, 2_998, 2)
    assert [line["row"] for line in said.rejected] == ["4", "2901"]
    assert all("zero byte" in line["reason"] for line in said.rejected)


def test_many_rejected_rows_are_said_loudly_and_few_are_not(intake: Intake) -> None:
    few = intake([*people(97), *(person(100 + n, Desil="0") for n in range(3))])
    assert (few.code, "WARNING" in few.err) == (0, False)
    rows = [*people(90), *(person(100 + n, Desil="0") for n in range(10))]
    many = intake(rows, "--out", "b.parquet", "--rejected", "b.csv")
    assert many.code == 0
    (loud,) = [line for line in many.err.splitlines() if "WARNING" in line]
    assert "10% of the rows" in loud and "b.csv" in loud and "try again" in loud


@pytest.mark.parametrize(
    ("amounts", "is_doubted"),
    [
        (["1.500", "2.250", "900", "3.000"], True),
        (["1,5", "2", "0,9", "3"], True),
        (["1.500.000", "Rp 2,25 juta", "900 ribu", "0"], False),
        (["", "-", "0", "0"], False),
    ],
)
def test_incomes_that_may_be_in_thousands_are_doubted_in_one_sentence(
    intake: Intake, amounts: list[str], is_doubted: bool
) -> None:
    rows = [[*HEADING, "Gaji"], *([*person(n), amounts[n % 4]] for n in range(40))]
    said = intake(lines_of(rows, ";"), more="  declared_income: Gaji\n")
    assert (said.code, counts(said)) == (0, (40, 40, 0))
    assert sum('"Gaji"' in line and "thousands" in line for line in said.err.splitlines()) == is_doubted


def test_a_line_break_inside_quotation_marks_belongs_to_its_row(intake: Intake) -> None:
    said = intake(lines_of([HEADING, person(1, Nama='"Warga\nContoh"'), person(2, JK="")]))
    assert counts(said) == (2, 1, 1)
    assert said.rejected[0]["row"] == "4"


def test_titles_may_stand_above_the_column_names(intake: Intake) -> None:
    said = intake(
        "DAFTAR PEKERJA RENTAN,,,,,,\nTahun 2026,,,,,,\n\n" + lines_of([*people(3), person(9, JK="?")])
    )
    assert counts(said) == (4, 3, 1)
    assert said.rejected[0]["row"] == "8"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(intake: Intake, separator: str) -> None:
    assert counts(intake(lines_of(people(5), separator))) == (5, 5, 0)


def test_ten_broken_rows_among_many_are_found_and_the_rest_is_kept(intake: Intake) -> None:
    rows = people(20_000)
    broken = sorted(random.Random(7).sample(range(1, 20_001), 10))
    for place in broken:
        rows[place] = person(place, Lahir="32/01/1980")
    said = intake(rows)
    assert counts(said) == (20_000, 19_990, 10)
    assert [int(line["row"]) for line in said.rejected] == [place + 1 for place in broken]


def test_counts_add_up_whatever_is_written_into_the_cells(intake: Intake) -> None:
    chance = random.Random(11)
    odd = ["", "x", "-1", "NaN", "1e400", "31/12/1980", "999999999999999999999999", "é", "=1+1", "Serua"]
    rows = [HEADING]
    for number in range(1, 400):
        row = person(number)
        row[chance.randrange(len(row))] = chance.choice(odd)
        rows.append(row)
    said = intake(rows)
    read, kept, rejected = counts(said)
    assert (read, kept + rejected) == (399, 399)
    assert len({line["row"] for line in said.rejected}) == rejected


def test_a_wrong_word_is_shown_only_when_five_rows_have_it(intake: Intake) -> None:
    rows = [*people(3), *(person(10 + place, Pekerjaan="Tukang bakso") for place in range(5))]
    rows += [person(20, Pekerjaan="Siti Aminah"), person(21, Desil="9974010112800017")]
    said = intake(rows)
    values = {line["value"] for line in said.rejected}
    assert values == {"Tukang bakso", ""}


def test_a_value_that_a_spreadsheet_would_carry_out_is_quoted(intake: Intake) -> None:
    said = intake([*people(2), *(person(10 + place, Pekerjaan="=1+1") for place in range(5))])
    assert {line["value"] for line in said.rejected} == {"'=1+1"}
