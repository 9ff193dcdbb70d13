"""The commands ``jamsos verify`` and ``jamsos selftest``: can a run be reproduced, does the package work."""

from pathlib import Path
from typing import Annotated

import typer

from jamsos_sim.cli_run_options import AsJson, Cluster, Lang, Population, Threads
from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text

DIFFERENT = 1

RunFolder = Annotated[
    Path, typer.Argument(help="Folder hasil | folder of a run.", metavar="RESULTS", show_default=False)
]
OtherRegion = Annotated[
    str | None,
    typer.Option("--region", help="Wilayah bila tidak ditemukan lagi | region, if it is not found any more."),
]


def verify(
    folder: RunFolder,
    region: OtherRegion = None,
    population: Population = None,
    threads: Threads = None,
    cluster: Cluster = None,
    lang: Lang = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Hitung ulang hasil yang tersimpan dan bandingkan bit demi bit. | Compute a stored run again and compare
    it bit for bit.
    """
    _check_language(lang)
    import json

    from jamsos_sim.certificate import certificate_of, verdict_on
    from jamsos_sim.cli_runs import progress_bar
    from jamsos_sim.ensemble_hands import Hands

    hands = Hands(threads, cluster)
    certificate = certificate_of(folder, region, population)
    with progress_bar(certificate.plan, lang) as advance:
        verdict = verdict_on(certificate, hands, advance)
    if as_json:
        print(json.dumps(verdict.to_record(), ensure_ascii=False))
    else:
        for sentence in verdict.sentences(lang):
            say(sentence)
    if not verdict.is_match:
        raise typer.Exit(DIFFERENT)


def selftest(lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Uji paket yang terpasang: hukum, dua mesin, sertifikat. | Test the installed package: law, two engines,
    certificate.
    """
    _check_language(lang)
    from jamsos_sim.ensemble_manifest import versions
    from jamsos_sim.report.numbers import Style, number
    from jamsos_sim.selftest import outcomes

    known = versions()
    about = {"version": known["jamsos-sim"], "python": known["python"], "machine": known["machine"]}
    say(text("selftest.title", lang, **about))
    seconds = 0.0
    for outcome in outcomes():
        say(outcome.sentence(lang))
        seconds += outcome.seconds
        if outcome.fault is not None:
            raise typer.Exit(DIFFERENT)
    say(text("selftest.passed", lang, seconds=number(seconds, Style(lang, 1))))


def say(sentence: str) -> None:
    """Print a sentence at once; a terminal breaks it between words, a file keeps it in one line."""
    from rich.console import Console

    console = Console()
    console.print(sentence, markup=False, highlight=False, soft_wrap=not console.is_terminal)
    console.file.flush()


def _check_language(lang: str) -> None:
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
