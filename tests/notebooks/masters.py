"""Every notebook of both languages, and the master it was made from."""

import ast
from pathlib import Path

import nbformat

from notebooks.build import FOLDERS, masters, notebook_of, path_of

MASTERS = masters()
NAMES = [master.stem for master in MASTERS]
PATHS = [path_of(name, lang) for name in NAMES for lang in FOLDERS]
SHOWING_CALLS = {"display", "print"}
CHECKING_METHODS = {"exactly", "on_average", "digest"}


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def load(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in load(path).cells if cell.cell_type == "code"]


def fresh(path):
    """The notebook that the master gives today, not executed."""
    lang = "en" if path.parent.name == "en" else "id"
    master = next(master for master in MASTERS if master.stem == path.stem)
    return notebook_of(master.read_text(encoding="utf-8"), lang)


def calls(source):
    """Names of the functions and methods that a cell calls."""
    nodes = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def checks(source):
    """Whether a cell prints a verdict."""
    return bool(calls(source) & CHECKING_METHODS)


def must_show(source):
    """Whether a cell's last statement is a value, or it prints, displays or checks something."""
    body = ast.parse(source).body
    return bool(body) and (
        isinstance(body[-1], ast.Expr) or bool(calls(source) & SHOWING_CALLS) or checks(source)
    )


def words_of(output):
    """The text of a stored output, without that of a picture."""
    data = output.get("data", {})
    return "" if "image/png" in data else output.get("text", "") + data.get("text/plain", "")
