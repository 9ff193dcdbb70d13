"""The commands ``jamsos init``, ``lab`` and ``notebook``: a folder of one's own, JupyterLab, one run."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text

RESULTS = Path("results")
PORTS = (1, 65_535)
FAILED = 1

Folder = Annotated[Path, typer.Argument(help="Folder baru | a new folder.", show_default=False)]
Opened = Annotated[Path, typer.Argument(help="Folder yang dibuka | folder to open.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Buka peramban | open a browser.")]
Port = Annotated[int | None, typer.Option("--port", help="Port lokal | local port.")]
Name = Annotated[
    str, typer.Argument(help="Nama, nomor, atau berkas | name, number or file.", show_default=False)
]
Given = Annotated[
    list[str] | None,
    typer.Option("-p", "--parameter", help="Pengaturan | a setting: worlds=200.", show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", help="Berkas hasil | file of the result.")]
Lang = Annotated[str, typer.Option("--lang", help="Bahasa | language: id, en.")]


def init(folder: Folder, lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Buat folder kerja berisi notebook dan skenario. | Make a folder with notebooks and scenarios."""
    from jamsos_sim.notebook.files import make_folder

    _require_language(lang)
    copied = make_folder(folder)
    counts = {"notebooks": copied.notebooks, "scenarios": copied.scenarios}
    _say(text("notebooks.copied", lang, folder=folder, **counts))


def lab(
    folder: Opened = Path(), browser: Browser = True, port: Port = None, lang: Lang = DEFAULT_LANGUAGE
) -> int:
    """Buka JupyterLab, hanya untuk komputer ini. | Open JupyterLab, for this machine only."""
    from jamsos_sim.notebook.programs import open_lab

    _require_language(lang)
    if not folder.is_dir():
        raise InputError("notebooks.no_folder", folder=folder)
    if port is not None and not PORTS[0] <= port <= PORTS[1]:
        raise InputError("notebooks.bad_port", port=port, smallest=PORTS[0], largest=PORTS[1])
    options = [] if browser else ["--no-browser"]
    return open_lab(folder, options if port is None else [*options, f"--port={port}"])


def notebook(name: Name, parameter: Given = None, out: Out = None, lang: Lang = DEFAULT_LANGUAGE) -> int:
    """Jalankan sebuah notebook dengan angka lain. | Run a notebook with other numbers."""
    from jamsos_sim.notebook.files import find_notebook
    from jamsos_sim.notebook.programs import execute
    from jamsos_sim.notebook.settings import given_settings

    _require_language(lang)
    source = find_notebook(name, lang)
    settings = given_settings(parameter or [], source)
    target = out or RESULTS / f"{datetime.now():%Y%m%d-%H%M%S}-{source.stem}.ipynb"
    _make_room_for(target)
    _say(text("notebooks.running", lang, notebook=source.stem))
    code, failure = execute(source, target, settings)
    if failure is not None and failure.is_input_fault:
        raise InputError("notebooks.cell_failed", reason=failure.reason, file=target)
    if failure is not None:
        _say(text("notebooks.cell_failed", lang, reason=f"{failure.kind}: {failure.reason}", file=target))
        return FAILED
    if code != 0:
        _say(text("notebooks.run_failed", lang, notebook=source.stem, code=code))
        return FAILED
    _say(text("notebooks.written", lang, file=target))
    return 0


def _make_room_for(target: Path) -> None:
    if target.exists():
        raise InputError("notebooks.file_exists", file=target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("notebooks.no_access", folder=target.parent, reason=error) from None


def _require_language(lang: str) -> None:
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
