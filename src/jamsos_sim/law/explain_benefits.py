"""The lines of what an event pays, in the order of reasoning: cover, cause, waiting, amounts, receivers."""

from jamsos_sim.law.benefits import (
    is_jkm_scholarship_due,
    is_waiting_over,
    jkm_periodic_benefit,
)
from jamsos_sim.law.claims import (
    bearer_of_late_transfer,
    does_health_insurance_pay,
    is_claim_in_time,
    is_work_related,
)
from jamsos_sim.law.coverage import (
    completed_months,
    contribution_period,
    is_covered,
    is_inactive,
    months_unpaid,
)
from jamsos_sim.law.eligibility import is_cover_ended_by_age
from jamsos_sim.law.explain_accident import accident_lines
from jamsos_sim.law.explain_family import heir_lines, scholarship_lines
from jamsos_sim.law.explain_lines import PAID, Line, Rupiah, Word, line_of
from jamsos_sim.law.person import Case
from jamsos_sim.law.readings import READINGS
from jamsos_sim.law.selectors import BEARER_CITY, BEARER_INSURER, CAUSES, NEVER

NAMED_CAUSES = {"commute", "disease", "violence"}
"""Causes whose cover is a value of the law of its own."""


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
    age = case.person.age
    if age is not None and is_cover_ended_by_age(age, case.law):
        return [line_of(case, PAID, "ended_by_age", 0, age=age, limit=case.law.maximum_age)], False
    if case.membership.last_paid_month == NEVER:
        return [line_of(case, PAID, "never_paid", 0)], False
    unpaid = months_unpaid(case.membership, case.month)
    if is_covered(case.membership, case.month, case.law):
        reason = "covered_in_arrears" if unpaid else "covered"
        return [line_of(case, PAID, reason, 0, paid=case.membership.paid_months, unpaid=unpaid)], True
    return _uncovered_lines(case, unpaid)


def _uncovered_lines(case: Case, unpaid: int) -> tuple[list[Line], bool]:
    law = case.law
    if is_inactive(case.membership, case.month, law):
        return [line_of(case, PAID, "inactive", 0, unpaid=unpaid, limit=law.months_unpaid_to_inactive)], False
    option = READINGS["U5"].option_texts[case.readings["U5"]]
    lines = [line_of(case, PAID, "in_arrears", 0, unpaid=unpaid, option=option)]
    bearer = _bearer(case)
    if bearer == BEARER_INSURER:
        lines.append(line_of(case, PAID, "insurer_bears", 0))
    return lines, bearer in (BEARER_CITY, BEARER_INSURER)


def _benefit_lines(case: Case) -> list[Line]:
    lines = [_cause_line(case)]
    if not is_work_related(case.cause, case.law):
        if case.is_death:
            return lines + _death_lines(case)
        is_elsewhere = case.person.medical_cost and does_health_insurance_pay(case.cause, case.law)
        return [*lines, line_of(case, PAID, "health_insurance", 0)] if is_elsewhere else lines
    if not is_claim_in_time(case.month, case.claim_month, case.law):
        return [*lines, line_of(case, PAID, "claim_too_late", 0, years=case.law.claim_years)]
    return lines + accident_lines(case)


def _cause_line(case: Case) -> Line:
    name = case.person.cause or CAUSES[0]
    cause = Word(f"law.cause_{name}")
    if is_work_related(case.cause, case.law):
        return line_of(case, PAID, name if name in NAMED_CAUSES else "work_related", 0, cause=cause)
    return line_of(case, PAID, "not_work_related" if case.is_death else "accident_not_work", 0, cause=cause)


def _death_lines(case: Case) -> list[Line]:
    """What JKM pays: inside the waiting time one amount, after it everything."""
    law = case.law
    count = completed_months(case.membership, case.month, law)
    lines = _gap_lines(case)
    words = {"consecutive": count, "needed": law.jkm_waiting_months}
    if not is_waiting_over(count, law):
        lines.append(line_of(case, PAID, "waiting", 0, **words))
        lines.append(line_of(case, PAID, "within_waiting", law.jkm_within_waiting))
        return lines + heir_lines(case, law.jkm_within_waiting)
    months, monthly = law.jkm_periodic_months, Rupiah(law.jkm_periodic_monthly)
    lines += [
        line_of(case, PAID, "waiting_over" if law.jkm_waiting_months else "no_waiting", 0, **words),
        line_of(case, PAID, "lump_sum", law.jkm_lump_sum),
        line_of(case, PAID, "periodic", jkm_periodic_benefit(law), months=months, monthly=monthly),
        line_of(case, PAID, "funeral", law.jkm_funeral),
    ]
    return lines + _scholarship_lines(case, count) + heir_lines(case, law.jkm_funeral)


def _gap_lines(case: Case) -> list[Line]:
    """What a break before the consecutive months has done to the count: the reading of U3."""
    standing = case.standing
    if not standing.earlier or not case.law.jkm_waiting_months:
        return []
    own_run = completed_months(
        case.membership._replace(run_start_month=_own_start(case)), case.month, case.law
    )
    is_reset = completed_months(case.membership, case.month, case.law) == own_run
    words = {"earlier": standing.earlier, "gap": standing.gap, "own": own_run}
    option = READINGS["U3"].option_texts[case.readings["U3"]]
    return [line_of(case, PAID, "gap_resets" if is_reset else "gap_keeps", 0, **words, option=option)]


def _own_start(case: Case) -> int:
    return case.membership.last_paid_month - case.standing.run + 1


def _scholarship_lines(case: Case, consecutive: int) -> list[Line]:
    law, paid = case.law, case.membership.paid_months
    if not case.person.children:
        return []
    period = min(contribution_period(case.membership, case.month, law), paid)
    if is_jkm_scholarship_due(True, consecutive, period, law):
        return scholarship_lines(case, "scholarship_jkm")
    needed = law.jkm_scholarship_months
    return [line_of(case, PAID, "scholarship_too_early", 0, months=period, needed=needed)]
