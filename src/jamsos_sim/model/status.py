"""Codes of the states a worker can be in; columns hold them as small integers."""

# Where a person is (keberadaan).
# `NO_PERSON` is a second record of somebody: nobody of its own is anywhere.
NOT_ARRIVED, INFORMAL, FORMAL, LEFT, DEAD, NO_PERSON = range(6)

# How far a person has come in the programme (status kepesertaan penerima bantuan iuran).
# A settled death keeps its place on the list until the list is brought up to date in the next month.
NOT_LISTED, PROPOSED, WAITING, SPONSORED, SELF_PAYING, SETTLED = range(6)

# What befell a person this month.
DEATH, WORK_DEATH, ACCIDENT, DEATH_IN_FORMAL_WORK = range(4)

# How bad an accident at work is (tingkat keparahan kecelakaan kerja).
TEMPORARY, FUNCTIONAL, PARTIAL, TOTAL = range(4)

# How the insurer's members are matched with the list (pemadanan data kepesertaan).
MATCHING = ("none", "list", "integrated")
MATCHING_NONE, MATCHING_LIST, MATCHING_INTEGRATED = range(3)

# Who comes first (urutan prioritas).
PRIORITIES = ("poorest_first", "riskiest_trade_first", "first_come")
POOREST_FIRST, RISKIEST_TRADE_FIRST, FIRST_COME = range(3)

NEVER = -1
"""Month of something that has not happened."""

REFUSED_NOT_FOUND, REFUSED_DUPLICATE = 6, 7
"""The person has died or moved away, or stands on the list twice: outside the reasons of the regulation."""
