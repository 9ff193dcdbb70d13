"""The command ``jamsos bench``: how fast this computer simulates a city, or as many people as a country."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from jamsos_sim.cli_run_options import AsJson, Lang, Seed
from jamsos_sim.errors import InputError
from jamsos_sim.messages import DEFAULT_LANGUAGE, LANGUAGES, text

if TYPE_CHECKING:
    from jamsos_sim.ensemble_bench import Speed

GIGABYTE = 10**9
MILLION = 10**6

National = Annotated[
    bool, typer.Option("--national", help="86 juta pekerja, dalam potongan | 86 million workers, in chunks.")
]
Workers = Annotated[
    int | None, typer.Option("--workers", help="Pekerja seluruhnya | workers in all.", show_default=False)
]
Threads = Annotated[
    int | None, typer.Option("--threads", help="Dunia yang berjalan bersamaan | worlds side by side.")
]


def bench(
    national: National = False,
    workers: Workers = None,
    threads: Threads = None,
    seed: Seed = 2023,
    lang: Lang = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Ukur kecepatan komputer ini. | Measure how fast this computer simulates."""
    if lang not in LANGUAGES:
        raise InputError("cli.unknown_language", given=lang)
    from jamsos_sim.ensemble_bench import bench_of, measure
    from jamsos_sim.model.compile_ahead import start_helper

    asked = bench_of(workers, national, threads, seed)
    start_helper()
    with progress_bar(len(asked.sizes), lang) as advance:
        speed = measure(asked, advance)
    if as_json:
        print(json.dumps(record_of(speed)))
        return
    for sentence in sentences(speed, national, lang):
        print(sentence)


@contextmanager
def progress_bar(chunks: int, lang: str) -> Iterator[Callable[[int], None]]:
    """A bar of the chunks on a terminal; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(text("cli.simulating", lang), total=chunks)
        yield lambda done: bar.update(task, advance=done)


def record_of(speed: "Speed") -> dict[str, object]:
    """What was measured, as plain data."""
    return {**asdict(speed), "worker_months_a_second": round(speed.worker_months_a_second)}


def sentences(speed: "Speed", is_national: bool, lang: str) -> Iterator[str]:
    """What was measured, in a language of the catalogue."""
    from jamsos_sim.report.numbers import Style, number

    def written(value: float, digits: int = 0) -> str:
        return number(value, Style(lang, digits))

    counts = {"workers": speed.workers, "chunks": speed.chunks, "months": speed.months}
    counts |= {"threads": speed.threads, "worker_months": speed.worker_months}
    yield text("bench.size", lang, **{name: written(count) for name, count in counts.items()})
    stages = {
        "preparation": speed.preparation,
        "generation": speed.generation,
        "foresight": speed.foresight,
        "simulation": speed.simulation,
    }
    for name, spent in stages.items():
        seconds = {"wall": written(spent.wall, 1), "processor": written(spent.processor, 1)}
        yield text(f"bench.{name}", lang, **seconds)
    yield text("bench.speed", lang, rate=written(speed.worker_months_a_second / MILLION, 1))
    if speed.peak_memory is not None:
        yield text("bench.memory", lang, memory=written(speed.peak_memory / GIGABYTE, 2))
    if is_national:
        yield text("bench.no_projection", lang)
    else:
        yield text("bench.one_world", lang, seconds=written(speed.processor_of_a_chunk, 1))
