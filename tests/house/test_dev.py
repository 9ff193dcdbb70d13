"""The script of the house: sets up what a verb needs, once, and says plainly what stops it."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


class House:
    """A copy of the script in a folder of its own that notes what it would install and call."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.script = load_script()
        self.folder = folder
        self.python = ""
        self.made = 0
        self.installed: list[list[str]] = []
        self.called: list[list[str]] = []
        self.folders: list[Path | None] = []
        self.exit_codes: list[int] = []
        environment = folder / ".venv"
        paths = {"ROOT": folder, "ENVIRONMENT": environment, "STAMP": environment / "stamp.json"}
        for name, path in paths.items():
            monkeypatch.setattr(self.script, name, path)
        for name, text in (("LOCK", "numpy==2.4.6\n"), ("PROJECT", "[project]\n")):
            monkeypatch.setattr(self.script, name, folder / name)
            (folder / name).write_text(text, encoding="utf-8")
        monkeypatch.setattr(self.script, "python_of_environment", lambda: self.python)
        monkeypatch.setattr(self.script, "make_environment", self.make)
        monkeypatch.setattr(self.script, "install", self.installed.append)
        monkeypatch.setattr(self.script, "call", self.call)

    def make(self) -> None:
        self.made += 1
        self.python = HERE
        self.script.ENVIRONMENT.mkdir(exist_ok=True)

    def call(self, command: list[str], folder: Path | None = None, **_: Any) -> int:
        self.called.append(command)
        self.folders.append(folder)
        return self.exit_codes.pop(0) if self.exit_codes else 0


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", CHECKOUT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return House(tmp_path, monkeypatch)


def test_the_first_run_sets_up_only_what_the_main_job_needs(house: House) -> None:
    house.script.main(["run"])
    assert house.made == 1
    assert house.installed == [[]]


