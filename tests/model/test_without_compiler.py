"""The compiler changes the speed and nothing else: the same run in plain Python gives the same digests."""

import os
import subprocess
import sys

import pytest

from jamsos_sim import ensemble_walk, simulate
from jamsos_sim.ensemble_digest import table_digest

SCENARIOS = ("program_berjalan", "pemangkasan_anggaran", "raperda_data_terpadu")
WORKERS, WORLDS, LAST = 300, 2, "2024-06"

PROGRAM = f"""
from numba import config
from jamsos_sim import simulate
from jamsos_sim.ensemble_digest import table_digest
assert config.DISABLE_JIT
results = simulate(*{SCENARIOS!r}, worlds={WORLDS}, workers={WORKERS}, last={LAST!r}, threads=2)
print(table_digest(results.monthly), table_digest(results.yearly))
"""


def test_a_run_without_the_compiler_gives_the_digests_of_the_compiled_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ensemble_walk, "MOST_PLAINLY", 0)
    plain = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        check=False,
    )
    assert plain.returncode == 0, plain.stderr
    results = simulate(*SCENARIOS, worlds=WORLDS, workers=WORKERS, last=LAST)
    assert plain.stdout.split() == [table_digest(results.monthly), table_digest(results.yearly)]
    paid = results.yearly[results.yearly["quantity"] == "paid_person_months"]
    assert paid["value"].sum() > 0
