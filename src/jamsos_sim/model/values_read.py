"""Which numbers and readings of the law stand behind a run, and which of them are not verified."""

from typing import Any

from jamsos_sim.law.readings import READINGS, check_readings
from jamsos_sim.law.status import ValueInForce, values_behind
from jamsos_sim.model.world import Period
from jamsos_sim.scenario import Scenario

VALUES_READ = (
    "band_base",
    "band_from",
    "jkk_rate_ppm",
    "jkk_minimum",
    "jkk_maximum",
    "lowest_base",
    "jkm_flat",
    "jkk_due_ppm",
    "jkm_due_ppm",
    "jkm_lump_sum",
    "jkm_periodic_months",
    "jkm_periodic_monthly",
    "jkm_funeral",
    "jkm_waiting_months",
    "jkm_within_waiting",
    "jkm_scholarship_months",
    "scholarship_maximum_children",
    "scholarship_once",
    "scholarship_amounts",
    "scholarship_years",
    "scholarship_start_age",
    "scholarship_end_age",
    "jkk_medical_ceiling",
    "incapacity_first_months",
    "incapacity_first_ppm",
    "incapacity_second_months",
    "incapacity_second_ppm",
    "incapacity_later_ppm",
    "incapacity_days_per_month",
    "disability_months",
    "claim_years",
    "total_disability_ppm",
    "partial_disability_maximum_ppm",
    "jkk_death_ppm",
    "jkk_death_floor",
    "jkk_periodic_months",
    "jkk_periodic_monthly",
    "jkk_funeral",
    "jkk_scholarship_months",
    "covers_occupational_disease",
    "traffic_offsets_medical",
    "traffic_offsets_cash",
    "traffic_death_payment",
    "traffic_disability_maximum",
    "unpaid_months_covered",
    "covers_paid_arrears",
    "months_unpaid_to_inactive",
    "late_transfer_bearer",
    "city_death_grant",
    "unpaid_months_that_reset",
    "scholarship_counts_consecutive",
    "maximum_age",
    "social_aid_decile_ceiling",
    "minimum_working_age",
    "cover_ends_at_maximum_age",
    "requires_valid_nik",
    "excludes_wage_members",
    "excludes_self_paying_members",
)
"""Fields of `Law` that the steps of a month read, themselves or by the rules of law that they call."""

PAYERS_READ = ("apbd", "self", "csr", "baznas", "donor")
"""Payers whose contributions the model works out."""


def unverified_behind(scenario: Scenario, period: Period) -> tuple[ValueInForce, ...]:
    """The values behind a run of a scenario that were not checked against the text, or are assumptions."""
    behind = values_behind(VALUES_READ, period, scenario.readings, PAYERS_READ)
    return tuple(value for value in behind if value.is_unverified)


def law_behind(scenario: Scenario, period: Period) -> dict[str, Any]:
    """The readings in force and the unverified values behind a run of a scenario, as plain values."""
    return {
        "readings": {key: described_reading(key, option) for key, option in readings_of(scenario).items()},
        "unverified": [value.to_record() for value in unverified_behind(scenario, period)],
    }


def readings_of(scenario: Scenario) -> dict[str, str]:
    """Every open question of the law that is a reading, with the option that a scenario runs under."""
    return check_readings(scenario.readings)


def described_reading(key: str, option: str) -> dict[str, Any]:
    """A reading with its option in words and whether it is the default."""
    reading = READINGS[key]
    return {
        "option": option,
        "is_default": option == reading.default,
        "about": dict(reading.about),
        "means": dict(reading.option_texts[option]),
    }
