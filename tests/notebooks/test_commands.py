"""``jamsos init``, ``lab`` and ``notebook``: a folder of one's own, and notebooks with other numbers."""

import json
import sys
from pathlib import Path
from typing import ClassVar

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from jamsos_sim.cli import exit_code
from jamsos_sim.errors import InputError
from jamsos_sim.notebook import programs
from jamsos_sim.notebook.files import own_scenario
from jamsos_sim.notebook.settings import given_settings, settings_of
from jamsos_sim.scenario import load_scenario, shipped_scenarios
from tests.notebooks.masters import NAMES

PARAMETERS = "lang = 'id'\nworlds = 4\nworkers = None\nshare = 0.5\nprogress = False"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def small_notebook(folder, *sources):
    """A notebook of one's own with settings and a few cells."""
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    path = folder / "kecil.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


def said(capsys):
    """The one sentence on stderr."""
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    return sentence


def test_a_new_folder_holds_the_notebooks_of_both_languages_the_scenarios_and_a_readme(here, capsys):
    assert exit_code(["init", "kerja"]) == 0
    assert {path.stem for path in (here / "kerja").glob("*.ipynb")} == set(NAMES)
    assert {path.stem for path in (here / "kerja" / "en").glob("*.ipynb")} == set(NAMES)
    copied = {path.stem for path in (here / "kerja" / "scenarios").glob("*.yaml")}
    assert copied == set(shipped_scenarios())
    assert (here / "kerja" / "README.md").read_text(encoding="utf-8").startswith("# ")
    assert "jamsos lab kerja" in said(capsys)


@pytest.mark.parametrize("folder", [".", "en"])
def test_a_notebook_of_either_language_finds_a_draft_in_the_folder_of_scenarios(here, monkeypatch, folder):
    assert exit_code(["init", "kerja"]) == 0
    own = here / "kerja" / "scenarios" / "usulan_saya.yaml"
    text = (own.parent / "tambah_kuota.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("name: tambah_kuota", "name: usulan_saya"), encoding="utf-8")
    monkeypatch.chdir(here / "kerja" / folder)
    assert load_scenario(own_scenario("usulan_saya")).name == "usulan_saya"
    assert load_scenario(own_scenario("program_berjalan")).name == "program_berjalan"


def test_a_draft_that_is_nowhere_is_looked_for_among_the_shipped(here):
    assert load_scenario(own_scenario("tambah_kuota")).name == "tambah_kuota"
    with pytest.raises(InputError):
        load_scenario(own_scenario("usulan_saya"))


def test_an_empty_folder_may_be_filled_and_it_may_be_this_one(here):
    assert exit_code(["init", "."]) == 0
    assert (here / "scenarios" / "schema.json").is_file()


def test_a_folder_with_something_in_it_is_not_touched(here, capsys):
    (here / "kerja").mkdir()
    (here / "kerja" / "catatan.txt").write_text("milik saya", encoding="utf-8")
    assert exit_code(["init", "kerja"]) == 2
    assert "kerja" in said(capsys)
    assert [path.name for path in here.rglob("*")] == ["kerja", "catatan.txt"]


def test_a_file_is_no_folder(here, capsys):
    (here / "kerja").write_text("", encoding="utf-8")
    assert exit_code(["init", "kerja", "--lang", "en"]) == 2
    assert said(capsys) == "kerja is a file; name a new folder."


def test_a_folder_that_cannot_be_made_is_said_so_and_nothing_is_left(here, capsys):
    (here / "berkas").write_text("", encoding="utf-8")
    assert exit_code(["init", "berkas/kerja"]) == 2
    assert "berkas" in said(capsys)
    assert [path.name for path in here.iterdir()] == ["berkas"]


def test_a_name_that_is_nearly_right_is_recognised(here, capsys):
    assert exit_code(["notebook", "00_mulai_disini"]) == 2
    assert "00_mulai_di_sini" in said(capsys)


@pytest.mark.parametrize("name", ["99x", "tiada.ipynb"])
def test_a_notebook_that_is_not_there_is_said_so(here, capsys, name):
    assert exit_code(["notebook", name]) == 2
    assert name in said(capsys)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("worlds", "NAME=VALUE"),
        ("wrlds=4", "did you mean worlds"),
        ("colour=4", "lang, worlds, workers"),
        ("worlds=many", "one like 4"),
        ("worlds=0.5", "one like 4"),
        ("progress=1", "one like False"),
        ("worlds=[1]", "one like 4"),
    ],
)
def test_a_setting_that_does_not_fit_is_answered_with_a_sentence(here, capsys, given, words):
    path = small_notebook(here)
    assert exit_code(["notebook", str(path), "-p", given, "--lang", "en"]) == 2
    assert words in said(capsys)
    assert not (here / "results").exists()


