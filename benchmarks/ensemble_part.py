"""What many worlds cost, as `docs/skala.md` says it: measured for the city, computed for larger regions."""

from typing import Any

from speed_figure import written
from speed_words import WORDS, paragraphs

from jamsos_sim.report.numbers import Style, number

CITY = 270_000
"""About as many informal workers as the measured region has."""
REGIONS = (CITY, 2_600_000, 86_000_000)
"""Informal workers of the city, of a province such as Banten, and of the country, about."""
WORLDS, PROCESSORS = 100, 8
MINUTE, HOUR = 60.0, 3_600.0
LONG = 90
"""So many seconds are told as minutes, so many minutes as hours."""
MEBIBYTE, MEGABYTE, GIGABYTE = 2**20, 1e6, 1e9


def duration(seconds: float, lang: str) -> str:
    """A time in the unit that suits it."""
    units = WORDS[lang]["units"]
    if seconds < LONG:
        return f"{written(seconds, lang)} {units['seconds']}"
    if seconds < LONG * MINUTE:
        return f"{written(seconds / MINUTE, lang)} {units['minutes']}"
    return f"{written(seconds / HOUR, lang)} {units['hours']}"


def ensemble_part(kept: dict[str, Any], lang: str) -> str:
    """What was measured, and below it a table of what is computed from it."""
    words = WORDS[lang]

    def plain(value: float, digits: int = 0) -> str:
        return number(value, Style(lang, digits))

    each = kept["processor"] / kept["worlds"]
    held = (kept["peak"] - kept["before"]) * MEBIBYTE / kept["threads"]
    said = paragraphs(
        words["ensemble"],
        asked=kept["worlds"],
        worlds=plain(kept["worlds"]),
        months=plain(kept["months"]),
        threads=plain(kept["threads"]),
        city=plain(CITY),
        processor=plain(kept["processor"]),
        each=plain(each, 1),
        peak=plain(kept["peak"] * MEBIBYTE / MEGABYTE),
        before=plain(kept["before"] * MEBIBYTE / MEGABYTE),
        disk=plain(kept["disk"] * MEBIBYTE / MEGABYTE / kept["worlds"], 2),
    )
    rows = [words["heads"]["ensemble"], ["---"] * len(words["heads"]["ensemble"])]
    for name, workers in zip(words["regions"], REGIONS, strict=True):
        times = workers / CITY
        spent = (duration(each * times, lang), duration(each * times * WORLDS / PROCESSORS, lang))
        rows.append([name, plain(workers), *spent, f"{written(held * times / GIGABYTE, lang)} GB"])
    return said + "\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)
