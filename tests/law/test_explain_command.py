"""The command ``jamsos explain`` as it is typed: answers, JSON, both languages, one sentence for a fault."""

import json
import re
from typing import Any

import pytest

from jamsos_sim.cli import exit_code
from jamsos_sim.cli_explain import whole
from jamsos_sim.errors import InputError
from jamsos_sim.law.person import EVENTS, SEVERITIES
from jamsos_sim.law.selectors import CAUSES, HEIRS, PAYERS, SECTORS

DRIVER = "--payer apbd --sector transport --month 2026-02 --income 1000000"
DEATH = f"{DRIVER} --event death"


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> Any:
    """Type a command; its exit code, standard output and standard error."""

    def typed(words: str) -> tuple[int, str, str]:
        code = exit_code(["explain", *words.split(" ")] if words else ["explain"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def test_the_command_of_the_readme_says_what_is_owed_and_why(explained: Any) -> None:
    code, out, err = explained(DRIVER)
    assert (code, err) == (0, "")
    assert "Rp16.800" in out
    assert "PP 50/2025, Pasal 3" in out
    assert "Rp8.400" in out


def test_the_object_holds_whole_rupiah_and_stands_alone_on_standard_output(explained: Any) -> None:
    code, out, err = explained(
        f"{DEATH} --cause other --paid-months 40 --consecutive-months 3 --children 5,9 --json"
    )
    answer = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert (answer["owed"], answer["paid"]) == (16_800, 42_000_000 + 85_500_000 + 79_500_000)
    assert {"provision", "amount", "source", "status"} <= set(answer["lines"][0])
    assert all(type(line["amount"]) is int for line in answer["lines"])
    sums = [
        sum(line["amount"] for line in answer["lines"] if line["kind"] == kind) for kind in ("owed", "paid")
    ]
    assert sums == [answer["owed"], answer["paid"]]


@pytest.mark.parametrize(
    ("words", "paid"),
    [
        ("--event death --cause other --consecutive-months 2", 10_000_000),
        ("--event death --cause other --consecutive-months 3", 42_000_000),
        ("--event death --cause work --paid-months 1", 70_000_000),
        ("--event death --cause commute", 70_000_000),
        ("--event death --cause disease", 70_000_000),
        ("--event death --cause violence", 70_000_000),
        ("--event accident --cause work --severity total", 68_000_000),
        ("--event accident --cause work --severity temporary --days 30", 1_000_000),
        ("--event accident --cause work --severity partial --losses one_foot", 20_000_000),
        ("--event accident --cause work --severity partial --percent 12,5", 10_000_000),
        ("--event accident --cause work --severity functional --percent 40% --loss-percent 50", 16_000_000),
        ("--event accident --cause work --medical-cost Rp9.000.000", 9_000_000),
        ("--event death --paid-months 12 --consecutive-months 1 --gap-months 3", 10_000_000),
        (
            "--event death --paid-months 12 --consecutive-months 1 --gap-months 3 --reading U3=keeps",
            42_000_000,
        ),
        ("--event death --paid-months 12 --months-unpaid 2", 0),
        ("--event death --paid-months 12 --months-unpaid 2 --reading U5=covered", 42_000_000),
        (
            "--event death --paid-months 12 --months-unpaid 2 --reading u5=covered --reading U3=keeps",
            42_000_000,
        ),
    ],
)
def test_the_event_pays(explained: Any, words: str, paid: int) -> None:
    code, out, err = explained(f"--month 2026-02 {words} --json")
    assert (code, err) == (0, "")
    assert json.loads(out)["paid"] == paid


def test_both_languages_tell_the_same_amounts(explained: Any) -> None:
    words = f"{DEATH} --paid-months 40 --consecutive-months 3 --children 5,9"
    indonesian, english = explained(words)[1], explained(f"{words} --lang en")[1]
    assert "Rp207.000.000" in indonesian
    assert "Rp207,000,000" in english
    assert "kepada ahli waris" in indonesian
    assert "to the heirs" in english


def test_names_may_be_typed_in_capitals_and_with_hyphens(explained: Any) -> None:
    code, out, _ = explained("--payer APBD --month 2026-02 --event DEATH --heir Blood-Line --json")
    assert code == 0
    assert json.loads(out)["paid"] == 10_000_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--month 2014-01", "2015-07"),
        ("", "--month"),
        ("--month 2026-13", "2026-02"),
        ("--month 2026-02 --payer abpd", "apbd"),
        ("--month 2026-02 --sector transpor", "transport"),
        ("--month 2026-02 --income -5", "--income"),
        ("--month 2026-02 --income banyak", "--income"),
        ("--month 2026-02 --income 1,5", "--income"),
        ("--month 2026-02 --income 9999999999999999999", "--income"),
        (f"{DEATH} --children 40", "40"),
        (f"{DEATH} --children 5,,9", "--children"),
        (f"{DEATH} --children lima", "--children"),
        (f"{DEATH} --children 5 --heir none", "--heir"),
        (f"{DEATH} --cause kerja", "work"),
        (f"{DRIVER} --event meninggal", "death"),
        (f"{DRIVER} --children 5", "--event"),
        (f"{DEATH} --days 5", "--event accident"),
        (f"{DRIVER} --event accident --severity temporary", "--days"),
        (f"{DRIVER} --event accident --severity partial --percent 101", "--percent"),
        (f"{DRIVER} --event accident --severity partial --percent nan", "--percent"),
        (f"{DRIVER} --event accident --severity partial --losses one_fot", "one_foot"),
        (f"{DEATH} --paid-months 2 --consecutive-months 3", "3"),
        (f"{DEATH} --claim-month 2026-01", "2026-02"),
        (f"{DRIVER} --reading U3", "U3=keeps"),
        (f"{DRIVER} --reading U3=kept", "resets_on_lapse"),
        (f"{DRIVER} --reading U99=keeps", "U9"),
        (f"{DRIVER} --reading U12=4", "eligibility.decile_ceiling"),
        (f"{DRIVER} --reading U3=keeps --reading u3=keeps", "U3"),
        (f"{DRIVER} --month 2026-03", "--month"),
        (f"{DRIVER} --payer=self", "--payer"),
        (f"{DRIVER} --salary 5", "--salary"),
        (f"{DRIVER} --income", "--income"),
        (f"{DRIVER} lagi", "lagi"),
    ],
)
def test_a_fault_is_one_sentence_and_exit_code_two(explained: Any, words: str, said: str) -> None:
    for lang in ("id", "en"):
        code, out, err = explained(f"--lang {lang} {words}".strip())
        assert (code, out) == (2, "")
        assert said in err
        assert "Traceback" not in err
        assert err.count("\n") == 1


def test_an_unknown_language_is_answered_with_a_sentence(explained: Any) -> None:
    code, out, err = explained(f"{DRIVER} --lang fr")
    assert (code, out) == (2, "")
    assert "fr" in err


def test_the_help_names_every_choice_in_both_languages(explained: Any) -> None:
    _, out, _ = explained("--help")
    shown = re.sub(r"[│\s]+", " ", out)
    for name in (*PAYERS, *SECTORS, *EVENTS, *CAUSES, *SEVERITIES, *HEIRS):
        assert name in shown, name
    assert "Pembayar iuran" in shown
    assert "who pays" in shown


@pytest.mark.parametrize(
    ("given", "number"),
    [("1000000", 1_000_000), ("1.000.000", 1_000_000), ("Rp1,000,000", 1_000_000), ("-5", -5)],
)
def test_thousands_may_be_marked(given: str, number: int) -> None:
    assert whole("--income", given) == number


@pytest.mark.parametrize("given", ["1.00", "1.0000", "", "١٢", "1e6", "--"])
def test_anything_else_is_no_whole_number(given: str) -> None:
    with pytest.raises(InputError):
        whole("--income", given)
