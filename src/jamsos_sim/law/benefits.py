"""What a death (JKM) and a work accident (JKK) pay in money. Care in kind is in `care.py`."""

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share


@rule
def jkm_periodic_benefit(law: Law) -> int:
    """Periodic benefit on death (santunan berkala, rupiah), paid at once."""
    return law.jkm_periodic_months * law.jkm_periodic_monthly


@rule
def is_waiting_over(consecutive_months: int, law: Law) -> bool:
    """Whether the waiting time of JKM has passed after so many completed consecutive contribution months."""
    return consecutive_months >= law.jkm_waiting_months


@rule
def jkm_death_benefit(is_covered: bool, consecutive_months: int, law: Law) -> int:
    """Rupiah paid to the heirs on a death not caused by work; nothing without cover.

    ``consecutive_months`` are those completed before the month of death, see `coverage.completed_months`.
    """
    if not is_covered:
        return 0
    if not is_waiting_over(consecutive_months, law):
        return law.jkm_within_waiting
    return law.jkm_lump_sum + jkm_periodic_benefit(law) + law.jkm_funeral


@rule
def is_jkk_waiting_over(consecutive_months: int, law: Law) -> bool:
    """Whether JKK is paid after so many consecutive contribution months; the law sets no wait."""
    return consecutive_months >= law.jkk_waiting_months


@rule
def jkk_periodic_benefit(law: Law) -> int:
    """Periodic benefit on death by accident or total disability (rupiah), paid at once."""
    return law.jkk_periodic_months * law.jkk_periodic_monthly


@rule
def jkk_death_lump_sum(base: int, law: Law) -> int:
    """60% × 80 × W in rupiah, and at least the JKM lump sum."""
    lump_sum = rounded_share(base * law.disability_months, law.jkk_death_ppm, PARTS_PER_MILLION)
    return max(lump_sum, law.jkk_death_floor)


@rule
def jkk_death_benefit(is_covered: bool, base: int, law: Law) -> int:
    """Rupiah paid to the heirs on a death by work accident: lump sum, periodic benefit, funeral."""
    if not is_covered:
        return 0
    return jkk_death_lump_sum(base, law) + jkk_periodic_benefit(law) + law.jkk_funeral


@rule
def jkk_total_disability_lump_sum(base: int, law: Law) -> int:
    """70% × 80 × W in rupiah."""
    return rounded_share(base * law.disability_months, law.total_disability_ppm, PARTS_PER_MILLION)


@rule
def jkk_total_disability_benefit(is_covered: bool, base: int, law: Law) -> int:
    """Rupiah paid to the worker on total permanent disability: lump sum and periodic benefit."""
    if not is_covered:
        return 0
    return jkk_total_disability_lump_sum(base, law) + jkk_periodic_benefit(law)


@rule
def jkk_partial_disability_benefit(is_covered: bool, base: int, percent_ppm: int, law: Law) -> int:
    """Rupiah for the loss of a part of the body: percentage of the schedule × 80 × W.

    ``percent_ppm`` is the percentage of the schedule (Lampiran III) in parts per million; losses of several
    parts add up to the highest percentage of the schedule.
    """
    if not is_covered:
        return 0
    percent = min(percent_ppm, law.partial_disability_maximum_ppm)
    return rounded_share(base * law.disability_months, percent, PARTS_PER_MILLION)


@rule
def functional_percent_ppm(loss_ppm: int, percent_ppm: int) -> int:
    """Loss of function × percentage of the schedule, all in parts per million."""
    return rounded_share(min(loss_ppm, PARTS_PER_MILLION), percent_ppm, PARTS_PER_MILLION)


@rule
def jkk_functional_disability_benefit(is_covered: bool, base: int, percent_ppm: int, law: Law) -> int:
    """Rupiah for the reduced function of a part of the body: loss of function × percentage × 80 × W.

    ``percent_ppm`` is the product of loss and percentage, see `functional_percent_ppm`.
    """
    return jkk_partial_disability_benefit(is_covered, base, percent_ppm, law)


@rule
def temporary_incapacity_benefit(is_covered: bool, base: int, days: int, law: Law) -> int:
    """Rupiah for days unable to work (STMB): W/30 a day, full in the first months and a part of it later."""
    if not is_covered:
        return 0
    first = min(days, law.incapacity_first_months * law.incapacity_days_per_month)
    second = min(days - first, law.incapacity_second_months * law.incapacity_days_per_month)
    later = days - first - second
    weighted = (
        first * law.incapacity_first_ppm
        + second * law.incapacity_second_ppm
        + later * law.incapacity_later_ppm
    )
    return rounded_share(base, weighted, law.incapacity_days_per_month * PARTS_PER_MILLION)


@rule
def medical_care_benefit(is_covered: bool, cost: int, law: Law) -> int:
    """Rupiah of medical care after a work accident: what is medically needed, up to a ceiling if the law
    sets one.
    """
    if not is_covered:
        return 0
    if law.jkk_medical_ceiling == NO_CEILING:
        return cost
    return min(cost, law.jkk_medical_ceiling)


@rule
def has_jkm_scholarship(is_covered: bool, paid_months: int, law: Law) -> bool:
    """Whether the contribution period is long enough for a scholarship after a death not caused by work.

    ``paid_months`` is the contribution period that counts, see `coverage.contribution_period`.
    """
    return is_covered and paid_months >= law.jkm_scholarship_months


@rule
def is_jkm_scholarship_due(is_covered: bool, consecutive_months: int, paid_months: int, law: Law) -> bool:
    """Whether children get a scholarship after a death not caused by work.

    Inside the waiting time JKM pays its one amount and nothing else, however long the contribution period.
    """
    return is_waiting_over(consecutive_months, law) and has_jkm_scholarship(is_covered, paid_months, law)


@rule
def has_jkk_scholarship(is_covered: bool, paid_months: int, law: Law) -> bool:
    """Whether children get a scholarship after a death or total disability by work accident."""
    return is_covered and paid_months >= law.jkk_scholarship_months


@rule
def scholarship_of_year(child_age_years: int, law: Law) -> int:
    """Rupiah of scholarship for the school year of a child of this age; 0 outside school age."""
    if child_age_years >= law.scholarship_end_age:
        return 0
    level_end = law.scholarship_start_age
    if child_age_years < level_end:
        return 0
    for level in range(len(law.scholarship_years)):
        level_end += law.scholarship_years[level]
        if child_age_years < level_end:
            return law.scholarship_amounts[level]
    return 0


@rule
def death_grant_avoided(jkm_paid: int, law: Law) -> int:
    """Rupiah of the city's earlier death grant that a JKM payment makes unnecessary."""
    if jkm_paid == 0:
        return 0
    return law.city_death_grant
