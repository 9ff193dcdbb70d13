"""Sphinx extension: every page of the site speaks one language throughout, and leads to its other language.

The words of a page decide about the words around it: the pages below ``en/`` and ``notebooks/en/`` and those
of reference are in English, all others in Indonesian.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ENGLISH = ("en/", "notebooks/en/")
REFERENCE = ("model", "glossary", "decisions/")
REFERENCE_LINKS = (("model", "The model"), ("glossary", "Glossary"), ("decisions/index", "Design decisions"))
OTHER = re.compile(
    r"^\*(?:In English|Dalam bahasa Indonesia|\[In English|\[Dalam bahasa Indonesia).*\((.+)\.md\)"
)
WORDS = {
    "Back to top": "Kembali ke atas",
    "Breadcrumb": "Jejak halaman",
    "Color mode": "Warna",
    "Dark": "Gelap",
    "Home": "Beranda",
    "Light": "Terang",
    "On this page": "Di halaman ini",
    "Search": "Cari",
    "Section Navigation": "Daftar isi",
    "Site navigation": "Daftar isi",
    "Skip to main content": "Langsung ke isi",
    "System Settings": "Menurut komputer",
    "next page": "halaman berikut",
    "previous page": "halaman sebelumnya",
}
"""Words of the theme that nobody has translated into Indonesian."""


def other_language(page: str, folder: Path) -> str | None:
    """The page that says the same in the other language, or nothing.

    Notebooks have the same name in both folders; another page names its counterpart in its first lines.
    """
    if page.startswith("notebooks/"):
        name = page.rpartition("/")[2]
        return f"notebooks/{name}" if page.startswith("notebooks/en/") else f"notebooks/en/{name}"
    source = folder / f"{page}.md"
    if not source.is_file():
        return None
    lines = source.read_text(encoding="utf-8").splitlines()
    found = next(filter(None, map(OTHER.match, lines)), None)
    return normpath(join(dirname(page), found[1])) if found else None


def speak(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Set the language of a page and of the theme's words on it."""
    context["is_english_part"] = page.startswith(ENGLISH)
    context["other_language"] = other_language(page, Path(app.srcdir))
    context["reference"] = REFERENCE_LINKS
    if page.startswith((*ENGLISH, *REFERENCE)):
        words: Callable[[str], str] = str
        context["language"] = "en"
        context["ngettext"] = lambda one, many, number: one if number == 1 else many
    else:
        translated = app.builder.templates.environment.globals["gettext"]

        def words(word: str) -> str:
            return WORDS.get(word) or str(translated(word))

    context["_"] = context["gettext"] = words


def setup(app: Sphinx) -> dict[str, bool]:
    """Take part in the making of every page."""
    app.connect("html-page-context", speak, priority=100)  # before the theme looks which items are empty
    return {"parallel_read_safe": True, "parallel_write_safe": True}
