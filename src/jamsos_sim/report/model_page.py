"""Write the generated parts of the documentation: the model's description and the codebook of quantities.

``python -m jamsos_sim.report.model_page`` writes them into the pages of a checkout; with ``--check`` it only
says which pages are out of date, and ends with exit code 1 when there are any.
"""

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from jamsos_sim.report import model_tables
from jamsos_sim.report.codebook import codebook_parts, codebook_table
from jamsos_sim.report.markdown import with_parts

Part = Callable[[], str]

PAGES: Mapping[str, Mapping[str, Part]] = {
    "docs/model.md": {
        "schedule": model_tables.schedule,
        "people": model_tables.people_columns,
        "communities": model_tables.community_columns,
        "levers": model_tables.lever_rows,
        "assumptions": model_tables.assumption_rows,
        "ledger": partial(codebook_table, "ledger", "en"),
    },
    "docs/buku_kode.md": codebook_parts("id"),
    "docs/en/codebook.md": codebook_parts("en"),
}
"""Page to its generated parts, by the name of their marks."""


def page_of_today(checkout: Path, name: str) -> str:
    """A page of a checkout as it must be now."""
    parts = {mark: part() for mark, part in PAGES[name].items()}
    return with_parts((checkout / name).read_text(encoding="utf-8"), parts)


def outdated_pages(checkout: Path) -> list[str]:
    """Pages of a checkout that differ from what the code says now."""
    return [
        name
        for name in PAGES
        if (checkout / name).read_text(encoding="utf-8") != page_of_today(checkout, name)
    ]


def write_pages(checkout: Path) -> list[str]:
    """Bring the pages of a checkout up to date; the names of those that were not."""
    names = outdated_pages(checkout)
    for name in names:
        path, fresh = checkout / name, page_of_today(checkout, name)
        beside = path.with_suffix(".new")
        beside.write_text(fresh, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    return names


def main(words: list[str]) -> int:
    """Write the pages, or with ``--check`` compare them; the exit code."""
    checkout = Path(__file__).parents[3]
    if "--check" not in words:
        print("\n".join(write_pages(checkout)))
        return 0
    names = outdated_pages(checkout)
    for name in names:
        print(f"{name} is out of date: run python -m jamsos_sim.report.model_page", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
