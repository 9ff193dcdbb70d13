"""A notebook says what is wrong in its own language."""

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from jamsos_sim import InputError, load_scenario, simulate, speak
from jamsos_sim.cli import exit_code
from tests.notebooks.masters import PATHS, fresh, label

WORDS = {"id": 'maksud Anda "program_berjalan"?', "en": 'did you mean "program_berjalan"?'}
FAULTY = "from jamsos_sim import load_scenario, speak\nspeak('{lang}')\nload_scenario('program_berjalam')"


@pytest.fixture(autouse=True)
def spoken():
    """Leave the language as it was."""
    yield
    speak("id")


def fault():
    """What is said of a misspelt scenario."""
    with pytest.raises(InputError) as caught:
        load_scenario("program_berjalam")
    return str(caught.value), caught.value._render_traceback_()


def test_a_fault_is_said_in_indonesian_until_another_language_is_spoken():
    for lang in ("id", "en", "id"):
        sentence, shown = fault()
        assert WORDS["id"] in sentence
        speak(lang)
        sentence, shown = fault()
        assert WORDS[lang] in sentence
        assert shown == [sentence]
        speak("id")


def test_a_fault_that_is_asked_for_in_a_language_is_said_in_it():
    speak("en")
    with pytest.raises(InputError) as caught:
        load_scenario("program_berjalam")
    assert WORDS["id"] in caught.value.sentence("id")


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_the_command_line_answers_in_the_language_it_is_asked_in(capsys, spoken):
    speak(spoken)
    for lang, words in WORDS.items():
        assert exit_code(["check", "program_berjalam", "--lang", lang]) == 2
        assert words in capsys.readouterr().err


def test_a_language_that_nobody_speaks_is_refused_in_the_one_spoken_before():
    speak("en")
    with pytest.raises(InputError, match='write lang = "id" or lang = "en"'):
        speak("fr")
    assert WORDS["en"] in fault()[0]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_cell_that_fails_shows_the_sentence_and_no_traceback(lang):
    notebook = new_notebook(cells=[new_code_cell(FAULTY.format(lang=lang))])
    NotebookClient(notebook, timeout=60, allow_errors=True).execute()
    (error,) = [output for output in notebook.cells[0].outputs if output.output_type == "error"]
    assert WORDS[lang] in error.evalue
    assert "\n".join(error.traceback) == error.evalue


@pytest.mark.parametrize(("lang", "unit"), [("id", " bulan"), ("en", " months")])
def test_the_bar_of_progress_counts_in_the_language_that_is_spoken(capsys, lang, unit):
    speak(lang)
    simulate("program_berjalan", worlds=1, workers=300, last="2023-02", progress=True)
    assert f"{unit}/s" in capsys.readouterr().err


@pytest.mark.parametrize("path", PATHS, ids=label)
def test_every_notebook_speaks_its_language_before_it_does_anything(path):
    settings, first, *_ = [cell.source for cell in fresh(path).cells if cell.cell_type == "code"]
    assert settings.startswith("lang = ")
    statements = [line for line in first.splitlines() if line and not line.startswith((" ", ")", "from "))]
    assert statements[0] == "speak(lang)"
