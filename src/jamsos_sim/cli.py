"""The command line ``jamsos``: list, check, run and compare scenarios, explain one person, use notebooks.

Tables go to standard output, everything else to standard error. Bad input ends with one sentence and exit
code 2, an interrupt with one sentence and exit code 130.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from jamsos_sim import cli_notebooks
from jamsos_sim.cli_explain import OnceEach, explain_person
from jamsos_sim.errors import InputError, ToldInterruptError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text

BAD_INPUT = 2
INTERRUPTED = 130

app = typer.Typer(
    name="jamsos",
    help=(
        "Simulasi kebijakan Jamsosnaker bagi pekerja rentan. | "
        "Policy simulation of social security for informal workers."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Lang = Annotated[str, typer.Option("--lang", help="Bahasa keluaran | output language: id, en.")]
Names = Annotated[
    list[str], typer.Argument(help="Nama atau berkas skenario | scenario names or files.", show_default=False)
]
Worlds = Annotated[int, typer.Option("--worlds", help="Jumlah dunia | number of worlds.")]
Seed = Annotated[int, typer.Option("--seed", help="Benih | seed.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        help="Pekerja informal yang disimulasikan; seluruh kota | informal workers simulated; the city.",
    ),
]
First = Annotated[str, typer.Option("--from", help="Bulan pertama tabel | first month of the tables.")]
Last = Annotated[str, typer.Option("--to", help="Bulan terakhir | last month.")]
Engine = Annotated[str, typer.Option("--engine", help="kernel (cepat | fast), reference (Mesa).")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Folder hasil; dilanjutkan bila belum selesai | run folder; resumed if unfinished."
    ),
]
Threads = Annotated[
    int | None, typer.Option("--threads", help="Dunia yang berjalan bersamaan | worlds side by side.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Satu objek JSON | one JSON object.")]


def checked_language(lang: str) -> str:
    """The language if the catalogue has it; raises `InputError` otherwise."""
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    return lang


@app.command("list")
def list_scenarios(lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Skenario yang tersedia. | The scenarios at hand."""
    from jamsos_sim.cli_scenarios import print_scenarios

    print_scenarios(checked_language(lang))


@app.command("check")
def check(files: Names, lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Periksa berkas skenario. | Check scenario files."""
    from jamsos_sim.cli_scenarios import check_scenarios

    check_scenarios(files, checked_language(lang))


@app.command("run")
def run(
    scenarios: Names,
    worlds: Worlds = 20,
    seed: Seed = 2023,
    workers: Workers = None,
    first: First = "2023-01",
    last: Last = "2030-12",
    engine: Engine = "kernel",
    out: Out = None,
    threads: Threads = None,
    lang: Lang = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Simulasikan skenario. | Simulate scenarios."""
    from jamsos_sim.api import base_of, plan_of
    from jamsos_sim.cli_runs import Wishes, carry_out

    checked_language(lang)
    plan = plan_of(
        scenarios,
        {
            "worlds": worlds,
            "seed": seed,
            "workers": workers,
            "first": first,
            "last": last,
            "engine": engine,
        },
    )
    carry_out(plan, base_of(plan), Wishes(out, threads, lang, as_json))


@app.command("compare")
def compare(
    scenarios: Names,
    worlds: Worlds = 20,
    seed: Seed = 2023,
    workers: Workers = None,
    first: First = "2023-01",
    last: Last = "2030-12",
    engine: Engine = "kernel",
    out: Out = None,
    threads: Threads = None,
    lang: Lang = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Bandingkan skenario dengan yang pertama, dunia demi dunia. | Compare scenarios with the first, world by
    world.
    """
    from jamsos_sim.api import plan_of
    from jamsos_sim.cli_runs import Wishes, carry_out

    checked_language(lang)
    plan = plan_of(
        scenarios,
        {
            "worlds": worlds,
            "seed": seed,
            "workers": workers,
            "first": first,
            "last": last,
            "engine": engine,
        },
    )
    carry_out(plan, plan.scenarios[0].name, Wishes(out, threads, lang, as_json))


app.command("explain", cls=OnceEach)(explain_person)
app.command("init")(cli_notebooks.init)
app.command("lab")(cli_notebooks.lab)
app.command("notebook")(cli_notebooks.notebook)


def asked_language(words: list[str]) -> str:
    """Language in which to speak of a fault, as far as the command line tells."""
    for place, word in enumerate(words):
        name, _, given = word.partition("=")
        if name == "--lang":
            lang = given or next(iter(words[place + 1 :]), "")
            return lang if lang in LANGUAGES else DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE


def exit_code(words: list[str]) -> int:
    """Carry out a command line; its exit code."""
    lang = asked_language(words)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a redirected stream on Windows is not UTF-8
            stream.reconfigure(encoding="utf-8")
    try:
        result = app(words, standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except InputError as fault:
        print(fault.sentence(lang), file=sys.stderr)
        return BAD_INPUT
    except ToldInterruptError:
        return INTERRUPTED
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as fault:
        return usage_fault(fault, lang)
    if code == INTERRUPTED:  # the library turns most interrupts into their exit code
        print(text("run.interrupted_early", lang), file=sys.stderr)
    return code


def usage_fault(fault: Exception, lang: str) -> int:
    """Say what is wrong with the words of a command line; anything else is a fault of ours and is raised.

    The library has its own copy of the exceptions of a bad command line; they are known by what they can say.
    """
    if not hasattr(fault, "format_message"):
        raise fault
    said = fault.format_message()
    is_help = said.lstrip().startswith("Usage:") or not said.strip()
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    print(said if is_help else text("cli.usage", lang, reason=said), file=sys.stderr)
    return BAD_INPUT
