"""The command line ``jamsos``: list, check, run and compare scenarios, explain one person, use notebooks.

Tables go to standard output, everything else to standard error. Bad input ends with one sentence and exit
code 2, an interrupt with one sentence and exit code 130.
"""

import sys

import typer

from jamsos_sim import cli_notebooks
from jamsos_sim.cli_bench import bench
from jamsos_sim.cli_certificate import selftest, verify
from jamsos_sim.cli_explain import OnceEach, explain_person
from jamsos_sim.cli_intake import intake
from jamsos_sim.cli_population import population
from jamsos_sim.cli_region import region_app
from jamsos_sim.cli_run_options import Lang, Names, Region, Run, with_run_options, with_table_options
from jamsos_sim.cli_usage import usage_reason
from jamsos_sim.errors import InputError, ToldInterruptError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text
from jamsos_sim.population.default_region import DEFAULT_REGION

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
def check(files: Names, region: Region = DEFAULT_REGION, lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Periksa berkas skenario. | Check scenario files."""
    from jamsos_sim.cli_scenarios import check_scenarios

    check_scenarios(files, checked_language(lang), region)


@app.command("codebook")
def codebook(lang: Lang = DEFAULT_LANGUAGE) -> None:
    """Arti dan satuan setiap besaran. | Meaning and unit of every quantity."""
    from jamsos_sim.report.codebook import codebook_page

    print(codebook_page(checked_language(lang)))


@app.command("run")
@with_table_options
def run(asked: Run) -> None:
    """Simulasikan skenario. | Simulate scenarios."""
    from jamsos_sim.api import base_of, plan_of
    from jamsos_sim.cli_runs import carry_out, wishes_of

    checked_language(asked.lang)
    wishes = wishes_of(asked)
    plan = plan_of(asked.scenarios, asked.settings)
    carry_out(plan, base_of(plan), wishes)


@app.command("compare")
@with_table_options
def compare(asked: Run) -> None:
    """Bandingkan skenario dengan yang pertama, dunia demi dunia. | Compare scenarios with the first, world by
    world.
    """
    from jamsos_sim.api import plan_of
    from jamsos_sim.cli_runs import carry_out, wishes_of

    checked_language(asked.lang)
    wishes = wishes_of(asked)
    plan = plan_of(asked.scenarios, asked.settings)
    carry_out(plan, plan.scenarios[0].name, wishes)


@app.command("verification")
@with_run_options
def verification(asked: Run) -> None:
    """Nilai setiap pemeriksaan data sejak --from. | The worth of each check of the data, since --from."""
    from jamsos_sim.cli_verification import study_verification

    checked_language(asked.lang)
    study_verification(asked)


app.command("verify")(verify)
app.command("selftest")(selftest)
app.command("bench")(bench)
app.command("explain", cls=OnceEach)(explain_person)
app.command("intake")(intake)
app.command("population", cls=OnceEach)(population)
app.add_typer(region_app, name="region")
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

    Faults of the command line are known by what they can say.
    """
    if not hasattr(fault, "format_message"):
        raise fault
    said = fault.format_message()
    is_help = said.lstrip().startswith("Usage:") or not (said.strip() or hasattr(fault, "param"))
    print(said if is_help else text("cli.usage", lang, reason=usage_reason(fault, lang)), file=sys.stderr)
    return BAD_INPUT
