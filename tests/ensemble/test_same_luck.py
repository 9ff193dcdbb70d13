"""Same seed, same bits: for any number of threads, any order and company of scenarios, and either engine."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from jamsos_sim import Results, compare, load_scenario, simulate
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble_digest import table_digest
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.terms import Rules
from jamsos_sim.model.world import Period
from jamsos_sim.scenario import Scenario, read_scenario
from jamsos_sim.units import month_of

SCENARIOS = (
    "mandiri_setelah_bantuan",
    "program_berjalan",
    "pemangkasan_anggaran",
    "raperda_oktober_2025",
    "raperda_data_terpadu",
    "tambah_kuota",
    "tanpa_program",
)
WORKERS, WORLDS, LAST = 400, 3, "2028-06"


@cache
def together(threads: int = 2) -> Results:
    """Seven shipped scenarios in one run, which forks them at the month in which their rules part."""
    return simulate(*SCENARIOS, worlds=WORLDS, workers=WORKERS, last=LAST, threads=threads)


def digests(results: Results) -> tuple[str, str, str]:
    return table_digest(results.monthly), table_digest(results.yearly), table_digest(results.cells)


def values_of(results: Results, name: str) -> pd.DataFrame:
    """The monthly table of one scenario."""
    table = results.monthly
    return table[table["scenario"] == name].reset_index(drop=True)


def cells_of(results: Results, name: str) -> pd.DataFrame:
    """The cells of one scenario."""
    table = results.cells
    return table[table["scenario"] == name].reset_index(drop=True)


def test_one_and_two_threads_give_the_same_digests() -> None:
    assert digests(together(1)) == digests(together(2))


def test_a_run_repeated_gives_the_same_digests_and_another_seed_others() -> None:
    runs = [
        simulate("program_berjalan", seed=seed, worlds=2, workers=150, last="2024-06") for seed in (7, 7, 8)
    ]
    assert digests(runs[0]) == digests(runs[1])
    assert digests(runs[0])[0] != digests(runs[2])[0]
    assert digests(runs[0])[1] != digests(runs[2])[1]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_alone_gives_what_it_gives_among_others(name: str) -> None:
    alone = simulate(name, worlds=WORLDS, workers=WORKERS, last=LAST)
    pd.testing.assert_frame_equal(values_of(alone, name), values_of(together(), name))
    pd.testing.assert_frame_equal(cells_of(alone, name), cells_of(together(), name))


def test_the_order_of_scenarios_changes_no_number() -> None:
    backwards = simulate(*reversed(SCENARIOS), worlds=WORLDS, workers=WORKERS, last=LAST)
    assert list(backwards.titles) == list(reversed(SCENARIOS))
    for name in SCENARIOS:
        pd.testing.assert_frame_equal(values_of(backwards, name), values_of(together(), name))


def test_a_world_is_the_same_in_a_run_of_more_worlds() -> None:
    few = simulate("tambah_kuota", worlds=1, workers=WORKERS, last=LAST)
    many = values_of(together(), "tambah_kuota")
    pd.testing.assert_frame_equal(few.monthly, many[many["world"] == 0].reset_index(drop=True))
    first, second = (many.loc[many["world"] == number, "value"].to_numpy() for number in (0, 1))
    assert np.any(first != second)


def test_worlds_asked_for_one_by_one_are_those_of_the_whole_run() -> None:
    scenarios = tuple(load_scenario(name) for name in SCENARIOS)
    period = Period(month_of("2023-01"), month_of(LAST) + 1)
    plan = Plan(scenarios, WORLDS, 2023, period, period.start, WORKERS, "kernel")
    worlds = dict(simulate_worlds(plan, [2, 0], Hands(2)))
    assert sorted(worlds) == [0, 2]
    for number, (ledger, cells) in worlds.items():
        own = together().cells
        assert np.array_equal(
            cells.transpose(0, 2, 3, 1).reshape(-1), own.loc[own["world"] == number, "value"].to_numpy()
        )
        assert ledger.shape == (len(SCENARIOS), len(Rows._fields), plan.months)
        stored = together().monthly
        column = stored.loc[stored["world"] == number, "value"].to_numpy()
        assert np.array_equal(ledger.transpose(0, 2, 1).reshape(-1), column)


def test_months_reported_are_all_months_simulated_whether_forked_or_not() -> None:
    counted: list[int] = []
    scenarios = tuple(load_scenario(name) for name in SCENARIOS)
    period = Period(month_of("2023-01"), month_of(LAST) + 1)
    plan = Plan(scenarios, 2, 2023, period, period.start, 150, "kernel")
    assert len(list(simulate_worlds(plan, [0, 1], Hands(2), advance=counted.append))) == 2
    assert sum(counted) == 2 * len(SCENARIOS) * plan.months


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_a_scenario_compared_with_itself_differs_by_exactly_nothing(engine: str) -> None:
    results = compare(
        "pemangkasan_anggaran", "pemangkasan_anggaran", worlds=2, workers=200, last="2024-12", engine=engine
    )
    differences = results.differences
    assert set(differences["quantity"]) == set(Rows._fields)
    assert set(differences["scenario"]) == set(differences["to"]) == {"pemangkasan_anggaran"}
    assert (differences[["mean", "low", "high"]] == 0).all(axis=None)


def test_a_copy_under_another_name_differs_by_exactly_nothing() -> None:
    copy = read_scenario(
        "name: salinan\ntitle: {id: Salinan, en: Copy}\ndiffers_from: tambah_kuota\n", "salinan"
    )
    results = compare("tambah_kuota", copy, "program_berjalan", worlds=WORLDS, workers=WORKERS, last=LAST)
    differences = results.differences
    of_copy = differences[differences["scenario"] == "salinan"]
    assert len(of_copy) == 6 * len(Rows._fields)
    assert (of_copy[["mean", "low", "high"]] == 0).all(axis=None)
    others = differences[differences["scenario"] == "program_berjalan"]
    assert (others["mean"] != 0).any()


def test_a_scenario_that_knows_less_lives_in_the_same_worlds_but_for_what_it_does_not_know() -> None:
    unsure = read_scenario(
        "name: ragu\ntitle: {id: Ragu, en: Unsure}\ndiffers_from: program_berjalan\n"
        "assumptions: {claims.realised_mature: {low: 0.1, central: 0.1, high: 0.1}}\n",
        "ragu",
    )
    results = compare("program_berjalan", unsure, worlds=WORLDS, workers=3_000, last=LAST)
    moved = results.differences
    moved = moved[moved["mean"] != 0]
    assert {"families_not_claimed", "jkm_cases"} <= set(moved["quantity"])
    assert not {"deaths", "accidents", "informal_workers"} & set(moved["quantity"])


def test_both_engines_give_the_same_digests_in_a_run() -> None:
    names = ("program_berjalan", "pemangkasan_anggaran")
    runs = [
        compare(*names, worlds=2, workers=250, last="2026-12", engine=engine, threads=2)
        for engine in ("kernel", "reference")
    ]
    assert digests(runs[0]) == digests(runs[1])


def months_run(monkeypatch: pytest.MonkeyPatch, *scenarios: str | Scenario) -> int:
    """How many months the kernel walks for a comparison in one world."""
    walked: list[int] = []
    run_month = Kernel.run_month

    def counted(kernel: Kernel, rules: Rules) -> None:
        walked.append(1)
        run_month(kernel, rules)

    with monkeypatch.context() as patch:
        patch.setattr(Kernel, "run_month", counted)
        simulate(*scenarios, worlds=1, workers=150, last=LAST)
    return len(walked)


@pytest.mark.parametrize(
    ("name", "months_ahead"),
    [("raperda_oktober_2025", 0), ("tambah_kuota", 1)],  # the office knows the places of the coming month
)
def test_a_run_forks_at_the_first_month_in_which_its_rules_differ(
    name: str, months_ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, draft = load_scenario("program_berjalan"), load_scenario(name)
    start, stop = month_of("2023-01"), month_of(LAST) + 1
    fork = next(month for month in range(start, stop) if base.levers_at(month) != draft.levers_at(month))
    assert start < fork < stop
    assert months_run(monkeypatch, base, draft) == (stop - start) + (stop - fork) + months_ahead


def test_a_run_with_other_assumptions_forks_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    unsure = read_scenario(
        "name: ragu\ntitle: {id: Ragu, en: Unsure}\ndiffers_from: program_berjalan\n"
        "assumptions: {claims.realised_mature: {low: 0.1, central: 0.1, high: 0.1}}\n",
        "ragu",
    )
    months = month_of(LAST) + 1 - month_of("2023-01")
    assert months_run(monkeypatch, "program_berjalan", unsure) == 2 * months


def test_a_run_with_other_readings_of_the_law_forks_where_they_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = read_scenario(
        "name: tafsir\ntitle: {id: Tafsir, en: Reading}\ndiffers_from: program_berjalan\n"
        "reading: {U3: keeps}\n",
        "tafsir",
    )
    months = month_of(LAST) + 1 - month_of("2023-01")
    assert months_run(monkeypatch, "program_berjalan", other) == 2 * months
