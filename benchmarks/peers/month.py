"""The lean month that every peer simulates: its constants, its quantities, and its rule in plain Python.

A living worker who has not heard may hear of the programme; who has heard and is not a member may enrol; a
member lapses or pays Rp16,800; everybody faces death and accident by one of four classes of risk; a covered
family or worker is paid. Twelve quantities are summed over all workers and months. Nothing here is the
city's: the numbers only make every branch common enough to compare.
"""

SCALE = 2**32
HEAR, ENROL, LAPSE, RISK = 0, 1, 2, 3
TO_HEAR, TO_ENROL, TO_LAPSE = int(0.03 * SCALE), int(0.05 * SCALE), int(0.01 * SCALE)
DEATH = tuple(int(chance * SCALE) for chance in (0.0002, 0.0005, 0.0010, 0.0020))
ACCIDENT = tuple(int(chance * SCALE) for chance in (0.0010, 0.0020, 0.0030, 0.0060))
"""A draw below the first is a death, below the sum of both an accident."""
CLASSES = len(DEATH)
CONTRIBUTION, FULL, FUNERAL, CARE, FULL_AFTER = 16_800, 42_000_000, 10_000_000, 5_000_000, 3

QUANTITIES = (
    "heard",
    "aware",
    "newly_enrolled",
    "lapsed",
    "paid_person_months",
    "contributions",
    "deaths",
    "accidents",
    "death_claims",
    "accident_claims",
    "benefits",
    "deaths_without_cover",
)
"""Sums over workers and months; ``aware`` counts the living who know, at the end of each month."""

NOT_MEMBER = -1
"""In the column of months paid: nobody has enrolled."""
DEAD = -2
"""In the column of months paid: the worker has died."""
