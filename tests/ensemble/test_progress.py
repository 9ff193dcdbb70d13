"""While a run goes on, its rate and the time left are told, on a terminal and elsewhere."""

import io
import sys

import pytest

from jamsos_sim import api_progress, cli_runs, simulate, speak
from jamsos_sim.api import Settings, plan_of

SMALL = Settings(worlds=3, workers=150, last="2024-03", threads=1)
WORDS = {
    "id": ("dunia/menit", "pekerja-bulan/detik", "sisa"),
    "en": ("worlds/min", "worker-months/s", "left"),
}


@pytest.fixture(params=["id", "en"])
def lang(request: pytest.FixtureRequest):
    speak(request.param)
    yield request.param
    speak("id")


def test_a_bar_tells_worlds_a_minute_and_the_time_left(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulate("program_berjalan", **SMALL, progress=True)
    shown = capsys.readouterr().err.split("\r")
    told = [line for line in shown if WORDS[lang][0] in line and WORDS[lang][1] in line]
    assert told and "<" in told[-1] and "100%" in shown[-1]


def test_without_a_bar_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    simulate("program_berjalan", **SMALL)
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """A terminal that keeps what is written."""

    def isatty(self) -> bool:
        return True


def test_the_command_tells_them_on_a_terminal(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    plan = plan_of(["program_berjalan"], SMALL)
    with cli_runs.progress_bar(plan, lang) as advance:
        for _ in range(20):
            advance(1)
    assert all(word in terminal.getvalue() for word in WORDS[lang])


@pytest.mark.parametrize(("workers", "people"), [(150, "7.500"), (None, "juta")])
def test_the_pace_counts_worlds_and_workers(workers: int | None, people: str) -> None:
    plan = plan_of(["program_berjalan"], Settings(worlds=3, workers=workers, last="2030-12"))
    told = api_progress.pace(plan, 50, "id")
    assert told.startswith("31 dunia/menit, ") and people in told
