"""Codes of the states a worker can be in, and of the city's choices; columns hold them as small integers."""

from jamsos_sim.levers_money import FUNDERS

# Where a person is (keberadaan).
# `NO_PERSON` is a second record of somebody: nobody of its own is anywhere.
# `RETIRED` people live in the city and work no more: past the age, or totally disabled.
PRESENCES = 7
NOT_ARRIVED, INFORMAL, FORMAL, LEFT, DEAD, NO_PERSON, RETIRED = range(PRESENCES)

# How far a person has come in the programme (status kepesertaan penerima bantuan iuran).
# A settled death keeps its place on the list until the list is brought up to date in the next month.
# A file lies with the kelurahan, then at the desk that verifies, then at the desk that registers.
NOT_LISTED, PROPOSED, WAITING, SPONSORED, SELF_PAYING, SETTLED, IN_DELIBERATION, IN_REGISTRATION = range(8)
FILED = (IN_DELIBERATION, PROPOSED, IN_REGISTRATION)

# What befell a person this month.
DEATH, WORK_DEATH, ACCIDENT, DEATH_OUT_OF_INFORMAL_WORK = range(4)

# How bad an accident at work is (tingkat keparahan kecelakaan kerja).
TEMPORARY, FUNCTIONAL, PARTIAL, TOTAL = range(4)

# How the insurer's members are matched with the list (pemadanan data kepesertaan).
MATCHING = ("none", "list", "integrated")
MATCHING_NONE, MATCHING_LIST, MATCHING_INTEGRATED = range(3)

# Who comes first (urutan prioritas).
PRIORITIES = ("poorest_first", "riskiest_trade_first", "first_come", "longest_waiting", "kelurahan_formula")
POOREST_FIRST, RISKIEST_TRADE_FIRST, FIRST_COME, LONGEST_WAITING, KELURAHAN_FORMULA = range(5)

# How places are split over the kelurahan (pembagian wilayah).
SPLITS = ("whole_city", "by_population", "by_poor_workers", "equal_by_kelurahan")
WHOLE_CITY, BY_POPULATION, BY_POOR_WORKERS, EQUAL_BY_KELURAHAN = range(4)

# Who pays contributions for recipients (pembayar iuran), in the order of `FUNDERS`.
CITY, PROVINCE, VILLAGE, CSR, BAZNAS, DONORS = range(len(FUNDERS))

# What happens when the year's money cannot carry the list (pagu tidak mencukupi).
SHORTFALLS = ("as_money_lasts", "fewer_months", "fewer_people")
AS_MONEY_LASTS, FEWER_MONTHS, FEWER_PEOPLE = range(3)

# The city's own death grant (santunan kematian kota).
DEATH_GRANTS = ("replaced", "kept", "none")
GRANT_REPLACED, GRANT_KEPT, GRANT_NONE = range(3)

NEVER = -1
"""Month of something that has not happened."""

NO_END = -1
"""Months of a subsidy that goes on as long as the criteria are met."""

TERM_OVER = 9
"""The subsidy has ended for good: whoever has had it is not listed again."""

REFUSED_NOT_FOUND, REFUSED_DUPLICATE, REFUSED_NOT_WORKING = 6, 7, 8
"""The person has died or moved away, stands on the list twice, or works no more: outside the reasons of the
regulation.
"""

# Which course a person has been to (pelatihan yang pernah diikuti); nobody goes to a second one.
UNTRAINED, BAKING, MASSAGE, CERTIFIED = range(4)

# Who is invited to a course first (urutan peserta pelatihan).
COURSE_PRIORITIES = ("poorest_first", "recipients_first", "unlisted_first")
COURSE_POOREST_FIRST, COURSE_RECIPIENTS_FIRST, COURSE_UNLISTED_FIRST = range(3)

# Which family gets a parcel first (urutan penerima paket).
PARCEL_PRIORITIES = ("poorest_first", "longest_without")
PARCEL_POOREST_FIRST, PARCEL_LONGEST_WITHOUT = range(2)
