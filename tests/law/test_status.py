"""Where every value stands: source, status, confidence, end; and every provision of the fact base."""

import importlib
import re

import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.law.provisions import provisions
from jamsos_sim.law.schedule import losses, percent_of_losses
from jamsos_sim.law.sources import source_words
from jamsos_sim.law.status import expiring, unverified, values_behind, values_in_force, values_used
from jamsos_sim.law.tables import values
from jamsos_sim.units import month_label, month_of

MODULES = (
    "benefits",
    "care",
    "claims",
    "contributions",
    "coverage",
    "eligibility",
    "heirs",
    "schedule",
    "scholarship",
)
FACTS = {"C": 10, "P": 9, "K": 14, "J": 30, "A": 7, "E": 20}
MONTH = month_of("2026-05")
INSTRUMENTS = re.compile(
    r"((PP|UU|Inpres|Permenaker|PMK|Kepmensos) [\w/.]+|Lampiran \w+|Pasal \w+"
    r"|angka \d+|ayat \(\d\)|dan|\w+A|[;, ])+"
)


def test_every_provision_of_the_fact_base_is_there() -> None:
    expected = {f"{letter}{number}" for letter, last in FACTS.items() for number in range(1, last + 1)}
    assert expected <= set(provisions())


def test_every_provision_has_a_rule_or_says_why_not() -> None:
    rules = {name for module in MODULES for name in vars(importlib.import_module(f"jamsos_sim.law.{module}"))}
    for provision in provisions().values():
        assert set(provision.rules) <= rules
        assert bool(provision.rules) != bool(provision.because)
        assert set(provision.about) == {"id", "en"}


def test_every_value_says_what_it_is_where_it_stands_and_how_sure_it_is() -> None:
    for value in values().values():
        assert value.provision in provisions()
        assert set(value.means) == {"id", "en"}
        assert value.unit
        for entry in value.history:
            assert entry.instrument
            assert entry.provision in provisions()
            assert entry.status in {"in_force", "draft", "assumption"}
            assert entry.confidence in {"high", "medium", "low"}


def test_a_value_of_low_confidence_is_marked() -> None:
    entries = [(value.name, entry) for value in values().values() for entry in value.history]
    assert [name for name, entry in entries if entry.confidence == "low" and entry.is_verified] == []
    for name in ("unpaid_months_covered", "unpaid_months_that_reset", "cover_ends_at_maximum_age"):
        (default,) = values_used([name], MONTH)
        assert default.entry.status == "assumption"


def test_the_values_behind_a_run_change_with_its_readings_and_months() -> None:
    def behind(names: list[str], first: str, last: str, **readings: str) -> list[tuple[str, str]]:
        period = month_of(first), month_of(last) + 1
        found = values_behind(names, period, readings, ["apbd"])
        return [(value.name, value.entry.status) for value in found]

    assert behind(["jkm_waiting_months"], "2023-01", "2026-12") == [
        ("jkm_waiting_months", "in_force"),
        ("jkm_waiting_months", "in_force"),
        ("jkm_waiting_days", "in_force"),
    ]
    assert ("jkm_waiting_days", "assumption") in behind(
        ["jkm_waiting_months"], "2026-01", "2026-12", U2="ninety_days"
    )
    assert behind(["jkk_death_floor"], "2026-01", "2026-12") == [
        ("jkm_lump_sum", "in_force"),
        ("jkk_death_floor", "in_force"),
    ]
    assert behind(["jkk_due_ppm"], "2026-01", "2026-12") == [("jkk_due_ppm", "in_force")]
    assert ("jkk_due_ppm", "assumption") in behind(
        ["jkk_due_ppm"], "2026-01", "2027-01", U10="included_from_2027"
    )


def test_an_article_that_is_not_known_is_called_so() -> None:
    (flat,) = values_used(["jkm_flat"], MONTH)
    assert flat.source("en") == "PP 44/2015, article not known"
    assert flat.source("id") == "PP 44/2015, pasal tidak diketahui"


def test_every_source_can_be_named_in_indonesian() -> None:
    entries = [entry for value in values().values() for entry in value.history]
    named = {word for item in (*entries, *provisions().values()) for word in (item.instrument, item.article)}
    in_words = {word for word in named if word is not None and not INSTRUMENTS.fullmatch(word)}
    assert in_words == set(source_words())


def test_an_unverified_value_is_marked_wherever_it_is_named() -> None:
    denture, flat = values_used(["denture_ceiling", "jkm_flat"], MONTH)
    assert denture.label("en").endswith("[unverified]")
    assert denture.label("id").endswith("[belum diperiksa]")
    assert "[" not in flat.label("en")


def test_the_unverified_values_of_today_are_these() -> None:
    assert {value.name for value in unverified(MONTH)} >= {
        "band_base",
        "denture_ceiling",
        "glasses_ceiling",
        "hearing_aid_ceiling",
        "prosthesis_surcharge_ppm",
        "scholarship_start_age",
    }
    assert "jkm_lump_sum" not in {value.name for value in unverified(MONTH)}


def test_a_reading_that_no_text_confirms_is_an_assumption() -> None:
    (waiting,) = values_used(["jkm_waiting_months"], MONTH, {"U2": "more_than_3"})
    assert waiting.entry.status == "assumption"
    assert waiting.is_unverified


def test_all_values_of_a_month_can_be_listed() -> None:
    assert [value.name for value in values_in_force(MONTH)] == list(values())


def test_the_ends_of_the_relief_inside_a_horizon_are_reported() -> None:
    ends = expiring(month_of("2026-06"), month_of("2031-01"))
    assert {(item.name, month_label(item.month)) for item in ends} == {
        ("jkk_due_ppm", "2027-01"),
        ("jkk_due_ppm", "2027-04"),
        ("jkm_due_ppm", "2027-01"),
        ("jkm_due_ppm", "2027-04"),
    }


def test_a_value_that_ends_before_or_after_the_horizon_is_not_reported() -> None:
    assert expiring(month_of("2027-05"), month_of("2031-01")) == ()
    assert expiring(month_of("2022-01"), month_of("2025-01")) == ()


def test_an_end_that_the_readings_switch_off_is_not_reported() -> None:
    horizon = month_of("2026-06"), month_of("2031-01")
    assert len(expiring(*horizon, {"U7": "not_discounted"})) < len(expiring(*horizon))


def test_the_schedule_of_losses_adds_up_and_knows_its_names() -> None:
    assert percent_of_losses(["right_thumb", "left_thumb"], MONTH) == 270_000
    assert all(0 < loss.percent_ppm <= 700_000 for loss in losses().values())
    with pytest.raises(InputError, match="right_thumb"):
        percent_of_losses(["right_thum"], MONTH)
    with pytest.raises(InputError, match="2015-07"):
        percent_of_losses(["right_thumb"], month_of("2014-01"))
