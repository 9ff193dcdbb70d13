"""The lines of what is owed for the month."""

from jamsos_sim.law.contributions import (
    band_of_income,
    base_of_income,
    contribution_owed,
    jht_contribution,
    jkk_full_contribution,
)
from jamsos_sim.law.explain_lines import OWED, Line, Rupiah, Share, Word, line_of
from jamsos_sim.law.person import Case
from jamsos_sim.law.selectors import PAYER_APBD, PAYER_APBN, PAYER_SELF
from jamsos_sim.law.status import values_used
from jamsos_sim.units import PARTS_PER_MILLION


def owed_lines(case: Case) -> list[Line]:
    """What is owed for the month: band, JKK, JKM, the relief or why there is none, and JHT if chosen."""
    law, income = case.law, case.person.income
    base = base_of_income(income, law)
    jkk = jkk_full_contribution(base, law)
    words = {"income": Rupiah(income), "band": band_of_income(income, law) + 1, "base": Rupiah(base)}
    rate = Share(law.jkk_rate_ppm)
    lines = [
        line_of(case, OWED, "band", 0, **words),
        line_of(case, OWED, "jkk", jkk, base=Rupiah(base), rate=rate),
        line_of(case, OWED, "jkm", law.jkm_flat),
    ]
    relief = contribution_owed(base, case.payer, case.sector, law) - jkk - law.jkm_flat
    if relief:
        lines.append(line_of(case, OWED, "relief", relief, percent=_relief_share(case)))
    elif contribution_owed(base, PAYER_SELF, case.sector, law) < jkk + law.jkm_flat:
        reason = "excluded" if case.payer in (PAYER_APBD, PAYER_APBN) else "not_discounted"
        lines.append(line_of(case, OWED, reason, 0, payer=Word(f"law.payer_{case.person.payer}")))
    if case.person.has_jht:
        jht = jht_contribution(base, True, law)
        rate = Share(law.jht_rate_ppm)
        lines.append(line_of(case, OWED, "jht", jht, base=Rupiah(base), rate=rate))
    return lines


def _relief_share(case: Case) -> Share:
    (due,) = values_used(("jkk_due_ppm",), case.month, case.names)
    part = due.entry.value if isinstance(due.entry.value, int) else PARTS_PER_MILLION
    return Share(PARTS_PER_MILLION - part)
