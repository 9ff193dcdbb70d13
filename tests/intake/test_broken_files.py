"""A file that can't serve ends in one sentence and exit code 2, and nothing is written."""

import datetime
import os
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from tests.intake.conftest import HEADING, MAP, Intake, Said, lines_of, people, person

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def refused(said: Said) -> str:
    """The sentence of a refusal that wrote nothing."""
    assert said.code == 2
    assert said.err.count("\n") == 1
    left = {path.name for path in said.folder.iterdir()} - {"map.yaml", "register.csv", "register.xlsx"}
    assert not {name for name in left if "partial" in name or name in {"workers.parquet", "rejected.csv"}}
    return said.err


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n\n  \n", "empty"),
        (",".join(HEADING).encode() + b"\n", "no person"),
        (LOCKED, "password"),
        (OLE + bytes(1024), "old workbook"),
        (b"%PDF-1.7 ...", "no table"),
        (b"<!DOCTYPE html><table><tr><td>NIK</td></tr></table>", "no table"),
        (b"PK\x03\x04 and then nothing of a workbook", "no table"),
        (b"PAR1 and then nothing of a Parquet file", "no table"),
        (b"NIK\0,\0Nama\0", "no table"),
        (b"\xff\xfeN\0I\0K\0,\0\x00", "damaged"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_sentence(
    intake: Intake, content: bytes, word: str
) -> None:
    assert word in refused(intake(content))


def test_a_register_without_column_names_is_refused_without_showing_anybody(intake: Intake) -> None:
    said = refused(intake(lines_of([person(1), person(2)])))
    assert "Warga" not in said
    assert "99740101" not in said


def test_a_missing_column_is_told_with_line_and_closest_name(intake: Intake) -> None:
    rows = [[*HEADING[:-1], "Desill"], person(1)]
    said = refused(intake(rows))
    assert "map.yaml line 8" in said
    assert '"Desill"' in said


def test_a_column_that_stands_twice_is_refused(intake: Intake) -> None:
    assert "more than one column" in refused(intake([[*HEADING, "desil"], [*person(1), "2"]]))


def test_a_missing_file_and_a_folder_are_refused(intake: Intake, tmp_path: Path) -> None:
    assert "can't be read" in refused(intake(None, name="tidak_ada.csv"))
    (tmp_path / "folder").mkdir()
    assert "can't be read" in refused(intake(None, name="folder"))


def test_identity_numbers_cut_by_a_spreadsheet_are_refused_together(intake: Intake) -> None:
    rows = [HEADING, *(person(number * 10) for number in range(1, 40))]
    assert "end in 0" in refused(intake(rows))


def test_a_register_of_which_nothing_can_be_kept_leaves_the_list_of_rejected_rows(intake: Intake) -> None:
    said = intake([HEADING, person(1, Desil="0"), person(2, Desil="99")])
    assert said.code == 2
    assert "rejected.csv" in said.err
    assert len(said.rejected) == 2
    assert not (said.folder / "workers.parquet").exists()


@pytest.mark.parametrize("name", ["workers.parquet", "rejected.csv"])
def test_what_is_there_is_not_overwritten(intake: Intake, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("milik orang lain", encoding="utf-8")
    said = intake(people(3))
    assert said.code == 2
    assert name in said.err
    assert (tmp_path / name).read_text(encoding="utf-8") == "milik orang lain"


def test_a_folder_that_is_not_there_is_named(intake: Intake) -> None:
    assert "nowhere" in refused(intake(people(3), "--out", "nowhere/workers.parquet"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "can't be written" in refused(intake(people(3), "--out", "locked/workers.parquet"))


def test_a_failed_write_leaves_nothing_half_written(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*arguments: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jamsos_sim.population.register_file.parquet.write_table", full_disk)
    said = intake(people(3))
    assert said.code == 2
    assert "disk full" in said.err
    assert not [path.name for path in said.folder.iterdir() if "parquet" in path.name]


def test_without_a_key_the_sentence_says_how_to_make_one(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAMSOS_NIK_KEY")
    assert "secrets.token_hex" in refused(intake(people(3)))


def test_a_short_key_is_refused_and_not_shown(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "nik.key").write_text("rahasia-pendek\n", encoding="utf-8")
    said = refused(intake(people(3), "--key-file", "nik.key"))
    assert "rahasia" not in said


def test_one_key_is_the_same_key_however_an_editor_saved_it(intake: Intake, tmp_path: Path) -> None:
    key = "0123456789abcdef0123456789abcdef"
    saved = {
        "plain": key.encode(),
        "windows": f"\ufeff{key}\r\n".encode("utf-16-le"),
        "marked": b"\xef\xbb\xbf" + key.encode(),
    }
    contents = set()
    for name, content in saved.items():
        (tmp_path / name).write_bytes(content)
        words = ("--key-file", name, "--out", f"{name}.parquet", "--rejected", f"{name}.csv")
        assert intake(people(3), *words).code == 0
        contents.add(pd.read_parquet(tmp_path / f"{name}.parquet")["person"].map(bytes).sum())
    assert len(contents) == 1


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(row, column, cell, dates)
                else:
                    sheet.write(row, column, cell)
    book.close()


def test_a_workbook_is_read_with_real_dates_and_numbers(intake: Intake, tmp_path: Path) -> None:
    rows = [
        *people(2),
        person(3, Lahir=datetime.date(1980, 12, 31), Desil=4),
        person(4, NIK=3674010112800010),
    ]
    workbook(tmp_path / "register.xlsx", ("Data", [[], ["Daftar"], *rows]))
    said = intake(None, name="register.xlsx")
    assert said.code == 0
    assert [(line["row"], line["column"]) for line in said.rejected] == [("7", "NIK")]
    assert "last digit is lost" in said.rejected[0]["reason"]


def test_the_sheet_with_the_columns_is_found_and_two_of_them_must_be_told_apart(
    intake: Intake, tmp_path: Path
) -> None:
    workbook(tmp_path / "register.xlsx", ("Catatan", [["kosong"]]), ("Satu", people(3)), ("Dua", people(4)))
    assert "Satu, Dua" in refused(intake(None, name="register.xlsx"))
    assert "Tiga" in refused(intake(None, "--sheet", "Tiga", name="register.xlsx"))
    said = intake(None, "--sheet", "Dua", name="register.xlsx")
    assert said.out.startswith("Read 4 rows: 4 kept")


def test_a_sheet_of_a_text_file_is_refused(intake: Intake) -> None:
    assert "--sheet" in refused(intake(people(3), "--sheet", "Data"))


def test_a_parquet_file_is_read(intake: Intake, tmp_path: Path) -> None:
    rows = people(4)
    table = pd.DataFrame(rows[1:], columns=rows[0])
    table["Lahir"] = pd.to_datetime("1980-12-31")
    table["Desil"] = 2
    table.to_parquet(tmp_path / "register.parquet")
    assert intake(None, name="register.parquet").out.startswith("Read 4 rows: 4 kept")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(intake: Intake, encoding: str) -> None:
    text = lines_of([*people(3), person(4, Nama="Renée Contoh")])
    said = intake(text.encode(encoding))
    assert said.out.startswith("Read 4 rows: 4 kept")
    assert ("1 lines are no UTF-8" in said.err) == (encoding == "cp1252")


def test_lines_of_two_encodings_in_one_file_are_both_read(intake: Intake) -> None:
    first = lines_of([*people(2), person(3, Nama="Renée Contoh")]).encode()
    second = lines_of([person(4, Nama="Renée Contoh"), person(5, Nama="Zoë Contoh")]).encode("cp1252")
    said = intake(first + second)
    assert said.out.startswith("Read 5 rows: 5 kept")
    assert "2 lines are no UTF-8" in said.err


def test_old_line_ends_are_read(intake: Intake) -> None:
    text = lines_of(people(3))
    assert intake(text.replace("\n", "\r").encode()).out.startswith("Read 3 rows: 3 kept")
    assert intake(text.replace("\n", "\r\n").encode(), "--out", "b.parquet", "--rejected", "b.csv").code == 0


BROKEN_MAPS = {
    "an unknown part": ("kolom: {}\n", 'unknown key "kolom"'),
    "an unknown field": (MAP + "  penghasilan: Gaji\n", 'unknown key "penghasilan"'),
    "a misspelt field": (MAP + "  declared_incom: Gaji\n", '"declared_income"'),
    "a missing field": (MAP.replace("  decile: Desil\n", ""), "decile"),
    "one column for two": (MAP + "  declared_income: Desil\n", "serves one field"),
    "one child alone": (MAP + "  first_child: Anak\n", "second_child"),
    "a trade that is none": (MAP + "values:\n  occupation: {Ojol: ojek_onlin}\n", '"ojek_online"'),
    "a kelurahan that is none": (MAP + "values:\n  kelurahan: {Ciputat Lama: Antah}\n", "Serua"),
    "words of a date": (MAP + "values:\n  birth_date: {kemarin: 2020}\n", "birth_date"),
    "an odd meaning of empty": (MAP + "  has_disability: D\nempty: {has_disability: mungkin}\n", "unknown"),
    "a field without a column": (MAP + "empty: {has_disability: no}\n", "has_disability"),
    "no map": ("", "columns"),
    "a list": ("- NIK\n", "keys and values"),
}


@pytest.mark.parametrize("case", BROKEN_MAPS)
def test_a_map_that_is_wrong_is_told_with_file_and_line(intake: Intake, tmp_path: Path, case: str) -> None:
    content, word = BROKEN_MAPS[case]
    (tmp_path / "map.yaml").write_text(content, encoding="utf-8")
    said = intake(people(3))
    assert said.code == 2
    assert "map.yaml line" in said.err
    assert word in said.err


def test_a_column_that_marks_only_yes_must_say_what_empty_means(intake: Intake) -> None:
    rows = [[*HEADING, "Difabel"], [*person(1), "x"], [*person(2), ""]]
    assert "has_disability: unknown" in refused(intake(rows, more="  has_disability: Difabel\n"))
    more = "  has_disability: Difabel\nempty: {has_disability: no}\n"
    said = intake(rows, more=more)
    assert sorted(pd.read_parquet(said.folder / "workers.parquet")["has_disability"]) == [0, 1]


def test_own_words_of_the_register_are_explained_by_the_map(intake: Intake) -> None:
    more = "values:\n  occupation: {Tukang Rongsok: pemulung}\n  sex: {1: L}\n  decile: {sangat miskin: 1}\n"
    rows = [HEADING, person(1, Pekerjaan="tukang rongsok", JK="1", Desil="Sangat Miskin")]
    said = intake(rows, more=more)
    assert said.code == 0, said.err
    (kept,) = pd.read_parquet(said.folder / "workers.parquet").to_dict("records")
    assert (kept["occupation"], kept["sex"], kept["decile"]) == ("pemulung", 0, 1)
