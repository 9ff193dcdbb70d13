"""What YAML files say is kept between processes, and what is kept is never stale."""

from pathlib import Path

import pytest

from jamsos_sim import yaml_kept, yaml_reader
from jamsos_sim.errors import InputError
from jamsos_sim.yaml_file import parse_document

TEXT = "name: ojek\nplaces: {2027-01: 30_000}\nowners: [dinsos, disnaker]\n"


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that were read by the library, from the moment at which nothing is kept."""
    monkeypatch.setenv("JAMSOS_CACHE", str(tmp_path))
    monkeypatch.setattr(yaml_kept, "_of_this_process", {})
    texts: list[str] = []
    truly = yaml_reader.with_lines

    def watched(text: str) -> object:
        texts.append(text)
        return truly(text)

    monkeypatch.setattr(yaml_reader, "with_lines", watched)
    return texts


def test_another_process_need_not_read_again(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = parse_document(TEXT, "satu.yaml")
    monkeypatch.setattr(yaml_kept, "_of_this_process", {})
    second = parse_document(TEXT, "dua.yaml")
    assert (first.data, first.lines) == (second.data, second.lines)
    assert (first.name, second.name) == ("satu.yaml", "dua.yaml")
    assert read == [TEXT] and second.line(("places", "2027-01")) == 2


def test_a_changed_text_is_read(read: list[str]) -> None:
    parse_document(TEXT, "satu.yaml")
    changed = TEXT.replace("30_000", "40_000")
    assert parse_document(changed, "satu.yaml").data["places"] == {"2027-01": 40_000}
    assert read == [TEXT, changed]


def test_another_version_of_the_reader_reads_again(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    parse_document(TEXT, "satu.yaml")
    monkeypatch.setattr(yaml_kept, "_versions", lambda: "another")
    parse_document(TEXT, "satu.yaml")
    assert read == [TEXT, TEXT]


def test_whoever_changes_what_was_read_changes_nobody_elses(read: list[str]) -> None:
    parse_document(TEXT, "satu.yaml").data["owners"].append("pasar")
    assert parse_document(TEXT, "satu.yaml").data["owners"] == ["dinsos", "disnaker"]


def test_a_damaged_file_is_read_again(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = parse_document(TEXT, "satu.yaml").data
    (file,) = (tmp_path / yaml_kept.FOLDER).iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    monkeypatch.setattr(yaml_kept, "_of_this_process", {})
    assert parse_document(TEXT, "satu.yaml").data == said
    assert read == [TEXT, TEXT]


@pytest.mark.parametrize("kept", ["off", "a_file/kept"])
def test_without_a_folder_to_write_to_it_reads(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    (tmp_path / "a_file").write_text("", encoding="utf-8")
    monkeypatch.setenv("JAMSOS_CACHE", kept if kept == "off" else str(tmp_path / kept))
    assert parse_document(TEXT, "satu.yaml").data["name"] == "ojek"
    assert [path.name for path in tmp_path.rglob("*")] == ["a_file"]


def test_a_fault_is_not_kept_and_names_each_file(read: list[str]) -> None:
    for name in ("satu.yaml", "dua.yaml"):
        with pytest.raises(InputError, match=name):
            parse_document("name: [", name)
    assert len(read) == 2


def test_only_so_many_files_stay(read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_kept, "MOST_FILES", 3)
    for number in range(9):
        parse_document(f"name: {number}\n", "satu.yaml")
    assert len(list((tmp_path / yaml_kept.FOLDER).iterdir())) <= 4
