"""The codebook of a register: its fields as a table, and as a Frictionless Table Schema.

``python -m jamsos_sim.population.intake_codebook`` writes it into the two pages of the documentation.
"""

import json
from pathlib import Path

from jamsos_sim.messages import text
from jamsos_sim.population.intake_fields import FIELDS, allowed_of, table_schema
from jamsos_sim.population.region_file import load_region

BEGIN, END = "<!-- register -->", "<!-- /register -->"
PAGES = {"id": "docs/data.md", "en": "docs/en/data.md"}
COLUMNS = ("field", "means", "must", "allowed", "example")


def codebook(lang: str) -> str:
    """The fields as a Markdown table, then the schema as JSON."""
    heads = [text(f"intake.codebook_{column}", lang) for column in COLUMNS]
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    for field in FIELDS:
        must = text("intake.codebook_yes" if field.is_required else "intake.codebook_no", lang)
        means = text(f"intake.means_{field.name}", lang)
        lines.append(f"| `{field.name}` | {means} | {must} | {allowed_of(field, lang)} | {field.example} |")
    schema = json.dumps(table_schema(load_region(), lang), ensure_ascii=False, indent=1)
    said = text("intake.codebook_schema", lang)
    return "\n".join([*lines, "", said, "", "```json", schema, "```"])


def with_codebook(page: str, lang: str) -> str:
    """A page with the codebook between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{codebook(lang)}\n\n{END}{after}"


def write_pages(checkout: Path) -> None:
    """Write the codebook into the pages of a checkout."""
    for lang, name in PAGES.items():
        path = checkout / name
        page = path.read_text(encoding="utf-8")
        path.write_text(with_codebook(page, lang), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(Path.cwd())
