"""The pages of ``docs/``: two languages side by side, commands that exist, links that lead somewhere."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from docs.build import words_in_the_site
from docs.two_languages import other_language
from jamsos_sim.cli import app
from jamsos_sim.notebook.settings import settings_of
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import month_of
from tests.notebooks.masters import NAMES, PATHS

CHECKOUT = Path(__file__).resolve().parents[2]
DOCS = CHECKOUT / "docs"
PAIRS = {
    "index": "index",
    "tutorial": "tutorial",
    "usulan_sendiri": "own_draft",
    "register_sendiri": "own_register",
    "data": "data",
    "kota_lain": "another_city",
    "uji_ulang": "validate",
    "tanpa_internet": "offline",
    "skala": "scaling",
    "buku_kode": "codebook",
    "performance": "performance",
}
PAGES = [DOCS / f"{name}.md" for name in PAIRS] + [DOCS / "en" / f"{name}.md" for name in PAIRS.values()]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:dev\.py jamsos|bin/jamsos|^jamsos) (\w+)([^\n`]*)", flags=re.MULTILINE)
VERB = re.compile(r"python (?:\.\./)?dev\.py (\w+)")

ALL_PAGES = sorted(DOCS.rglob("*.md"))


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


each = pytest.mark.parametrize("path", PAGES, ids=name_of)
each_of_all = pytest.mark.parametrize("path", ALL_PAGES, ids=name_of)


def words(path):
    return path.read_text(encoding="utf-8")


def commands_and_files(page):
    """The blocks of a page but for schemas, whose words are translated, and for the language asked for."""
    blocks = [(kind, block.replace(" --lang en", "")) for kind, block in BLOCK.findall(page)]
    return [block for block in blocks if block[0] != "json"]


def test_every_page_has_its_other_language():
    indonesian = {path.stem for path in DOCS.glob("*.md")} - {"model", "glossary"}
    assert indonesian == set(PAIRS)
    assert {path.stem for path in (DOCS / "en").glob("*.md")} == set(PAIRS.values())


@pytest.mark.parametrize(("ours", "theirs"), list(PAIRS.items())[1:])
def test_both_languages_give_the_same_commands_files_and_headings(ours, theirs):
    indonesian, english = words(DOCS / f"{ours}.md"), words(DOCS / "en" / f"{theirs}.md")
    assert commands_and_files(indonesian) == commands_and_files(english)
    assert indonesian.count("\n## ") == english.count("\n## ")
    assert f"(en/{theirs}.md)" in indonesian
    assert f"(../{ours}.md)" in english


def test_every_page_of_the_site_leads_to_its_other_language_and_back():
    pages = {f"{ours}": f"en/{theirs}" for ours, theirs in PAIRS.items()}
    pages |= {f"notebooks/{name}": f"notebooks/en/{name}" for name in NAMES}
    for indonesian, english in pages.items():
        assert other_language(indonesian, DOCS) == english
        assert other_language(english, DOCS) == indonesian
    assert other_language("model", DOCS) is None
    assert other_language("genindex", DOCS) is None


@each_of_all
def test_every_link_leads_to_a_file_of_the_repository(path):
    for target in LINK.findall(words(path)):
        assert "://" not in target
        assert (path.parent / target).is_file(), target


@each_of_all
def test_links_to_notebooks_lead_in_the_site_to_the_folder_below_its_pages(path):
    before, after = (LINK.findall(page) for page in (words(path), words_in_the_site(path)))
    for ours, theirs in zip(before, after, strict=True):
        notebook, place = (path.parent / ours).resolve(), (path.parent / theirs).resolve()
        is_notebook = notebook.is_relative_to(CHECKOUT / "notebooks")
        assert place == (DOCS / notebook.relative_to(CHECKOUT) if is_notebook else notebook)


def test_the_pages_lead_to_notebooks_of_their_own_language():
    for folder, notebooks in ((DOCS, "../notebooks/"), (DOCS / "en", "../../notebooks/en/")):
        targets = [target for path in folder.glob("*.md") for target in LINK.findall(words(path))]
        led = [target for target in targets if target.endswith(".ipynb")]
        assert led
        assert all(target.startswith(notebooks) for target in led)


@each
def test_every_command_is_one_of_the_toolkit(path):
    known = set(get_command(app).commands)
    assert {name for name, _ in COMMAND.findall(words(path))} <= known


@each
def test_every_verb_is_one_of_the_script(path):
    script = (CHECKOUT / "dev.py").read_text(encoding="utf-8")
    assert all(f'    "{verb}": ' in script for verb in VERB.findall(words(path)))


@each
def test_every_notebook_that_is_run_has_the_settings_that_are_given(path):
    for name, given in COMMAND.findall(words(path)):
        if name == "notebook":
            number = given.split()[0]
            notebook = next(each for each in PATHS if each.stem.startswith(number))
            assert set(re.findall(r"-p (\w+)=", given)) <= set(settings_of(notebook))


@each
def test_no_page_names_a_registry(path):
    assert re.search(r"https?://|index-url", words(path)) is None


def test_the_draft_of_the_tutorial_can_be_loaded_and_changes_what_it_says(tmp_path):
    (draft,) = (block for kind, block in BLOCK.findall(words(DOCS / "tutorial.md")) if kind == "yaml")
    path = tmp_path / "usulan_saya.yaml"
    path.write_text(draft, encoding="utf-8")
    scenario, month = load_scenario(path), month_of("2028-01")
    assert scenario.levers_at(month).places == 32_000
    current = load_scenario("program_berjalan")
    assert scenario.levers_at(month_of("2026-06")) == current.levers_at(month_of("2026-06"))


def test_a_clause_that_a_draft_removes_gives_back_what_stood_before(tmp_path):
    blocks = [block for kind, block in BLOCK.findall(words(DOCS / "usulan_sendiri.md")) if kind == "yaml"]
    path = tmp_path / "tanpa_meja.yaml"
    title = "name: tanpa_meja\ntitle: {id: Tanpa meja bersama, en: Without a shared desk}\n"
    path.write_text(title + blocks[-1], encoding="utf-8")
    later = month_of("2028-01")
    assert load_scenario(path).levers_at(later).coordination.desks == "sequential"
    assert load_scenario("raperda_oktober_2025").levers_at(later).coordination.desks == "shared"


def test_the_notebooks_that_pages_name_are_there():
    named = {number for path in PAGES for number in re.findall(r"notebooks/(?:en/)?(\d\d)_", words(path))}
    assert named <= {name[:2] for name in NAMES}
