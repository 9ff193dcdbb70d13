"""Names and codes by which the law tells cases apart: payers, sectors, heirs, causes.

A code is the place of its name in the tuple; rules carry codes, files and people carry names.
"""

PAYERS = ("apbd", "apbn", "self", "csr", "baznas", "donor")
"""Who pays the contribution: city or regional budget, national budget, the worker, companies, alms agency,
donors.
"""
PAYER_APBD, PAYER_APBN, PAYER_SELF, PAYER_CSR, PAYER_BAZNAS, PAYER_DONOR = range(len(PAYERS))

SECTORS = ("other", "transport")
"""Sectors of PP 50/2025: drivers and couriers, and everybody else."""
SECTOR_OTHER, SECTOR_TRANSPORT = range(len(SECTORS))

MEMBERSHIPS = ("none", "wage", "self")
"""What the insurer's list says of a candidate: no member, member as wage worker, self-paying member."""
MEMBER_NONE, MEMBER_WAGE, MEMBER_SELF = range(len(MEMBERSHIPS))

CAUSES = ("other", "work", "commute", "disease", "violence")
"""Cause of a death or injury: not work, at work, on the way, occupational disease, violence at the
workplace.
"""
CAUSE_OTHER, CAUSE_WORK, CAUSE_COMMUTE, CAUSE_DISEASE, CAUSE_VIOLENCE = range(len(CAUSES))

HEIRS = ("spouse_or_child", "blood_line", "siblings", "parents_in_law", "named_in_will")
"""Kinds of heirs (ahli waris)."""
NO_HEIR = -1

BEARERS = ("recipient", "city", "insurer")
"""Who bears a benefit when the city pays late (question U6)."""
BEARER_RECIPIENT, BEARER_CITY, BEARER_INSURER = range(len(BEARERS))

NO_CEILING = -1
"""A ceiling or rule that the law does not set."""
NEVER = -1
"""A month that has not been."""
NO_LIMIT = 2**31 - 1
"""A number of months that is never reached."""

CODES = {name: code for names in (HEIRS, BEARERS) for code, name in enumerate(names)} | {
    "no_ceiling": NO_CEILING,
    "no_rule": NO_CEILING,
    "never": NO_LIMIT,
}
"""Words that may stand for a number in the tables."""
