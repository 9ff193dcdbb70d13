"""How a worked case is put to the rules: the words of the case on the left, the call on the right."""

from collections.abc import Callable, Mapping
from typing import Any

from jamsos_sim.law import benefits, contributions
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import PAYERS, SECTORS

Worker = Mapping[str, Any]


def base(worker: Worker, law: Law) -> int:
    return contributions.base_of_income(worker["income"], law)


def payer_and_sector(worker: Worker) -> tuple[int, int]:
    return PAYERS.index(worker["payer"]), SECTORS.index(worker["sector"])


def owed(worker: Worker, law: Law) -> int:
    return contributions.contribution_owed(base(worker, law), *payer_and_sector(worker), law)


def with_jht(worker: Worker, law: Law) -> int:
    return owed(worker, law) + contributions.jht_contribution(base(worker, law), worker["has_jht"], law)


def scholarship_in_all(worker: Worker, law: Law) -> int:
    return sum(
        benefits.scholarship_of_year(year, law) for age in worker["children"] for year in range(age, 30)
    )


ANSWERS: dict[str, Callable[[Worker, Law], Any]] = {
    "base": base,
    "contribution_owed": owed,
    "contribution_with_jht": with_jht,
    "budget": lambda w, law: owed(w, law) * w["people"] * w["months"],
    "jkk_contribution": lambda w, law: contributions.jkk_contribution(
        base(w, law), *payer_and_sector(w), law
    ),
    "jkm_contribution": lambda w, law: contributions.jkm_contribution(*payer_and_sector(w), law),
    "late_payment_fine": lambda w, law: contributions.late_payment_fine(w["months_late"], law),
    "jkm_death_benefit": lambda w, law: benefits.jkm_death_benefit(
        w["is_covered"], w["consecutive_months"], law
    ),
    "has_jkm_scholarship": lambda w, law: benefits.has_jkm_scholarship(
        w["is_covered"], w["paid_months"], law
    ),
    "jkk_death_lump_sum": lambda w, law: benefits.jkk_death_lump_sum(base(w, law), law),
    "jkk_death_benefit": lambda w, law: benefits.jkk_death_benefit(w["is_covered"], base(w, law), law),
    "jkk_total_disability_lump_sum": lambda w, law: benefits.jkk_total_disability_lump_sum(base(w, law), law),
    "jkk_total_disability_benefit": lambda w, law: benefits.jkk_total_disability_benefit(
        w["is_covered"], base(w, law), law
    ),
    "jkk_partial_disability_benefit": lambda w, law: benefits.jkk_partial_disability_benefit(
        w["is_covered"], base(w, law), w["percent_ppm"], law
    ),
    "jkk_functional_disability_benefit": lambda w, law: benefits.jkk_functional_disability_benefit(
        w["is_covered"], base(w, law), w["loss_ppm"], w["percent_ppm"], law
    ),
    "temporary_incapacity_benefit": lambda w, law: benefits.temporary_incapacity_benefit(
        w["is_covered"], base(w, law), w["days"], law
    ),
    "medical_care_benefit": lambda w, law: benefits.medical_care_benefit(w["is_covered"], w["cost"], law),
    "scholarship_of_year": lambda w, law: benefits.scholarship_of_year(w["age"], law),
    "scholarship_in_all": scholarship_in_all,
}
