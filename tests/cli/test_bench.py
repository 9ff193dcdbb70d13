"""``jamsos bench``: chunks are simulated as any other world, each stage is timed, and it says what it is."""

import json
import threading

import pytest

from jamsos_sim import ensemble_bench
from jamsos_sim.api import Settings, plan_of
from jamsos_sim.ensemble import StoppedError, simulate_world
from jamsos_sim.ensemble_bench import COUNTRY, Bench, bench_of, measure
from jamsos_sim.model.ledger import ROW

STAGES = ("preparation", "generation", "foresight", "simulation")


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble_bench, "CHUNK", 200)


def ledger_of(number: int, workers: int):
    plan = plan_of(["program_berjalan"], Settings(worlds=number + 1, workers=workers))
    return simulate_world(plan, number, threading.Event(), lambda months: None).ledgers[0]


@pytest.mark.usefixtures("small_chunks")
def test_chunks_are_the_worlds_that_any_run_simulates(jamsos):
    said = jamsos("bench", "--national", "--workers", 501, "--threads", 2, "--json")
    assert (said.code, said.err) == (0, "")
    told = json.loads(said.out)
    assert (told["workers"], told["chunks"], told["threads"], told["months"]) == (501, 3, 2, 96)
    expected = sum(int(ledger_of(number, 167)[ROW.informal_workers].sum()) for number in range(3))
    assert told["worker_months"] == expected
    assert all(told[stage]["wall"] > 0 for stage in STAGES)
    assert told["peak_memory"] is None or told["peak_memory"] > 10**7


@pytest.mark.usefixtures("small_chunks")
def test_the_number_of_threads_changes_no_worker_month():
    books = {measure(Bench(500, True, threads, 7)).worker_months for threads in (1, 3)}
    assert len(books) == 1


def test_the_country_comes_in_chunks_of_nearly_one_size():
    sizes = bench_of(None, True, 2, 0).sizes
    assert sum(sizes) == COUNTRY and max(sizes) - min(sizes) <= 1 and max(sizes) <= ensemble_bench.CHUNK


def test_without_national_every_thread_simulates_the_region():
    assert list(bench_of(None, False, None, 0).sizes) == [None]
    assert list(bench_of(300, False, 2, 0).sizes) == [300, 300]


@pytest.mark.parametrize(
    ("lang", "national", "words"),
    [
        (
            "id",
            True,
            ["300 pekerja", "Kompilasi", "Membuat penduduk", "Menengok", "Simulasi", "bukan proyeksi"],
        ),
        (
            "en",
            True,
            ["300 workers", "Compiling", "Making people", "Looking ahead", "Simul", "not a projection"],
        ),
        ("id", False, ["300 pekerja", "Kompilasi", "Membuat penduduk", "Menengok", "Simulasi", "Satu dunia"]),
        ("en", False, ["300 workers", "Compiling", "Making people", "Looking ahead", "Simul", "One world"]),
    ],
)
def test_it_says_what_it_measured_in_both_languages(jamsos, lang, national, words):
    said = jamsos("bench", *["--national"] * national, "--workers", 300, "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert all(word in said.out for word in words)
    assert 7 <= len(said.out.splitlines()) <= 8


def test_nothing_is_written(jamsos, folder):
    assert jamsos("bench", "--workers", 300).code == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--workers", 99), "--workers"),
        (("--workers", 2**24 + 1), "--workers"),
        (("--national", "--workers", 10**9 + 1), "--workers"),
        (("--threads", 0), "--threads"),
        (("--seed", -1), "--seed"),
        (("--lang", "xx"), "xx"),
    ],
)
def test_bad_numbers_end_in_a_sentence(jamsos, words, named):
    said = jamsos("bench", *words)
    assert (said.code, said.out) == (2, "")
    assert named in said.err and len(said.sentences) == 1


@pytest.mark.usefixtures("small_chunks")
def test_threads_stop_when_the_one_who_asked_stops(monkeypatch):
    def interrupt(chunks: int) -> None:
        raise KeyboardInterrupt

    walked = ensemble_bench._walked
    stops = []
    monkeypatch.setattr(
        ensemble_bench,
        "_walked",
        lambda scenario, stop, world: stops.append(stop) or walked(scenario, stop, world),
    )
    with pytest.raises(KeyboardInterrupt):
        measure(Bench(2_000, True, 1, 0), interrupt)
    assert stops[-1].is_set()
    world = ensemble_bench._made(0, 0, 200)
    with pytest.raises(StoppedError):
        walked(ensemble_bench.load_scenario("program_berjalan"), stops[-1], world)
