"""Double entry: the oldest law and all amendments in order give the law of every month."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jamsos_sim.law.in_force import Law, law_of
from jamsos_sim.law.selectors import PAYERS, SECTORS
from jamsos_sim.units import MONTHS_PER_YEAR, month_label, month_of

FOLDER = Path(__file__).parent / "round_trip"
FIRST, LAST = month_of("2015-07"), month_of("2031-01")


def read(name: str) -> Any:
    return YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


OLDEST, AMENDMENTS, TODAY = read("oldest"), read("amendments"), read("today")


def month_of_day(day: date) -> int:
    return day.year * MONTHS_PER_YEAR + day.month - 1


def is_in_force(amendment: dict[str, Any], month: int) -> bool:
    ends = month_of_day(amendment["to"]) if "to" in amendment else LAST
    return month_of_day(amendment["from"]) <= month <= ends


def applied(values: dict[str, Any], amendment: dict[str, Any]) -> dict[str, Any]:
    amended = {**values, **amendment.get("values", {})}
    due = amendment.get("due")
    for name in ("jkk_due_ppm", "jkm_due_ppm") if due else ():
        amended[name] = [
            due["ppm"] if payer in due["payers"] and sector in due["sectors"] else old
            for (payer, sector), old in zip(pairs(), amended[name], strict=True)
        ]
    return amended


def pairs() -> list[tuple[str, str]]:
    return [(payer, sector) for payer in PAYERS for sector in SECTORS]


def replayed(month: int) -> dict[str, Any]:
    values = OLDEST["values"]
    for amendment in AMENDMENTS:
        if is_in_force(amendment, month):
            values = applied(values, amendment)
    return values


def plain(law: Law) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in law._asdict().items()}


def test_the_oldest_law_and_all_amendments_give_the_law_of_every_month() -> None:
    differing = [
        (month_label(month), name)
        for month in range(FIRST, LAST)
        for name, value in plain(law_of(month)).items()
        if replayed(month)[name] != value
    ]
    assert differing == []


@pytest.mark.parametrize("written", [OLDEST, TODAY], ids=["oldest", "today"])
def test_the_law_written_out_is_the_law_in_force(written: dict[str, Any]) -> None:
    assert plain(law_of(month_of(written["month"]))) == written["values"]


def test_amendments_are_listed_in_the_order_of_their_first_day() -> None:
    days = [amendment["from"] for amendment in AMENDMENTS]
    assert days == sorted(days)


def test_leaving_out_any_amendment_breaks_the_round_trip() -> None:
    for left_out in AMENDMENTS:
        month = month_of_day(left_out["from"])
        others = [amendment for amendment in AMENDMENTS if amendment is not left_out]
        values = OLDEST["values"]
        for amendment in others:
            values = applied(values, amendment) if is_in_force(amendment, month) else values
        assert values != plain(law_of(month)), left_out["instrument"]
