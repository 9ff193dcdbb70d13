"""Write the numbers of `docs/performance.md` and its figure, and those of `docs/skala.md`:
``python benchmarks/page.py [--measure]``.

The numbers are those kept in ``benchmarks/numbers/`` by the benchmarks. With ``--measure`` the benchmarks run
first, one after the other, and keep theirs there: peers (environments made from nothing), full month, scale,
and a small ensemble.
"""

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from ensemble_part import ensemble_part
from speed_figure import speed_figure, written
from speed_words import WORDS, paragraphs

from jamsos_sim.ensemble import LARGEST_RUN
from jamsos_sim.report.chart import save_figure
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.scenario import load_scenario

HERE = Path(__file__).resolve().parent
DOCS, NUMBERS = HERE.parent / "docs", HERE / "numbers"
PAGES = {"id": DOCS / "performance.md", "en": DOCS / "en" / "performance.md"}
COST_PAGES = {"id": DOCS / "skala.md", "en": DOCS / "en" / "scaling.md"}
IMAGES = {"id": DOCS / "images" / "kecepatan.png", "en": DOCS / "images" / "speed.png"}
BENCHMARKS = {
    "peers": ["peers/run.py"],
    "full_month": ["full_month.py"],
    "scale": ["scale.py", "100000000"],
    "ensemble": ["ensemble.py", "10"],
}
MINUTE = 60


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def explained(said: dict[str, str], filled: str, **values: str) -> str:
    """What is said before a table, the table, and what is said below it."""
    before, after = (paragraphs(said[place], **values) for place in ("before", "after"))
    return f"{before}\n\n{filled}\n\n{after}"


def plain(value: float, lang: str, digits: int = 0) -> str:
    """A number as the language writes it."""
    return number(value, Style(lang, digits))


def lean_part(peers: dict[str, Any], lang: str) -> str:
    """The table of the peers."""
    words, slowest = WORDS[lang], peers["peers"]["mesa"]["rate"]
    rows = [
        [
            f"{words['peers'][peer]} {own['version']}".strip(),
            plain(own["rate"] / 1e6, lang, 2),
            plain(own["rate"] / slowest, lang, 1),
            plain(own["bytes"], lang),
            plain(own["cold"], lang, 1),
            words["equal"]
            if own["is_exact"]
            else words["within"].format(deviations=plain(own["deviations"], lang, 1), seeds=own["rounds"]),
        ]
        for peer, own in peers["peers"].items()
    ]
    copied, share = plain(peers["copied"] / 1e9, lang, 1), plain(peers["share"] * 100, lang, 1)
    asked = {name: plain(peers[name], lang) for name in ("workers", "months")}
    return explained(words["lean"], table(words["heads"]["lean"], rows), copied=copied, share=share, **asked)


def full_part(full: dict[str, Any], lang: str) -> str:
    """The table of the full month."""
    rates, few = full["rates"], full["few_months"]
    rows = [
        [
            program,
            *(written(rates[name][kind], lang) for kind in ("first", "further")),
            written(rates[name]["first"] / rates["mesa"]["first"], lang),
            written(few[name], lang),
            plain(full["bytes"][name], lang),
        ]
        for name, program in WORDS[lang]["programs"].items()
    ]
    ratios = {
        start + kind: plain(rates["kernel"][kind] / rates[program][kind], lang, 1)
        for start, program in (("", "numpy"), ("whole_", "numpy_whole"))
        for kind in rates["kernel"]
    }
    against_mesa = written(rates["kernel"]["further"] / rates["mesa"]["further"], lang)
    head = [word.format(months=full["mesa_months"]) for word in WORDS[lang]["heads"]["full"]]
    sizes = {name: plain(full[name], lang) for name in ("workers", "months", "mesa_workers", "mesa_months")}
    minutes = full["workers"] * full["months"] / (rates["mesa"]["first"] * 1e6) / MINUTE
    known = {
        "equal": str(len(full["equal"])),
        "shipped": str(len(full["equal"]) + len(full["refused"])),
        "refused": "; ".join(load_scenario(name).title[lang] for name in full["refused"]),
    }
    own = {
        "ordinary": written(full["ordinary"], lang),
        **{
            f"ordinary_{kind}": plain(rate / full["ordinary"], lang, 1)
            for kind, rate in rates["kernel"].items()
        },
        **{
            f"seconds_{kind}": plain(full["worker_months"] / (rate * 1e6), lang, 2)
            for kind, rate in rates["kernel"].items()
        },
    }
    told = {**ratios, **sizes, **known, **own, "mesa": against_mesa, "minutes": plain(minutes, lang)}
    return explained(WORDS[lang]["full"], table(head, rows), **told)


