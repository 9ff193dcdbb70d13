"""How a worked case is put to the rules: its words on the left, the call on the right."""

from collections.abc import Callable, Mapping
from typing import Any

from jamsos_sim.law import benefits, care, claims, contributions, eligibility, heirs, schedule, scholarship
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import CAUSES, HEIRS, MEMBERSHIPS, NO_HEIR, PAYERS, SECTORS
from jamsos_sim.units import month_of

Worker = Mapping[str, Any]
EVENT = month_of("2025-06")


def base(worker: Worker, law: Law) -> int:
    """Contribution base of the worker's income, in rupiah."""
    return contributions.base_of_income(worker["income"], law)


def payer_and_sector(worker: Worker) -> tuple[int, int]:
    """Codes of the worker's payer and sector."""
    return PAYERS.index(worker["payer"]), SECTORS.index(worker["sector"])


def owed(worker: Worker, law: Law) -> int:
    """Contribution of a month to JKK and JKM, in rupiah."""
    return contributions.contribution_owed(base(worker, law), *payer_and_sector(worker), law)


def with_jht(worker: Worker, law: Law) -> int:
    """Contribution of a month with JHT where the worker has it, in rupiah."""
    return owed(worker, law) + contributions.jht_contribution(base(worker, law), worker["has_jht"], law)


def by_name(rule: Callable[..., Any], *names: str) -> Callable[[Worker, Law], Any]:
    """A rule called with the worker's words of these names, and the law."""

    def answer(worker: Worker, law: Law) -> Any:
        return rule(*(worker[name] for name in names), law)

    return answer


def on_base(rule: Callable[..., Any], *names: str) -> Callable[[Worker, Law], Any]:
    """A rule called with cover, base and the worker's words of these names, and the law."""

    def answer(worker: Worker, law: Law) -> Any:
        return rule(worker["is_covered"], base(worker, law), *(worker[name] for name in names), law)

    return answer


def functional(worker: Worker, law: Law) -> int:
    """Benefit for the loss of a part's function, in rupiah."""
    percent = benefits.functional_percent_ppm(worker["loss_ppm"], worker["percent_ppm"])
    return benefits.jkk_functional_disability_benefit(worker["is_covered"], base(worker, law), percent, law)


def of_losses(worker: Worker, law: Law) -> int:
    """Benefit for several losses by the schedule, in rupiah."""
    percent = schedule.percent_of_losses(worker["losses"], EVENT)
    return benefits.jkk_partial_disability_benefit(worker["is_covered"], base(worker, law), percent, law)


def journey(worker: Worker) -> care.Journey:
    """Cost of the worker's transport by land, sea and air."""
    return care.Journey(worker["land"], worker["sea"], worker["air"])


def return_trips(worker: Worker, law: Law) -> int:
    """Transport of a return to work, in rupiah, after what was paid before."""
    before, trips = care.Journey(worker["paid_land"], 0, 0), care.Journey(worker["land"], 0, 0)
    return care.return_to_work_transport(worker["is_covered"], before, trips, law)


def refusal(worker: Worker, law: Law) -> str:
    """Name of the reason for which the worker is refused."""
    record = eligibility.Record(
        worker["age"],
        worker["decile"],
        worker["income"],
        MEMBERSHIPS.index(worker["membership"]),
        worker["has_valid_nik"],
    )
    criteria = eligibility.Criteria(worker["minimum_age"], worker["decile_ceiling"], worker["income_ceiling"])
    return eligibility.REFUSALS[eligibility.refusal_reason(record, criteria, law)]


def heir(worker: Worker, law: Law) -> int:
    """Code of the first heir of the worker's family."""
    return heirs.first_heir(heirs.Family(*(int(kind in worker["family"]) for kind in HEIRS)), law)


def heir_name(worker: Worker, law: Law) -> str:
    """Name of the first heir, or ``none``."""
    found = heir(worker, law)
    return "none" if found == NO_HEIR else HEIRS[found]


def bearer(worker: Worker, law: Law) -> int:
    """Code of who bears a benefit when a transfer was late."""
    return claims.bearer_of_late_transfer(PAYERS.index(worker["payer"]), worker["is_inactive"], law)


def by_cause(rule: Callable[[int, Law], bool]) -> Callable[[Worker, Law], bool]:
    """A rule called with the code of the death's or accident's cause, and the law."""
    return lambda worker, law: rule(CAUSES.index(worker["cause"]), law)


