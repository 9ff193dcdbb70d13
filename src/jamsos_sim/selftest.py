"""The test of an installed package by itself: law, both models of the month, the certificate of a run, and
compiled code.

It needs nothing but the package: no checkout, no network, no folder of its own.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from pyarrow import Table, parquet

from jamsos_sim.api import Settings, simulate
from jamsos_sim.certificate import Verdict, verify
from jamsos_sim.certificate_difference import first_difference
from jamsos_sim.compiled import plainly
from jamsos_sim.errors import InputError
from jamsos_sim.law.cases import worked_cases
from jamsos_sim.messages import text
from jamsos_sim.model.month import MONTH
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.scenario_names import shipped_folder
from jamsos_sim.selftest_compiled import Beside

WORKERS, WORLDS = 200, 1
SCENARIOS = ("program_berjalan", "mandiri_setelah_bantuan", "musyawarah_kelurahan")
"""What both engines walk: the programme as it runs, and the two wordings that add most kinds of numbers to
it. They differ from it since December 2025."""
LAST, MONTHS = "2027-12", 60
LAST_OF_CERTIFICATE = "2024-06"

Parts = dict[str, Callable[[], dict[str, int]]]


class FailedError(Exception):
    """What a part has found to be wrong, as a sentence of the catalogue."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name, values)
        self.name = name
        self.values_said = values

    def sentence(self, lang: str) -> str:
        """The sentence in a language; a verdict among the values in its own sentences."""
        said = {
            name: " ".join(value.sentences(lang)[1:]) if isinstance(value, Verdict) else value
            for name, value in self.values_said.items()
        }
        return text(f"selftest.{self.name}", lang, **said)


@dataclass(frozen=True)
class Outcome:
    """What a part of the test did.

    Attributes
    ----------
    part:
        ``law``, ``engines``, ``certificate`` or ``compiled``.
    counts:
        How many things it looked at, by name.
    fault:
        Why it failed, or ``None``.
    seconds:
        How long it took.
    """

    part: str
    counts: Mapping[str, int] = field(default_factory=dict)
    fault: Exception | None = None
    seconds: float = 0.0

    def sentence(self, lang: str) -> str:
        """What was done, or why it failed."""
        named = text(f"selftest.part_{self.part}", lang)
        if self.fault is not None:
            return text("selftest.failed_part", lang, part=named, reason=_reason(self.fault, lang))
        counts = {name: number(count, Style(lang)) for name, count in self.counts.items()}
        seconds = number(self.seconds, Style(lang, 1))
        done = text(f"selftest.done_{self.part}", lang, **counts)
        return text("selftest.passed_part", lang, part=named, done=done, seconds=seconds)


def _reason(fault: Exception, lang: str) -> str:
    if isinstance(fault, InputError | FailedError):
        return fault.sentence(lang)
    return f"{type(fault).__name__}: {fault}"


def outcomes() -> Iterator[Outcome]:
    """Carry out the parts one after the other; the first that fails is the last.

    Compiled code is looked at in another process from the start on, so that the last part has not long to
    wait.
    """
    beside = Beside()
    try:
        parts: Parts = {**PARTS, "compiled": partial(compiled_is_plain, beside)}
        for name, part in parts.items():
            start = time.perf_counter()
            try:
                with plainly():  # what is compiled is looked at in the last part
                    counts, fault = part(), None
            except Exception as found:  # whatever an installation lacks is what the test is to tell
                counts, fault = {}, found
            yield Outcome(name, counts, fault, time.perf_counter() - start)
            if fault is not None:
                return
    finally:
        beside.end()


def small(**more: Any) -> Settings:
    """Settings of the small run, and others."""
    return cast(Settings, {"workers": WORKERS, "worlds": WORLDS, "threads": 1, **more})


def law_answers() -> dict[str, int]:
    """Put every worked case to the rules."""
    cases = worked_cases()
    if not cases:
        raise FailedError("no_cases")
    for case in cases:
        answer = case.answer()
        if answer != case.expected:
            raise FailedError("wrong_answer", case=case.name, expected=case.expected, answer=answer)
    return {"cases": len(cases)}


def engines_agree() -> dict[str, int]:
    """Simulate shipped scenarios with both models of the month."""
    names = [shipped_folder() / f"{name}.yaml" for name in SCENARIOS]
    fast, readable = (
        simulate(*names, **small(engine=engine, last=LAST)).monthly for engine in ("kernel", "reference")
    )
    difference = first_difference("monthly", fast, readable)
    if difference is not None:
        where = ", ".join(str(value) for value in difference.where.values())
        raise FailedError("engines_differ", where=where, fast=difference.stored, readable=difference.again)
    return {"scenarios": len(names), "workers": WORKERS, "months": MONTHS, "numbers": len(fast)}


def certificate_holds() -> dict[str, int]:
    """Keep a small run, verify it, then change one number of it, which must be found."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "run"
        settings = small(out=folder, last=LAST_OF_CERTIFICATE)
        simulate(shipped_folder() / f"{SCENARIOS[0]}.yaml", **settings)
        verdict = verify(folder, threads=1)
        if not verdict.is_match:
            raise FailedError("no_match", reason=verdict)
        row = change_one_number(folder / "yearly.parquet")
        found = verify(folder, threads=1).difference
        if found is None or (found.table, found.row, found.column) != ("yearly", row, "value"):
            raise FailedError("change_not_found", row=row)
        return {"values": sum(table.values for table in verdict.compared)}


def compiled_is_plain(beside: Beside) -> dict[str, int]:
    """Judge what the comparison of compiled code with plain Python has found."""
    compared = beside.found()
    if compared.difference:
        raise FailedError("compiled_differs", where=compared.difference)
    return {"steps": compared.steps, "all_steps": len(MONTH), "numbers": compared.numbers}


def change_one_number(path: Path) -> int:
    """Add one to the middle value of a stored table; its row, counted from 1."""
    with parquet.ParquetFile(path) as file:
        table = file.read().to_pandas()
    row = len(table) // 2
    table.loc[row, "value"] += 1
    parquet.write_table(Table.from_pandas(table, preserve_index=False), path)
    return row + 1


PARTS: Parts = {
    "law": law_answers,
    "engines": engines_agree,
    "certificate": certificate_holds,
}
"""Name of a part to what it does here; a part returns its counts. What is done beside them comes last."""
