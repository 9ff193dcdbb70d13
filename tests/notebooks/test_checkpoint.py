"""A checkpoint is exact where numbers are exact, and as exact as chance allows where they are not."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsos_sim.notebook.checkpoint import Checkpoint, CheckpointError, standard_errors

RUPIAH = st.integers(min_value=0, max_value=10**13)


@given(RUPIAH, st.sampled_from([-1, 1]))
def test_one_rupiah_more_or_less_is_refused(amount, change):
    with pytest.raises(CheckpointError, match=re.escape(f"{amount:,}".replace(",", "."))):
        Checkpoint("id").exactly("paid", amount + change, amount)


def test_a_verdict_is_the_same_for_numpy_and_plain_numbers(capsys):
    for found in (42_000_000, np.int64(42_000_000)):
        Checkpoint("en").exactly("paid", found, 42_000_000)
    first, second = capsys.readouterr().out.splitlines()
    assert first == second == "EXACT: paid = 42,000,000"


@pytest.mark.parametrize(("lang", "said"), [("id", "TEPAT: iuran = 7"), ("en", "EXACT: owed = 7")])
def test_a_number_is_called_by_its_name_in_the_language(lang, said, capsys):
    Checkpoint(lang).exactly("iuran | owed", 7, 7)
    Checkpoint(lang).on_average("iuran | owed", [-1.5, -1.5, -1.5], -1.5)
    exact, mean = capsys.readouterr().out.splitlines()
    assert exact == said
    assert said.split()[1] in mean and ("−1,5" if lang == "id" else "−1.5") in mean


def test_sequences_are_compared_entry_by_entry():
    Checkpoint().exactly("places", pd.Series([15_000, 15_418]), [15_000, 15_418])
    with pytest.raises(CheckpointError):
        Checkpoint().exactly("places", (15_000, 15_418), [15_000, 15_419])


@pytest.mark.parametrize("value", [1.5, None, [[1]]])
def test_a_fraction_is_not_checked_exactly(value):
    with pytest.raises(TypeError):
        Checkpoint().exactly("share", value, 1)


def test_a_mean_is_held_to_its_monte_carlo_error(capsys):
    worlds = [9.0, 11.0] * 50
    Checkpoint("en").on_average("share", worlds, 10.3)
    with pytest.raises(CheckpointError, match=r"10\.5"):
        Checkpoint("en").on_average("share", worlds, 10.5)
    Checkpoint("en").on_average("share", worlds, 10.5, error=0.1)
    with pytest.raises(CheckpointError):
        Checkpoint("en").on_average("share", [9.0, 11.0] * 500, 10.3)
    assert "10.3" in capsys.readouterr().out


@pytest.mark.parametrize("worlds", [4, 40, 400])
def test_a_true_reference_passes_whatever_the_number_of_worlds(worlds):
    draws = np.random.default_rng(7).normal(100.0, 20.0, size=(200, worlds))
    for row in draws:
        mean_is_near = abs(row.mean() - 100.0) <= standard_errors(worlds) * row.std(ddof=1) / worlds**0.5
        if mean_is_near:
            Checkpoint().on_average("normal", row, 100.0)
        else:
            with pytest.raises(CheckpointError):
                Checkpoint().on_average("normal", row, 100.0)


@pytest.mark.parametrize("worlds", [2, 3, 5, 12, 20])
def test_few_worlds_do_not_refuse_a_true_reference_more_often_than_many(worlds):
    draws = np.random.default_rng(7).normal(100.0, 20.0, size=(20_000, worlds))
    errors = draws.std(axis=1, ddof=1) / worlds**0.5
    refused = np.abs(draws.mean(axis=1) - 100.0) > standard_errors(worlds) * errors
    assert refused.mean() < 0.002


def test_the_error_of_the_reference_is_not_widened_by_few_worlds():
    Checkpoint().on_average("share", [1.0, 1.0], 1.03, error=0.01)
    with pytest.raises(CheckpointError):
        Checkpoint().on_average("share", [1.0, 1.0], 1.05, error=0.01)


def test_a_notebook_shows_a_number_that_differs_as_one_sentence():
    with pytest.raises(CheckpointError) as caught:
        Checkpoint("en").exactly("paid", 1, 2)
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_worlds_that_all_agree_leave_no_room():
    with pytest.raises(CheckpointError):
        Checkpoint().on_average("places", [25_000.0, 25_000.0], 25_001.0)


def test_a_mean_that_is_no_number_is_refused():
    with pytest.raises(CheckpointError):
        Checkpoint().on_average("share", [float("nan"), 1.0], 1.0)


def test_one_world_is_said_to_be_unchecked(capsys):
    Checkpoint("en").on_average("share", [1.0], 1.0)
    assert capsys.readouterr().out.startswith("NOT CHECKED")


def test_a_digest_changes_with_one_rupiah_and_with_a_name_and_with_nothing_else(capsys):
    table = pd.DataFrame({"year": [2025, 2026], "paid": [4_200_000_000, 4_200_000_000]})
    one_more = table.assign(paid=[4_200_000_000, 4_200_000_001])
    for each in (table, one_more, table.rename(columns={"paid": "owed"}), table.copy()):
        Checkpoint("en").digest("yearly", each)
    digests = [line.split(": ")[-1] for line in capsys.readouterr().out.splitlines()]
    assert len(set(digests)) == 3
    assert digests[3] == digests[0]


def test_a_table_with_fractions_has_no_digest():
    with pytest.raises(TypeError):
        Checkpoint().digest("shares", pd.DataFrame({"share": [0.5]}))
