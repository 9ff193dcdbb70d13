"""The codebook of a region's folder: every file, key and column, from the classes that check them.

``python -m jamsos_sim.population.region_codebook`` writes it into the two pages of the documentation.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from jamsos_sim.messages import text
from jamsos_sim.population.region_folder import ABOUT
from jamsos_sim.population.region_rows import ROWS
from jamsos_sim.population.region_text import RegionText

BEGIN, END = "<!-- codebook -->", "<!-- /codebook -->"
PAGES = {"id": "docs/kota_lain.md", "en": "docs/en/another_city.md"}
BOUNDS = {"ge": "≥ ", "le": "≤ "}


def codebook(lang: str) -> str:
    """The codebook as Markdown: one table for each file."""
    files: dict[str, type[BaseModel]] = {ABOUT: RegionText, **ROWS}
    parts = [_table(name, kind, lang) for name, kind in files.items()]
    return "\n\n".join([*parts, f"**`assumptions/*.yaml`**\n\n{text('region.codebook_assumptions', lang)}"])


def write_pages(checkout: Path) -> list[Path]:
    """Write the codebook between its marks in the pages of a checkout; their paths."""
    paths = []
    for lang, name in PAGES.items():
        path = checkout / name
        page = path.read_text(encoding="utf-8")
        path.write_text(with_codebook(page, lang), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def with_codebook(page: str, lang: str) -> str:
    """A page with the codebook of today between its marks."""
    block = f"{BEGIN}\n\n{codebook(lang)}\n\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: block, page, flags=re.DOTALL)


def _table(name: str, kind: type[BaseModel], lang: str) -> str:
    head = [text(f"region.codebook_{word}", lang) for word in ("column", "kind", "meaning")]
    rows = [head, ["---"] * len(head), *_rows(kind, lang)]
    return f"**`{name}`**\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _rows(kind: type[BaseModel], lang: str) -> Iterator[list[str]]:
    # A remark is inherited by every table and therefore comes first; it is the last thing to read.
    for name, field in sorted(kind.model_fields.items(), key=lambda entry: entry[0] == "note"):
        notes: Any = field.json_schema_extra
        meaning = notes["deskripsi"] if lang == "id" else field.description
        words = [_kind(field, lang), *_bounds(field)]
        if not field.is_required():
            words.append(text("region.codebook_optional", lang))
        yield [f"`{name}`", ", ".join(words), str(meaning)]


def _kind(field: FieldInfo, lang: str) -> str:
    kind = _plain(field.annotation)
    if get_origin(kind) is Literal:
        return " / ".join(f"`{word}`" for word in get_args(kind))
    if get_origin(kind) is list:
        return text("region.codebook_list", lang)
    names = {int: "whole", float: "number", str: "text"}
    return text(f"region.codebook_{names.get(kind, 'mapping')}", lang)


def _plain(kind: Any) -> Any:
    """A type without its notes and without nothing as an alternative."""
    if get_origin(kind) is Annotated:
        return _plain(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _plain(next(part for part in get_args(kind) if part is not NoneType))
    return kind


def _bounds(field: FieldInfo) -> Iterator[str]:
    for note in field.metadata:
        for name, sign in BOUNDS.items():
            bound = getattr(note, name, None)
            if bound is not None and bound < 10**6:
                yield f"{sign}{bound}"


if __name__ == "__main__":
    for page in write_pages(Path(__file__).parents[3]):
        print(page)
