"""Markdown of the documentation: tables, and the parts of a page that are generated."""

import re
from collections.abc import Iterable, Mapping, Sequence


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def with_parts(page: str, parts: Mapping[str, str]) -> str:
    """A page with each part between its marks, such as ``<!-- levers -->`` and ``<!-- /levers -->``.

    Raises `KeyError` for a part that the page has no marks for.
    """
    for name, part in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        marked = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", flags=re.DOTALL)
        if not marked.search(page):
            raise KeyError(name)
        page = marked.sub(f"{begin}\n\n{part}\n\n{end}".replace("\\", "\\\\"), page)
    return page
