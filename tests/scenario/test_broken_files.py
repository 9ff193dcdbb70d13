"""Every broken scenario file ends in one clear sentence for each fault, with file and line."""

from pathlib import Path

import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.scenario import load_scenario
from jamsos_sim.yaml_file import FileError, read_document

HEAD = "name: draf\ntitle: {id: Draf, en: Draft}\ndiffers_from: program_berjalan\n"
CLAUSE = HEAD + "clauses:\n  kuota:\n    in_force: 2027-01\n    sets:\n      "
CLAUSE_BEFORE_SETS = HEAD + "clauses:\n  kuota:\n    "

BROKEN = {
    "an unknown key has its closest name": (
        HEAD + "clause: {}\n",
        4,
        'unknown key "clause"; did you mean "clauses"?',
    ),
    "an unknown key of a clause has its closest name": (
        CLAUSE_BEFORE_SETS + "in_forse: 2027-01\n    in_force: 2027-01\n    sets: {places: 1}\n",
        6,
        'unknown key "in_forse"; did you mean "in_force"?',
    ),
    "an unknown lever has its closest name": (
        CLAUSE + "place: 30_000\n",
        8,
        'unknown key "place"; did you mean "places"?',
    ),
    "a lever unlike all others gets the list": (
        CLAUSE + "zzz: 1\n",
        8,
        "known here are eligibility.decile_ceiling",
    ),
    "a value below its bound": (
        CLAUSE + "places: -1\n",
        8,
        "clauses.kuota.sets.places is -1, but must be at least 0",
    ),
    "a value above its bound": (
        CLAUSE + "eligibility.decile_ceiling: 11\n",
        8,
        "is 11, but must be at most 10",
    ),
    "a dated value above its bound": (
        CLAUSE + "budget.months_paid:\n        2027: 10\n        2028: 13\n",
        10,
        "budget.months_paid.2028 is 13, but must be at most 12",
    ),
    "a fraction where a whole number belongs": (
        CLAUSE + "places: 3.5\n",
        8,
        "must be a whole number such as 30_000, not 3.5",
    ),
    "text where a number belongs": (
        CLAUSE + 'places: "30000"\n',
        8,
        'must be a whole number such as 30_000, not "30000"',
    ),
    "a truth value where a number belongs": (CLAUSE + "places: true\n", 8, "must be a whole number"),
    "nothing where a number belongs": (
        CLAUSE + "places:\n",
        8,
        "must be a whole number such as 30_000, not null",
    ),
    "infinity where a number belongs": (CLAUSE + "outreach.meetings: .inf\n", 8, "must be"),
    "an unknown option has its closest name": (
        CLAUSE + "list.priority: poorest\n",
        8,
        '"poorest" is no option of clauses.kuota.sets.list.priority; did you mean "poorest_first"?',
    ),
    "a calendar month given twice": (CLAUSE + "list.cohort_months: [1, 1]\n", 8, "repeats an entry"),
    "a number where a list belongs": (
        CLAUSE + "list.cohort_months: 1\n",
        8,
        "must be a list such as [1, 7], not 1",
    ),
    "a thirteenth month": (
        CLAUSE_BEFORE_SETS + "in_force: 2027-13\n    sets: {places: 1}\n",
        6,
        '"2027-13" at clauses.kuota.in_force is not a month',
    ),
    "a date with a day": (
        CLAUSE_BEFORE_SETS + "in_force: 2027-01-15\n    sets: {places: 1}\n",
        6,
        '"2027-01-15" at clauses.kuota.in_force is not a month',
    ),
    "a bad month among the values": (CLAUSE + "places: {2027-1: 5}\n", 8, '"2027-1" at'),
    "no month among the values": (CLAUSE + "places: {}\n", 8, "holds no month"),
    "a month given twice": (
        CLAUSE + "places: {2028: 5, 2028-01: 6}\n",
        8,
        "sets the month 2028-01 a second time",
    ),
    "a value before the clause is in force": (
        CLAUSE + "places: {2026-12: 5}\n",
        8,
        "places.2026-12 comes before the clause is in force (2027-01)",
    ),
    "a clause without a month": (
        CLAUSE_BEFORE_SETS + "sets: {places: 1}\n",
        5,
        'the key "clauses.kuota.in_force" is missing',
    ),
    "a clause that sets nothing": (
        CLAUSE_BEFORE_SETS + "in_force: 2027-01\n    sets: {}\n",
        7,
        "clauses.kuota.sets holds nothing; write at least one entry",
    ),
    "a publication without a source": (
        CLAUSE_BEFORE_SETS + "in_force: 2027-01\n    basis: published\n    sets: {places: 1}\n",
        7,
        'clause "kuota" has the basis published without a source',
    ),
    "an assumption that becomes one later": (
        CLAUSE_BEFORE_SETS + "in_force: 2027-01\n    assumed_from: 2028-01\n    sets: {places: 1}\n",
        7,
        'clause "kuota" has assumed_from although its basis is an assumption',
    ),
    "two clauses for one lever": (
        CLAUSE + "places: 1\n  tempat:\n    in_force: 2028-01\n    sets:\n      places: 2\n",
        12,
        'the clauses "kuota" and "tempat" both set places',
    ),
    "a clause removed that is not there": (
        HEAD + "clauses:\n  verifikas: null\n",
        5,
        'there is no clause "verifikas" to remove with null; there is verifikasi',
    ),
    "months that run past the year": (
        CLAUSE + "budget.months_paid: 12\n",
        7,
        "from 2027-01, 12 paid months beginning in month 3",
    ),
    "an unknown question of the law": (HEAD + "reading: {V3: keeps}\n", 4, 'unknown key "V3"'),
    "an unknown reading": (
        HEAD + "reading: {U3: keep}\n",
        4,
        '"keep" is no option of reading.U3; did you mean "keeps"?',
    ),
    "a question that is a choice": (HEAD + "reading: {U12: 4}\n", 4, "question U12 is a choice of the city"),
    "an unknown assumption": (
        HEAD + "assumptions:\n  mobility.moving_out: {low: 0, central: 0, high: 0}\n",
        5,
        'did you mean "mobility.moving_out_annual"?',
    ),
    "a range that falls": (
        HEAD + "assumptions:\n  mobility.moving_out_annual: {low: 0.3, central: 0.2, high: 0.4}\n",
        5,
        "must rise from low to central to high, but has 0.3, 0.2, 0.4",
    ),
    "a share above one": (
        HEAD + "assumptions:\n  mobility.moving_out_annual: {low: 1, central: 2, high: 3}\n",
        5,
        "is a share between 0 and 1, but runs from 1.0 to 3.0",
    ),
    "a negative range": (
        HEAD + "assumptions:\n  mobility.retirement_age: {low: -1, central: 2, high: 3}\n",
        5,
        "can't be negative, but begins at -1.0",
    ),
    "a range without its centre": (
        HEAD + "assumptions:\n  mobility.moving_out_annual: {low: 0.1, high: 0.2}\n",
        5,
        'the key "assumptions.mobility.moving_out_annual.central" is missing',
    ),
    "no title": ("name: draf\ndiffers_from: program_berjalan\n", 1, 'the key "title" is missing; add it'),
    "a title in one language": (
        "name: draf\ntitle: {id: Draf}\ndiffers_from: program_berjalan\n",
        2,
        'the key "title.en" is missing',
    ),
    "an empty title": (
        "name: draf\ntitle: {id: '', en: x}\ndiffers_from: program_berjalan\n",
        2,
        "title.id is empty",
    ),
    "a title that is only text": (
        "name: draf\ntitle: Draf\ndiffers_from: program_berjalan\n",
        2,
        "title must hold keys and values, not Draf",
    ),
    "clauses as a list": (HEAD + "clauses: [kuota]\n", 4, "clauses must hold keys and values, not ['kuota']"),
    "a name that is a number": (
        "name: 2027\ntitle: {id: a, en: b}\ndiffers_from: program_berjalan\n",
        1,
        "name must be text",
    ),
    "a name that is not the file's": (
        "name: lain\ntitle: {id: a, en: b}\ndiffers_from: program_berjalan\n",
        1,
        'name is "lain" but the file is called "draf"',
    ),
    "an unknown parent": (
        "name: draf\ntitle: {id: a, en: b}\ndiffers_from: program_berjalam\n",
        3,
        'the scenario "program_berjalam" at differs_from does not exist; did you mean "program_berjalan"?',
    ),
    "a scenario that differs from itself": (
        "name: draf\ntitle: {id: a, en: b}\ndiffers_from: draf\n",
        3,
        "differs_from runs in a circle (draf → draf)",
    ),
    "a first scenario without all levers": (
        "name: draf\ntitle: {id: a, en: b}\ndiffers_from: null\n",
        1,
        "the levers eligibility.decile_ceiling, ",
    ),
    "a key given twice": (HEAD + "name: draf\n", 4, 'the key "name" stands twice'),
    "a bracket that is not closed": (HEAD + "clauses: {kuota: [1, 2\n", 5, "this is not correct YAML"),
    "a tab for indentation": (HEAD + "clauses:\n\tkuota: 1\n", 5, "this is not correct YAML"),
    "two documents in one file": (HEAD + "---\n" + HEAD, 4, "this is not correct YAML"),
    "a tag": (HEAD + "status: !!python/name:os.system x\n", 4, "YAML tags such as !name are not used here"),
    "an empty file": ("", 1, "this file is empty"),
    "a list": ("- a\n- b\n", 1, "this is not a scenario"),
    "a file of another kind": ("name: draf\ndependencies: [python]\n", 1, "this is not a scenario"),
}


