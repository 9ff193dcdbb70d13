"""The command ``jamsos intake``: a city's own register becomes the people of a simulation."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text
from jamsos_sim.population.default_region import DEFAULT_REGION

if TYPE_CHECKING:
    from jamsos_sim.population.intake import Intake, Request
    from jamsos_sim.population.region import Region

REJECTED = "rejected.csv"
MOST_REASONS = 5

File = Annotated[
    Path, typer.Argument(help="CSV, XLSX, atau Parquet | CSV, XLSX or Parquet.", show_default=False)
]
MapFile = Annotated[
    Path, typer.Option("--map", help="Peta kolom (YAML) | map of the columns (YAML).", show_default=False)
]
Out = Annotated[
    Path, typer.Option("--out", help="Berkas hasil (.parquet) | file to make (.parquet).", show_default=False)
]
Rejected = Annotated[
    Path | None,
    typer.Option("--rejected", help="Baris yang ditolak; di samping --out | rejected rows; beside --out."),
]
KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help="Kunci NIK; atau JAMSOS_NIK_KEY | key of the NIK.")
]
RegionName = Annotated[str, typer.Option("--region", help="Wilayah | region.")]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Lembar kerja | sheet of a workbook.")]
Lang = Annotated[str, typer.Option("--lang", help="Bahasa | language: id, en.")]


def intake(
    file: File,
    map_file: MapFile,
    out: Out,
    rejected: Rejected = None,
    key_file: KeyFile = None,
    region: RegionName = DEFAULT_REGION,
    sheet: Sheet = None,
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Terima register kota sendiri, tanpa nama dan NIK. | Take in a city's own register, without names and
    NIK.
    """
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    from jamsos_sim.population.intake import Request, take_in
    from jamsos_sim.population.region_file import load_region

    of = load_region(region)
    request = Request(file, map_file, out, rejected or out.with_name(REJECTED), key_file, sheet)
    taken = take_in(request, of, lang)
    report(taken, of, lang)
    _aside(text("intake.written", lang, out=out, rejected=request.rejected))
    warn(taken, request, lang)


def report(taken: "Intake", region: "Region", lang: str) -> None:
    """Print counts, the most frequent reasons, and the kept people with small counts hidden."""
    from rich.console import Console

    from jamsos_sim.population.intake_rejects import sentence, top_reasons
    from jamsos_sim.report.numbers import Style, number
    from jamsos_sim.report.register_people import by_place, masked_table

    def amount(value: int) -> str:
        return number(value, Style(lang))

    read, kept, lost = (amount(count) for count in taken.counts)
    print(text("intake.counts", lang, read=read, kept=kept, rejected=lost))
    if taken.odd_lines:
        _aside(text("intake.odd_lines", lang, lines=amount(taken.odd_lines)))
    for field, reason, count in top_reasons(taken.faults, MOST_REASONS):
        where = taken.names.get(field, text("intake.whole_row", lang))
        said = sentence(reason, "…", lang)
        print(text("intake.reason_line", lang, column=where, reason=said, rows=amount(count)))
    print()
    Console().print(masked_table(by_place(taken.people, region, lang), lang))
    print(text("intake.table_note", lang))


def warn(taken: "Intake", request: "Request", lang: str) -> None:
    """Say loudly what may have gone wrong as a whole: many rows lost, amounts meant in thousands."""
    from jamsos_sim.population.intake_warnings import IMPLAUSIBLE_INCOME, loses_many
    from jamsos_sim.report.numbers import Style, number, rupiah

    def percent(part: int, whole: int) -> str:
        return number(100 * part / whole, Style(lang))

    counts, incomes = taken.counts, taken.incomes
    files = {"out": request.out, "rejected": request.rejected}
    if loses_many(counts):
        rows, share = number(counts.rejected, Style(lang)), percent(counts.rejected, counts.read)
        _aside(text("intake.many_rejected", lang, rows=rows, percent=share, **files))
    if incomes.is_doubtful:
        share, limit = percent(incomes.implausible, incomes.people), rupiah(IMPLAUSIBLE_INCOME, lang)
        column = taken.names["declared_income"]
        _aside(text("intake.low_incomes", lang, percent=share, limit=limit, column=column, **files))


def _aside(sentence: str) -> None:
    from rich.console import Console

    Console(stderr=True, soft_wrap=True).print(sentence, markup=False, highlight=False)
