"""Build the site of pages and notebooks with Sphinx, then follow every link that stays inside it.

Pages with parts that come from the code must be up to date.

Run it through ``python dev.py docs``. Warnings are errors; notebooks are shown with their stored outputs.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

DOCS = Path(__file__).resolve().parent
CHECKOUT = DOCS.parent
NOTEBOOKS = CHECKOUT / "notebooks"
BUILD = CHECKOUT / "build"
SOURCE, SITE = BUILD / "docs-source", BUILD / "docs"
GENERATOR = "jamsos_sim.report.model_page"
"""What writes the parts of pages that come from the code."""
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
"""Elements that a browser loads by itself, with the attribute that says from where."""
LINK = re.compile(r"(?<=\]\()[^)#\s]+")
"""Where a link of a page leads, without its heading."""


class Page(HTMLParser):
    """The links, loaded files and anchors of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element refers to, and the name by which it can be referred to."""
        values = dict(attrs)
        if values.get("id"):
            self.anchors.add(str(values["id"]))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        elif tag in LOADING and values.get(LOADING[tag]):
            self.loaded.append(str(values[LOADING[tag]]))


def gather() -> None:
    """Put the pages and the notebooks side by side, as the site has them."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(DOCS, SOURCE, ignore=shutil.ignore_patterns("__pycache__", "build.py"))
    for page in sorted(DOCS.rglob("*.md")):
        (SOURCE / page.relative_to(DOCS)).write_text(words_in_the_site(page), encoding="utf-8")
    for path in sorted(NOTEBOOKS.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        target = SOURCE / path.relative_to(CHECKOUT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def words_in_the_site(page: Path) -> str:
    """What a page of ``docs/`` says, with links to notebooks as in the site: they lie below its pages."""

    def in_the_site(link: re.Match[str]) -> str:
        target = (page.parent / link[0]).resolve()
        if not target.is_relative_to(NOTEBOOKS):
            return link[0]
        return Path(os.path.relpath(DOCS / target.relative_to(CHECKOUT), page.parent)).as_posix()

    return LINK.sub(in_the_site, page.read_text(encoding="utf-8"))


def faults(site: Path) -> Iterator[str]:
    """Links of a site that lead nowhere, and files that it would load from elsewhere."""
    files = (path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts)
    pages = {path.resolve(): Page(path) for path in files}
    for path, page in pages.items():
        name = path.relative_to(site.resolve()).as_posix()
        for address in [*page.links, *page.loaded]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if address in page.loaded and parts.scheme != "data":
                    yield f"{name} loads {address}"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                yield f"{name} leads to {address}, which is not there"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                yield f"{name} leads to {address}, but there is no such heading"


def main() -> int:
    """Build and check; the exit code."""
    code = subprocess.run([sys.executable, "-m", GENERATOR, "--check"], check=False)
    if code.returncode != 0:
        return code.returncode
    gather()
    options = ["-W", "--keep-going", "-q", "-b", "html", "-d", str(BUILD / "doctrees")]
    code = subprocess.run([sys.executable, "-m", "sphinx", *options, str(SOURCE), str(SITE)], check=False)
    if code.returncode != 0:
        return code.returncode
    found = list(faults(SITE))
    print("\n".join(found) or SITE / "index.html")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