def faults_of(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return caught.value


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_file_gives_one_sentence_with_file_and_line(case: str, write) -> None:
    text, line, sentence = BROKEN[case]
    error = faults_of(write(text))
    said = error.sentence("en")
    assert said.startswith(f"draf.yaml line {line}: "), said
    assert sentence in said
    assert "\n" not in said
    assert error.sentence("id").startswith(f"draf.yaml baris {line}: ")


def test_all_faults_of_a_file_are_said_in_the_order_of_the_lines(write) -> None:
    text = "name: lain\ntitel: {id: a, en: b}\ndiffers_from: 5\n"
    text += "clauses:\n  a: {in_force: x, sets: {place: 1, places: -1}}\n"
    error = faults_of(write(text))
    assert isinstance(error, FileError)
    sentences = error.sentences("en")
    assert len(sentences) == 7
    lines = [int(sentence.split(" line ")[1].split(":")[0]) for sentence in sentences]
    assert lines == sorted(lines)
    assert str(error) == "\n".join(error.sentences("id"))


def test_a_file_in_another_encoding_names_the_line(folder: Path) -> None:
    (folder / "draf.yaml").write_bytes(b"name: draf\ntitle: {id: caf\xe9, en: x}\n")
    assert faults_of(Path("draf.yaml")).sentence("en").startswith("draf.yaml line 2: this is not UTF-8 text")


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "draf.yaml").write_text(HEAD, encoding="utf-8-sig")
    assert load_scenario("draf.yaml").name == "draf"