ANSWERS: dict[str, Callable[[Worker, Law], Any]] = {
    "base": base,
    "contribution_owed": owed,
    "contribution_with_jht": with_jht,
    "budget": lambda w, law: owed(w, law) * w["people"] * w["months"],
    "jkk_contribution": lambda w, law: contributions.jkk_contribution(
        base(w, law), *payer_and_sector(w), law
    ),
    "jkm_contribution": lambda w, law: contributions.jkm_contribution(*payer_and_sector(w), law),
    "late_payment_fine": by_name(contributions.late_payment_fine, "months_late"),
    "wage_reallocation": by_name(contributions.wage_reallocation, "wage", "is_wage_worker"),
    "company_contribution": by_name(
        contributions.company_contribution, "contribution", "workers", "is_wage_worker"
    ),
    "jkm_death_benefit": by_name(benefits.jkm_death_benefit, "is_covered", "consecutive_months"),
    "has_jkm_scholarship": by_name(benefits.has_jkm_scholarship, "is_covered", "paid_months"),
    "is_jkm_scholarship_due": by_name(
        benefits.is_jkm_scholarship_due, "is_covered", "consecutive_months", "paid_months"
    ),
    "scholarship_of_family": by_name(
        scholarship.scholarship_of_family, "first_child", "second_child", "years"
    ),
    "has_jkk_scholarship": by_name(benefits.has_jkk_scholarship, "is_covered", "paid_months"),
    "jkk_death_lump_sum": lambda w, law: benefits.jkk_death_lump_sum(base(w, law), law),
    "jkk_death_benefit": on_base(benefits.jkk_death_benefit),
    "jkk_total_disability_lump_sum": lambda w, law: benefits.jkk_total_disability_lump_sum(base(w, law), law),
    "jkk_total_disability_benefit": on_base(benefits.jkk_total_disability_benefit),
    "jkk_partial_disability_benefit": on_base(benefits.jkk_partial_disability_benefit, "percent_ppm"),
    "jkk_functional_disability_benefit": functional,
    "disability_of_losses": of_losses,
    "temporary_incapacity_benefit": on_base(benefits.temporary_incapacity_benefit, "days"),
    "medical_care_benefit": by_name(benefits.medical_care_benefit, "is_covered", "cost"),
    "death_grant_avoided": by_name(benefits.death_grant_avoided, "amount"),
    "scholarship_of_year": by_name(benefits.scholarship_of_year, "age"),
    "scholarship_due": by_name(scholarship.scholarship_due, "age", "is_married", "is_working"),
    "scholarship_in_all": by_name(scholarship.scholarship_in_all, "children"),
    "home_care_benefit": by_name(care.home_care_benefit, "is_covered", "monthly_cost", "months"),
    "transport_benefit": lambda w, law: care.transport_benefit(w["is_covered"], journey(w), law),
    "return_to_work_transport": return_trips,
    "prosthesis_benefit": by_name(care.prosthesis_benefit, "is_covered", "list_price"),
    "denture_benefit": by_name(care.denture_benefit, "is_covered", "cost"),
    "hearing_aid_benefit": by_name(care.hearing_aid_benefit, "is_covered", "cost"),
    "glasses_benefit": by_name(care.glasses_benefit, "is_covered", "cost"),
    "is_work_related": by_cause(claims.is_work_related),
    "does_health_insurance_pay": by_cause(claims.does_health_insurance_pay),
    "is_claim_in_time": lambda w, law: claims.is_claim_in_time(EVENT, EVENT + w["months_later"], law),
    "is_report_in_time": by_name(claims.is_report_in_time, "hours"),
    "is_conclusion_in_time": by_name(claims.is_conclusion_in_time, "days"),
    "is_accident_proven": by_name(claims.is_accident_proven, "witnesses", "is_traffic", "has_police_report"),
    "is_payment_in_time": by_name(claims.is_payment_in_time, "day"),
    "is_benefit_in_time": by_name(claims.is_benefit_in_time, "working_days"),
    "after_traffic_insurance": by_name(
        claims.after_traffic_insurance, "amount", "traffic_payment", "is_medical"
    ),
    "city_pays_benefit": lambda w, law: claims.city_pays_benefit(w["amount"], bearer(w, law)),
    "insurer_pays_benefit": lambda w, law: claims.insurer_pays_benefit(w["amount"], False, bearer(w, law)),
    "first_heir": heir_name,
    "divided": lambda w, law: list(heirs.divided(w["amount"], w["funeral"], heir(w, law))),
    "refusal_reason": refusal,
    "is_cover_ended_by_age": by_name(eligibility.is_cover_ended_by_age, "age"),
    "is_family_aid_open": by_name(eligibility.is_family_aid_open, "decile"),
    "is_social_aid_open": by_name(eligibility.is_social_aid_open, "decile"),
}
