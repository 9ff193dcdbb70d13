"""A run on a register shows and keeps only summaries over worlds, in which small counts are hidden."""

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from jamsos_sim import InputError, Results, api, api_run, simulate
from jamsos_sim.api import Settings
from jamsos_sim.cli import exit_code
from jamsos_sim.ensemble import Advance, Plan, Simulated
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from jamsos_sim.model.cells import CELL, CellRows
from jamsos_sim.outcomes_cells import CELL_INDICATORS
from jamsos_sim.outcomes_register import REGISTER_TABLES
from jamsos_sim.privacy import SMALLEST_CELL
from jamsos_sim.report.families import DRAWN, HIDDEN
from jamsos_sim.report.register_families import register_families

NAMES = ("program_berjalan", "tanpa_program")
WAITING_AND_POVERTY = {"months_waited", *CellRows._fields[CELL.bereaved_households :]}
"""Quantities of the cells that a register may not tell, not even of the whole city."""
EXAMPLE = files("jamsos_sim").joinpath("regions/tangsel/example")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register after its intake."""
    folder = tmp_path_factory.mktemp("register")
    key = folder / "kunci"
    key.write_text("kunci-rahasia-yang-cukup-panjang-untuk-uji\n", encoding="utf-8")
    out = folder / "workers.parquet"
    words = ["intake", str(EXAMPLE / "register.csv"), "--map", str(EXAMPLE / "map.yaml")]
    assert exit_code([*words, "--key-file", str(key), "--out", str(out)]) == 0
    return out


def settings_of(register: Path, **changes: object) -> Settings:
    return Settings(**{"population": register, "worlds": 3, "last": "2025-06", "threads": 2, **changes})


@pytest.fixture
def run(register: Path, tmp_path: Path) -> Results:
    return simulate(*NAMES, **settings_of(register, out=tmp_path / "hasil"))


def test_people_of_the_register_are_simulated_and_nothing_is_scaled(run: Results, register: Path) -> None:
    summary = run.summary[run.summary["scenario"] == "program_berjalan"].set_index(["year", "quantity"])
    assert 300 < summary.loc[(2023, "informal_workers"), "mean"] < 500
    assert summary.loc[(2025, "appropriation"), "mean"] == 4_200_000_000
    assert not run.is_of_the_city and run.is_of_a_register


def test_no_count_below_five_is_shown_or_kept(run: Results, tmp_path: Path) -> None:
    kept = sorted(path.name for path in (tmp_path / "hasil").iterdir())
    tables = [name for name in kept if name.endswith(".parquet")]
    assert tables == sorted(f"{name}.parquet" for name in REGISTER_TABLES)
    assert not [name for name in kept if name not in {*tables, "plan.json", "manifest.json"}]
    for name in REGISTER_TABLES:
        assert "world" not in pd.read_parquet(tmp_path / "hasil" / f"{name}.parquet").columns
    for name in ("summary", "enrolment"):
        table = pd.read_parquet(tmp_path / "hasil" / f"{name}.parquet")
        assert table["is_hidden"].any()
        ends = table.loc[~table["is_hidden"], ["mean", "low", "high"]].to_numpy()
        assert ((ends >= SMALLEST_CELL) | (ends == 0)).all() or name == "summary"
        assert table.loc[table["is_hidden"], ["mean", "low", "high"]].isna().all(axis=None)
    hidden = run.summary[run.summary["is_hidden"]]
    places = set(zip(hidden["scenario"], hidden["year"], hidden["quantity"], strict=True))
    differences = run.differences
    for row in differences.itertuples():
        sides = {(row.scenario, row.year, row.quantity), (row.to, row.year, row.quantity)}
        assert row.is_hidden == bool(sides & places)


def test_worlds_and_cells_of_a_register_are_neither_kept_nor_shown(run: Results, tmp_path: Path) -> None:
    assert not list((tmp_path / "hasil").glob("cells*"))
    by_cell = ("cells", "cell_summary", "cell_differences", "cell_coverage", "cell_indicators")
    for name in ("monthly", "yearly", *by_cell):
        with pytest.raises(InputError) as refused:
            getattr(run, name)
        assert refused.value.key == "run.worlds_not_shown"
    by_world = (run.cells_table, run.waiting_and_families_table, run.support_table, run.hardship_table)
    for table in by_world:
        with pytest.raises(InputError) as refused:
            table("program_berjalan")
        assert refused.value.key == "run.worlds_not_shown"
    for name in REGISTER_TABLES:
        table = pd.read_parquet(tmp_path / "hasil" / f"{name}.parquet")
        assert not {"dimension", "cell"} & set(table.columns)
        told = {value for column in ("quantity", "indicator") if column in table for value in table[column]}
        assert not told & {*CELL_INDICATORS, *WAITING_AND_POVERTY}


def test_figures_are_drawn_and_mark_what_is_hidden(run: Results, tmp_path: Path) -> None:
    enrolment = run.enrolment_figure("en")
    assert not [text for text in enrolment.axes[0].texts if "15,000" in text.get_text()]
    cost = run.cost_figure("en")
    assert any("4.20" in text.get_text() for text in cost.axes[0].texts)
    families = run.families_figure("en")
    assert "hidden (categories below 5 families)" in [
        entry.get_text() for entry in families.legends[0].get_texts()
    ]
    assert len(run.save_figures(tmp_path / "hasil", "id")) == 3


def test_a_finished_run_is_read_again_and_with_another_base(
    register: Path, tmp_path: Path, run: Results
) -> None:
    again = api.compare(*reversed(NAMES), **settings_of(register, out=tmp_path / "lain"))
    assert set(again.differences["to"]) == {"tanpa_program"}
    kept = simulate(*NAMES, **settings_of(register, out=tmp_path / "hasil"))
    pd.testing.assert_frame_equal(kept.summary, run.summary)
    assert set(kept.differences["to"]) == {"program_berjalan"}


def test_the_manifest_holds_digest_and_size_of_the_register_and_no_path(
    run: Results, register: Path, tmp_path: Path
) -> None:
    text = (tmp_path / "hasil" / "manifest.json").read_text(encoding="utf-8")
    plan = json.loads(text)["plan"]
    assert run.plan.register is not None
    assert plan["register"] == {"digest": run.plan.register.digest, "people": run.plan.register.size}
    assert str(register.parent) not in text and register.name not in text


def test_another_register_and_no_register_are_other_runs(
    run: Results, register: Path, tmp_path: Path
) -> None:
    for population in (None, _half(register, tmp_path)):
        with pytest.raises(InputError) as refused:
            simulate(*NAMES, **settings_of(register, population=population, out=tmp_path / "hasil"))
        assert refused.value.key == "run.other_run"


def _half(register: Path, folder: Path) -> Path:
    """A register of half the people."""
    lines = (EXAMPLE / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "setengah.csv").write_text("".join(lines[:200]), encoding="utf-8")
    out = folder / "setengah.parquet"
    words = ["intake", str(folder / "setengah.csv"), "--map", str(EXAMPLE / "map.yaml")]
    assert exit_code([*words, "--key-file", str(register.with_name("kunci")), "--out", str(out)]) == 0
    return out


def test_an_interrupted_run_leaves_no_world_and_begins_again(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(
        plan: Plan, wanted: list[int], hands: Hands, advance: Advance
    ) -> Iterator[tuple[int, Simulated]]:
        yield next(simulate_worlds(plan, wanted, hands, advance))
        raise KeyboardInterrupt

    folder = tmp_path / "hasil"
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(api_run, "simulate_worlds", interrupted)
        simulate(*NAMES, **settings_of(register, out=folder))
    assert [path.name for path in folder.iterdir()] == ["plan.json"]
    assert simulate(*NAMES, **settings_of(register, out=folder)).folder == folder


def test_both_engines_agree_on_a_register(register: Path) -> None:
    fast, readable = (
        simulate("program_berjalan", **settings_of(register, worlds=1, last="2024-06", engine=engine)).summary
        for engine in ("kernel", "reference")
    )
    pd.testing.assert_frame_equal(fast, readable)


def test_a_register_with_workers_or_of_another_region_is_refused(register: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        simulate("program_berjalan", **settings_of(register, workers=300))
    assert refused.value.key == "run.register_and_workers"
    city = Path(__file__).parents[1] / "region" / "kota_contoh"
    with pytest.raises(InputError) as refused:
        simulate(
            "program_berjalan",
            **settings_of(register, region=shutil.copytree(city, tmp_path / "kota_contoh")),
        )
    assert refused.value.key == "intake.other_region"


FAMILIES = [
    ({"families_full": 80, "families_unprotected": 20}, set()),
    (
        {"families_full": 80, "families_unprotected": 20, "families_gap": 2},
        {"families_gap", "families_unprotected"},
    ),
    ({"families_full": 80, "families_gap": 3, "families_too_old": 3}, {"families_gap", "families_too_old"}),
    ({"families_full": 2, "families_gap": 60}, {"families_full", "families_gap"}),
]


@pytest.mark.parametrize(("counts", "hidden"), FAMILIES)
def test_small_categories_of_families_stand_together(counts: dict[str, int], hidden: set[str]) -> None:
    rows = [("a", world, 2025, quantity, counts.get(quantity, 0)) for world in range(3) for quantity in DRAWN]
    table = register_families(pd.DataFrame(rows, columns=["scenario", "world", "year", "quantity", "value"]))
    shown = set(table["quantity"])
    assert hidden & shown == set() and (HIDDEN in shown) == bool(hidden)
    bars = table[table["quantity"] != "families_received"]
    assert np.isclose(bars["mean"].sum(), 100)
    assert ("families_received" in shown) == (not hidden & {"families_full"})


def test_no_name_of_a_register_is_no_register() -> None:
    assert api.plan_of(["program_berjalan"], {"population": ""}).register is None
