"""What the code says of itself, read from its syntax: docstrings of attributes, and which steps call what."""

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any


def attribute_docstrings(kind: type) -> dict[str, str]:
    """Attribute of a class to the text that stands below it; empty for one without."""
    body = _class_of(ast.parse(inspect.getsource(kind)), kind.__name__).body
    return {
        statement.target.id: _text_of(following)
        for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True)
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def called_by(module: ModuleType, kind: str, method: str) -> list[Callable[..., Any]]:
    """Functions of other modules that a method calls, in the order of the text; own methods are followed.

    Only functions imported into ``module`` by name count.
    """
    tree = ast.parse(inspect.getsource(module))
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    methods = {node.name: node for node in _class_of(tree, kind).body if isinstance(node, ast.FunctionDef)}
    names = [name for name in _called(methods, method, imported) if name in imported]
    found = [getattr(import_module(imported[name][0]), imported[name][1]) for name in dict.fromkeys(names)]
    return [function for function in found if inspect.isfunction(function)]


def _class_of(tree: ast.Module, name: str) -> ast.ClassDef:
    return next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)


def _text_of(statement: ast.stmt) -> str:
    """The text of a statement that is nothing but a text."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""


def _called(methods: dict[str, ast.FunctionDef], method: str, names: Any) -> Iterator[str]:
    calls = [node for node in ast.walk(methods[method]) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = call.func
        if isinstance(function, ast.Name) and function.id in names:
            yield function.id
        elif _is_own(function) and isinstance(function, ast.Attribute) and function.attr in methods:
            yield from _called(methods, function.attr, names)


def _is_own(function: ast.expr) -> bool:
    """Whether a call goes to a method of the object itself."""
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "self"
