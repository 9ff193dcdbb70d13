"""``jamsos list`` and ``jamsos check``: what is at hand, and what is wrong with a file."""

import subprocess
import sys
from pathlib import Path

import pytest

from jamsos_sim.scenario import load_scenario, shipped_scenarios
from tests.cli.conftest import Jamsos
from tests.scenario.test_broken_files import BROKEN

HEAD = "name: draf\ntitle: {id: Draf, en: Draft}\ndiffers_from: tambah_kuota\n"


def write(folder: Path, text: str, name: str = "draf.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["id", "en"])
def test_list_names_every_scenario_with_title_and_parent(jamsos: Jamsos, lang: str) -> None:
    said = jamsos("list", "--lang", lang)
    assert (said.code, said.err) == (0, "")
    unwrapped = " ".join(said.out.split())
    for name in shipped_scenarios():
        assert name in unwrapped
        assert load_scenario(name).title[lang].split()[0] in unwrapped
    assert ("Skenario yang tersedia" in unwrapped) == (lang == "id")


def test_list_speaks_indonesian_unless_asked_otherwise(jamsos: Jamsos) -> None:
    assert jamsos("list").out == jamsos("list", "--lang", "id").out != jamsos("list", "--lang", "en").out


def test_list_shows_own_scenarios_and_the_fault_of_a_broken_one(jamsos: Jamsos, folder: Path) -> None:
    write(folder, HEAD.replace("draf", "milik_sendiri"), "scenarios/milik_sendiri.yaml")
    write(folder, "name: rusak\n", "scenarios/rusak.yaml")
    said = jamsos("list")
    assert said.code == 0
    assert "milik_sendiri" in said.out and "rusak" in said.out
    assert "baris 1" in " ".join(said.out.split())


@pytest.mark.parametrize("title", ["Draf [merah]", "Draf [/tutup]", "Draf [bold]tebal[/bold]"])
def test_brackets_in_a_title_are_shown_as_they_are(jamsos: Jamsos, folder: Path, title: str) -> None:
    write(folder, HEAD.replace("id: Draf", f'id: "{title}"'), "scenarios/draf.yaml")
    said = jamsos("list")
    assert said.code == 0
    assert title.replace(" ", "") in "".join(said.out.split())


def test_check_says_that_a_good_file_is_good_with_its_own_clauses(jamsos: Jamsos, folder: Path) -> None:
    path = write(folder, HEAD + "clauses: {kuota: {in_force: 2027-01, sets: {places: 1}}}\n")
    said = jamsos("check", path, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "draf: no fault (1 clauses, differs from tambah_kuota)."
    assert jamsos("check", "program_berjalan").out.startswith(
        "program_berjalan: tidak ada kesalahan (20 klausul"
    )


def test_check_names_values_of_the_law_that_end_within_the_horizon(jamsos: Jamsos) -> None:
    said = jamsos("check", "program_berjalan", "--lang", "en")
    ending = [line for line in said.out.splitlines()[1:] if "PP 50/2025" in line]
    assert any("2027-03" in line and "JKK contribution" in line for line in ending)


@pytest.mark.parametrize("case", list(BROKEN), ids=str)
def test_check_of_a_broken_file_ends_in_one_sentence_and_code_2(
    jamsos: Jamsos, folder: Path, case: str
) -> None:
    text, line, sentence = BROKEN[case]
    write(folder, text)
    said = jamsos("check", "draf.yaml", "--lang", "en")
    assert (said.code, said.out) == (2, "")
    assert len(said.sentences) == 1
    assert said.sentences[0].startswith(f"draf.yaml line {line}: ") and sentence in said.sentences[0]
    in_indonesian = jamsos("check", "draf.yaml")
    assert in_indonesian.code == 2
    assert in_indonesian.sentences[0].startswith(f"draf.yaml baris {line}: ")


@pytest.mark.parametrize("command", ["check", "run", "compare"])
def test_all_faults_of_a_file_are_said_by_every_command(jamsos: Jamsos, folder: Path, command: str) -> None:
    write(folder, HEAD + "clause: {}\nclauses:\n  a: {in_force: x, sets: {place: 1, places: -1}}\n")
    said = jamsos(command, "draf.yaml", "--lang", "en")
    assert (said.code, said.out) == (2, "")
    assert len(said.sentences) == 4
    assert all(sentence.startswith("draf.yaml line ") for sentence in said.sentences)
    assert [path.name for path in folder.iterdir()] == ["draf.yaml"]


@pytest.mark.parametrize("command", ["check", "run", "compare"])
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("id", 'Tidak ada skenario "program_berjalam"; maksud Anda "program_berjalan"?\n'),
        ("en", 'There is no scenario "program_berjalam"; did you mean "program_berjalan"?\n'),
    ],
)
def test_an_unknown_name_gets_the_closest_one(jamsos: Jamsos, command: str, lang: str, sentence: str) -> None:
    assert jamsos(command, "program_berjalam", "--lang", lang) == (2, "", sentence)


def test_a_name_unlike_all_others_gets_the_list(jamsos: Jamsos) -> None:
    said = jamsos("check", "xyzzy", "--lang=en")
    assert said.code == 2
    assert all(name in said.err for name in shipped_scenarios())


def test_help_and_list_do_not_wait_for_the_heavy_libraries() -> None:
    program = (
        "import sys\nfrom jamsos_sim.cli import exit_code\n"
        "assert exit_code(['--help']) == 0 and exit_code(['run', '--help']) == 0\n"
        "heavy = {'numba', 'pandas', 'mesa', 'matplotlib', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert "compare" in done.stdout
