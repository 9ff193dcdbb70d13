"""Small made-up tables of the form that a run leaves, with numbers that are easy to check by head."""

import pandas as pd

from jamsos_sim.units import month_of

BASE, DRAFT = "program_berjalan", "raperda"
TITLES = {
    BASE: {"id": "Program berjalan", "en": "The current programme"},
    DRAFT: {"id": "Raperda dengan data terpadu", "en": "The draft with integrated data"},
}
WORLDS = 4
YEARS = range(2025, 2028)
AMOUNTS = {
    "enrolled": 25_000,
    "vulnerable_enrolled": 22_000,
    "covered_person_months": 250_000,
    "city_contributions": 4_200_000_000,
    "appropriation": 4_300_000_000,
    "jkk_cases": 50,
    "jkk_paid": 450_000_000,
    "jkm_cases": 100,
    "jkm_paid": 4_100_000_000,
    "families_full": 120,
    "families_funeral_only": 4,
    "families_gap_waiting": 6,
    "families_work_death": 20,
    "families_not_claimed": 50,
    "families_gap": 30,
    "families_insured_elsewhere": 170,
    "families_too_old": 0,
    "families_unprotected": 600,
}


def yearly_table(factor=1.0):
    """Every world departs from the amounts by one hundredth per world; the draft has a tenth more of all."""
    rows = [
        (scenario, world, year, quantity, int(amount * factor * share * (100 + world) / 100))
        for scenario, share in ((BASE, 1.0), (DRAFT, 1.1))
        for world in range(WORLDS)
        for year in YEARS
        for quantity, amount in AMOUNTS.items()
    ]
    return pd.DataFrame(rows, columns=["scenario", "world", "year", "quantity", "value"])


def monthly_table():
    """Enrolment that grows by a thousand a month from ten thousand."""
    first = month_of("2025-01")
    rows = [
        (scenario, world, first + step, "enrolled", 10_000 + 1_000 * step + 500 * world + extra)
        for scenario, extra in ((BASE, 0), (DRAFT, 3_000))
        for world in range(WORLDS)
        for step in range(24)
    ]
    return pd.DataFrame(rows, columns=["scenario", "world", "month", "quantity", "value"])


def summary_table(mean, low, high, quantities=tuple(AMOUNTS)):
    """The same estimate for every quantity and year of the draft, money a hundred thousand times as much."""
    rows = []
    for year in YEARS:
        for quantity in quantities:
            size = 100_000 if AMOUNTS[quantity] > 10_000_000 else 1
            rows.append((DRAFT, year, quantity, mean * size, low * size, high * size))
    return pd.DataFrame(rows, columns=["scenario", "year", "quantity", "mean", "low", "high"])