def test_the_second_run_is_silent_and_installs_nothing(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.script.main(["run"])
    capsys.readouterr()
    house.script.main(["run"])
    assert (house.made, len(house.installed)) == (1, 1)
    assert capsys.readouterr() == ("", "")


def test_an_environment_for_tests_serves_the_main_job_too(house: House) -> None:
    house.script.prepare("test")
    house.script.prepare("run")
    assert house.installed == [["lab", "test"]]


def test_a_later_verb_adds_to_what_is_installed(house: House) -> None:
    house.script.prepare("test")
    house.script.prepare("lint")
    assert house.installed[-1] == ["lab", "lint", "test"]
    assert house.made == 1


def test_a_new_lock_is_installed_with_everything_that_was_there(house: House) -> None:
    house.script.prepare("test")
    house.script.LOCK.write_text("numpy==2.5.5\n", encoding="utf-8")
    house.script.prepare("run")
    assert house.installed == [["lab", "test"], ["lab", "test"]]
    assert house.made == 1


def test_line_ends_of_windows_do_not_make_a_new_lock(house: House) -> None:
    house.script.prepare("run")
    house.script.LOCK.write_bytes(house.script.LOCK.read_bytes().replace(b"\n", b"\r\n"))
    house.script.prepare("run")
    assert len(house.installed) == 1


@pytest.mark.parametrize("python", ["", "3.9"], ids=["broken", "another Python"])
def test_an_environment_that_cannot_serve_is_made_anew(house: House, python: str) -> None:
    house.script.prepare("test")
    house.python = python
    house.script.prepare("run")
    assert house.made == 2
    assert house.installed[-1] == []


def test_an_environment_that_was_moved_is_made_anew(house: House) -> None:
    house.script.prepare("run")
    stamp = json.loads(house.script.STAMP.read_text(encoding="utf-8"))
    house.script.STAMP.write_text(json.dumps({**stamp, "root": "elsewhere"}), encoding="utf-8")
    house.script.prepare("run")
    assert house.made == 2


def test_an_environment_made_by_hand_is_kept_and_completed(house: House) -> None:
    house.make()
    house.script.prepare("run")
    assert house.made == 1
    assert house.installed == [[]]


def test_an_unfinished_installation_is_taken_up_again(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(extras: list[str]) -> None:
        raise house.script.StopError(house.script.sentence("pip_failed"))

    house.script.prepare("run")
    with monkeypatch.context() as patch:
        patch.setattr(house.script, "install", fail)
        assert house.script.main(["test"]) == 2
    assert "pip" in capsys.readouterr().err
    house.script.prepare("run")
    assert len(house.installed) == 2


def test_the_main_job_is_run_when_no_scenario_is_named(house: House) -> None:
    house.script.main(["run", "--lang", "en"])
    assert house.called[0][1:] == ["compare", *house.script.MAIN_JOB, "--lang", "en"]


def test_named_scenarios_are_passed_on(house: House) -> None:
    house.script.main(["run", "a.yaml", "b", "--json"])
    assert house.called[0][1:] == ["compare", "a.yaml", "b", "--json"]


def test_files_are_looked_for_where_the_user_stands(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("somewhere")
    monkeypatch.chdir(folder)
    house.script.main(["jamsos", "check", "a.yaml"])
    assert house.called[0][1:] == ["check", "a.yaml"]
    assert house.folders == [folder]


def test_the_lab_shows_the_notebooks_and_the_scenarios_they_read(house: House) -> None:
    house.script.main(["lab", "--no-browser"])
    (command,) = house.called
    assert command[1:] == ["lab", "--no-browser", str(house.folder)]
    assert house.installed == [["lab", "test"]]
    assert all((CHECKOUT / folder).is_dir() for folder in ("notebooks", "scenarios"))


def test_the_scenarios_of_the_main_job_are_shipped(house: House) -> None:
    names = {path.stem for path in (CHECKOUT / "scenarios").glob("*.yaml")}
    assert set(house.script.MAIN_JOB) <= names


@pytest.mark.parametrize(("tests", "notebooks"), [(1, 0), (0, 1), (-11, 0)])
def test_a_failure_of_tests_or_of_notebooks_fails_the_verb(house: House, tests: int, notebooks: int) -> None:
    house.exit_codes = [tests, notebooks]
    assert house.script.main(["test"]) != 0
    assert len(house.called) == 2


def test_notebooks_are_checked_after_the_tests(house: House) -> None:
    assert house.script.main(["test"]) == 0
    assert ["--nbval" in command for command in house.called] == [False, True]


def test_the_check_does_lint_the_pages_and_all_tests(house: House) -> None:
    house.script.main(["check"])
    steps = ("ruff", "mypy", "docs/build.py", "pytest")
    spoken = [" ".join(call).replace(os.sep, "/") for call in house.called]
    assert [next(step for step in steps if step in words) for words in spoken] == [
        "ruff",
        "ruff",
        "mypy",
        "docs/build.py",
        "pytest",
        "pytest",
    ]


def test_the_integration_server_takes_every_step_of_the_check() -> None:
    server = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    steps = [
        line.split()[2] for line in server.splitlines() if "dev.py" in line and line.startswith('"$python"')
    ]
    assert steps == ["setup", "lint", "docs", "test"]


@pytest.mark.parametrize("words", [[], ["rum"]])
def test_an_unknown_verb_shows_the_verbs(
    house: House, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.script.main(words) == 2
    printed = capsys.readouterr()
    assert all(verb in printed.err for verb in house.script.VERBS)
    assert printed.out == ""


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 15, 0)])
def test_a_python_that_is_not_supported_ends_with_a_sentence(
    house: House,
    version: tuple[int, int, int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(house.script.sys, "version_info", version)
    assert house.script.main(["run"]) == 2
    assert "3.11-3.14" in capsys.readouterr().err
    assert house.called == []


def test_missing_venv_is_said_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = load_script()
    monkeypatch.setattr(script, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(script.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(script.sys, "argv", ["dev.py", "run", "--lang", "en"])
    with pytest.raises(script.StopError, match="install the modules venv and pip"):
        script.make_environment()


def test_an_environment_is_made_in_a_folder_with_blanks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = load_script()
    monkeypatch.setattr(script, "ENVIRONMENT", tmp_path / "kota saya" / ".venv")
    assert script.python_of_environment() == ""
    script.make_environment()
    assert script.python_of_environment() == HERE
    script.executable("python").unlink()
    assert script.python_of_environment() == ""


class InterruptedChild:
    """A child whose script is interrupted while it waits; it ends by itself unless it is `deaf`."""

    def __init__(self, is_deaf: bool) -> None:
        self.is_deaf = is_deaf
        self.waits = 0
        self.signals: list[int] = []

    def wait(self, timeout: float | None = None) -> int:
        self.waits += 1
        if self.waits == 1:
            raise KeyboardInterrupt
        if self.is_deaf and timeout is not None:
            raise subprocess.TimeoutExpired("child", timeout)
        return 0

    def send_signal(self, number: int) -> None:
        self.signals.append(number)

    def terminate(self) -> None:
        self.signals.append(-1)


@pytest.mark.parametrize("is_deaf", [False, True])
def test_an_interrupt_lets_the_child_tidy_up_and_is_passed_on_once_if_it_must(
    monkeypatch: pytest.MonkeyPatch, is_deaf: bool
) -> None:
    script = load_script()
    child = InterruptedChild(is_deaf)
    monkeypatch.setattr(script, "prepare", lambda profile: None)
    monkeypatch.setattr(script.subprocess, "Popen", lambda *words, **options: child)
    assert script.main(["run"]) == 130
    assert len(child.signals) == int(is_deaf)


def test_children_speak_utf_8() -> None:
    script = load_script()
    question = "import sys; sys.exit(0 if sys.flags.utf8_mode else 3)"
    assert script.call([sys.executable, "-c", question]) == 0
