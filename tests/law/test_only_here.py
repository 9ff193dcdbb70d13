"""Amounts, rates, ages and thresholds of law stand in the tables and nowhere else: a walk over the syntax."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jamsos_sim
from jamsos_sim.law.tables import values

PACKAGE = Path(jamsos_sim.__file__).parent
LARGE = 1_000
SUMS_OF_VALUES = {
    8_400,
    16_800,
    36_800,
    24_000_000,
    42_000_000,
    48_000_000,
    56_000_000,
    68_000_000,
    70_000_000,
}
SUMS_OF_VALUES |= {87_000_000, 174_000_000, 12_000_000, 201_600}
POWERS_OF_TEN = {1_000, 10_000, 100_000, 1_000_000}
"""Units and bounds of files as often as law; they count only where a name says so."""
NOT_OF_LAW = {("levers_fields.py", 10_000_000): "a bound on persons"}
NAMES_AND_THRESHOLDS = {
    r"(^|_)age(_|$|s$)": {15, 18, 23, 56, 65},
    r"wait|consecutive|unpaid|lapse|inactive|arrears": {2, 3, 4, 24, 36, 60, 90},
    r"scholarship|masa_iur": {3, 4, 5, 8, 12, 19, 23, 24, 36, 60},
    r"claim_years|claim_limit|report_hours": {2, 5, 24, 48, 60},
    r"contribution|premium|iuran|relief|discount": {0.01, 0.02, 0.5, 50, 10_000},
    r"(^|_)base(_|$)": {1_000_000},
    r"disability|lump_sum|death_multiple": {0.6, 0.7, 48, 56, 60, 70, 80},
}
EXACT_LITERALS = {0, 1, -1}


def large_values_of_law() -> set[int]:
    numbers: set[int] = set(SUMS_OF_VALUES)
    for value in values().values():
        for entry in value.history:
            found = entry.value if isinstance(entry.value, tuple) else (entry.value or 0,)
            numbers |= {number for number in found if number >= LARGE}
    return numbers


LARGE_VALUES = large_values_of_law() - POWERS_OF_TEN


def numbers_in(node: ast.AST) -> set[float]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant)
        and isinstance(part.value, int | float)
        and not isinstance(part.value, bool)
    }


def names_in(node: ast.AST) -> str:
    found = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    found += [part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)]
    return " ".join(found)


def named_numbers(tree: ast.AST) -> Iterator[tuple[int, str, set[float]]]:
    """Line, names and numbers of whatever gives a number a name or compares it with one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield node.lineno, " ".join(names_in(target) for target in node.targets), numbers_in(node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield node.lineno, names_in(node.target), numbers_in(node.value)
        elif isinstance(node, ast.keyword) and node.arg is not None:
            yield node.value.lineno, node.arg, numbers_in(node.value)
        elif isinstance(node, ast.Compare | ast.BinOp):
            yield node.lineno, names_in(node), numbers_in(node)
        elif isinstance(node, ast.arguments):
            yield from defaults_of(node)


def defaults_of(node: ast.arguments) -> Iterator[tuple[int, str, set[float]]]:
    positional = node.posonlyargs + node.args
    given = positional[len(positional) - len(node.defaults) :]
    for argument, default in [*zip(given, node.defaults, strict=True)]:
        yield default.lineno, argument.arg, numbers_in(default)
    for argument, keyword_default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        if keyword_default is not None:
            yield keyword_default.lineno, argument.arg, numbers_in(keyword_default)


def faults(source: str, file: str, is_law: bool) -> list[str]:
    """Every place of a source text where a number of law stands."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        for number in numbers_in(node) if isinstance(node, ast.Constant) else ():
            if number in LARGE_VALUES and (file, number) not in NOT_OF_LAW:
                found.append(f"{file}:{node.lineno} amount {number}")
    for line, names, numbers in named_numbers(tree):
        for pattern, thresholds in NAMES_AND_THRESHOLDS.items():
            if re.search(pattern, names, re.IGNORECASE):
                found += [f"{file}:{line} {names} {number}" for number in numbers & thresholds]
    if is_law:
        found += law_literals(tree, file)
    return found


def law_literals(tree: ast.AST, file: str) -> list[str]:
    """Numbers inside the rules of law: none but zero and one."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [
        f"{file}:{function.lineno} {function.name} {number}"
        for function in functions
        for number in numbers_in(function) - EXACT_LITERALS
    ]


def sources() -> list[tuple[Path, str]]:
    return [(path, path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]


def test_no_number_of_law_stands_outside_the_tables() -> None:
    found = []
    for path, source in sources():
        relative = path.relative_to(PACKAGE).as_posix()
        found += faults(source, relative, relative.startswith("law/"))
    assert found == []


def test_the_walk_sees_the_whole_package() -> None:
    seen = {path.relative_to(PACKAGE).as_posix() for path, _ in sources()}
    assert {"law/benefits.py", "law/coverage.py", "units.py", "model/kernel.py"} <= seen


def test_the_walk_finds_every_kind_of_stray_number() -> None:
    strays = [
        "price = 16_800",
        "def benefit(x): return x + 42_000_000",
        "if age >= 65: pass",
        "def enrol(minimum_age=18): pass",
        "MAXIMUM_AGE: int = 65",
        "is_waiting = consecutive_months < 3",
        "scholarship_months = 36",
        "half_contribution = contribution * 0.5",
        "pay(unpaid_months=3)",
        "rows = [6_800]",
        "lowest_base = 1_000_000",
    ]
    assert [stray for stray in strays if not faults(stray, "somewhere.py", False)] == []


def test_the_walk_lets_other_numbers_pass() -> None:
    plain = ["first = 0", "width = 65", "months = 12", "if age < 0: pass", "seed = 20250923"]
    assert [line for line in plain if faults(line, "somewhere.py", False)] == []


def test_a_rule_of_law_contains_no_number_of_its_own() -> None:
    assert faults("def rule(base, law):\n    return base * 7", "law/x.py", True) != []
    assert faults("def rule(base, law):\n    return base + 1", "law/x.py", True) == []
