"""The lines of what an event pays, in the order of reasoning: cover, cause, waiting, amounts, receivers."""

from jamsos_sim.law.benefits import (
    functional_percent_ppm,
    has_jkk_scholarship,
    has_jkm_scholarship,
    is_waiting_over,
    jkk_death_lump_sum,
    jkk_functional_disability_benefit,
    jkk_partial_disability_benefit,
    jkk_periodic_benefit,
    jkk_total_disability_lump_sum,
    jkm_periodic_benefit,
    medical_care_benefit,
    temporary_incapacity_benefit,
)
from jamsos_sim.law.claims import bearer_of_late_transfer, is_claim_in_time, is_work_related
from jamsos_sim.law.contributions import base_of_income
from jamsos_sim.law.coverage import (
    consecutive_months,
    contribution_period,
    is_covered,
    is_inactive,
    months_unpaid,
)
from jamsos_sim.law.explain_lines import PAID, Line, Rupiah, Word, line_of
from jamsos_sim.law.person import NO_ONE, PERCENT, Case
from jamsos_sim.law.scholarship import children_with_scholarship, scholarship_left
from jamsos_sim.law.selectors import BEARER_CITY, BEARER_INSURER, NEVER
from jamsos_sim.units import PARTS_PER_MILLION


def paid_lines(case: Case) -> list[Line]:
    """What the event pays; without cover the reasoning alone, with the amount 0."""
    lines, may_be_paid = _cover_lines(case)
    if not may_be_paid:
        return lines
    lines += _benefit_lines(case)
    if _bearer(case) == BEARER_CITY and not is_covered(case.membership, case.month, case.law):
        lines.append(line_of(case, PAID, "city_bears", 0))
    return lines


def _bearer(case: Case) -> int:
    inactive = is_inactive(case.membership, case.month, case.law)
    return bearer_of_late_transfer(case.payer, inactive, case.law)


def _cover_lines(case: Case) -> tuple[list[Line], bool]:
    """Why there is cover or none, and whether somebody pays the benefit."""
    membership, month, law = case.membership, case.month, case.law
    unpaid = months_unpaid(membership, month)
    if membership.last_paid_month == NEVER:
        return [line_of(case, PAID, "never_paid", 0)], False
    if is_covered(membership, month, law):
        reason = "covered_in_arrears" if unpaid else "covered"
        return [line_of(case, PAID, reason, 0, paid=membership.paid_months, unpaid=unpaid)], True
    if is_inactive(membership, month, law):
        return [line_of(case, PAID, "inactive", 0, unpaid=unpaid, limit=law.months_unpaid_to_inactive)], False
    lines = [line_of(case, PAID, "in_arrears", 0, unpaid=unpaid)]
    bearer = _bearer(case)
    if bearer == BEARER_INSURER:
        lines.append(line_of(case, PAID, "insurer_bears", 0))
    return lines, bearer in (BEARER_CITY, BEARER_INSURER)


def _benefit_lines(case: Case) -> list[Line]:
    is_death = case.person.event == "death" or case.severity == "death"
    if not is_work_related(case.cause, case.law):
        return _jkm_lines(case) if is_death else [line_of(case, PAID, "accident_not_work", 0)]
    lines = [line_of(case, PAID, "work_related", 0, cause=case.person.cause)]
    if not is_claim_in_time(case.month, case.claim_month, case.law):
        return [*lines, line_of(case, PAID, "claim_too_late", 0, years=case.law.claim_years)]
    return lines + (_jkk_death_lines(case) if is_death else _jkk_injury_lines(case))


def _jkm_lines(case: Case) -> list[Line]:
    law = case.law
    run = consecutive_months(case.membership, case.month, law)
    lines = [line_of(case, PAID, "not_work_related", 0)]
    words = {"consecutive": run, "needed": law.jkm_waiting_months}
    if not is_waiting_over(run, law):
        lines.append(line_of(case, PAID, "waiting", 0, **words))
        lines.append(line_of(case, PAID, "within_waiting", law.jkm_within_waiting))
        return lines + _heir_lines(case, law.jkm_within_waiting)
    lines += [
        line_of(case, PAID, "waiting_over", 0, **words),
        line_of(case, PAID, "lump_sum", law.jkm_lump_sum),
        _periodic_line(case, "periodic", jkm_periodic_benefit(law)),
        line_of(case, PAID, "funeral", law.jkm_funeral),
    ]
    period = contribution_period(case.membership, case.month, law)
    if case.person.children and not has_jkm_scholarship(True, period, law):
        needed = law.jkm_scholarship_months
        lines.append(line_of(case, PAID, "scholarship_too_early", 0, months=period, needed=needed))
    else:
        lines += _scholarship_lines(case, "scholarship_jkm")
    return lines + _heir_lines(case, law.jkm_funeral)


