"""``jamsos selftest`` says what it did and ``PASSED``, and fails at the first part that is wrong."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from jamsos_sim import certificate, selftest, selftest_compiled
from jamsos_sim.api_results import Results
from jamsos_sim.cli import exit_code
from jamsos_sim.compiled import IS_COMPILING, is_plain
from jamsos_sim.ensemble import Ledgers
from jamsos_sim.law.cases import worked_cases
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.terms import Rules

CHECKOUT = Path(__file__).resolve().parents[2]
PARTS = ["law", "engines", "certificate", "compiled"]


@pytest.fixture
def few_scenarios(monkeypatch: pytest.MonkeyPatch) -> None:
    """One scenario instead of several, which take most of the time."""
    monkeypatch.setattr(selftest, "SCENARIOS", selftest.SCENARIOS[:1])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("id", ("Hukum", "Dua mesin", "Sertifikat", "Kompilasi", "detik")),
        ("en", ("Law", "Two engines", "Certificate", "Compiled code", " s")),
    ],
)
def test_it_says_what_it_did_and_passed(
    capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    assert exit_code(["selftest", "--lang", lang]) == 0
    said = capsys.readouterr()
    title, *parts, last = said.out.splitlines()
    assert said.err == "" and "jamsos-sim" in title and last.startswith("PASSED: ")
    assert all(part.lstrip().startswith(word) for part, word in zip(parts, words[:-1], strict=True))
    assert all(words[-1] in part for part in parts)
    assert str(len(worked_cases())) in parts[0]
    assert all(len(line) <= 100 for line in said.out.splitlines())


def test_the_engines_walk_scenarios_that_differ() -> None:
    settings = selftest.small(last=selftest.LAST)
    monthly = selftest.simulate(*selftest.SCENARIOS, **settings).monthly
    values = {name: tuple(rows["value"]) for name, rows in monthly.groupby("scenario", observed=True)}
    assert len(set(values.values())) == len(selftest.SCENARIOS) == len(values)
    assert monthly["month"].nunique() == selftest.MONTHS


@pytest.mark.usefixtures("few_scenarios")
def test_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [outcome.part for outcome in selftest.outcomes()] == PARTS
    assert not list(tmp_path.iterdir())


def fail(capsys: pytest.CaptureFixture[str], lang: str) -> tuple[int, list[str]]:
    code = exit_code(["selftest", "--lang", lang])
    said = capsys.readouterr()
    assert said.err == "" and "PASSED" not in said.out
    return code, said.out.splitlines()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_wrong_answer_of_the_law_fails_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    wrong = worked_cases()[3]._replace(expected=-1)
    monkeypatch.setattr(selftest, "worked_cases", lambda: (worked_cases()[0], wrong))
    code, lines = fail(capsys, lang)
    assert code == 1 and len(lines) == 2
    assert lines[1].startswith("FAILED – ") and wrong.name in lines[1] and "-1" in lines[1]


def test_a_package_without_cases_fails_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "worked_cases", lambda: ())
    assert fail(capsys, "en")[0] == 1


@pytest.mark.usefixtures("few_scenarios")
def test_engines_that_differ_by_one_fail_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulate = selftest.simulate

    def moved(*names: object, **settings: object) -> Results:
        results = simulate(*names, **settings)
        if settings["engine"] == "reference":
            results.monthly.loc[100, "value"] += 1
        return results

    monkeypatch.setattr(selftest, "simulate", moved)
    code, lines = fail(capsys, "en")
    assert code == 1 and len(lines) == 3 and lines[2].startswith("FAILED – Two engines")


def next_again(change: Callable[[pd.DataFrame], None]) -> Callable[..., dict[str, pd.DataFrame]]:
    compute = certificate.computed_tables

    def moved(*words: Ledgers) -> dict[str, pd.DataFrame]:
        tables = compute(*words)
        change(tables["yearly"])
        return tables

    return moved


@pytest.mark.usefixtures("few_scenarios")
@pytest.mark.parametrize(("lang", "word"), [("id", "Beda pertama"), ("en", "First difference")])
def test_a_run_that_is_not_computed_again_alike_fails_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    def change(table: pd.DataFrame) -> None:
        table.loc[3, "value"] += 1

    monkeypatch.setattr(certificate, "computed_tables", next_again(change))
    code, lines = fail(capsys, lang)
    assert code == 1 and len(lines) == 4 and word in lines[3]


@pytest.mark.usefixtures("few_scenarios")
def test_a_change_that_verification_overlooks_fails_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "change_one_number", lambda path: 7)
    code, lines = fail(capsys, "en")
    assert code == 1 and "row 7" in lines[-1]


@pytest.mark.usefixtures("few_scenarios")
def test_compiled_code_that_differs_from_plain_python_fails_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    differing = selftest_compiled.Compared(2, 100, "2023-04, people.status")
    monkeypatch.setattr(selftest_compiled.Beside, "found", lambda self: differing)
    code, lines = fail(capsys, "en")
    assert code == 1 and "2023-04, people.status" in lines[-1]


@pytest.mark.skipif(not IS_COMPILING, reason="the compiler is switched off")
def test_the_comparison_finds_a_compiled_step_that_differs_in_one_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk = Kernel.claim

    def wrong(kernel: Kernel, rules: Rules) -> None:
        walk(kernel, rules)
        if not is_plain() and rules.moment.elapsed == 6:
            kernel.city.people.income[7] += 1

    assert selftest_compiled.compare(("claim",)).difference == ""
    monkeypatch.setattr(Kernel, "claim", wrong)
    assert selftest_compiled.compare(("claim",)).difference == "2023-07, people.income"


def test_without_a_second_process_this_one_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*words: object, **more: object) -> None:
        raise OSError

    monkeypatch.setattr(selftest_compiled.subprocess, "Popen", refused)
    monkeypatch.setattr(selftest_compiled, "steps_at_hand", lambda: ())
    beside = selftest_compiled.Beside()
    assert beside.found().numbers > 100_000
    beside.end()


def test_a_second_process_that_fails_is_told_by_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest_compiled, "__name__", "jamsos_sim.nowhere")
    with pytest.raises(RuntimeError, match="nowhere"):
        selftest_compiled.Beside().found()


def test_whatever_breaks_is_told_without_a_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ModuleNotFoundError("No module named 'mesa'")

    monkeypatch.setitem(selftest.PARTS, "engines", broken)
    code, lines = fail(capsys, "en")
    assert code == 1 and "ModuleNotFoundError: No module named 'mesa'" in lines[-1]


def test_it_runs_from_a_wheel_without_the_checkout(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "terpasang")
    program = (
        "import jamsos_sim; assert 'terpasang' in jamsos_sim.__file__\n"
        "from jamsos_sim.cli_entry import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, "selftest", "--lang", "en"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "terpasang"), "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "PASSED: " in ended.stdout and ended.stderr == ""
