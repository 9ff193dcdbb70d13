"""Which numbers of the law the model reads, derived from the syntax of its steps and of their rules."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import jamsos_sim
from jamsos_sim.cli import exit_code
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.readings import READINGS
from jamsos_sim.messages import LANGUAGES
from jamsos_sim.model.values_read import PAYERS_READ, VALUES_READ, law_behind, unverified_behind
from jamsos_sim.model.world import Period
from jamsos_sim.report.law_lines import law_sentences
from jamsos_sim.scenario import read_scenario
from jamsos_sim.units import month_of

PACKAGE = Path(jamsos_sim.__file__).parent
LAW = "jamsos_sim.law"
PERIOD = Period(month_of("2023-01"), month_of("2031-01"))
HEAD = "name: {name}\ntitle: {{id: {name}, en: {name}}}\ndiffers_from: program_berjalan\n"
Function = tuple[str, str]
"""A module of the law and a function in it."""


@cache
def syntax(module: str) -> ast.Module:
    file = importlib.import_module(module).__file__
    assert file is not None
    return ast.parse(Path(file).read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> dict[str, Function]:
    """What a source takes from the modules of the law, by the name it gives it."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith(LAW)
        for alias in node.names
    }


def functions(module: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in syntax(module).body if isinstance(node, ast.FunctionDef)}


def called(function: Function) -> Iterator[Function]:
    """Functions of the law that a function of the law names."""
    module, name = function
    known = imported(syntax(module)) | {own: (module, own) for own in functions(module)}
    for node in ast.walk(functions(module)[name]):
        if isinstance(node, ast.Name) and node.id in known:
            yield known[node.id]


def reachable(first: set[Function]) -> set[Function]:
    found: set[Function] = set()
    waiting = set(first)
    while waiting:
        function = waiting.pop()
        if function not in found and function[1] in functions(function[0]):
            found.add(function)
            waiting |= set(called(function))
    return found


def fields_read(tree: ast.AST) -> set[str]:
    """Fields of the law read as ``law.field``, ``rules.law.field`` or ``law_of(…).field``."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in Law._fields and is_law(node.value)
    }


def is_law(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "law_of"
    return (isinstance(node, ast.Name) and node.id == "law") or (
        isinstance(node, ast.Attribute) and node.attr == "law"
    )


def values_read_by(sources: list[ast.Module]) -> set[str]:
    first = {function for tree in sources for function in imported(tree).values()}
    bodies = [functions(module)[name] for module, name in reachable(first)]
    return set().union(*(fields_read(tree) for tree in (*sources, *bodies)))


def model_sources() -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((PACKAGE / "model").rglob("*.py"))]


def test_the_values_read_are_those_that_the_model_and_its_rules_read() -> None:
    assert sorted(VALUES_READ) == sorted(values_read_by(model_sources()))


def test_the_walk_follows_rules_that_call_rules() -> None:
    source = ast.parse("from jamsos_sim.law.benefits import jkk_death_benefit")
    assert values_read_by([source]) == {
        "jkk_death_ppm",
        "disability_months",
        "jkk_death_floor",
        "jkk_periodic_months",
        "jkk_periodic_monthly",
        "jkk_funeral",
    }


def test_the_walk_sees_a_field_that_is_read_without_a_rule() -> None:
    assert values_read_by([ast.parse("base = rules.law.lowest_base + law_of(1).claim_years")]) == {
        "lowest_base",
        "claim_years",
    }


def test_the_payers_read_are_those_whom_the_model_names() -> None:
    names = {name for tree in model_sources() for name in imported(tree) if name.startswith("PAYER_")}
    assert {name.removeprefix("PAYER_").lower() for name in names} == set(PAYERS_READ)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_of_a_run_name_the_unverified_values_and_the_readings(lang: str) -> None:
    default = read_scenario(HEAD.format(name="lama"), "lama")
    strict = read_scenario(HEAD.format(name="baru") + "reading: {U3: keeps, U2: more_than_3}\n", "baru")
    unverified, readings = law_sentences([default], PERIOD, lang)
    behind = unverified_behind(default, PERIOD)
    assert f": {len({value.name for value in behind})}, " in unverified
    assert all(value.means[lang] in unverified for value in behind)
    for key in ("U3", "U5"):
        reading = READINGS[key]
        assert f"{key} {reading.about[lang]}: {reading.option_texts[reading.default][lang]} (" in readings
        assert reading.default not in readings
    assert "U2" not in readings
    _, of_default, of_strict = law_sentences([default, strict], PERIOD, lang)
    keeps, more = READINGS["U3"].option_texts["keeps"][lang], READINGS["U2"].option_texts["more_than_3"][lang]
    assert "U3" in of_default and keeps not in of_default
    assert keeps in of_strict and more in of_strict


@pytest.mark.parametrize(("lang", "said"), [("id", "jamsos explain"), ("en", "acts in jamsos explain alone")])
def test_a_run_says_which_of_its_readings_acts_in_the_calculator_alone(lang: str, said: str) -> None:
    chosen = read_scenario(HEAD.format(name="pindah") + "reading: {U8: cannot_be_listed}\n", "pindah")
    _, readings = law_sentences([chosen], PERIOD, lang)
    assert "U8" in readings and said in readings


def test_the_manifest_lists_readings_and_unverified_values_with_instrument_and_confidence() -> None:
    kept = law_behind(read_scenario(HEAD.format(name="baru") + "reading: {U5: covered}\n", "baru"), PERIOD)
    assert kept["readings"]["U5"]["option"] == "covered"
    assert [key for key, reading in kept["readings"].items() if not reading["is_default"]] == ["U5"]
    assert set(kept["readings"]) == set(READINGS)
    (covered,) = [value for value in kept["unverified"] if value["value"] == "unpaid_months_covered"]
    assert (covered["instrument"], covered["status"], covered["confidence"]) == (
        "question U5",
        "assumption",
        "low",
    )
    assert all(value["instrument"] for value in kept["unverified"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_check_lists_the_readings_and_each_value_that_expires_once(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(["check", "program_berjalan", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(set(lines))
    windows = [line for line in lines if "PP 50/2025" in line]
    assert [line[4:11] for line in windows] == ["2026-04", "2026-04", "2026-01", "2026-01"]
    assert all("2026-12" in line for line in windows[:2])
    assert all("2027-03" in line for line in windows[2:])
    reading = READINGS["U3"]
    means = reading.option_texts[reading.default][lang]
    assert any(f"U3 {reading.about[lang]}: {means}" in line and "U5" in line for line in lines)
