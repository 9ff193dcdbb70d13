"""What the README tells a newcomer to do can be done, in both of its languages."""

import importlib.util
import re
from pathlib import Path

import pytest

from jamsos_sim.scenario import available_scenarios, load_scenario
from jamsos_sim.units import month_of

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
INDONESIAN, _, ENGLISH = README.partition("\n# In English\n")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", INDONESIAN, flags=re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"python dev\.py (\w+)([^\n`]*)", README)
LINKS = [target for target in re.findall(r"\]\(([^)]+)\)", README) if not target.startswith("#")]


def test_both_languages_give_the_same_commands_and_files() -> None:
    english = re.findall(r"^```(\w*)\n(.*?)^```$", ENGLISH, flags=re.MULTILINE | re.DOTALL)
    assert BLOCKS
    assert english == BLOCKS


def test_every_command_is_a_verb_of_the_script() -> None:
    spec = importlib.util.spec_from_file_location("dev", CHECKOUT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert {verb for verb, _ in COMMANDS} <= set(script.VERBS)


@pytest.mark.parametrize("target", sorted(set(LINKS)))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (CHECKOUT / target.partition("#")[0]).exists()


def test_both_languages_have_the_same_sections_and_lead_to_as_many_pages() -> None:
    sections = [re.findall(r"^## .+$", words, flags=re.MULTILINE) for words in (INDONESIAN, ENGLISH)]
    links = [re.findall(r"\]\((?!#)", words) for words in (INDONESIAN, ENGLISH)]
    assert len(sections[0]) == len(sections[1]) > 5
    assert len(links[0]) == len(links[1])


def test_the_scenario_to_start_with_can_be_loaded_and_changes_what_it_says(tmp_path: Path) -> None:
    (text,) = (block for kind, block in BLOCKS if kind == "yaml")
    path = tmp_path / "usulan_saya.yaml"
    path.write_text(text, encoding="utf-8")
    scenario = load_scenario(str(path))
    current = load_scenario("program_berjalan")
    before, after = month_of("2026-12"), month_of("2028-01")
    assert scenario.levers_at(before) == current.levers_at(before)
    assert scenario.levers_at(after).places > current.levers_at(after).places


def test_named_scenarios_are_shipped() -> None:
    named = {word for verb, words in COMMANDS if verb == "run" for word in words.split()}
    names = {word for word in named if not word.startswith("-") and not word.endswith(".yaml")}
    assert names <= set(available_scenarios())
