"""Who pays whom, and from which budget line: the payments behind the ledger's rows of money.

Every rupiah that moves stands in exactly one row and one month of the ledger, so its rows are the payments:
this file says of each row who pays, who receives, and on which line. Contributions stand in the month for
which they are paid, all else in the month of payment. Rows of money that is authorised, left, avoided, lost,
let off by relief, or part of another row move nothing.
"""

from typing import NamedTuple


class Payment(NamedTuple):
    """What a row of the ledger pays: by whom, to whom, and from which budget line."""

    payer: str
    receiver: str
    line: str


CITY = "city"
INSURER = "insurer"
FAMILIES = "families"
OFFICES = "offices"
CONTRIBUTIONS, DATA = "contributions", "data"

PAYMENTS = {
    "city_contributions": Payment(CITY, INSURER, CONTRIBUTIONS),
    "province_contributions": Payment("province", INSURER, CONTRIBUTIONS),
    "village_contributions": Payment("village", INSURER, CONTRIBUTIONS),
    "csr_contributions": Payment("csr", INSURER, CONTRIBUTIONS),
    "baznas_contributions": Payment("baznas", INSURER, CONTRIBUTIONS),
    "donors_contributions": Payment("donors", INSURER, CONTRIBUTIONS),
    "recipient_contributions": Payment("recipients", INSURER, CONTRIBUTIONS),
    "self_contributions": Payment("self_payers", INSURER, CONTRIBUTIONS),
    "outreach_cost": Payment(CITY, OFFICES, "outreach"),
    "administration_cost": Payment(CITY, OFFICES, "administration"),
    "refresh_cost": Payment(CITY, OFFICES, DATA),
    "insurer_check_cost": Payment(CITY, INSURER, DATA),
    "civil_check_cost": Payment(CITY, OFFICES, DATA),
    "ground_check_cost": Payment(CITY, OFFICES, DATA),
    "assistance_cost": Payment(CITY, OFFICES, "claim_assistance"),
    "deliberation_cost": Payment(CITY, OFFICES, "deliberation"),
    "training_cost": Payment(CITY, "trainers", "training"),
    "parcels_cost": Payment(CITY, "suppliers", "parcels"),
    "jkk_paid": Payment(INSURER, FAMILIES, "jkk"),
    "jkm_paid": Payment(INSURER, FAMILIES, "jkm"),
    "self_paid": Payment(INSURER, FAMILIES, "self_payers"),
    "liability_paid": Payment(CITY, FAMILIES, "liability"),
    "death_grants_paid": Payment(CITY, FAMILIES, "death_grant"),
}
"""Row of the ledger to what it pays; families are the workers themselves, too."""

NOT_PAYMENTS = (
    "appropriation",
    "appropriation_revision",
    "province_appropriation",
    "village_appropriation",
    "csr_appropriation",
    "baznas_appropriation",
    "donors_appropriation",
    "city_unspent",
    "province_unspent",
    "village_unspent",
    "csr_unspent",
    "baznas_unspent",
    "donors_unspent",
    "scholarships_paid",
    "scholarships_promised",
    "scholarships_committed",
    "death_grants_avoided_cost",
    "unprotected_loss",
    "gap_waiting_loss",
    "city_relief",
    "other_payers_relief",
    "own_part_relief",
    "self_paid_relief",
    "recipients_due",
    "recipients_earned",
    "self_payers_due",
    "self_payers_earned",
    "training_income_gain",
    "parcels_income_gain",
)
"""Rows in rupiah that move nothing for the programme: authorised, left, let off, avoided, lost, earned, owed,
or part of another row.
"""
