"""Both languages of a notebook come from one master and hold the same code."""

import pytest

from notebooks.build import FOLDERS, MasterError, notebook_of, parts_of, path_of
from tests.notebooks.masters import MASTERS, NAMES, PATHS, code_cells, fresh, label, load

INDONESIAN_LINE, ENGLISH_LINE = 'lang = "id"', 'lang = "en"'
MASTER = """<!-- id -->

# Judul

<!-- en -->

# Title

<!-- code: parameters -->

```python
lang = "id"
worlds = 4
```

<!-- code -->

```python
worlds
```
"""


@pytest.mark.parametrize("path", PATHS, ids=label)
def test_a_notebook_is_what_its_master_gives_today(path):
    stored, today = load(path), fresh(path)
    assert [(cell.cell_type, cell.source, cell.metadata) for cell in stored.cells] == [
        (cell.cell_type, cell.source, cell.metadata) for cell in today.cells
    ]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_hold_the_same_code_but_for_the_line_of_the_language(name):
    indonesian, english = (code_cells(path_of(name, lang)) for lang in ("id", "en"))
    pairs = list(zip(indonesian, english, strict=True))
    differing = [
        (ours, theirs)
        for one, other in pairs
        for ours, theirs in zip(one.source.splitlines(), other.source.splitlines(), strict=True)
        if ours != theirs
    ]
    assert differing == [(INDONESIAN_LINE, ENGLISH_LINE)]
    assert [one.metadata for one, _ in pairs] == [other.metadata for _, other in pairs]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_check_the_same_numbers(name):
    digests = [
        [
            line.split(": ")[-1]
            for cell in code_cells(path_of(name, lang))
            for output in cell.outputs
            for line in output.get("text", "").splitlines()
            if line.startswith(("SIDIK", "DIGEST", "TEPAT", "EXACT"))
        ]
        for lang in FOLDERS
    ]
    ours, theirs = ([line.rpartition("= ")[-1] for line in lines] for lines in digests)
    assert ours == [value.replace(",", ".") for value in theirs] != []  # each with its separators


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_has_its_question_data_caveats_and_next_step(name):
    for lang, words in {
        "id": ["Pertanyaan", "Data", "Angka yang diperiksa", "Yang perlu diingat", "Selanjutnya"],
        "en": ["The question", "Data", "Numbers that are checked", "Remember", "Next"],
    }.items():
        sources = [cell.source for cell in load(path_of(name, lang)).cells if cell.cell_type == "markdown"]
        assert sources[0].startswith("# ")
        headings = [line.removeprefix("## ") for source in sources for line in source.splitlines()]
        assert [word for word in words if word not in headings] == []


def test_no_notebook_is_without_a_master():
    stored = {path for folder in FOLDERS.values() for path in folder.glob("*.ipynb")}
    assert stored == set(PATHS)
    assert {master.stem for master in MASTERS} == set(NAMES)


def test_a_master_gives_each_language_its_words_and_the_same_code():
    indonesian, english = (notebook_of(MASTER, lang) for lang in ("id", "en"))
    assert [cell.source for cell in indonesian.cells] == ["# Judul", 'lang = "id"\nworlds = 4', "worlds"]
    assert [cell.source for cell in english.cells] == ["# Title", 'lang = "en"\nworlds = 4', "worlds"]
    assert indonesian.cells[1].metadata == {"tags": ["parameters"]}


@pytest.mark.parametrize(
    "broken",
    [
        MASTER.replace("<!-- en -->", ""),
        MASTER.replace("<!-- id -->", "").replace("# Judul", ""),
        MASTER.replace("```python\nworlds\n```", "worlds"),
        "words\n" + MASTER,
    ],
    ids=["no English", "no Indonesian", "no fence", "words before"],
)
def test_a_master_that_lacks_a_language_or_a_fence_is_refused(broken):
    with pytest.raises(MasterError):
        parts_of(broken)
