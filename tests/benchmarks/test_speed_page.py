"""The page on speed says what the benchmarks have kept, and the benchmark of scale measures what it says."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("page")


@pytest.fixture
def scale(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("scale")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_shows_the_numbers_that_are_kept(lang: str, page: ModuleType) -> None:
    said = page.PAGES[lang].read_text(encoding="utf-8")
    assert page.written_page(said, lang) == said


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_on_many_worlds_shows_the_numbers_that_are_kept(lang: str, page: ModuleType) -> None:
    said = page.COST_PAGES[lang].read_text(encoding="utf-8")
    assert page.written_cost_page(said, lang) == said


def test_what_a_larger_region_costs_is_computed_from_what_was_measured(page: ModuleType) -> None:
    kept = {
        "worlds": 10,
        "months": 96,
        "threads": 2,
        "processor": 30.0,
        "before": 200,
        "peak": 600,
        "disk": 1,
    }
    *_, city, province, country = page.ensemble_part(kept, "en").splitlines()
    assert city == "| City | 270,000 | 3.0 seconds | 38 seconds | 0.21 GB |"
    assert province == "| Province, such as Banten | 2,600,000 | 29 seconds | 6.0 minutes | 2.0 GB |"
    assert country == "| Country | 86,000,000 | 16 minutes | 3.3 hours | 67 GB |"


def test_every_program_is_timed_over_as_many_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS / "peers"))
    run, measured = importlib.import_module("run"), importlib.import_module("measured")
    assert set(run.ROUNDS) == set(run.PEERS)
    assert min(run.ROUNDS.values()) >= measured.COMPARED > 1


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_figure_has_a_bar_for_every_program(lang: str, page: ModuleType) -> None:
    peers, full, *_ = page.kept_numbers()
    lean_axes, full_axes = page.speed_figure(peers, full, lang).axes
    assert [len(lean_axes.patches), len(full_axes.patches)] == [6, 4]


def test_a_page_without_a_place_for_the_numbers_is_refused(page: ModuleType) -> None:
    with pytest.raises(SystemExit, match="no place for lean"):
        page.written_page("# Speed", "en")


def test_a_size_beyond_one_world_is_simulated_in_several(
    scale: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "CHUNK", 300)
    point = scale.measured(600, 2)
    assert (point.workers, point.worlds) == (600, 2)
    assert 2 * 500 < point.worker_months < 2 * 700


def test_a_cost_in_proportion_has_the_exponent_one(scale: ModuleType) -> None:
    points = [scale.Point(size, 24, size * 1e-6, 0.0, size, 1) for size in (10_000, 100_000, 1_000_000)]
    assert scale.exponent(points, lambda point: point.workers) == pytest.approx(1.0)