def _jkk_death_lines(case: Case) -> list[Line]:
    law = case.law
    base = base_of_income(case.person.income, law)
    lines = [
        line_of(case, PAID, "jkk_lump_sum", jkk_death_lump_sum(base, law), **_base_words(case, base)),
        _periodic_line(case, "jkk_periodic", jkk_periodic_benefit(law)),
        line_of(case, PAID, "jkk_funeral", law.jkk_funeral),
    ]
    return lines + _jkk_scholarship_lines(case) + _heir_lines(case, law.jkk_funeral)


def _jkk_injury_lines(case: Case) -> list[Line]:
    law, person = case.law, case.person
    base = base_of_income(person.income, law)
    lines = [line_of(case, PAID, "medical", medical_care_benefit(True, person.medical_cost, law))]
    if person.days:
        amount = temporary_incapacity_benefit(True, base, person.days, law)
        lines.append(line_of(case, PAID, "incapacity", amount, days=person.days, base=Rupiah(base)))
    return lines + _disability_lines(case, base)


def _disability_lines(case: Case, base: int) -> list[Line]:
    law, words = case.law, _base_words(case, base)
    if case.severity == "partial":
        amount = jkk_partial_disability_benefit(True, base, case.percent_ppm, law)
        words |= {"percent": _percent(case.percent_ppm)}
        return [line_of(case, PAID, "partial_disability", amount, **words)]
    if case.severity == "functional":
        product = functional_percent_ppm(case.loss_ppm, case.percent_ppm)
        amount = jkk_functional_disability_benefit(True, base, product, law)
        words |= {"loss": _percent(case.loss_ppm), "percent": _percent(case.percent_ppm)}
        return [line_of(case, PAID, "functional_disability", amount, **words)]
    if case.severity == "total":
        lump_sum = line_of(case, PAID, "total_disability", jkk_total_disability_lump_sum(base, law), **words)
        periodic = _periodic_line(case, "jkk_periodic_worker", jkk_periodic_benefit(law))
        return [lump_sum, periodic, *_jkk_scholarship_lines(case)]
    return []


def _jkk_scholarship_lines(case: Case) -> list[Line]:
    period = contribution_period(case.membership, case.month, case.law)
    return _scholarship_lines(case, "scholarship_jkk") if has_jkk_scholarship(True, period, case.law) else []


def _scholarship_lines(case: Case, reason: str) -> list[Line]:
    law, ages = case.law, case.person.children
    chosen = children_with_scholarship(ages, law)
    lines = []
    if len(ages) > len(chosen):
        lines.append(line_of(case, PAID, "scholarship_limit", 0, limit=law.scholarship_maximum_children))
    if ages and law.scholarship_once:
        return [*lines, line_of(case, PAID, "scholarship_once", law.scholarship_once)]
    last = law.scholarship_end_age - 1
    for child in chosen:
        amount = scholarship_left(ages[child], law)
        lines.append(line_of(case, PAID, reason, amount, age=ages[child], last=last))
    return lines


def _heir_lines(case: Case, funeral: int) -> list[Line]:
    if case.person.heir == NO_ONE:
        return [line_of(case, PAID, "no_heir", 0, funeral=Rupiah(funeral))]
    return [line_of(case, PAID, "heir", 0, heir=Word(f"law.heir_{case.person.heir}"))]


def _periodic_line(case: Case, reason: str, amount: int) -> Line:
    law = case.law
    if reason == "periodic":
        months, monthly = law.jkm_periodic_months, law.jkm_periodic_monthly
    else:
        months, monthly = law.jkk_periodic_months, law.jkk_periodic_monthly
    return line_of(case, PAID, reason, amount, months=months, monthly=Rupiah(monthly))


def _percent(ppm: int) -> str:
    return f"{ppm * PERCENT / PARTS_PER_MILLION:g}"


def _base_words(case: Case, base: int) -> dict[str, object]:
    return {"base": Rupiah(base), "months": case.law.disability_months}
