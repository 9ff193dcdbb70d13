"""The law of a month: every number in force, read from the dated tables under the chosen readings."""

from calendar import monthrange
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from jamsos_sim.errors import InputError
from jamsos_sim.law.readings import check_readings
from jamsos_sim.law.selectors import NO_CEILING, PAYERS, SECTORS
from jamsos_sim.law.tables import Entry, Value, values
from jamsos_sim.units import MONTHS_PER_YEAR, month_label

WORKED_OUT_FROM = {"jkm_waiting_months": ("jkm_waiting_days",)}
"""Numbers of a month that may be worked out from another value of the tables."""


class Law(NamedTuple):
    """Every number of the law in force in one month.

    Amounts are whole rupiah, rates parts per million (``_ppm``), yes and no are 1 and 0, a ceiling that
    does not exist is `NO_CEILING`. The readings of the open questions are part of it. What each number
    means, its unit and its source stand in the table of the same name.
    """

    jkk_rate_ppm: int
    jkk_minimum: int
    jkk_maximum: int
    lowest_base: int
    band_from: tuple[int, ...]
    band_base: tuple[int, ...]
    jkm_flat: int
    jht_rate_ppm: int
    jkk_due_ppm: tuple[int, ...]
    jkm_due_ppm: tuple[int, ...]
    late_fine: int
    payment_day: int
    jkp_from_jkk_ppm: int
    jkp_from_jkm_ppm: int
    company_jkk_due_ppm: int
    company_minimum_workers: int
    jkm_lump_sum: int
    jkm_periodic_months: int
    jkm_periodic_monthly: int
    jkm_funeral: int
    jkm_waiting_months: int
    jkm_waiting_days: int
    jkm_within_waiting: int
    jkm_scholarship_months: int
    jkm_payment_working_days: int
    heir_order: tuple[int, ...]
    scholarship_maximum_children: int
    scholarship_once: int
    scholarship_amounts: tuple[int, ...]
    scholarship_years: tuple[int, ...]
    scholarship_start_age: int
    scholarship_end_age: int
    jkk_waiting_months: int
    jkk_medical_ceiling: int
    home_care_ceiling: int
    home_care_months: int
    transport_land_ceiling: int
    transport_sea_ceiling: int
    transport_air_ceiling: int
    incapacity_first_months: int
    incapacity_first_ppm: int
    incapacity_second_months: int
    incapacity_second_ppm: int
    incapacity_later_ppm: int
    incapacity_days_per_month: int
    disability_months: int
    total_disability_ppm: int
    partial_disability_maximum_ppm: int
    jkk_death_ppm: int
    jkk_death_floor: int
    jkk_periodic_months: int
    jkk_periodic_monthly: int
    jkk_funeral: int
    jkk_scholarship_months: int
    prosthesis_surcharge_ppm: int
    denture_ceiling: int
    hearing_aid_ceiling: int
    glasses_ceiling: int
    provisional_days: int
    report_hours: int
    claim_years: int
    covers_commuting: int
    covers_occupational_disease: int
    covers_violence: int
    witnesses_needed: int
    traffic_offsets_medical: int
    traffic_offsets_cash: int
    traffic_death_payment: int
    traffic_disability_maximum: int
    months_unpaid_to_inactive: int
    unpaid_months_covered: int
    covers_paid_arrears: int
    unpaid_months_that_reset: int
    scholarship_counts_consecutive: int
    late_transfer_bearer: int
    maximum_age: int
    minimum_working_age: int
    cover_ends_at_maximum_age: int
    requires_valid_nik: int
    excludes_wage_members: int
    excludes_self_paying_members: int
    family_aid_decile_ceiling: int
    social_aid_decile_ceiling: int
    city_death_grant: int


def law_of(month: int, readings: Mapping[str, str] | None = None) -> Law:
    """Law of a month under readings of the open questions; questions not named keep their default.

    Raises `InputError` when the month lies before the first value of a table, and for an unknown reading.
    """
    chosen = check_readings(readings)
    return _law_of(int(month), tuple(chosen.items()))


@cache
def _law_of(month: int, readings: tuple[tuple[str, str], ...]) -> Law:
    case = dict(readings)
    numbers = {name: _number_in_force(values()[name], month, case) for name in Law._fields}
    if numbers["jkm_waiting_days"] != NO_CEILING:
        numbers["jkm_waiting_months"] = _months_of_days(month, cast(int, numbers["jkm_waiting_days"]))
    return Law._make(numbers[name] for name in Law._fields)


def entry_in_force(name: str, month: int, case: Mapping[str, str]) -> Entry:
    """Entry of a value that is the law in a month for a case (payer, sector and readings by name).

    Raises `InputError` when the value is not in force.
    """
    value = values()[name]
    for entry in reversed(value.history):
        if entry.holds(month, case):
            return entry
    first = min(entry.start for entry in value.history)
    raise InputError("law.not_in_force", name=name, month=month_label(month), first=month_label(first))


def _number_in_force(value: Value, month: int, case: Mapping[str, str]) -> int | tuple[int, ...]:
    if not value.selects:
        return _resolved(value.name, month, case)
    return tuple(
        cast(int, _resolved(value.name, month, {**case, "payer": payer, "sector": sector}))
        for payer in PAYERS
        for sector in SECTORS
    )


def _resolved(name: str, month: int, case: Mapping[str, str]) -> int | tuple[int, ...]:
    entry = entry_in_force(name, month, case)
    if entry.same_as is not None:
        return _resolved(entry.same_as, month, case)
    return cast("int | tuple[int, ...]", entry.value)


def _months_of_days(month: int, days: int) -> int:
    """Fewest whole months right before ``month`` that hold at least so many calendar days."""
    count = 0
    while days > 0:
        count += 1
        year, index = divmod(month - count, MONTHS_PER_YEAR)
        days -= monthrange(year, index + 1)[1]
    return count
