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


def test_a_quotation_mark_that_is_not_closed_loses_no_line(intake: Intake) -> None:
    quoted = [person(3, Nama='"Warga tanpa penutup'), person(4, Nama='"Warga Empat"'), person(5)]
    said = intake(lines_of(people(2)) + lines_of(quoted))
    read, kept, rejected = counts(said)
    assert (read, kept + rejected) == (5, 5)
    assert {line["row"] for line in said.rejected} >= {"4"}


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