def scale_part(scale: dict[str, Any], lang: str) -> str:
    """The table of sizes and lengths."""
    rows = [
        [
            plain(point["workers"], lang),
            str(point["months"]),
            plain(point["seconds"], lang, 2),
            plain(point["worker_months"] / point["seconds"] / 1e6, lang, 1),
            str(point["worlds"]),
        ]
        for point in (*scale["by_size"], *scale["by_length"])
    ]
    exponents = scale["exponents"]
    fits = {kind: plain(value, lang, 2) for kind, value in exponents.items()}
    sizes = {
        "months": str(scale["by_size"][0]["months"]),
        "many": plain(scale["by_length"][0]["workers"], lang),
        "largest": plain(LARGEST_RUN, lang),
        "chunk": plain(scale["by_size"][-1]["workers"] // scale["by_size"][-1]["worlds"], lang),
    }
    told = {**sizes, **{f"slope_{kind}": value for kind, value in fits.items()}}
    told["stretches"] = stretches(scale["by_length"], lang)
    return explained(WORDS[lang]["scale"], table(WORDS[lang]["heads"]["scale"], rows), **told)


def stretches(by_length: list[dict[str, Any]], lang: str) -> str:
    """What a month costs in each of the stretches between the lengths that were measured."""
    lengths = [{"months": 0, "seconds": 0.0}, *by_length]
    said = []
    for before, point in pairwise(lengths):
        each = (point["seconds"] - before["seconds"]) / (point["months"] - before["months"])
        said.append(
            WORDS[lang]["stretches"]["one"].format(
                milliseconds=plain(each * 1_000, lang), first=before["months"] + 1, last=point["months"]
            )
        )
    return ", ".join(said)


def with_parts(page: str, parts: dict[str, str]) -> str:
    """A page with its generated parts anew."""
    for name, part in parts.items():
        mark = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not mark.search(page):
            raise SystemExit(f"the page has no place for {name}")
        page = mark.sub(lambda found, part=part: f"{found[1]}\n{part}\n\n{found[2]}", page)
    return page


def measure() -> None:
    """Run the benchmarks, each in a process of its own."""
    for name, (script, *words) in BENCHMARKS.items():
        kept = f"--json={NUMBERS / name}.json"
        subprocess.run([sys.executable, HERE / script, *words, kept], check=True)


def kept_numbers() -> list[dict[str, Any]]:
    """What the benchmarks have kept: peers, full month, scale, ensemble."""
    return [json.loads((NUMBERS / f"{name}.json").read_text(encoding="utf-8")) for name in BENCHMARKS]


def written_page(page: str, lang: str) -> str:
    """The page on speed with the numbers that are kept."""
    peers, full, scale, _ = kept_numbers()
    parts = {"lean": lean_part(peers, lang), "full": full_part(full, lang), "scale": scale_part(scale, lang)}
    return with_parts(page, parts)


def written_cost_page(page: str, lang: str) -> str:
    """The page on many worlds with the numbers that are kept."""
    return with_parts(page, {"ensemble": ensemble_part(kept_numbers()[-1], lang)})


def main() -> None:
    """Write all pages and figures."""
    if "--measure" in sys.argv[1:]:
        measure()
    peers, full, *_ = kept_numbers()
    for lang, page in PAGES.items():
        page.write_text(written_page(page.read_text(encoding="utf-8"), lang), encoding="utf-8")
        cost = COST_PAGES[lang]
        cost.write_text(written_cost_page(cost.read_text(encoding="utf-8"), lang), encoding="utf-8")
        save_figure(speed_figure(peers, full, lang), IMAGES[lang])


if __name__ == "__main__":
    main()
