"""A run that is longer than an order by months can tell apart is refused with a sentence."""

import pytest

from jamsos_sim import ensemble, simulate
from jamsos_sim.errors import InputError

MOST = 24


def test_a_run_of_too_many_months_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble, "LAST_RANK", MOST - 1)
    longest = simulate("program_berjalan", worlds=1, workers=100, last="2024-12", engine="kernel")
    assert longest.monthly["month"].nunique() == MOST
    with pytest.raises(InputError, match=rf"{MOST + 1} .*{MOST} "):
        simulate("program_berjalan", worlds=1, workers=100, last="2025-01", engine="kernel")
