"""Make the notebooks of both languages from their masters, executed so that two runs give the same bytes.

A master in ``sources/`` is one Markdown file. A line such as ``<!-- id -->`` opens a part: ``id`` is a
narrative cell in Indonesian, followed by ``en``, the same cell in English; ``code`` is a fenced cell that
both languages share, with its tags after a colon. The one line that differs between the languages is
`LANGUAGE_LINE` of the cell of parameters. Run it through ``python dev.py notebooks [NAME...]``.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

FOLDER = Path(__file__).resolve().parent
SOURCES = FOLDER / "sources"
FOLDERS = {"id": FOLDER, "en": FOLDER / "en"}
LANGUAGE_LINE = 'lang = "{}"'
SECONDS_PER_CELL = 300
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
OPENING = re.compile(r"^<!-- (id|en|code)(?:: ([\w, -]+))? -->$", flags=re.MULTILINE)
FENCED = re.compile(r"```python\n(.*)\n```", flags=re.DOTALL)
CODE = "code"


class MasterError(Exception):
    """A master that does not follow its grammar."""


class Part(NamedTuple):
    """A cell of one language, or a code cell of both."""

    kind: str
    tags: tuple[str, ...]
    text: str


def parts_of(master: str) -> list[Part]:
    """The parts of a master in order.

    Raises `MasterError` when words stand before the first part, a narrative cell lacks a language, or a code
    cell is not one fence.
    """
    before, *pieces = OPENING.split(master)
    if before.strip():
        raise MasterError(f"words before the first part: {before.strip()[:40]}")
    parts = [_part(*pieces[start : start + 3]) for start in range(0, len(pieces), 3)]
    kinds = " ".join(part.kind for part in parts)
    if kinds.replace("id en", "").replace(CODE, "").strip():
        raise MasterError(f"every part in id is followed by the same part in en, not so here: {kinds}")
    return parts


def _part(kind: str, tags: str | None, text: str) -> Part:
    named = tuple(tag.strip() for tag in tags.split(",")) if tags else ()
    if kind != CODE:
        return Part(kind, named, text.strip())
    fenced = FENCED.fullmatch(text.strip())
    if fenced is None:
        raise MasterError(f"a code cell is one python fence, not: {text.strip()[:40]}")
    return Part(kind, named, fenced[1])


def notebook_of(master: str, lang: str) -> NotebookNode:
    """The notebook of a master in a language, not executed; cells are named by their position."""
    parts = [part for part in parts_of(master) if part.kind in (lang, CODE)]
    cells = [_cell(part, lang) for part in parts]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position:02d}"
    return new_notebook(cells=cells, metadata=METADATA)


def _cell(part: Part, lang: str) -> NotebookNode:
    if part.kind != CODE:
        return new_markdown_cell(part.text)
    source = part.text
    if "parameters" in part.tags:
        source = source.replace(LANGUAGE_LINE.format("id"), LANGUAGE_LINE.format(lang))
    return new_code_cell(source, metadata={"tags": list(part.tags)} if part.tags else {})


def masters() -> list[Path]:
    """Files of all masters."""
    return sorted(SOURCES.glob("*.md"))


def path_of(name: str, lang: str) -> Path:
    """File of a notebook in a language."""
    return FOLDERS[lang] / f"{name}.ipynb"


def build(master: Path, lang: str) -> None:
    """Execute the notebook of a master and put it in its place only when every cell has succeeded.

    Whatever changes from run to run or machine to machine is left out: times, the version of the interpreter,
    the state of widgets.
    """
    notebook = notebook_of(master.read_text(encoding="utf-8"), lang)
    target = path_of(master.stem, lang)
    target.parent.mkdir(exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(target.parent)}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute()
    notebook.metadata.clear()
    notebook.metadata.update(METADATA)
    nbformat.validate(notebook)
    fresh = target.with_suffix(".new")
    fresh.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    fresh.replace(target)


def wanted(names: list[str]) -> Iterator[Path]:
    """Masters of the names given, or all; a name may be that of the notebook or of either file."""
    known = {path.stem: path for path in masters()}
    for name in names or known:
        stem = Path(name).stem
        if stem not in known:
            raise MasterError(f"no master named {stem}; there are: {', '.join(known)}")
        yield known[stem]


def main(names: list[str]) -> int:
    """Build the named notebooks, or all; the first cell that fails ends it with that cell's own message."""
    try:
        for master in wanted(names):
            for lang in FOLDERS:
                print(path_of(master.stem, lang).relative_to(FOLDER).as_posix(), flush=True)
                build(master, lang)
    except (OSError, MasterError, CellExecutionError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
