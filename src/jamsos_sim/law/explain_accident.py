"""The lines of what JKK pays: death by accident, disability, days off work, care, and who has paid before."""

from jamsos_sim.law.benefits import (
    functional_percent_ppm,
    has_jkk_scholarship,
    jkk_death_lump_sum,
    jkk_functional_disability_benefit,
    jkk_partial_disability_benefit,
    jkk_periodic_benefit,
    jkk_total_disability_lump_sum,
    medical_care_benefit,
    temporary_incapacity_benefit,
)
from jamsos_sim.law.claims import after_traffic_insurance
from jamsos_sim.law.contributions import base_of_income
from jamsos_sim.law.explain_family import heir_lines, scholarship_lines
from jamsos_sim.law.explain_lines import PAID, Line, Rupiah, Share, line_of
from jamsos_sim.law.person import Case


def accident_lines(case: Case) -> list[Line]:
    """What JKK pays for a death or an injury at work, Jasa Raharja's payment taken off, and to whom."""
    lines = _death_lines(case) if case.is_death else _injury_lines(case)
    lines += _traffic_lines(case, lines)
    if case.is_death or case.severity == "total":
        lines += _scholarship_lines(case)
    return lines + heir_lines(case, case.law.jkk_funeral) if case.is_death else lines


def _death_lines(case: Case) -> list[Line]:
    law = case.law
    base = base_of_income(case.person.income, law)
    words = _base_words(case, base) | {
        "percent": Share(law.jkk_death_ppm),
        "least": Rupiah(law.jkk_death_floor),
    }
    return [
        *_care_lines(case, base),
        line_of(case, PAID, "jkk_lump_sum", jkk_death_lump_sum(base, law), **words),
        _periodic_line(case, "jkk_periodic"),
        line_of(case, PAID, "jkk_funeral", law.jkk_funeral),
    ]


def _injury_lines(case: Case) -> list[Line]:
    base = base_of_income(case.person.income, case.law)
    return _care_lines(case, base) + _disability_lines(case, base)


def _care_lines(case: Case, base: int) -> list[Line]:
    law, person, lines = case.law, case.person, []
    if person.medical_cost or not case.is_death:
        lines.append(line_of(case, PAID, "medical", medical_care_benefit(True, person.medical_cost, law)))
    if person.days:
        amount = temporary_incapacity_benefit(True, base, person.days, law)
        words = {"days": person.days, "base": Rupiah(base), "first": law.incapacity_first_months}
        words |= {"full": Share(law.incapacity_first_ppm), "later": Share(law.incapacity_later_ppm)}
        lines.append(line_of(case, PAID, "incapacity", amount, **words))
    return lines


def _disability_lines(case: Case, base: int) -> list[Line]:
    law, words = case.law, _base_words(case, base)
    if case.severity == "partial":
        amount = jkk_partial_disability_benefit(True, base, case.percent_ppm, law)
        return [line_of(case, PAID, "partial_disability", amount, **words, percent=Share(case.percent_ppm))]
    if case.severity == "functional":
        product = functional_percent_ppm(case.loss_ppm, case.percent_ppm)
        amount = jkk_functional_disability_benefit(True, base, product, law)
        words |= {"loss": Share(case.loss_ppm), "percent": Share(case.percent_ppm)}
        return [line_of(case, PAID, "functional_disability", amount, **words)]
    if case.severity == "total":
        amount = jkk_total_disability_lump_sum(base, law)
        words |= {"percent": Share(law.total_disability_ppm)}
        lump_sum = line_of(case, PAID, "total_disability", amount, **words)
        return [lump_sum, _periodic_line(case, "jkk_periodic_worker")]
    return []


def _traffic_lines(case: Case, lines: list[Line]) -> list[Line]:
    """What Jasa Raharja has paid: taken off care first, then off cash if the reading of U22 says so."""
    paid, law = case.person.traffic_payment, case.law
    if not paid:
        return []
    care = sum(line.amount for line in lines if line.reason == "medical")
    cash = sum(line.amount for line in lines) - care
    off_care = care - after_traffic_insurance(care, paid, True, law)
    off_cash = cash - after_traffic_insurance(cash, paid - off_care, False, law)
    reason = "traffic_cash" if case.is_death else "traffic_cash_worker"
    taken = [line_of(case, PAID, "traffic_medical", -off_care, paid=Rupiah(paid))]
    if paid > off_care:
        taken.append(line_of(case, PAID, reason, -off_cash, rest=Rupiah(paid - off_care)))
    return taken


def _scholarship_lines(case: Case) -> list[Line]:
    is_due = has_jkk_scholarship(True, case.membership.paid_months, case.law)
    return scholarship_lines(case, "scholarship_jkk") if is_due else []


def _periodic_line(case: Case, reason: str) -> Line:
    law = case.law
    words = {"months": law.jkk_periodic_months, "monthly": Rupiah(law.jkk_periodic_monthly)}
    return line_of(case, PAID, reason, jkk_periodic_benefit(law), **words)


def _base_words(case: Case, base: int) -> dict[str, object]:
    return {"base": Rupiah(base), "months": case.law.disability_months}