def test_settings_take_the_kind_of_their_default(here):
    path = small_notebook(here)
    words = ["worlds=20_000", "workers=None", "share=1", "lang=en", "progress=True"]
    expected = {"worlds": 20_000, "workers": None, "share": 1, "lang": "en", "progress": True}
    assert given_settings(words, path) == expected
    assert settings_of(path)["worlds"] == 4


def test_a_file_that_is_no_notebook_is_said_so(here):
    (here / "rusak.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError):
        settings_of(here / "rusak.ipynb")


def test_a_notebook_runs_with_other_numbers_into_the_results(here, capsys):
    small_notebook(here, "print(worlds * 2)")
    assert exit_code(["notebook", "kecil", "-p", "worlds=200"]) == 0
    (result,) = (here / "results").iterdir()
    outputs = [cell.outputs for cell in nbformat.read(result, as_version=4).cells if cell.outputs]
    assert outputs[-1][0].text == "400\n"
    assert str(result.name) in capsys.readouterr().err
    assert settings_of(here / "kecil.ipynb")["worlds"] == 4


def test_a_fault_of_input_inside_a_notebook_ends_with_its_sentence(here, capsys):
    cell = "from jamsos_sim import load_scenario\nload_scenario('program_berjalam')"
    path = small_notebook(here, cell)
    assert exit_code(["notebook", str(path), "--out", "hasil.ipynb"]) == 2
    assert "program_berjalan" in capsys.readouterr().err
    assert (here / "hasil.ipynb").is_file()
    assert exit_code(["notebook", str(path), "--out", "hasil.ipynb"]) == 2
    assert "hasil.ipynb" in said(capsys)


class Child:
    """A program that notes how it was started, is interrupted once, and ends."""

    started: ClassVar[list[list[str]]] = []

    def __init__(self, command, **options):
        self.started.append(command)
        self.waits = 0

    def wait(self, timeout=None):
        self.waits += 1
        if self.waits == 1:
            raise KeyboardInterrupt
        return 0


def test_the_lab_opens_for_this_machine_only_and_answers_interrupts_itself(here, monkeypatch):
    monkeypatch.setattr(programs.subprocess, "Popen", Child)
    Child.started.clear()
    assert exit_code(["lab", "--no-browser", "--port", "8899"]) == 0
    (command,) = Child.started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert command[3] == "--ip=127.0.0.1"
    place = command.index(str(here.resolve()))
    assert command[place + 1 : place + 3] == ["--no-browser", "--port=8899"]


def test_the_lab_asks_the_network_for_nothing():
    from jupyterlab.labapp import LabApp

    lab = LabApp()
    lab.parse_command_line([word for word in programs.ONLY_HERE if word.startswith("--LabApp")])
    assert lab.news_url is None
    assert lab.check_for_updates_class.__name__ == "NeverCheckForUpdate"
    assert lab.extension_manager == "readonly"


@pytest.mark.parametrize("words", [["lab", "tiada"], ["lab", "--port", "70000"], ["lab", "--lang", "fr"]])
def test_a_lab_that_cannot_be_opened_is_answered_with_a_sentence(here, capsys, words):
    assert exit_code(words) == 2
    assert words[-1] in said(capsys)


def test_without_the_extra_the_command_that_installs_it_is_named(here, capsys, monkeypatch):
    monkeypatch.setattr(programs.importlib.util, "find_spec", lambda name: None)
    assert exit_code(["lab"]) == 2
    assert "jamsos-sim[lab]" in said(capsys)


def test_an_interrupted_run_leaves_no_file(here, monkeypatch):
    path = small_notebook(here)

    class Writing(Child):
        def __init__(self, command, **options):
            super().__init__(command, **options)
            Path(command[4]).write_text(json.dumps({"cells": []}), encoding="utf-8")

    monkeypatch.setattr(programs.subprocess, "Popen", Writing)
    assert exit_code(["notebook", str(path), "--out", "hasil.ipynb"]) == 130
    assert [entry.name for entry in here.iterdir()] == ["kecil.ipynb"]