def test_control_characters_are_a_fault_and_not_a_crash(folder: Path) -> None:
    (folder / "draf.yaml").write_bytes(b"name: draf\x00\x07\n")
    assert "is not correct YAML" in faults_of(Path("draf.yaml")).sentence("en")


def test_a_missing_file_names_the_closest_scenario(folder: Path) -> None:
    said = faults_of(Path("folder/tambah_kota.yaml")).sentence("en")
    assert said == 'There is no scenario "folder/tambah_kota.yaml"; did you mean "tambah_kuota"?'.replace(
        "/", "/"
    )


def test_an_unknown_name_unlike_all_others_lists_the_scenarios(folder: Path) -> None:
    said = faults_of(Path("xyzzy")).sentence("en")
    assert "name a .yaml file or one of bauran_dana, bulan_dikurangi, " in said


def test_a_folder_is_no_scenario(folder: Path) -> None:
    (folder / "draf.yaml").mkdir()
    assert faults_of(Path("draf.yaml")).sentence("en") == "draf.yaml is a folder; name one .yaml file in it."


def test_a_file_that_may_not_be_read_says_so(write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(HEAD)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert faults_of(path).sentence("en").startswith("draf.yaml can't be opened (permission denied)")


def test_a_huge_file_is_refused_before_it_is_read(write) -> None:
    assert "larger than one megabyte" in faults_of(write(HEAD + "#" * 1_000_001)).sentence("en")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "clauses: " + "[" * 600,
        HEAD
        + "a: &a [0,0,0,0,0,0,0,0,0]\n"
        + "".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
            for old, new in zip("abcdef", "bcdefg", strict=True)
        ),
    ],
    ids=["deep", "multiplying"],
)
def test_a_file_nested_without_end_is_refused(text: str, write) -> None:
    assert "nested too deeply" in faults_of(write(text)).sentence("en")


def test_a_circle_of_two_files_is_named(write) -> None:
    write("name: satu\ntitle: {id: a, en: b}\ndiffers_from: dua\n", "satu.yaml")
    path = write("name: dua\ntitle: {id: a, en: b}\ndiffers_from: ./satu.yaml\n", "dua.yaml")
    assert "runs in a circle (dua → satu → dua)" in faults_of(path).sentence("en")


def test_a_fault_of_the_parent_names_the_parent(write) -> None:
    write(HEAD.replace("draf", "induk") + "clause: {}\n", "induk.yaml")
    path = write(HEAD.replace("program_berjalan", "induk"), "draf.yaml")
    assert faults_of(path).sentence("en").startswith("induk.yaml line 4")


def test_a_scenario_may_not_bear_the_name_of_the_one_it_changes(write) -> None:
    write(HEAD, "lain/draf.yaml")
    path = write(HEAD.replace("program_berjalan", "lain/draf.yaml"))
    assert "has the same name as another one of its chain" in faults_of(path).sentence("en")


def test_a_file_that_vanished_before_it_was_read_says_so(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_document("draf.yaml")
    assert caught.value.sentence("en") == "draf.yaml does not exist; check the file's name and folder."
