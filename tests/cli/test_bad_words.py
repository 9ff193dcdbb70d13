"""A bad command line or folder ends in one sentence that says what to do and exit code 2, not in a trace."""

from pathlib import Path

import pytest

from tests.cli.conftest import Jamsos

SMALL = ("--workers", "150", "--worlds", "1", "--to", "2023-03")

BAD_WORDS = {
    "a month that is none": (("--from", "2023-13"), "2023-13"),
    "a word for a month": (("--to", "desember"), "desember"),
    "a month before the programme": (("--from", "2022-12"), "2023-01"),
    "an end before the start": (("--from", "2024-05", "--to", "2024-04"), "2024-05"),
    "an end before the programme": (("--to", "2021-12"), "2021-12"),
    "an end beyond the life table": (("--to", "2035-01"), "2034"),
    "an end in another age": (("--to", "9999-12"), "2034"),
    "an unknown engine": (("--engine", "mesin"), "kernel, reference"),
    "no workers": (("--workers", "0"), "100"),
    "too few workers": (("--workers", "99"), "100"),
    "fewer than no workers": (("--workers", "-5"), "100"),
    "too many workers": (("--workers", "100000000000"), "16777216"),
    "workers in words": (("--workers", "seribu"), "--workers"),
    "no worlds": (("--worlds", "0"), "--worlds"),
    "fewer than no worlds": (("--worlds", "-3"), "--worlds"),
    "half a world": (("--worlds", "1.5"), "--worlds"),
    "a negative seed": (("--seed", "-1"), "--seed"),
    "a seed too large": (("--seed", str(2**63)), "--seed"),
    "a seed in words": (("--seed", "untung"), "--seed"),
    "no threads": (("--threads", "0"), "--threads"),
    "fewer than no threads": (("--threads", "-1"), "--threads"),
    "an unknown option": (("--cepat",), "--cepat"),
    "an option without its value": (("--workers",), "--workers"),
    "an option that takes the next one for its value": (("--events", "--all", "0"), "--events"),
    "a month that is the next option": (("--to", "--workers", "150"), "--to"),
}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("case", list(BAD_WORDS), ids=str)
def test_a_bad_word_ends_in_one_sentence_and_code_2(
    jamsos: Jamsos, folder: Path, case: str, lang: str
) -> None:
    words, named = BAD_WORDS[case]
    said = jamsos("run", "program_berjalan", "--lang", lang, "--out", "hasil", *words)
    assert (said.code, said.out) == (2, "")
    assert len(said.sentences) == 1 and named in said.err
    assert list(folder.iterdir()) == []


def test_an_unknown_language_is_named_with_those_there_are(jamsos: Jamsos) -> None:
    for command in (("list",), ("check", "program_berjalan"), ("run", "program_berjalan", *SMALL)):
        said = jamsos(*command, "--lang", "jawa")
        assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
        assert '"jawa"' in said.err and "--lang id" in said.err


@pytest.mark.parametrize("words", [("run",), ("compare",), ("check",), ("jalankan",), ("--versi",)])
def test_a_command_line_without_sense_is_answered_in_both_languages(
    jamsos: Jamsos, words: tuple[str, ...]
) -> None:
    said = jamsos(*words)
    assert (said.code, said.out) == (2, "")
    assert "jamsos --help" in said.err and len(said.sentences) == 1
    assert "Lihat jamsos" in said.err
    assert "See jamsos --help" in jamsos(*words, "--lang=en").err


@pytest.mark.parametrize(
    ("words", "indonesian", "english"),
    [
        (("jalan",), "tidak ada perintah jalan", "there is no command jalan"),
        (("compair",), "maksud Anda compare?", "did you mean compare?"),
        (("region", "chek"), "maksud Anda check?", "did you mean check?"),
        (("list", "semua"), "kata ini terlalu banyak: semua", "these words are too many: semua"),
        (("run",), "SCENARIOS belum diberikan", "SCENARIOS is missing"),
        (("intake", "a.csv"), "--map belum diberikan", "--map is missing"),
        (("run", "a", "--wokers", "3"), "maksud Anda --workers?", "did you mean --workers?"),
        (("run", "a", "--zzz"), "tidak ada pilihan --zzz.", "there is no option --zzz."),
        (("run", "a", "--seed", "x"), "--seed harus diikuti bilangan bulat", "--seed must be followed"),
        (("notebook", "00", "-p"), "-p memerlukan sebuah nilai", "-p needs a value"),
    ],
)
def test_what_is_wrong_with_the_words_is_said_in_both_languages(
    jamsos: Jamsos, words: tuple[str, ...], indonesian: str, english: str
) -> None:
    for lang, expected in (("id", indonesian), ("en", english)):
        is_group = words[0] == "region"
        said = jamsos(*words[: 1 + is_group], f"--lang={lang}", *words[1 + is_group :])
        assert (said.code, said.out) == (2, "")
        assert expected in said.err


