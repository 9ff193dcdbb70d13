"""The command ``jamsos explain``: one person, what is owed, what an event pays, and by which provision."""

import json
import re
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES

NARROWEST, WIDEST = 60, 100
"""Characters in a line of the text; between them the terminal decides."""
WHOLE = re.compile(r"(Rp)?(-?[0-9]+|-?[0-9]{1,3}([.,_][0-9]{3})+)")
SHARE = re.compile(r"-?[0-9]+([.,][0-9]+)?%?")
REPEATED = ("--reading",)
LARGEST = 10**12
"""No number of a person's case is larger."""


class OnceEach(TyperCommand):
    """A command whose options are given once each, but for those in `REPEATED`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse an option that is given twice; otherwise parse as usual."""
        seen: set[str] = set()
        for word in args:
            name = word.partition("=")[0]
            if name.startswith("--") and name not in REPEATED:
                if name in seen:
                    raise InputError("cli.given_twice", option=name)
                seen.add(name)
        return super().parse_args(ctx, args)


def _option(name: str, indonesian: str, english: str) -> Any:
    return typer.Option(name, help=f"{indonesian} | {english}", show_default=False)


Word = str | None
Payer = Annotated[
    str,
    _option("--payer", "Pembayar iuran", "who pays: apbd, apbn, self, csr, baznas, donor. (default apbd)"),
]
Sector = Annotated[
    str, _option("--sector", "Sektor kerja", "sector of work: transport, other. (default other)")
]
Month = Annotated[Word, _option("--month", "Bulan iuran dan kejadian", "month, such as 2026-02.")]
Income = Annotated[
    str,
    _option(
        "--income", "Penghasilan sebulan yang dilaporkan, rupiah", "declared monthly income. (default 0)"
    ),
]
Jht = Annotated[bool, _option("--jht", "Dengan tabungan hari tua (JHT)", "with optional old-age saving.")]
Event = Annotated[Word, _option("--event", "Kejadian", "what happened: death, accident.")]
Cause = Annotated[
    Word, _option("--cause", "Sebab", "cause: work, other, commute, disease, violence. (default other)")
]
Age = Annotated[Word, _option("--age", "Umur peserta", "age of the worker (for the reading U18).")]
PaidMonths = Annotated[
    Word, _option("--paid-months", "Seluruh bulan iuran", "all months ever paid, gaps left out.")
]
ConsecutiveMonths = Annotated[
    Word,
    _option(
        "--consecutive-months",
        "Bulan iuran berturut-turut yang genap sebelum bulan kejadian",
        "months in a row completed before the month of the event; that or --paid-months stands for both.",
    ),
]
GapMonths = Annotated[
    Word,
    _option(
        "--gap-months",
        "Lamanya putus iuran sebelum bulan berturut-turut itu",
        "length of the break before these months; if not given, long enough to lapse.",
    ),
]
MonthsUnpaid = Annotated[
    Word,
    _option(
        "--months-unpaid", "Bulan menunggak, termasuk bulan kejadian", "months in arrears, this included."
    ),
]
Children = Annotated[Word, _option("--children", "Umur anak, misalnya 5,9", "ages of the children.")]
Heir = Annotated[
    Word,
    _option(
        "--heir",
        "Ahli waris",
        "heirs: spouse_or_child, blood_line, siblings, parents_in_law, named_in_will, none. "
        "(default spouse_or_child)",
    ),
]
Severity = Annotated[
    Word,
    _option(
        "--severity",
        "Akibat kecelakaan",
        "care, temporary, partial, functional, total, death. (default care)",
    ),
]
Days = Annotated[Word, _option("--days", "Hari tidak mampu bekerja", "days unable to work.")]
Percent = Annotated[
    Word, _option("--percent", "Persentase cacat menurut tabel", "percentage of the schedule, 0 to 100.")
]
Losses = Annotated[
    Word, _option("--losses", "Baris tabel cacat, misalnya one_foot", "rows of the schedule instead of it.")
]
LossPercent = Annotated[
    Word, _option("--loss-percent", "Persentase kehilangan fungsi", "loss of function, 0 to 100.")
]
MedicalCost = Annotated[Word, _option("--medical-cost", "Biaya perawatan, rupiah", "cost of care.")]
TrafficPayment = Annotated[
    Word,
    _option("--traffic-payment", "Yang sudah dibayar Jasa Raharja, rupiah", "what Jasa Raharja has paid."),
]
ClaimMonth = Annotated[Word, _option("--claim-month", "Bulan klaim", "month of the claim. (default --month)")]
Readings = Annotated[
    list[str] | None,
    _option("--reading", "Bacaan hukum, boleh berulang", "reading of the law, repeatable: U3=keeps."),
]
AsJson = Annotated[bool, _option("--json", "Satu objek JSON", "one JSON object.")]
Lang = Annotated[str, _option("--lang", "Bahasa keluaran", "output language: id, en. (default id)")]


