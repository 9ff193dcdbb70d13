"""Which numbers of the law the model reads: derived from the syntax of its steps and of the rules they call."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jamsos_sim
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.values_read import VALUES_READ

PACKAGE = Path(jamsos_sim.__file__).parent
LAW = "jamsos_sim.law"
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