@pytest.mark.parametrize(("lang", "expected"), [("id", "memerlukan sebuah nilai"), ("en", "needs a value")])
def test_worlds_of_events_that_are_left_out_are_asked_for_and_no_scenario(
    jamsos: Jamsos, folder: Path, lang: str, expected: str
) -> None:
    said = jamsos("run", "program_berjalan", "--events", "--out", "hasil", f"--lang={lang}")
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert f"--events {expected}" in said.err and "--out" in said.err and "0,3-5" in said.err
    assert "hasil" not in said.err and list(folder.iterdir()) == []


def test_the_reason_of_a_bad_command_line_ends_with_a_full_stop(jamsos: Jamsos) -> None:
    for words in (("--cepat",), ("--workers", "banyak"), ("--worlds",)):
        said = jamsos("run", "program_berjalan", *words, "--lang", "en")
        assert said.err.endswith(". See jamsos --help.\n") and ".." not in said.err


def test_without_words_the_command_explains_itself(jamsos: Jamsos) -> None:
    said = jamsos()
    assert said.code == 2
    assert "compare" in said.out + said.err


@pytest.mark.parametrize("below", ["berkas", "berkas/hasil"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_folder_that_cannot_be_written_ends_in_one_sentence(
    jamsos: Jamsos, folder: Path, below: str, lang: str
) -> None:
    (folder / "berkas").write_text("bukan folder", encoding="utf-8")
    said = jamsos("run", "program_berjalan", *SMALL, "--out", below, "--lang", lang)
    assert (said.code, said.out) == (2, "")
    assert len(said.sentences) == 1 and below in said.err and "--out" in said.err
    assert (folder / "berkas").read_text(encoding="utf-8") == "bukan folder"


def test_a_folder_with_other_files_is_left_alone(jamsos: Jamsos, folder: Path) -> None:
    (folder / "arsip").mkdir()
    (folder / "arsip" / "catatan.txt").write_text("penting", encoding="utf-8")
    said = jamsos("run", "program_berjalan", *SMALL, "--out", "arsip", "--lang", "en")
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert "holds files that are no run" in said.err
    assert [path.name for path in (folder / "arsip").iterdir()] == ["catatan.txt"]


def test_two_different_files_of_one_name_are_not_compared(jamsos: Jamsos, folder: Path) -> None:
    text = "name: draf\ntitle: {id: Draf, en: Draft}\ndiffers_from: program_berjalan\n"
    for place, more in (("lama", ""), ("baru", "reading: {U3: keeps}\n")):
        (folder / place).mkdir()
        (folder / place / "draf.yaml").write_text(text + more, encoding="utf-8")
    said = jamsos("compare", "lama/draf.yaml", "baru/draf.yaml", *SMALL, "--lang", "en")
    assert said == (2, "", "Two different files are named draf; rename one of them.\n")


@pytest.mark.parametrize(
    "ranges",
    [
        "risk.fatal_share: {low: 1, central: 1, high: 1}",
        "risk.severe_reported_share: {low: 0, central: 0, high: 0}",
        "risk.severe_reported_share: {low: 0.0001, central: 0.0001, high: 0.0001}",
        "population.employed: {low: 0, central: 0, high: 0}",
    ],
)
def test_ranges_that_make_no_world_end_in_a_sentence_and_leave_no_folder(
    jamsos: Jamsos, folder: Path, ranges: str
) -> None:
    text = f"name: draf\ntitle: {{id: a, en: b}}\ndiffers_from: program_berjalan\nassumptions: {{{ranges}}}\n"
    (folder / "draf.yaml").write_text(text, encoding="utf-8")
    said = jamsos("run", "draf.yaml", *SMALL, "--out", "hasil", "--lang", "en")
    assert (said.code, said.out, len(said.sentences)) == (2, "", 1)
    assert ranges.split(":", maxsplit=1)[0] in said.err
    assert not (folder / "hasil" / "manifest.json").exists()


def test_what_hinders_a_folder_is_said_in_both_languages(jamsos: Jamsos, folder: Path) -> None:
    (folder / "berkas").write_text("", encoding="utf-8")
    for lang, expected in (("id", "bagian jalurnya bukan folder"), ("en", "a part of the path is no folder")):
        said = jamsos("run", "program_berjalan", *SMALL, "--out", "berkas/hasil", "--lang", lang)
        assert said.code == 2 and expected in said.err
