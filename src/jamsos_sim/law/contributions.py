"""What is owed for a month of JKK and JKM, and by whom."""

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_CEILING, SECTORS
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share

NUMBER_OF_SECTORS = len(SECTORS)


@rule
def band_of_income(income: int, law: Law) -> int:
    """Number of the band, from 0, that a declared monthly income (rupiah) falls into (Lampiran II)."""
    band = 0
    for row in range(len(law.band_from)):
        if income >= law.band_from[row]:
            band = row
    return band


@rule
def base_of_income(income: int, law: Law) -> int:
    """Base income (dasar penghasilan, rupiah a month) of a declared monthly income."""
    return law.band_base[band_of_income(income, law)]


@rule
def jkk_full_contribution(base: int, law: Law) -> int:
    """JKK contribution of a month before any relief: the rate on the base, between minimum and maximum."""
    contribution = rounded_share(base, law.jkk_rate_ppm, PARTS_PER_MILLION)
    return min(max(contribution, law.jkk_minimum), law.jkk_maximum)


@rule
def jkk_contribution(base: int, payer: int, sector: int, law: Law) -> int:
    """JKK contribution (rupiah) owed for a month on a base income, by payer and sector code."""
    due = law.jkk_due_ppm[payer * NUMBER_OF_SECTORS + sector]
    return rounded_share(jkk_full_contribution(base, law), due, PARTS_PER_MILLION)


@rule
def jkm_contribution(payer: int, sector: int, law: Law) -> int:
    """JKM contribution (rupiah) owed for a month, by payer and sector code."""
    due = law.jkm_due_ppm[payer * NUMBER_OF_SECTORS + sector]
    return rounded_share(law.jkm_flat, due, PARTS_PER_MILLION)


@rule
def contribution_owed(base: int, payer: int, sector: int, law: Law) -> int:
    """JKK and JKM contribution together (rupiah) owed for a month, by payer and sector code."""
    return jkk_contribution(base, payer, sector, law) + jkm_contribution(payer, sector, law)


@rule
def jht_contribution(base: int, has_jht: bool, law: Law) -> int:
    """Optional old-age saving (JHT, rupiah) for a month; no relief applies to it."""
    if not has_jht:
        return 0
    return rounded_share(base, law.jht_rate_ppm, PARTS_PER_MILLION)


@rule
def late_payment_fine(months_late: int, law: Law) -> int:
    """Fine (rupiah) for a contribution paid some months late."""
    if months_late <= 0:
        return 0
    return law.late_fine


@rule
def wage_reallocation(wage: int, is_wage_worker: bool, law: Law) -> int:
    """Part of JKK and JKM (rupiah a month) that finances unemployment insurance (JKP); nothing for BPU
    members.
    """
    if not is_wage_worker:
        return 0
    return rounded_share(wage, law.jkp_from_jkk_ppm + law.jkp_from_jkm_ppm, PARTS_PER_MILLION)


@rule
def company_contribution(contribution: int, workers: int, is_wage_worker: bool, law: Law) -> int:
    """JKK contribution (rupiah) of a labour-intensive company's worker after relief; BPU members get none
    of it.
    """
    has_relief = law.company_minimum_workers != NO_CEILING
    if not is_wage_worker or not has_relief or workers < law.company_minimum_workers:
        return contribution
    return rounded_share(contribution, law.company_jkk_due_ppm, PARTS_PER_MILLION)
