"""The published codebook is the code's, and the guide works as it is written, with the example it names."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from jamsos_sim.cli import exit_code
from jamsos_sim.messages import LANGUAGES
from jamsos_sim.population.intake_codebook import PAGES, with_codebook
from jamsos_sim.population.intake_fields import FIELD
from jamsos_sim.population.intake_map import load_map
from jamsos_sim.population.region import Region
from jamsos_sim.population.register import load_register

CHECKOUT = Path(__file__).resolve().parents[2]
GUIDES = {"id": "docs/register_sendiri.md", "en": "docs/en/own_register.md"}
EXAMPLE = CHECKOUT / "src" / "jamsos_sim" / "regions" / "tangsel" / "example"
NOBODY = "99"
"""No province has this code, so no NIK begins with it."""


def commands(lang: str) -> list[list[str]]:
    page = (CHECKOUT / GUIDES[lang]).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    lines = [line for language, block in blocks if not language for line in block.splitlines()]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_the_codebook_of_the_code(lang: str) -> None:
    page = (CHECKOUT / PAGES[lang]).read_text(encoding="utf-8")
    assert with_codebook(page, lang) == page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_works_as_it_is_written(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in commands(lang):
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
        elif words[0] == "python":
            subprocess.run([sys.executable, *words[1:]], check=True)
        elif words[1] in {"init", "intake"}:
            capsys.readouterr()
            assert exit_code(words[1:]) == 0
    counted = capsys.readouterr().out.splitlines()[0]
    assert counted in (CHECKOUT / GUIDES[lang]).read_text(encoding="utf-8")
    assert load_register(Path("workers.parquet")).size == 391


def test_both_guides_have_the_same_steps() -> None:
    def steps(lang: str) -> list[str]:
        return [" ".join(words[:2]) for words in commands(lang) if words[0] != "cd"]

    assert steps("id") == steps("en")


def test_the_simulations_of_the_guide_are_commands_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for lang in LANGUAGES:
        for words in commands(lang):
            if words[0] == "jamsos" and words[1] in {"run", "compare"}:
                assert exit_code([words[1], "--help"]) == 0
                printed = capsys.readouterr().out
                assert all(word in printed for word in words if word.startswith("--"))


def test_the_people_of_the_example_cannot_be_real() -> None:
    lines = (EXAMPLE / "register.csv").read_text(encoding="utf-8").splitlines()[1:]
    niks = [line.split(";")[1] for line in lines]
    assert all(nik.startswith((NOBODY, "9,97")) for nik in niks)
    assert all("Warga Contoh" in line for line in lines)


def test_the_map_of_the_example_names_every_field(region: Region) -> None:
    assert set(load_map(EXAMPLE / "map.yaml", region).columns) == set(FIELD)