def explain_person(
    payer: Payer = "apbd",
    sector: Sector = "other",
    month: Month = None,
    income: Income = "0",
    jht: Jht = False,
    event: Event = None,
    cause: Cause = None,
    age: Age = None,
    paid_months: PaidMonths = None,
    consecutive_months: ConsecutiveMonths = None,
    gap_months: GapMonths = None,
    months_unpaid: MonthsUnpaid = None,
    children: Children = None,
    heir: Heir = None,
    severity: Severity = None,
    days: Days = None,
    percent: Percent = None,
    losses: Losses = None,
    loss_percent: LossPercent = None,
    medical_cost: MedicalCost = None,
    traffic_payment: TrafficPayment = None,
    claim_month: ClaimMonth = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Jelaskan satu orang: iuran, manfaat, dan dasar hukumnya. | Explain one person: what is owed, what is
    paid, by which provision.
    """
    from jamsos_sim.law.explain import explain
    from jamsos_sim.law.person import Person

    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    if month is None:
        raise InputError("cli.month_needed")
    person = Person(
        payer=name_of(payer),
        sector=name_of(sector),
        month=month,
        income=whole("--income", income),
        event=None if event is None else name_of(event),
        cause=None if cause is None else name_of(cause),
        age=None if age is None else whole("--age", age),
        paid_months=None if paid_months is None else whole("--paid-months", paid_months),
        consecutive_months=(
            None if consecutive_months is None else whole("--consecutive-months", consecutive_months)
        ),
        gap_months=None if gap_months is None else whole("--gap-months", gap_months),
        months_unpaid=whole("--months-unpaid", months_unpaid or "0"),
        children=[whole("--children", age) for age in listed("--children", children)],
        severity=None if severity is None else name_of(severity),
        days=whole("--days", days or "0"),
        percent=share("--percent", percent or "0"),
        loss_percent=share("--loss-percent", loss_percent or "0"),
        losses=listed("--losses", losses),
        medical_cost=whole("--medical-cost", medical_cost or "0"),
        traffic_payment=whole("--traffic-payment", traffic_payment or "0"),
        claim_month=claim_month,
        heir=None if heir is None else name_of(heir),
        has_jht=jht,
        readings=readings_of(reading or ()),
    )
    explanation = explain(person)
    if as_json:
        print(json.dumps(explanation.to_json(lang), ensure_ascii=False))
    else:
        columns = get_terminal_size((WIDEST, 0)).columns
        print(explanation.to_text(lang, min(max(columns, NARROWEST), WIDEST)))


def name_of(given: str) -> str:
    """A name as the law knows it, whatever the case in which it is typed."""
    return given.strip().lower().replace("-", "_")


def whole(option: str, given: str) -> int:
    """A whole number, with or without marks between its thousands; raises `InputError` otherwise."""
    written = given.strip()
    if WHOLE.fullmatch(written) is None:
        raise InputError("cli.not_whole", option=option, given=given)
    number = int(re.sub(r"Rp|[.,_]", "", written))
    if number > LARGEST:
        raise InputError("cli.too_large", option=option, given=given)
    return number


def share(option: str, given: str) -> float:
    """A percentage such as 12.5, 12,5 or 12%; raises `InputError` otherwise."""
    written = given.strip()
    if SHARE.fullmatch(written) is None:
        raise InputError("cli.not_a_share", option=option, given=given)
    return float(written.removesuffix("%").replace(",", "."))


def listed(option: str, given: str | None) -> list[str]:
    """The parts of a list that commas separate; raises `InputError` when one is empty."""
    if given is None:
        return []
    parts = [part.strip() for part in given.split(",")]
    if not all(parts):
        raise InputError("cli.empty_part", option=option, given=given)
    return parts


def readings_of(given: Sequence[str]) -> dict[str, str]:
    """Readings such as ``U3=keeps`` by question; raises `InputError` for another form or a repetition."""
    readings: dict[str, str] = {}
    for reading in given:
        question, equals, option = (part.strip() for part in reading.partition("="))
        if not (question and equals and option):
            raise InputError("cli.not_a_reading", given=reading)
        if question.upper() in readings:
            raise InputError("cli.given_twice", option=f"--reading {question.upper()}")
        readings[question.upper()] = option.lower()
    return readings
